#include "db/connection.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace simpul::db {

void Connection::check_changeable(const Statement& statement) const {
  if (!changeable_) return;
  const auto table = changed_table(statement.sql());
  if (!table.empty() && std::ranges::find(*changeable_, table) == changeable_->end())
    throw Error(ErrorKind::Internal, "Statement {name} may not change this table here",
                {{"name", statement.name()}});
}

std::int64_t Connection::run(const Statement& statement, Values values) {
  check_changeable(statement);
  announce_call();
  const auto changed = do_each(statement, {values.begin(), values.size()}, nullptr);
  changed_rows_ += changed;
  return changed;
}

void Connection::each(const Statement& statement, Values values, const RowFunction& row) {
  check_changeable(statement);
  announce_call();
  changed_rows_ += do_each(statement, {values.begin(), values.size()}, &row);
}

void Connection::script(std::string_view sql) {
  announce_call();
  do_script(sql);
}

void Connection::prepare(const Statement& statement) {
  do_prepare(statement);
}

void Connection::begin(bool write) {
  announce_call();
  changed_rows_ = 0;
  changeable_.reset();
  do_begin(write);
}

void Connection::begin_write() {
  begin(true);
}
void Connection::begin_read() {
  begin(false);
}

void Connection::commit() {
  announce_call();
  do_commit();
  changeable_.reset();
}

void Connection::begin_part() {
  script("SAVEPOINT part");
  changed_rows_ = 0;
  changeable_.reset();
}

void Connection::keep_part() {
  script("RELEASE SAVEPOINT part");
  changeable_.reset();
}

void Connection::undo_part() {
  changeable_.reset();
  script("ROLLBACK TO SAVEPOINT part");
  script("RELEASE SAVEPOINT part");
}

void Connection::rollback() noexcept {
  do_rollback();
  changeable_.reset();
}

std::string Connection::shared_snapshot() {
  announce_call();
  return do_share_snapshot();
}

std::optional<std::string> sqlite_path(std::string_view address) {
  constexpr std::string_view kScheme = "sqlite:";
  if (!address.starts_with(kScheme) || address.size() == kScheme.size()) return std::nullopt;
  return std::string(address.substr(kScheme.size()));
}

std::unique_ptr<Connection> open(const std::string& address, Mode mode) {
  if (const auto path = sqlite_path(address)) return open_sqlite(*path, mode);
  if (address.starts_with("postgresql://") || address.starts_with("postgres://"))
    return open_postgres(address, mode);
  // The address may hold a password: it goes into no message.
  throw Error(ErrorKind::Invalid, "A database address starts with sqlite: or postgresql://");
}

}  // namespace simpul::db
