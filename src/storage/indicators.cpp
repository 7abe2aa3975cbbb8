#include "storage/indicators.hpp"

#include "storage/json.hpp"

namespace simpul::storage {
namespace {

const db::Statement kAll(
    "indicators.all",
    "SELECT region_code, indicator, sector, commodity, year, value, unit, source FROM indicators");

const db::Statement kPut("indicators.put", R"sql(
INSERT INTO indicators (key, region_code, indicator, sector, commodity, year, value, unit, source)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (key) DO UPDATE SET value = excluded.value, unit = excluded.unit, source = excluded.source)sql");

}  // namespace

std::vector<domain::IndicatorValue> read_indicators(db::Connection& connection) {
  std::vector<domain::IndicatorValue> values;
  connection.each(kAll, {}, [&](const db::Row& row) {
    values.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.optional_int(4), row.real(5),
                      row.text(6), row.text(7)});
  });
  return values;
}

std::string key_of(const domain::IndicatorValue& value) {
  return value.region_code + '/' + value.indicator + '/' + value.sector + '/' + value.commodity + '/' +
         (value.year ? std::to_string(*value.year) : "");
}

std::string content_of(const domain::IndicatorValue& value) {
  return boost::json::serialize(boost::json::object{{"region", value.region_code},
                                                    {"indicator", value.indicator},
                                                    {"sector", value.sector},
                                                    {"commodity", value.commodity},
                                                    {"year", or_null(value.year)},
                                                    {"value", value.value},
                                                    {"unit", value.unit},
                                                    {"source", value.source}});
}

void put(WriteTransaction& transaction, const domain::IndicatorValue& value) {
  transaction.connection().run(kPut, {key_of(value), value.region_code, value.indicator, value.sector,
                                      value.commodity, value.year, value.value, value.unit, value.source});
}

}  // namespace simpul::storage
