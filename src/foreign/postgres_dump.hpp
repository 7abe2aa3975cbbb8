// A PostgreSQL database into a file and back, by PostgreSQL's own programs in a child process. `environment`
// says which database (db::postgres_environment). Used by service/backup and service/restore.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace simpul::foreign {

// Writes the state that `snapshot` names (db::Connection::shared_snapshot) in pg_dump's custom format. false:
// `stop` said to. Error Unavailable: the program is missing, the database cannot be reached, the disk is
// full.
bool dump_postgres(const std::vector<std::string>& environment, const std::string& snapshot,
                   const std::filesystem::path& file, const std::function<bool()>& stop);

// Loads such a file into an empty database, in one transaction: all of it or nothing. Error Unavailable as
// above.
void load_postgres(const std::vector<std::string>& environment, const std::filesystem::path& file);

}  // namespace simpul::foreign
