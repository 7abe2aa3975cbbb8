#include "storage/regulations.hpp"

#include "storage/json.hpp"

namespace simpul::storage {
namespace {

const db::Statement kAll("regulations.all",
                         "SELECT code, title, year, number, kind, topic, summary, source FROM regulations");

const db::Statement kPut("regulations.put", R"sql(
INSERT INTO regulations (code, title, year, number, kind, topic, summary, source)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (code) DO UPDATE SET
  title = excluded.title, year = excluded.year, number = excluded.number, kind = excluded.kind,
  topic = excluded.topic, summary = excluded.summary, source = excluded.source)sql");

}  // namespace

std::vector<domain::Regulation> read_regulations(db::Connection& connection) {
  std::vector<domain::Regulation> regulations;
  connection.each(kAll, {}, [&](const db::Row& row) {
    regulations.push_back({row.text(0), local_text(row.text(1)), static_cast<int>(row.integer(2)),
                           row.text(3), row.text(4), row.text(5), local_text(row.text(6)), row.text(7)});
  });
  return regulations;
}

std::string key_of(const domain::Regulation& regulation) {
  return regulation.code;
}

std::string content_of(const domain::Regulation& regulation) {
  return boost::json::serialize(boost::json::object{{"code", regulation.code},
                                                    {"title", to_json(regulation.title)},
                                                    {"year", regulation.year},
                                                    {"number", regulation.number},
                                                    {"kind", regulation.kind},
                                                    {"topic", regulation.topic},
                                                    {"summary", to_json(regulation.summary)},
                                                    {"source", regulation.source}});
}

void put(WriteTransaction& transaction, const domain::Regulation& regulation) {
  transaction.connection().run(
      kPut, {regulation.code, json_text(regulation.title), regulation.year, regulation.number,
             regulation.kind, regulation.topic, json_text(regulation.summary), regulation.source});
}

}  // namespace simpul::storage
