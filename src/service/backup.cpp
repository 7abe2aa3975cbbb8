#include "service/backup.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <string_view>
#include <system_error>
#include <vector>

#include "base/durable_file.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "crypto/hasher.hpp"
#include "db/backup.hpp"
#include "document/tar.hpp"
#include "domain/backup.hpp"
#include "foreign/postgres_dump.hpp"
#include "service/backup_manifest.hpp"
#include "storage/audit.hpp"
#include "storage/migrate.hpp"

namespace simpul::service {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kScratchPrefix = ".simpul-backup-";
constexpr std::size_t kPiece = std::size_t{256} << 10;
// Of the data folder: nothing that lives only while the program runs, or that is a backup already.
constexpr std::array<std::string_view, 4> kLeftOut{"simpul.lock", "spool", "backups", ".restoring"};

struct Item {
  fs::path file;
  std::string name;
  std::uint64_t bytes = 0;
};

std::int64_t modified_seconds(const fs::path& file) {
  std::error_code ignored;
  const auto at = fs::last_write_time(file, ignored);
  const auto since = std::chrono::file_clock::to_sys(at).time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(since).count();
}

// The plain files of the data folder but the database, in order of their names.
std::vector<Item> files_of(const BackupSource& source) {
  const auto database = db::sqlite_path(source.database);
  const auto is_database = [&](const fs::path& file) {
    if (!database) return false;
    std::error_code ignored;
    for (const auto* ending : {"", "-wal", "-shm", "-journal"})
      if (fs::weakly_canonical(*database + ending, ignored) == fs::weakly_canonical(file, ignored))
        return true;
    return false;
  };
  std::vector<Item> items;
  std::error_code failed;
  auto entry = fs::recursive_directory_iterator(source.data_folder, failed);
  for (; !failed && entry != fs::recursive_directory_iterator(); entry.increment(failed)) {
    const auto name = entry->path().lexically_relative(source.data_folder).generic_string();
    std::error_code ignored;
    const bool left_out = std::ranges::find(kLeftOut, name) != kLeftOut.end() ||
                          name.starts_with(kScratchPrefix) ||
                          fs::equivalent(entry->path(), source.backup_folder, ignored);
    if (left_out) {
      entry.disable_recursion_pending();
    } else if (entry->is_symlink(ignored)) {
      spdlog::warn("not in the backup, because it is a link: {}", simpul::quoted(entry->path().string()));
    } else if (entry->is_regular_file(ignored) && !is_database(entry->path())) {
      items.push_back({entry->path(), std::string(kDataPrefix) + name, entry->file_size(ignored)});
    }
  }
  if (failed)
    throw Error(ErrorKind::Unavailable, "The data folder {folder} cannot be read: {reason}",
                {{"folder", source.data_folder.string()}, {"reason", failed.message()}});
  std::ranges::sort(items, {}, &Item::name);
  return items;
}

void describe(db::Connection& connection, BackupManifest& manifest, BackupReport& report) {
  const auto verdict = storage::verify_audit(connection);
  report.schema = manifest.schema = storage::schema_version(connection);
  report.audit_entries = manifest.audit_entries = verdict.entries;
  report.audit_last_hash = manifest.audit_last_hash = verdict.last_hash;
  report.chain_is_whole = !verdict.broken_at;
}

// The database as a file in `folder`, and what state it is.
Item database_file(const BackupSource& source, const fs::path& folder, const BackupWatch& watch,
                   BackupManifest& manifest, BackupReport& report) {
  Item item;
  if (const auto path = db::sqlite_path(source.database)) {
    item = {folder / "simpul.db", kSqliteEntry};
    db::copy_sqlite(*path, item.file.string());
    const auto copy = db::open("sqlite:" + item.file.string(), db::Mode::Read);
    describe(*copy, manifest, report);
  } else {
    item = {folder / "simpul.dump", kPostgresEntry};
    const auto environment = db::postgres_environment(source.database);
    const auto connection = db::open(source.database, db::Mode::Read);
    connection->begin_read();
    describe(*connection, manifest, report);
    if (!foreign::dump_postgres(environment, connection->shared_snapshot(), item.file, watch.stopping)) {
      if (watch.progress) watch.progress(0, 0);
      throw Error(ErrorKind::Unavailable, "The backup was broken off");
    }
    connection->rollback();
  }
  item.bytes = fs::file_size(item.file);
  return item;
}

// false: the file is gone since the list was made; `simpul check` names what the register misses.
bool add_file(document::TarWriter& tar, const Item& item, BackupManifest& manifest,
              const std::function<void(std::size_t)>& written) {
  std::ifstream in(item.file, std::ios::binary);
  if (!in) {
    if (!fs::exists(item.file)) return false;
    throw Error(ErrorKind::Unavailable, "{file} cannot be read", {{"file", item.file.string()}});
  }
  tar.begin(item.name, item.bytes, modified_seconds(item.file));
  crypto::Hasher hasher;
  std::vector<char> piece(kPiece);
  for (auto left = item.bytes; left > 0;) {
    in.read(piece.data(), static_cast<std::streamsize>(std::min<std::uint64_t>(left, piece.size())));
    const std::string_view read(piece.data(), static_cast<std::size_t>(in.gcount()));
    if (read.empty())
      throw Error(ErrorKind::Unavailable, "{file} changed while it was being backed up. Try again",
                  {{"file", item.file.string()}});
    hasher.add(read);
    tar.add(read);
    left -= read.size();
    written(read.size());
  }
  manifest.files.push_back({item.name, item.bytes, hasher.hex()});
  return true;
}

// Where the file goes: into a folder by its time, or where it was told.
fs::path file_for(const fs::path& target, Instant now) {
  auto file = fs::is_directory(target) ? target / domain::backup_name(now) : target;
  if (fs::exists(file)) throw Error(ErrorKind::Conflict, "{file} exists already", {{"file", file.string()}});
  return fs::absolute(file);
}

void remove_outdated(const fs::path& folder, const BackupSettings& settings) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename().string());
  for (const auto& name : domain::outdated_backups(names, settings.keep_days, settings.keep_months)) {
    std::error_code failed;
    fs::remove(folder / name, failed);
    if (failed)
      spdlog::warn("an outdated backup stays: {}: {}", simpul::quoted((folder / name).string()),
                   failed.message());
    else
      spdlog::info("outdated backup removed: {}", simpul::quoted(name));
  }
}

