#include "catalog/facet_index.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace simpul::catalog {

namespace {

enum Facet { kGroup, kSector, kRegion, kCommodity, kForm, kStatus, kMaturity };

}  // namespace

FacetIndex::FacetIndex(const domain::PublishedRegister& content) {
  const auto add = [this](int facet, std::string_view code) {
    values_[facet].push_back({std::string(code), {}, false});
  };
  for (const auto& group : content.groups) add(kGroup, group.code);
  for (const auto& sector : content.sectors) add(kSector, sector.code);
  for (const auto& region : content.regions) add(kRegion, region.code);
  for (const auto& commodity : content.commodities) add(kCommodity, commodity.slug);
  for (const auto form : domain::kCooperationForms) add(kForm, form);
  for (const auto status : {domain::PotentialStatus::Existing, domain::PotentialStatus::Offered,
                            domain::PotentialStatus::Indicative})
    add(kStatus, domain::word(status));
  for (const auto maturity :
       {domain::Maturity::Potensi, domain::Maturity::Prospektif, domain::Maturity::SiapDitawarkan})
    add(kMaturity, domain::word(maturity));
  for (int facet = 0; facet < domain::kFacetCount; ++facet) {
    for (std::size_t i = 0; i < values_[facet].size(); ++i)
      by_code_[facet].emplace_back(values_[facet][i].code, i);
    std::ranges::sort(by_code_[facet]);
  }

  std::uint32_t ordinal = 0;
  for (const auto& potential : content.potentials) {
    const auto join = [&](int facet, std::string_view code) {
      at(facet, code, potential).members.add(ordinal);
    };
    join(kGroup, potential.group);
    join(kSector, potential.sector);
    join(kRegion, potential.region_code);
    // The wider region holds what its regions hold: "74.01" is also in "74" when that is in the register.
    for (auto dot = potential.region_code.rfind('.'); dot != std::string::npos && dot > 0;
         dot = potential.region_code.rfind('.', dot - 1)) {
      const std::string_view wider(potential.region_code.data(), dot);
      if (find(kRegion, wider)) join(kRegion, wider);
    }
    if (!potential.commodity.empty()) join(kCommodity, potential.commodity);
    for (const auto& form : potential.forms) join(kForm, form);
    join(kStatus, domain::word(potential.status));
    join(kMaturity, domain::word(potential.maturity));
    ++ordinal;
  }
  for (int facet = 0; facet < domain::kFacetCount; ++facet)
    for (auto& value : values_[facet]) {
      value.listed = !value.members.isEmpty();
      value.members.runOptimize();
      value.members.shrinkToFit();
    }
  for (std::size_t i = 0; i < content.regions.size(); ++i)
    values_[kRegion][i].listed = content.regions[i].kind != "province";
}

std::optional<std::size_t> FacetIndex::position(int facet, std::string_view code) const {
  const auto& codes = by_code_[facet];
  const auto found =
      std::ranges::lower_bound(codes, code, {}, &std::pair<std::string_view, std::size_t>::first);
  if (found == codes.end() || found->first != code) return std::nullopt;
  return found->second;
}

const FacetSet* FacetIndex::find(int facet, std::string_view code) const {
  const auto found = position(facet, code);
  return found ? &values_[facet][*found] : nullptr;
}

FacetSet& FacetIndex::at(int facet, std::string_view code, const domain::Potential& potential) {
  if (const auto found = position(facet, code)) return values_[facet][*found];
  throw Error(ErrorKind::Internal, "The register contradicts itself", {}, {},
              "potential " + potential.slug + ": " + std::string(domain::kFacets[facet]) + " '" +
                  std::string(code) + "' is not in the register");
}

}  // namespace simpul::catalog
