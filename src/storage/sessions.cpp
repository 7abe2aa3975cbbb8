#include "storage/sessions.hpp"

namespace simpul::storage {
namespace {

const db::Statement kFind("sessions.find", R"sql(
SELECT hash, id, account, csrf, begun_at, seen_at, until, address, agent FROM sessions WHERE hash = $1)sql");

const db::Statement kOf("sessions.of", R"sql(
SELECT hash, id, account, csrf, begun_at, seen_at, until, address, agent FROM sessions WHERE account = $1
ORDER BY begun_at DESC, id)sql");

const db::Statement kAdd("sessions.add", R"sql(
INSERT INTO sessions (hash, id, account, csrf, begun_at, seen_at, until, address, agent)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9))sql");

const db::Statement kTouch("sessions.touch", "UPDATE sessions SET seen_at = $2 WHERE hash = $1");
const db::Statement kEnd("sessions.end", "DELETE FROM sessions WHERE account = $1 AND id = $2");
const db::Statement kEndAll("sessions.end_all", "DELETE FROM sessions WHERE account = $1 AND hash <> $2");
const db::Statement kSweep("sessions.sweep", "DELETE FROM sessions WHERE until <= $1 OR seen_at <= $2");

domain::Session session_of(const db::Row& row) {
  return {row.text(0),    row.text(1),    row.integer(2), row.text(3), row.instant(4),
          row.instant(5), row.instant(6), row.text(7),    row.text(8)};
}

}  // namespace

std::optional<domain::Session> find_session(db::Connection& connection, std::string_view hash) {
  return connection.first(kFind, {hash}, session_of);
}

std::vector<domain::Session> sessions_of(db::Connection& connection, std::int64_t account) {
  std::vector<domain::Session> sessions;
  connection.each(kOf, {account}, [&](const db::Row& row) { sessions.push_back(session_of(row)); });
  return sessions;
}

void add_session(db::Connection& connection, const domain::Session& session) {
  connection.run(kAdd, {session.hash, session.id, session.account, session.csrf, session.begun, session.seen,
                        session.until, session.address, session.agent});
}

void touch_session(db::Connection& connection, std::string_view hash, Instant seen) {
  connection.run(kTouch, {hash, seen});
}

std::int64_t end_session(db::Connection& connection, std::int64_t account, std::string_view id) {
  return connection.run(kEnd, {account, id});
}

std::int64_t end_sessions(db::Connection& connection, std::int64_t account, std::string_view but_hash) {
  return connection.run(kEndAll, {account, but_hash});
}

std::int64_t sweep_sessions(db::Connection& connection, Instant now, Instant idle_since) {
  return connection.run(kSweep, {now, idle_since});
}

}  // namespace simpul::storage