// What backups left that were killed. Only one backup job at a time is made, but somebody may run the
// command.
void remove_scratch(const fs::path& folder) {
  const auto long_ago = fs::file_time_type::clock::now() - std::chrono::hours(24);
  std::error_code failed;
  std::vector<fs::path> left;
  for (const auto& entry : fs::directory_iterator(folder, failed))
    if (entry.path().filename().string().starts_with(kScratchPrefix) && entry.last_write_time() < long_ago)
      left.push_back(entry.path());
  for (const auto& path : left) fs::remove_all(path, failed);
}

}  // namespace

BackupReport make_backup(const BackupSource& source, const fs::path& target, const BackupWatch& watch,
                         const Clock& clock) {
  const auto now = clock.now();
  BackupReport report;
  report.file = file_for(target, now);
  BackupManifest manifest;
  manifest.program = SIMPUL_VERSION;
  manifest.created_at = to_iso(now);
  const ScratchFolder scratch(report.file.parent_path(), std::string(kScratchPrefix));
  // The database first: a file that it names was there before, one that comes later is a file more.
  const auto database = database_file(source, scratch.path(), watch, manifest, report);
  const auto files = files_of(source);

  std::uint64_t done = 0, total = database.bytes;
  for (const auto& item : files) total += item.bytes;
  const auto written = [&](std::size_t bytes) {
    done += bytes;
    if (watch.progress) watch.progress(done, total);
  };
  const auto unfinished = scratch.path() / "backup.tar";
  document::TarWriter tar(unfinished);
  add_file(tar, database, manifest, written);
  for (const auto& item : files)
    if (add_file(tar, item, manifest, written)) ++report.files;
  const auto list = to_json(manifest);
  tar.begin(kManifestName, list.size(), now.microseconds / 1'000'000);
  tar.add(list);
  tar.finish();
  report.bytes = fs::file_size(unfinished);
  publish_file(unfinished, report.file);
  return report;
}

JobKind backup_job(BackupSource source, BackupSettings settings, const Clock& clock) {
  return {[source, settings, &clock](JobContext& context) {
            std::error_code failed;
            fs::create_directories(source.backup_folder, failed);
            if (failed)
              throw Error(ErrorKind::Unavailable, "The folder {folder} cannot be made: {reason}",
                          {{"folder", source.backup_folder.string()}, {"reason", failed.message()}});
            remove_scratch(source.backup_folder);
            const auto report = make_backup(source, source.backup_folder,
                                            {[&](std::uint64_t done, std::uint64_t total) {
                                               context.progress(static_cast<std::int64_t>(done),
                                                                static_cast<std::int64_t>(total),
                                                                msgid("Writing the backup"));
                                             },
                                             [&] { return context.stopping(); }},
                                            clock);
            if (!report.chain_is_whole)
              spdlog::error("the audit chain is broken; the backup was made all the same");
            remove_outdated(source.backup_folder, settings);
            return boost::json::object{{"file", report.file.filename().string()},
                                       {"bytes", report.bytes},
                                       {"files", report.files},
                                       {"audit_entries", report.audit_entries},
                                       {"audit_last_hash", report.audit_last_hash},
                                       {"chain_is_whole", report.chain_is_whole}};
          },
          3};
}

void schedule_backup(Jobs& jobs, const BackupSettings& settings) {
  constexpr const char* kName = "daily backup";
  if (settings.time.empty()) return jobs.remove_schedule(kName);
  const auto minute = domain::parse_minute(settings.time);
  if (!minute)
    throw Error(ErrorKind::Invalid, "backup.time is {time}; it has to be a time of day such as 02:00",
                {{"time", settings.time}});
  jobs.set_schedule({kName, kBackupKind, "{}", *minute, {}});
}

}  // namespace simpul::service
