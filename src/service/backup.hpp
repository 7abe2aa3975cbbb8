// One file that holds everything of an installation at one moment: the database, and the other files of the
// data folder (attachments, the key, settings). Made while officers write; restored by service/restore. Used
// by `simpul backup` and by the job of that kind.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "base/time.hpp"
#include "service/jobs.hpp"

namespace simpul::service {

struct BackupSettings {
  std::string folder;          // empty: `backups` in the data folder
  std::string time = "02:00";  // of the day in Makassar; empty: no daily backup
  unsigned keep_days = 35;
  unsigned keep_months = 12;
};

struct BackupSource {
  std::string database;  // address
  std::filesystem::path data_folder;
  std::filesystem::path backup_folder;  // not backed up itself
};

struct BackupReport {
  std::filesystem::path file;
  std::uint64_t bytes = 0;
  std::size_t files = 0;  // beside the database
  int schema = 0;
  std::int64_t audit_entries = 0;
  std::string audit_last_hash;
  bool chain_is_whole = true;
};

// Who follows a backup. `progress` (bytes done, in all) may throw to break it off; `stopping` is asked while
// a child program works. Both may be empty.
struct BackupWatch {
  std::function<void(std::uint64_t, std::uint64_t)> progress;
  std::function<bool()> stopping;
};

// Makes the backup; `target` is a folder that is there (the file is named by the time) or a new file. The
// file appears whole and on the disk, or not at all. It holds the key and people's data: mode 0600. The
// database is not migrated. Error Conflict: the file exists; Unavailable: the disk is full, the database
// cannot be reached, a file changed while it was read.
BackupReport make_backup(const BackupSource& source, const std::filesystem::path& target,
                         const BackupWatch& watch = {}, const Clock& clock = system_clock());

// The kind "backup": a backup into the folder of the settings (made when it is not there), then what is
// outdated there goes. Its result names the file and the end of the audit chain.
inline constexpr const char* kBackupKind = "backup";
JobKind backup_job(BackupSource source, BackupSettings settings, const Clock& clock = system_clock());

// Sets or removes the daily schedule. Error Invalid: `time` is no time of day.
void schedule_backup(Jobs& jobs, const BackupSettings& settings);

}  // namespace simpul::service
