#include "service/restore.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <set>
#include <system_error>

#include "base/durable_file.hpp"
#include "base/error.hpp"
#include "crypto/hasher.hpp"
#include "db/backup.hpp"
#include "document/tar.hpp"
#include "foreign/postgres_dump.hpp"
#include "storage/audit.hpp"
#include "storage/migrate.hpp"

namespace simpul::service {
namespace {

namespace fs = std::filesystem;

constexpr const char* kRestoring = ".restoring";  // until all is in its place
constexpr const char* kLock = "simpul.lock";
constexpr std::size_t kPiece = std::size_t{256} << 10;
constexpr std::uint64_t kManifestBytes = 256 << 20;

[[noreturn]] void refuse_damaged(const fs::path& file, const std::string& detail) {
  throw Error(ErrorKind::Invalid, "{file} is damaged or cut off", {{"file", file.string()}}, {}, detail);
}

// A file being written.
class Output {
 public:
  explicit Output(fs::path path) : path_(std::move(path)) {
    fs::create_directories(path_.parent_path());
    file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file_ < 0) refuse();
  }
  ~Output() {
    if (file_ >= 0) ::close(file_);
  }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  void add(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto written = ::write(file_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) refuse();
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  void finish() {
    if (::fsync(file_) != 0) refuse();
  }

 private:
  [[noreturn]] void refuse() const {
    throw Error(ErrorKind::Unavailable, "{file} cannot be written: {reason}",
                {{"file", path_.string()}, {"reason", std::strerror(errno)}});
  }
  fs::path path_;
  int file_ = -1;
};

// Where the parts of the backup wait until all of them are known to be right.
struct Staging {
  fs::path folder;    // of the files, and of a dump
  fs::path database;  // beside the place of a SQLite database
  explicit Staging(const fs::path& data_folder, const std::optional<std::string>& sqlite)
      : folder(data_folder / kRestoring),
        database(sqlite ? fs::path(*sqlite + kRestoring) : folder / kPostgresEntry) {
    clear();
    fs::create_directories(folder);
  }
  ~Staging() {
    if (!keep) clear();
  }
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;
  bool keep = false;  // the place is half filled: the mark stays

