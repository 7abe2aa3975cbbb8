// What officers note about a record beside its content: who looks after it, and tags. Used by
// service/record_facts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "storage/store.hpp"

namespace simpul::storage {

struct RecordFacts {
  std::string region;  // for who may change them
  std::string unit;
  std::int64_t assignee = 0;  // 0: nobody
  std::vector<std::string> tags;
};

std::optional<RecordFacts> find_record_facts(db::Connection& connection, std::int64_t id);
// Region and unit stay as they are.
void put_record_facts(WriteTransaction& transaction, std::int64_t id, const RecordFacts& facts);

}  // namespace simpul::storage
