#include "storage/commodities.hpp"

#include "storage/json.hpp"

namespace simpul::storage {
namespace {

const db::Statement kAll("commodities.all",
                         "SELECT slug, name, sector, category, hs_code, unit FROM commodities");

const db::Statement kPut("commodities.put", R"sql(
INSERT INTO commodities (slug, name, sector, category, hs_code, unit)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (slug) DO UPDATE SET
  name = excluded.name, sector = excluded.sector, category = excluded.category, hs_code = excluded.hs_code,
  unit = excluded.unit)sql");

}  // namespace

std::vector<domain::Commodity> read_commodities(db::Connection& connection) {
  std::vector<domain::Commodity> commodities;
  connection.each(kAll, {}, [&](const db::Row& row) {
    commodities.push_back(
        {row.text(0), local_text(row.text(1)), row.text(2), row.text(3), row.text(4), row.text(5)});
  });
  return commodities;
}

std::string key_of(const domain::Commodity& commodity) {
  return commodity.slug;
}

std::string content_of(const domain::Commodity& commodity) {
  return boost::json::serialize(boost::json::object{{"slug", commodity.slug},
                                                    {"name", to_json(commodity.name)},
                                                    {"sector", commodity.sector},
                                                    {"category", commodity.category},
                                                    {"hs_code", commodity.hs_code},
                                                    {"unit", commodity.unit}});
}

void put(WriteTransaction& transaction, const domain::Commodity& commodity) {
  transaction.connection().run(kPut, {commodity.slug, json_text(commodity.name), commodity.sector,
                                      commodity.category, commodity.hs_code, commodity.unit});
}

}  // namespace simpul::storage
