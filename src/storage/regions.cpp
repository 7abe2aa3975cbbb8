#include "storage/regions.hpp"

#include "storage/json.hpp"

namespace simpul::storage {
namespace {

const db::Statement kAll("regions.all", R"sql(
SELECT code, bps_code, name, kind, capital, capital_lon, capital_lat, area_km2, population, population_year,
       established_year, website, source
FROM regions)sql");

const db::Statement kPut("regions.put", R"sql(
INSERT INTO regions (code, bps_code, name, kind, capital, capital_lon, capital_lat, area_km2, population,
                     population_year, established_year, website, source)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
ON CONFLICT (code) DO UPDATE SET
  bps_code = excluded.bps_code, name = excluded.name, kind = excluded.kind, capital = excluded.capital,
  capital_lon = excluded.capital_lon, capital_lat = excluded.capital_lat, area_km2 = excluded.area_km2,
  population = excluded.population, population_year = excluded.population_year,
  established_year = excluded.established_year, website = excluded.website, source = excluded.source)sql");

}  // namespace

std::vector<domain::Region> read_regions(db::Connection& connection) {
  std::vector<domain::Region> regions;
  connection.each(kAll, {}, [&](const db::Row& row) {
    domain::Region region;
    region.code = row.text(0);
    region.bps_code = row.text(1);
    region.name = local_text(row.text(2));
    region.kind = row.text(3);
    region.capital = row.text(4);
    if (!row.null(5) && !row.null(6)) region.capital_point = geo::Point{row.real(5), row.real(6)};
    region.area_km2 = row.optional_real(7);
    region.population = row.optional_integer(8);
    region.population_year = row.optional_int(9);
    region.established_year = row.optional_int(10);
    region.website = row.text(11);
    region.source = row.text(12);
    regions.push_back(std::move(region));
  });
  return regions;
}

std::string key_of(const domain::Region& region) {
  return region.code;
}

std::string content_of(const domain::Region& region) {
  return boost::json::serialize(boost::json::object{
      {"code", region.code},
      {"bps_code", region.bps_code},
      {"name", to_json(region.name)},
      {"kind", region.kind},
      {"capital", region.capital},
      {"capital_point", region.capital_point ? boost::json::value(boost::json::array{region.capital_point->x,
                                                                                     region.capital_point->y})
                                             : boost::json::value(nullptr)},
      {"area_km2", or_null(region.area_km2)},
      {"population", or_null(region.population)},
      {"population_year", or_null(region.population_year)},
      {"established_year", or_null(region.established_year)},
      {"website", region.website},
      {"source", region.source}});
}

void put(WriteTransaction& transaction, const domain::Region& region) {
  std::optional<double> longitude, latitude;
  if (region.capital_point) {
    longitude = region.capital_point->x;
    latitude = region.capital_point->y;
  }
  transaction.connection().run(
      kPut, {region.code, region.bps_code, json_text(region.name), region.kind, region.capital, longitude,
             latitude, region.area_km2, region.population, region.population_year, region.established_year,
             region.website, region.source});
}

}  // namespace simpul::storage
