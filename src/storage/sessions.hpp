// Sessions of signed-in people: only the hash of a token is kept. Used by service/sessions.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "db/connection.hpp"
#include "domain/account.hpp"

namespace simpul::storage {

std::optional<domain::Session> find_session(db::Connection& connection, std::string_view hash);
std::vector<domain::Session> sessions_of(db::Connection& connection, std::int64_t account);  // newest first

void add_session(db::Connection& connection, const domain::Session& session);
void touch_session(db::Connection& connection, std::string_view hash, Instant seen);
// The number that ended.
std::int64_t end_session(db::Connection& connection, std::int64_t account, std::string_view id);
// All of the account but the one with this hash (empty: all).
std::int64_t end_sessions(db::Connection& connection, std::int64_t account, std::string_view but_hash);
// Those that are over.
std::int64_t sweep_sessions(db::Connection& connection, Instant now, Instant idle_since);

}  // namespace simpul::storage
