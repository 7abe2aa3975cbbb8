#include "storage/boundaries.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "crypto/hash.hpp"
#include "geo/wkb.hpp"

namespace simpul::storage {
namespace {

const db::Statement kSet("boundaries.set", "SELECT source, licence, indicative, notice FROM boundary_sets");
const db::Statement kAll("boundaries.all",
                         "SELECT code, name, level, band0, band1, band2, band3 FROM boundaries");
const db::Statement kDelete("boundaries.delete", "DELETE FROM boundaries");

const db::Statement kPutSet("boundaries.put_set", R"sql(
INSERT INTO boundary_sets (id, source, licence, indicative, notice) VALUES (1, $1, $2, $3, $4)
ON CONFLICT (id) DO UPDATE SET
  source = excluded.source, licence = excluded.licence, indicative = excluded.indicative,
  notice = excluded.notice)sql");

const db::Statement kAdd("boundaries.add", R"sql(
INSERT INTO boundaries (code, name, level, band0, band1, band2, band3) VALUES ($1, $2, $3, $4, $5, $6, $7))sql");

// A set in the order of its codes, as the database gives it back after sorting.
std::vector<const domain::Boundary*> sorted(const domain::BoundarySet& set) {
  std::vector<const domain::Boundary*> list;
  for (const auto& boundary : set.boundaries) list.push_back(&boundary);
  std::ranges::sort(list, {}, [](const auto* boundary) -> const std::string& { return boundary->code; });
  return list;
}

std::optional<db::Blob> band(const domain::Boundary& boundary, std::size_t number) {
  if (number >= boundary.bands.size() || boundary.bands[number].empty()) return std::nullopt;
  return db::Blob{geo::to_wkb(boundary.bands[number])};
}

std::string content_of(const domain::BoundarySet& set) {
  std::string all;
  for (const auto* boundary : sorted(set)) {
    all += boundary->code + '\n' + boundary->name + '\n' + std::to_string(boundary->level) + '\n';
    for (std::size_t number = 0; number < domain::kBoundaryBands; ++number)
      if (const auto bytes = band(*boundary, number)) all += crypto::hash_hex(bytes->bytes) + '\n';
  }
  return boost::json::serialize(boost::json::object{{"source", set.source},
                                                    {"licence", set.licence},
                                                    {"indicative", set.indicative},
                                                    {"notice", set.notice},
                                                    {"areas", set.boundaries.size()},
                                                    {"hash", crypto::hash_hex(all)}});
}

}  // namespace

domain::BoundarySet read_boundaries(db::Connection& connection) {
  domain::BoundarySet set;
  connection.each(kSet, {}, [&](const db::Row& row) {
    set.source = row.text(0);
    set.licence = row.text(1);
    set.indicative = row.boolean(2);
    set.notice = row.text(3);
  });
  connection.each(kAll, {}, [&](const db::Row& row) {
    domain::Boundary boundary{row.text(0), row.text(1), static_cast<int>(row.integer(2)), {}};
    for (int number = 0; number < domain::kBoundaryBands; ++number)
      if (!row.null(3 + number)) boundary.bands.push_back(geo::from_wkb(row.blob(3 + number)));
    set.boundaries.push_back(std::move(boundary));
  });
  std::ranges::sort(set.boundaries, {}, &domain::Boundary::code);
  for (const auto& boundary : set.boundaries)
    if (boundary.bands.empty()) set.without_polygon.push_back(boundary.code);
  return set;
}

bool replace_boundaries(WriteTransaction& transaction, const domain::BoundarySet& set) {
  auto& connection = transaction.connection();
  auto content = content_of(set);
  if (content == content_of(read_boundaries(connection))) return false;
  transaction.audit("replace", "boundaries", set.source, std::move(content));
  connection.run(kDelete);
  connection.run(kPutSet, {set.source, set.licence, set.indicative, set.notice});
  for (const auto* boundary : sorted(set))
    connection.run(kAdd, {boundary->code, boundary->name, boundary->level, band(*boundary, 0),
                          band(*boundary, 1), band(*boundary, 2), band(*boundary, 3)});
  return true;
}

}  // namespace simpul::storage
