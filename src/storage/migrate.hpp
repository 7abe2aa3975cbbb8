// Brings a database to the schema of this program: numbered SQL files under src/storage/migrations, embedded,
// forward only, one transaction each. Called by Store when it opens and by `simpul migrate`.
#pragma once

#include <string>
#include <vector>

#include "base/time.hpp"
#include "db/connection.hpp"

namespace simpul::storage {

struct Migration {
  int version = 0;
  std::string name;  // "0002_register"
  std::string sql;   // empty: the other kind of database needs this one
};

// All migrations of one kind of database, by number. A file may serve both (0002_register.sql) or one
// (.sqlite.sql, .postgres.sql). Error Internal: a number that stands twice.
std::vector<Migration> migrations(db::Dialect dialect);

// Applies what is missing; gives the names of what was applied. Error Conflict: the database was written by a
// newer program; nothing is changed.
std::vector<std::string> migrate(db::Connection& connection, const Clock& clock);

// Number of the newest migration that was applied.
int schema_version(db::Connection& connection);

}  // namespace simpul::storage
