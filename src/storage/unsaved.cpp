#include "storage/unsaved.hpp"

namespace simpul::storage {
namespace {

const db::Statement kFind("unsaved.find",
                          "SELECT content, kept_at FROM unsaved_texts WHERE account = $1 AND record = $2");
const db::Statement kPut("unsaved.put", R"sql(
INSERT INTO unsaved_texts (account, record, content, kept_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (account, record) DO UPDATE SET content = excluded.content, kept_at = excluded.kept_at)sql");
const db::Statement kDrop("unsaved.drop", "DELETE FROM unsaved_texts WHERE account = $1 AND record = $2");
const db::Statement kSweep("unsaved.sweep", "DELETE FROM unsaved_texts WHERE kept_at < $1");
const db::Statement kCount("unsaved.count",
                           "SELECT COUNT(*) FROM unsaved_texts WHERE account = $1 AND record <> $2");

}  // namespace

std::optional<Unsaved> find_unsaved(db::Connection& connection, std::int64_t account, std::int64_t record) {
  return connection.first(kFind, {account, record}, [](const db::Row& row) {
    return Unsaved{row.text(0), row.instant(1)};
  });
}

void put_unsaved(db::Connection& connection, std::int64_t account, std::int64_t record,
                 const Unsaved& unsaved) {
  connection.run(kPut, {account, record, unsaved.content, unsaved.kept});
}

void drop_unsaved(db::Connection& connection, std::int64_t account, std::int64_t record) {
  connection.run(kDrop, {account, record});
}

void sweep_unsaved(db::Connection& connection, Instant kept_before) {
  connection.run(kSweep, {kept_before});
}

std::int64_t count_unsaved(db::Connection& connection, std::int64_t account, std::int64_t but) {
  return connection.first(kCount, {account, but}, [](const db::Row& row) { return row.integer(0); })
      .value_or(0);
}

}  // namespace simpul::storage
