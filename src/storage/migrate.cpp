#include "storage/migrate.hpp"

#include <charconv>
#include <map>

#include "base/assets.hpp"
#include "base/error.hpp"

namespace simpul::storage {
namespace {

constexpr std::string_view kFolder = "src/storage/migrations/";

constexpr const char* kVersionTable =
    "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at "
    "BIGINT NOT "
    "NULL)";

const db::Statement kFindVersion("schema_version.find",
                                 "SELECT COALESCE(MAX(version), 0) FROM schema_version");

const db::Statement kAddVersion("schema_version.add",
                                "INSERT INTO schema_version (version, name, applied_at) VALUES ($1, $2, $3)");

// In SQLite only the words INTEGER PRIMARY KEY make a number the row's own place; BIGINT PRIMARY KEY, which
// PostgreSQL needs for 64 bits, would keep a second tree from the number to the row, written and searched
// each time.
std::string in_sqlite(std::string_view sql) {
  constexpr std::string_view kPortable = "BIGINT PRIMARY KEY", kOwn = "INTEGER PRIMARY KEY";
  std::string text(sql);
  for (auto at = text.find(kPortable); at != text.npos; at = text.find(kPortable, at + kOwn.size()))
    text.replace(at, kPortable.size(), kOwn);
  return text;
}

// Runs fn in one write transaction.
template <typename Fn>
void transaction(db::Connection& connection, Fn fn) {
  connection.begin_write();
  try {
    fn();
    connection.commit();
  } catch (...) {
    connection.rollback();
    throw;
  }
}

}  // namespace

int schema_version(db::Connection& connection) {
  return connection
      .first(kFindVersion, {}, [](const db::Row& row) { return static_cast<int>(row.integer(0)); })
      .value_or(0);
}

std::vector<Migration> migrations(db::Dialect dialect) {
  std::map<int, Migration> by_version;
  for (const auto& asset : all_assets()) {
    if (!asset.path.starts_with(kFolder)) continue;
    const auto file = asset.path.substr(kFolder.size());
    int version = 0;
    std::from_chars(file.data(), file.data() + file.size(), version);
    auto& migration = by_version[version];
    migration.version = version;
    migration.name = file.substr(0, file.find('.'));
    const bool sqlite_only = file.ends_with(".sqlite.sql");
    const bool postgres_only = file.ends_with(".postgres.sql");
    if ((sqlite_only && dialect != db::Dialect::Sqlite) ||
        (postgres_only && dialect != db::Dialect::Postgres))
      continue;
    if (!migration.sql.empty())
      throw Error(ErrorKind::Internal, "Two migrations have the number {number}",
                  {{"number", std::to_string(version)}});
    migration.sql = dialect == db::Dialect::Sqlite ? in_sqlite(asset.bytes) : std::string(asset.bytes);
  }
  std::vector<Migration> list;
  for (auto& [version, migration] : by_version) list.push_back(std::move(migration));
  return list;
}

std::vector<std::string> migrate(db::Connection& connection, const Clock& clock) {
  const auto known = migrations(connection.dialect());
  transaction(connection, [&] { connection.script(kVersionTable); });
  std::vector<std::string> applied;
  for (const auto& migration : known) {
    if (schema_version(connection) >= migration.version) continue;
    transaction(connection, [&] {
      // Another process may have been first; now that this one is the only writer it looks again.
      if (schema_version(connection) >= migration.version) return;
      if (!migration.sql.empty()) connection.script(migration.sql);
      connection.run(kAddVersion, {migration.version, migration.name, clock.now()});
      applied.push_back(migration.name);
    });
  }
  const int found = schema_version(connection);
  if (!known.empty() && found > known.back().version)
    throw Error(ErrorKind::Conflict,
                "The database was written by a newer Simpul (schema {found}; this program knows {known}). "
                "Install the "
                "newer program, or restore a backup",
                {{"found", std::to_string(found)}, {"known", std::to_string(known.back().version)}});
  return applied;
}

}  // namespace simpul::storage
