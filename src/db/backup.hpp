// What a backup needs of the two engines beyond ordinary statements. Used by service/backup and
// service/restore.
#pragma once

#include <string>
#include <vector>

#include "db/connection.hpp"

namespace simpul::db {

// Copies a SQLite database, as it is at one moment, into a new file; others read and write it meanwhile.
// Errors: see Connection; also when `to` exists.
void copy_sqlite(const std::string& path, const std::string& to);
// What SQLite finds wrong in a file (integrity_check, foreign_key_check); empty: nothing. A file that is no
// database is Error Unavailable.
std::vector<std::string> sqlite_faults(const std::string& path);

// What the programs of PostgreSQL (pg_dump) have to find in their environment to reach the database of this
// address: "PGHOST=...", the password too, so that it stands on no command line. Errors as open().
std::vector<std::string> postgres_environment(const std::string& address);
// No table, view or sequence but those of extensions. Errors as open().
bool postgres_is_empty(const std::string& address);
// Makes it so. Errors as open().
void empty_postgres(const std::string& address);

}  // namespace simpul::db
