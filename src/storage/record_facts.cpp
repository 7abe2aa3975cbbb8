#include "storage/record_facts.hpp"

#include "storage/hidden.hpp"
#include "storage/tags.hpp"

namespace simpul::storage {
namespace {

const db::Statement kFind(
    "record_facts.find",
    "SELECT region_code, unit, assignee, tags FROM records WHERE id = $1 AND " SIMPUL_NOT_HIDDEN(
        "records.id"));
const db::Statement kPut("record_facts.put", "UPDATE records SET assignee = $2, tags = $3 WHERE id = $1");

}  // namespace

std::optional<RecordFacts> find_record_facts(db::Connection& connection, std::int64_t id) {
  return connection.first(kFind, {id}, [](const db::Row& row) {
    return RecordFacts{row.text(0), row.text(1), row.integer(2), tags_of(row.text(3))};
  });
}

void put_record_facts(WriteTransaction& transaction, std::int64_t id, const RecordFacts& facts) {
  transaction.connection().run(kPut, {id, facts.assignee, tags_text(facts.tags)});
}

}  // namespace simpul::storage
