#include "storage/published.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "storage/agreements.hpp"
#include "storage/audit.hpp"
#include "storage/boundaries.hpp"
#include "storage/commodities.hpp"
#include "storage/files.hpp"
#include "storage/freshness.hpp"
#include "storage/indicators.hpp"
#include "storage/needs.hpp"
#include "storage/potentials.hpp"
#include "storage/regions.hpp"
#include "storage/regulations.hpp"

namespace simpul::storage {

domain::PublishedRegister read_published(db::Connection& connection,
                                         const domain::Classification& classification) {
  domain::PublishedRegister content;
  if (const auto last = last_public_entry(connection)) {
    content.audit_sequence = last->sequence;
    content.last_change = last->at;
  }
  content.sectors = classification.sectors;
  content.groups = classification.groups;
  content.regions = read_regions(connection);
  content.commodities = read_commodities(connection);
  content.potentials = read_potentials(connection, "published");
  content.indicators = read_indicators(connection);
  content.freshness = read_freshness(connection);
  content.needs = read_needs(connection);
  content.agreements = read_agreements(connection);
  content.regulations = read_regulations(connection);
  content.boundaries = read_boundaries(connection);

  for (auto& potential : content.potentials) {
    potential.group = classification.group_of(potential.category, potential.sector);
    if (potential.accuracy == domain::LocationAccuracy::Regency) potential.geometry = {};
  }
  std::set<std::string_view> named;
  for (const auto& potential : content.potentials)
    for (const auto& attachment : potential.attachments) named.insert(attachment.file);
  if (!named.empty())
    for (auto& file : read_files(connection))
      if (named.contains(file.hash)) {
        file.position.reset();
        file.account = 0;
        content.files.push_back(std::move(file));
      }
  // Sorted here and not by SQL: the two databases order text differently.
  std::ranges::sort(content.regions, {}, &domain::Region::code);
  std::ranges::sort(content.commodities, {}, &domain::Commodity::slug);
  std::ranges::sort(content.potentials, {}, &domain::Potential::slug);
  std::ranges::sort(content.indicators, {}, [](const domain::IndicatorValue& v) {
    return std::tie(v.region_code, v.indicator, v.sector, v.commodity, v.year);
  });
  std::ranges::sort(content.needs, {}, [](const domain::Need& n) {
    return std::tie(n.commodity, n.scope, n.year, n.kind, n.source);
  });
  std::ranges::sort(content.agreements, {}, &domain::Agreement::slug);
  std::ranges::sort(content.regulations, {}, &domain::Regulation::code);
  return content;
}

}  // namespace simpul::storage