 private:
  void clear() const {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
    fs::remove(database, ignored);
  }
};

void refuse_unless_empty(const fs::path& data_folder, const std::string& database) {
  const auto sqlite = db::sqlite_path(database);
  if (sqlite ? fs::exists(*sqlite) : !db::postgres_is_empty(database))
    throw Error(ErrorKind::Conflict,
                "The database is not empty. A backup is restored into an empty one only");
  if (!fs::exists(data_folder)) return;
  const auto half = fs::path(sqlite.value_or("") + kRestoring).filename();
  for (const auto& entry : fs::directory_iterator(data_folder)) {
    const auto name = entry.path().filename();
    if (name != kLock && name != kRestoring && name != half)
      throw Error(ErrorKind::Conflict,
                  "The data folder {folder} is not empty ({name} is there). A backup is restored into an "
                  "empty one only",
                  {{"folder", data_folder.string()}, {"name", name.string()}});
  }
}

std::string read_all(const document::TarReader& read, std::uint64_t bytes, const fs::path& file) {
  if (bytes > kManifestBytes) refuse_damaged(file, "the list is too long");
  std::string text(static_cast<std::size_t>(bytes), '\0');
  std::size_t done = 0;
  while (done < text.size()) {
    const auto got = read(text.data() + done, text.size() - done);
    if (got == 0) refuse_damaged(file, "the list is cut off");
    done += got;
  }
  return text;
}

BackupFile extract(const std::string& name, const document::TarReader& read, const fs::path& to) {
  Output out(to);
  crypto::Hasher hasher;
  std::vector<char> piece(kPiece);
  std::uint64_t done = 0;
  while (const auto got = read(piece.data(), piece.size())) {
    const std::string_view part(piece.data(), got);
    hasher.add(part);
    out.add(part);
    done += got;
  }
  out.finish();
  return {name, done, hasher.hex()};
}

// Unpacks everything into the staging places; gives the list, compared with what was found.
BackupManifest unpack(const fs::path& file, const Staging& staging, const char* database_entry) {
  std::vector<BackupFile> found;
  std::set<std::string> names;
  std::string list;
  document::read_tar(file, [&](const std::string& name, std::uint64_t bytes,
                               const document::TarReader& read) {
    if (!list.empty() || !names.insert(name).second) refuse_damaged(file, "an entry too many: " + name);
    if (name == kManifestName)
      list = read_all(read, bytes, file);
    else if (name == kSqliteEntry || name == kPostgresEntry) {
      if (name != database_entry)
        throw Error(
            ErrorKind::Conflict,
            "The backup is of the other kind of database (SQLite, PostgreSQL): choose it with --database");
      found.push_back(extract(name, read, staging.database));
    } else if (name.starts_with(kDataPrefix)) {
      found.push_back(extract(name, read, staging.folder / name));
    } else {
      refuse_damaged(file, "an unknown entry: " + name);
    }
  });
  if (list.empty()) refuse_damaged(file, "the list at its end is missing");
  auto manifest = parse_manifest(list);
  if (manifest.files != found) refuse_damaged(file, "a file differs from the list");
  if (!names.contains(database_entry)) refuse_damaged(file, "there is no database in it");
  return manifest;
}

void verify_database(const std::string& address, const BackupManifest& manifest, const fs::path& file) {
  const auto connection = db::open(address, db::Mode::Read);
  connection->begin_read();
  const auto verdict = storage::verify_audit(*connection);
  const auto schema = storage::schema_version(*connection);
  connection->rollback();
  if (verdict.broken_at || verdict.entries != manifest.audit_entries ||
      verdict.last_hash != manifest.audit_last_hash || schema != manifest.schema)
    throw Error(ErrorKind::Invalid, "The audit chain in {file} is not whole: the register was altered",
                {{"file", file.string()}});
}

void move_into_place(const Staging& staging, const fs::path& data_folder) {
  const auto data = staging.folder / "data";
  if (!fs::exists(data)) return;
  for (const auto& entry : fs::recursive_directory_iterator(data))
    if (entry.is_directory()) sync_to_disk(entry.path());
  std::vector<fs::path> top;
  for (const auto& entry : fs::directory_iterator(data)) top.push_back(entry.path());
  for (const auto& path : top) fs::rename(path, data_folder / path.filename());
  sync_to_disk(data_folder);
}

}  // namespace

void refuse_half_restored(const fs::path& data_folder) {
  std::error_code ignored;
  if (fs::exists(data_folder / kRestoring, ignored))
    throw Error(ErrorKind::Conflict,
                "A restore into the data folder {folder} was broken off: empty the folder and restore again",
                {{"folder", data_folder.string()}});
}

RestoreReport restore_backup(const fs::path& file, const std::string& database, const fs::path& data_folder) {
  const auto sqlite = db::sqlite_path(database);
  refuse_unless_empty(data_folder, database);
  try {
    Staging staging(data_folder, sqlite);
    RestoreReport report;
    report.manifest = unpack(file, staging, sqlite ? kSqliteEntry : kPostgresEntry);
    const auto known =
        storage::migrations(sqlite ? db::Dialect::Sqlite : db::Dialect::Postgres).back().version;
    if (report.manifest.schema > known)
      throw Error(ErrorKind::Conflict,
                  "The backup was made by a newer Simpul. Install the newer program first");
    if (sqlite) {
      const auto faults = db::sqlite_faults(staging.database.string());
      if (!faults.empty()) refuse_damaged(file, faults.front());
      verify_database("sqlite:" + staging.database.string(), report.manifest, file);
    } else {
      foreign::load_postgres(db::postgres_environment(database), staging.database);
      try {
        verify_database(database, report.manifest, file);
      } catch (const Error&) {
        db::empty_postgres(database);  // as it was found
        throw;
      }
      fs::remove(staging.database);
    }
    staging.keep = true;
    move_into_place(staging, data_folder);
    if (sqlite) publish_file(staging.database, *sqlite);
    staging.keep = false;
    report.files = report.manifest.files.size() - 1;
    return report;
  } catch (const fs::filesystem_error& error) {
    throw Error(ErrorKind::Unavailable, "The data folder {folder} cannot be written to: {reason}",
                {{"folder", data_folder.string()}, {"reason", error.code().message()}});
  }
}

}  // namespace simpul::service
