// A backup back into an empty place, and the proof that it is whole: every file by its hash, the database by
// its own check and by the audit chain. Used by `simpul restore`.
#pragma once

#include <filesystem>
#include <string>

#include "service/backup_manifest.hpp"

namespace simpul::service {

struct RestoreReport {
  BackupManifest manifest;
  std::size_t files = 0;  // beside the database
};

// Puts the backup `file` into the data folder and the database of this address. Nothing is there afterwards
// but the whole of it, or nothing. Error Conflict: the folder or the database is not empty, the backup is of
// the other kind of database or of a newer program; Invalid: it is damaged or cut off; Unavailable: the disk
// is full.
RestoreReport restore_backup(const std::filesystem::path& file, const std::string& database,
                             const std::filesystem::path& data_folder);

// Error Conflict: a restore into this folder was broken off by the end of the program, so what is there is
// not whole.
void refuse_half_restored(const std::filesystem::path& data_folder);

}  // namespace simpul::service
