#include "storage/needs.hpp"

#include "crypto/hash.hpp"
#include "storage/json.hpp"

namespace simpul::storage {
namespace {

const db::Statement kAll(
    "needs.all",
    "SELECT commodity, kg_per_person_year, scope, year, kind, conversion_note, source FROM needs");

const db::Statement kPut("needs.put", R"sql(
INSERT INTO needs (key, commodity, kg_per_person_year, scope, year, kind, conversion_note, source)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (key) DO UPDATE SET
  kg_per_person_year = excluded.kg_per_person_year, conversion_note = excluded.conversion_note)sql");

}  // namespace

std::vector<domain::Need> read_needs(db::Connection& connection) {
  std::vector<domain::Need> needs;
  connection.each(kAll, {}, [&](const db::Row& row) {
    needs.push_back({row.text(0), row.real(1), row.text(2), static_cast<int>(row.integer(3)), row.text(4),
                     row.text(5), row.text(6)});
  });
  return needs;
}

std::string key_of(const domain::Need& need) {
  return need.commodity + '/' + need.scope + '/' + std::to_string(need.year) + '/' + need.kind + '/' +
         crypto::hash_hex(need.source).substr(0, 8);
}

std::string content_of(const domain::Need& need) {
  return boost::json::serialize(boost::json::object{{"commodity", need.commodity},
                                                    {"kg_per_person_year", need.kg_per_person_year},
                                                    {"scope", need.scope},
                                                    {"year", need.year},
                                                    {"kind", need.kind},
                                                    {"conversion_note", need.conversion_note},
                                                    {"source", need.source}});
}

void put(WriteTransaction& transaction, const domain::Need& need) {
  transaction.connection().run(kPut, {key_of(need), need.commodity, need.kg_per_person_year, need.scope,
                                      need.year, need.kind, need.conversion_note, need.source});
}

}  // namespace simpul::storage
