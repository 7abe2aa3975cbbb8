#include "storage/areas.hpp"

#include <boost/json.hpp>

#include "crypto/hash.hpp"
#include "geo/wkb.hpp"

namespace simpul::storage {
namespace {

const db::Statement kSource("areas.source", "SELECT source, licence, indicative, notice FROM area_sets");
const db::Statement kHash("areas.hash", "SELECT hash FROM area_sets");
const db::Statement kAll("areas.all", R"sql(
SELECT code, name, level, type, district, regency, province, shapes FROM areas ORDER BY number)sql");
const db::Statement kDelete("areas.delete", "DELETE FROM areas");
const db::Statement kDeleteSet("areas.delete_set", "DELETE FROM area_sets");

const db::Statement kPutSet("areas.put_set", R"sql(
INSERT INTO area_sets (id, source, licence, indicative, notice, hash) VALUES (1, $1, $2, $3, $4, $5))sql");

const db::Statement kAdd("areas.add", R"sql(
INSERT INTO areas (number, code, name, level, type, district, regency, province, geometry, shapes)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))sql");

// Of all that is stored; empty: there is nothing.
std::string hash_of(const domain::AreaSet& set) {
  if (set.areas.empty()) return {};
  std::string all =
      set.source + '\n' + set.licence + '\n' + (set.indicative ? '1' : '0') + '\n' + set.notice + '\n';
  for (const auto& area : set.areas)
    for (const auto& field : {area.code, area.name, std::to_string(area.level), area.type, area.district,
                              area.regency, area.province, geo::to_wkb(area.geometry), area.shapes})
      // With its length: no two sets come to the same bytes.
      all += std::to_string(field.size()) + ':' + field;
  return crypto::hash_hex(all);
}

}  // namespace

domain::AreaSource read_area_source(db::Connection& connection) {
  domain::AreaSource source;
  connection.each(kSource, {}, [&](const db::Row& row) {
    source = {row.text(0), row.text(1), row.boolean(2), row.text(3)};
  });
  return source;
}

void each_area(db::Connection& connection, const std::function<void(domain::Area&&)>& take) {
  connection.each(kAll, {}, [&](const db::Row& row) {
    domain::Area area;
    area.code = row.text(0);
    area.name = row.text(1);
    area.level = static_cast<int>(row.integer(2));
    area.type = row.text(3);
    area.district = row.text(4);
    area.regency = row.text(5);
    area.province = row.text(6);
    area.shapes = row.blob(7);
    take(std::move(area));
  });
}

bool replace_areas(WriteTransaction& transaction, const domain::AreaSet& set) {
  auto& connection = transaction.connection();
  const auto hash = hash_of(set);
  if (connection.first(kHash, {}, [](const db::Row& row) { return row.text(0); }).value_or("") == hash)
    return false;
  transaction.audit("replace", "areas", set.source.empty() ? "none" : set.source,
                    boost::json::serialize(boost::json::object{{"source", set.source},
                                                               {"licence", set.licence},
                                                               {"indicative", set.indicative},
                                                               {"notice", set.notice},
                                                               {"areas", set.areas.size()},
                                                               {"hash", hash}}));
  connection.run(kDelete);
  connection.run(kDeleteSet);
  if (set.areas.empty()) return true;
  connection.run(kPutSet, {set.source, set.licence, set.indicative, set.notice, hash});
  std::int64_t number = 0;
  for (const auto& area : set.areas)
    connection.run(kAdd, {++number, area.code, area.name, area.level, area.type, area.district, area.regency,
                          area.province, db::Blob{geo::to_wkb(area.geometry)}, db::Blob{area.shapes}});
  return true;
}

}  // namespace simpul::storage
