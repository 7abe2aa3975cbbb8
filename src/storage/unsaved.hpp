// Text of the editor that its author has not saved yet. Used by service/unsaved.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "db/connection.hpp"

namespace simpul::storage {

struct Unsaved {
  std::string content;  // JSON, as the editor gave it
  Instant kept;
};

// `record` 0: one that does not exist yet.
std::optional<Unsaved> find_unsaved(db::Connection& connection, std::int64_t account, std::int64_t record);
void put_unsaved(db::Connection& connection, std::int64_t account, std::int64_t record,
                 const Unsaved& unsaved);
void drop_unsaved(db::Connection& connection, std::int64_t account, std::int64_t record);
void sweep_unsaved(db::Connection& connection, Instant kept_before);
// Texts of this account without that of `but`.
std::int64_t count_unsaved(db::Connection& connection, std::int64_t account, std::int64_t but);

}  // namespace simpul::storage
