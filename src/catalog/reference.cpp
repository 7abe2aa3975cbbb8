#include "catalog/reference.hpp"

#include <algorithm>

#include "base/assets.hpp"
#include "base/error.hpp"
#include "domain/sectors.hpp"

namespace simpul::catalog {

namespace {

// The names of the categories ("Kebun", "Plantation") are reference data, not register.
const domain::Classification& classification() {
  static const auto parsed = [] {
    const auto* sectors = find_asset("reference/sectors/pdrb2010.toml");
    const auto* groups = find_asset("reference/sectors/groups.toml");
    if (!sectors || !groups)
      throw Error(ErrorKind::Internal, "The program is incomplete", {}, {},
                  "reference/sectors is not embedded");
    return domain::parse_classification(sectors->bytes, groups->bytes);
  }();
  return parsed;
}

void add(TextIndex::Builder& index, std::uint32_t document, TextField field, const domain::LocalText& text) {
  for (const auto& [language, words] : text) index.add(document, field, language, words);
}

domain::PublishedTables sorted(domain::PublishedTables tables) {
  std::ranges::stable_sort(tables.regions, {}, &domain::Region::code);
  return tables;
}

}  // namespace

Reference::Reference(domain::PublishedTables tables)
    : tables_(sorted(std::move(tables))), shapes_(tables_), region_tiles_(tables_) {
  for (const auto& group : tables_.groups) values_[kGroup].push_back(group.code);
  for (const auto& sector : tables_.sectors) values_[kSector].push_back(sector.code);
  for (const auto& region : tables_.regions) values_[kRegion].push_back(region.code);
  for (const auto& commodity : tables_.commodities) values_[kCommodity].push_back(commodity.slug);
  for (const auto form : domain::kCooperationForms) values_[kForm].push_back(form);
  for (const auto status : {domain::PotentialStatus::Existing, domain::PotentialStatus::Offered,
                            domain::PotentialStatus::Indicative})
    values_[kStatus].push_back(domain::word(status));
  for (const auto maturity :
       {domain::Maturity::Potensi, domain::Maturity::Prospektif, domain::Maturity::SiapDitawarkan})
    values_[kMaturity].push_back(domain::word(maturity));
  for (const auto& category : classification().categories) values_[kCategory].push_back(category.code);
  for (const auto accuracy : {domain::LocationAccuracy::Exact, domain::LocationAccuracy::Village,
                              domain::LocationAccuracy::District, domain::LocationAccuracy::Regency})
    values_[kAccuracy].push_back(domain::word(accuracy));
  values_[kTrait] = {"unconfirmed", "without-year", "with-files"};
  for (int facet = 0; facet < kAllFacets; ++facet) {
    for (std::uint32_t i = 0; i < values_[facet].size(); ++i)
      by_code_[facet].emplace_back(values_[facet][i], i);
    std::ranges::sort(by_code_[facet]);
  }
  for (const auto code : values_[kRegion]) {
    auto& wider = wider_.emplace_back();
    for (auto dot = code.rfind('.'); dot != std::string_view::npos && dot > 0; dot = code.rfind('.', dot - 1))
      if (const auto found = number(kRegion, code.substr(0, dot))) wider.push_back(*found);
  }
  index_names();
}

void Reference::index_names() {
  TextIndex::Builder names, own;
  const auto name = [&](int facet, std::uint32_t value, const domain::LocalText& text) {
    add(names, static_cast<std::uint32_t>(named_.size()), TextField::Names, text);
    named_.emplace_back(facet, value);
  };
  std::uint32_t document = 0;
  for (std::uint32_t i = 0; i < tables_.regions.size(); ++i) {
    const auto& region = tables_.regions[i];
    name(kRegion, i, region.name);
    add(own, document, TextField::Title, region.name);
    own.add(document++, TextField::Names, "id", region.capital);
  }
  for (std::uint32_t i = 0; i < tables_.commodities.size(); ++i) {
    name(kCommodity, i, tables_.commodities[i].name);
    add(own, document++, TextField::Title, tables_.commodities[i].name);
  }
  for (const auto& sector : tables_.sectors) add(own, document++, TextField::Title, sector.name);
  // Not the names of sectors and groups: they list so much ("forestry and fishery") that every fish would be
  // a tree.
  const auto& categories = classification().categories;
  for (std::uint32_t i = 0; i < categories.size(); ++i) name(kCategory, i, categories[i].name);
  names_ = TextIndex(std::move(names));
  own_ = TextIndex(std::move(own));
}

std::optional<std::uint32_t> Reference::number(int facet, std::string_view code) const {
  const auto& codes = by_code_[facet];
  const auto found =
      std::ranges::lower_bound(codes, code, {}, &std::pair<std::string_view, std::uint32_t>::first);
  if (found == codes.end() || found->first != code) return std::nullopt;
  return found->second;
}

bool Reference::has_codes_of(const Reference& other) const {
  return std::ranges::equal(values_, other.values_);
}

std::vector<Reference::Named> Reference::names(const TextQuery::Word& word) const {
  const WordPlaces places[] = {{names_.find(word), {}}};
  constexpr float kAlike[] = {1};
  std::vector<Named> named;
  for (const auto& hit : scored(places, kAlike, match(places))) {
    const auto [facet, value] = named_[hit.document];
    named.push_back({facet, value, hit.score});
  }
  return named;
}

std::vector<TextHit> Reference::search(const TextQuery& query) const {
  std::vector<WordPlaces> places;
  std::vector<float> rarities;
  const auto documents = tables_.regions.size() + tables_.commodities.size() + tables_.sectors.size();
  for (const auto& word : query.words) {
    places.push_back({own_.find(word), {}});
    rarities.push_back(rarity(places.back().size(), documents));
  }
  return scored(places, rarities, match(places));
}

}  // namespace simpul::catalog
