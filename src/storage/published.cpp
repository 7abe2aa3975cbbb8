#include "storage/published.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include "storage/agreements.hpp"
#include "storage/areas.hpp"
#include "storage/audit.hpp"
#include "storage/boundaries.hpp"
#include "storage/commodities.hpp"
#include "storage/files.hpp"
#include "storage/freshness.hpp"
#include "storage/imports.hpp"
#include "storage/indicators.hpp"
#include "storage/needs.hpp"
#include "storage/potentials.hpp"
#include "storage/regions.hpp"
#include "storage/regulations.hpp"

namespace simpul::storage {

namespace {

// More changes than this are not looked up one by one.
constexpr std::int64_t kMostChanges = 50'000;

const db::Statement kPublicAfter("audit.public_after", R"sql(
SELECT sequence, at, noun, key, CASE WHEN key = '*' THEN content ELSE '' END FROM audit
WHERE )sql" SIMPUL_PUBLIC_NOUN R"sql( AND sequence > $1 ORDER BY sequence LIMIT $2)sql");

void make_public(domain::Potential& potential, const domain::Classification& classification) {
  potential.group = classification.group_of(potential.category, potential.sector);
  if (potential.accuracy == domain::LocationAccuracy::Regency) potential.geometry = {};
}

}  // namespace

domain::PublishedTables read_published_tables(db::Connection& connection,
                                              const domain::Classification& classification) {
  domain::PublishedTables tables;
  tables.sectors = classification.sectors;
  tables.groups = classification.groups;
  tables.regions = read_regions(connection);
  tables.commodities = read_commodities(connection);
  tables.indicators = read_indicators(connection);
  tables.freshness = read_freshness(connection);
  tables.needs = read_needs(connection);
  tables.agreements = read_agreements(connection);
  tables.regulations = read_regulations(connection);
  tables.boundaries = read_boundaries(connection);
  // Sorted here and not by SQL: the two databases order text differently.
  std::ranges::sort(tables.regions, {}, &domain::Region::code);
  std::ranges::sort(tables.commodities, {}, &domain::Commodity::slug);
  std::ranges::sort(tables.indicators, {}, [](const domain::IndicatorValue& v) {
    return std::tie(v.region_code, v.indicator, v.sector, v.commodity, v.year);
  });
  std::ranges::sort(tables.needs, {}, [](const domain::Need& n) {
    return std::tie(n.commodity, n.scope, n.year, n.kind, n.source);
  });
  std::ranges::sort(tables.agreements, {}, &domain::Agreement::slug);
  std::ranges::sort(tables.regulations, {}, &domain::Regulation::code);
  return tables;
}

void each_published(db::Connection& connection, const domain::Classification& classification,
                    std::int64_t first, std::int64_t last,
                    const std::function<void(domain::Potential&&)>& take) {
  each_potential(connection, "published", first, last, [&](domain::Potential&& potential) {
    make_public(potential, classification);
    take(std::move(potential));
  });
}

std::optional<domain::Potential> find_published(db::Connection& connection,
                                                const domain::Classification& classification,
                                                std::string_view slug) {
  auto potential = find_published(connection, slug);
  if (potential) make_public(*potential, classification);
  return potential;
}

std::vector<domain::StoredFile> read_published_files(db::Connection& connection, const FileNames& named) {
  std::vector<domain::StoredFile> files;
  if (named.empty()) return files;
  for (auto& file : read_files(connection))
    if (named.contains(file.hash)) {
      file.position.reset();
      file.account = 0;
      files.push_back(std::move(file));
    }
  return files;
}

domain::PublishedRegister read_published(db::Connection& connection,
                                         const domain::Classification& classification) {
  domain::PublishedRegister content;
  if (const auto last = last_public_entry(connection)) {
    content.audit_sequence = last->sequence;
    content.last_change = last->at;
  }
  static_cast<domain::PublishedTables&>(content) = read_published_tables(connection, classification);
  FileNames named;
  each_published(connection, classification, 1, std::numeric_limits<std::int64_t>::max(),
                 [&](domain::Potential&& potential) {
                   for (const auto& attachment : potential.attachments) named.insert(attachment.file);
                   content.potentials.push_back(std::move(potential));
                 });
  std::ranges::sort(content.potentials, {}, &domain::Potential::slug);
  content.files = read_published_files(connection, named);
  static_cast<domain::AreaSource&>(content.areas) = read_area_source(connection);
  each_area(connection, [&](domain::Area&& area) { content.areas.areas.push_back(std::move(area)); });
  return content;
}

PublicChanges public_changes(db::Connection& connection, std::int64_t after) {
  PublicChanges changes;
  std::set<std::string> slugs;
  // An import that was undone since names them twice.
  std::set<std::pair<std::int64_t, std::int64_t>> ranges;
  std::int64_t entries = 0;
  connection.each(kPublicAfter, {after, kMostChanges + 1}, [&](const db::Row& row) {
    ++entries;
    changes.sequence = row.integer(0);
    changes.at = row.instant(1);
    const auto key = row.text(3);
    if (row.text(2) == "areas") {
      changes.areas = true;
    } else if (row.text(2) != "potential") {
      changes.tables = true;
    } else if (key != "*") {
      slugs.insert(key);
    } else {
      const auto told = ranges_of_content(row.text(4));
      changes.all = changes.all || told.empty();
      for (const auto& range : told) ranges.emplace(range.first, range.last);
    }
  });
  if (entries > kMostChanges) {
    changes.all = changes.areas = true;
    if (const auto last = last_public_entry(connection, after)) {
      changes.sequence = last->sequence;
      changes.at = last->at;
    }
  }
  changes.slugs.assign(slugs.begin(), slugs.end());
  changes.ranges.assign(ranges.begin(), ranges.end());
  return changes;
}

}  // namespace simpul::storage
