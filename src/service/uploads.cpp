#include "service/uploads.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/durable_file.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "crypto/token.hpp"
#include "storage/uploads.hpp"

namespace simpul::service {
namespace {

namespace fs = std::filesystem;
using domain::Right;

constexpr std::int64_t kDay = 24LL * 3600 * 1'000'000;
constexpr std::size_t kMostName = 200;
constexpr const char* kNone = msgid("There is no upload with this id");
constexpr const char* kForm = "Something in the form is not right";

[[noreturn]] void refuse_disk(const fs::path& file, int error) {
  const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
  throw Error(ErrorKind::Unavailable,
              full ? msgid("There is no room left on the disk of the server. Please tell who runs it")
                   : msgid("The file cannot be kept at the moment. Please try again later"),
              {}, {}, file.string() + ": " + std::strerror(error));
}

// An open file that this call has for itself.
class SpoolFile {
 public:
  SpoolFile(const fs::path& path, int flags)
      : path_(path), file_(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600)) {
    if (file_ < 0) refuse_disk(path_, errno);
    while (::flock(file_, LOCK_EX) != 0)
      if (errno != EINTR) refuse_disk(path_, errno);
  }
  ~SpoolFile() { ::close(file_); }
  SpoolFile(const SpoolFile&) = delete;
  SpoolFile& operator=(const SpoolFile&) = delete;

  std::int64_t size() const {
    struct stat status {};
    if (::fstat(file_, &status) != 0) refuse_disk(path_, errno);
    return status.st_size;
  }
  // Puts the piece at the end of the first `offset` bytes; what stood behind them was never acknowledged.
  void write(std::int64_t offset, std::string_view piece) {
    if (::ftruncate(file_, offset) != 0) refuse_disk(path_, errno);
    while (!piece.empty()) {
      const auto written = ::pwrite(file_, piece.data(), piece.size(), offset);
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) refuse_disk(path_, written < 0 ? errno : ENOSPC);
      piece.remove_prefix(static_cast<std::size_t>(written));
      offset += written;
    }
    if (::fdatasync(file_) != 0) refuse_disk(path_, errno);
  }

 private:
  const fs::path path_;
  const int file_;
};

std::int64_t bytes_on_disk(const fs::path& file) {
  std::error_code none;
  const auto size = fs::file_size(file, none);
  return none ? 0 : static_cast<std::int64_t>(size);
}

bool good_name(std::string_view name) {
  return std::ranges::none_of(name, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

}  // namespace

Uploads::Uploads(storage::Store& store, fs::path spool, UploadSettings settings, const Clock& clock)
    : store_(store), spool_(std::move(spool)), settings_(settings), clock_(clock) {
  std::error_code failed;
  fs::create_directories(spool_, failed);
  if (failed)
    throw Error(ErrorKind::Unavailable, "The folder {folder} cannot be made: {reason}",
                {{"folder", spool_.string()}, {"reason", failed.message()}});
}

// Never more than is on the disk: what the database says may be newer than what a restored folder holds.
Upload Uploads::upload_of(db::Connection& connection, const domain::Actor& actor,
                          const std::string& id) const {
  const auto row = storage::find_upload(connection, id);
  if (!row || actor.account == 0 || row->account != actor.account ||
      row->made_at.microseconds < clock_.now().microseconds - kDay)
    throw Error(ErrorKind::NotFound, kNone);
  return {row->id, row->name, row->bytes, std::min(row->reached, bytes_on_disk(file_of(id)))};
}

Upload Uploads::begin(const domain::Actor& actor, const std::string& name, std::int64_t bytes) {
  if (actor.account == 0 || !(actor.rights.has(Right::Edit) || actor.rights.has(Right::Import)))
    throw Error(ErrorKind::NotFound, kNone);
  std::vector<FieldError> faults;
  if (name.empty()) faults.push_back({"name", msgid("must not be empty"), {}});
  if (name.size() > kMostName)
    faults.push_back({"name", "is longer than {most} bytes", {{"most", std::to_string(kMostName)}}});
  if (!good_name(name)) faults.push_back({"name", msgid("must not contain control characters"), {}});
  if (bytes <= 0) faults.push_back({"bytes", msgid("The file is empty"), {}});
  if (!faults.empty()) throw Error(ErrorKind::Invalid, kForm, {}, std::move(faults));
  if (static_cast<std::uint64_t>(bytes) > settings_.file_bytes)
    throw Error(ErrorKind::TooLarge, msgid("The file is larger than {most} MB"),
                {{"most", std::to_string(settings_.file_bytes >> 20)}});
  std::error_code unknown;
  const auto room = fs::space(spool_, unknown);
  if (!unknown && room.available < static_cast<std::uintmax_t>(bytes)) refuse_disk(spool_, ENOSPC);

  const storage::UploadRow row{crypto::random_token(), actor.account, name, bytes, 0, clock_.now()};
  { const SpoolFile made(file_of(row.id), O_WRONLY | O_CREAT | O_EXCL); }
  try {
    sync_to_disk(spool_);
    store_.housekeep([&](db::Connection& connection, Instant) {
      const auto held = storage::upload_totals(connection, actor.account, {row.made_at.microseconds - kDay});
      if (held.count >= static_cast<std::int64_t>(settings_.files) ||
          held.bytes + bytes > static_cast<std::int64_t>(settings_.account_bytes))
        throw Error(ErrorKind::TooMany,
                    msgid("Too many files of yours wait to be used. Remove some, or come back tomorrow"));
      storage::put_upload(connection, row);
    });
  } catch (...) {
    std::error_code ignored;
    fs::remove(file_of(row.id), ignored);
    throw;
  }
  return {row.id, row.name, row.bytes, 0};
}

Upload Uploads::get(const domain::Actor& actor, const std::string& id) {
  std::optional<Upload> upload;
  store_.read([&](db::Connection& connection) { upload = upload_of(connection, actor, id); });
  return std::move(*upload);
}

Upload Uploads::append(const domain::Actor& actor, const std::string& id, std::int64_t offset,
                       std::string_view piece) {
  auto upload = get(actor, id);
  SpoolFile file(file_of(id), O_WRONLY | O_CREAT);
  // Again, now that nobody else writes to it.
  std::int64_t reached = 0;
  store_.read([&](db::Connection& connection) {
    const auto row = storage::find_upload(connection, id);
    if (!row) throw Error(ErrorKind::NotFound, kNone);
    reached = row->reached;
  });
  upload.offset = std::min(reached, file.size());
  if (offset != upload.offset)
    throw Error(ErrorKind::Conflict,
                msgid("The upload is at {offset} bytes: ask where it is and go on from there"),
                {{"offset", std::to_string(upload.offset)}});
  if (piece.size() > static_cast<std::uint64_t>(upload.bytes - offset))
    throw Error(ErrorKind::TooLarge, msgid("The file is longer than it was said to be"));
  if (piece.empty()) return upload;
  file.write(offset, piece);
  upload.offset += static_cast<std::int64_t>(piece.size());
  store_.housekeep([&](db::Connection& connection, Instant) {
    if (!storage::advance_upload(connection, id, reached, upload.offset))
      throw Error(ErrorKind::NotFound, kNone);
  });
  return upload;
}

void Uploads::remove(const domain::Actor& actor, const std::string& id) {
  get(actor, id);
  store_.housekeep([&](db::Connection& connection, Instant) { storage::remove_upload(connection, id); });
  std::error_code ignored;
  fs::remove(file_of(id), ignored);
}

fs::path Uploads::look(const domain::Actor& actor, const std::string& id) {
  if (!get(actor, id).complete()) throw Error(ErrorKind::Conflict, msgid("The file has not come whole yet"));
  return file_of(id);
}

void Uploads::lend(const domain::Actor& actor, const std::string& id, const fs::path& to) {
  std::error_code failed;
  fs::create_hard_link(look(actor, id), to, failed);
  if (failed) refuse_disk(to, failed.value());
}

std::size_t Uploads::remove_outdated() {
  const Instant long_ago{clock_.now().microseconds - kDay};
  std::vector<std::string> outdated;
  store_.read([&](db::Connection& connection) { outdated = storage::uploads_before(connection, long_ago); });
  for (const auto& id : outdated) {
    store_.housekeep([&](db::Connection& connection, Instant) { storage::remove_upload(connection, id); });
    std::error_code ignored;
    fs::remove(file_of(id), ignored);
  }
  // Bytes that no row names: a process died between the two.
  std::error_code failed;
  std::vector<fs::path> strays;
  const auto day_old = fs::file_time_type::clock::now() - std::chrono::hours(24);
  for (const auto& entry : fs::directory_iterator(spool_, failed)) {
    if (!entry.is_regular_file(failed) || entry.last_write_time(failed) > day_old || failed) continue;
    bool known = false;
    store_.read([&](db::Connection& connection) {
      known = storage::find_upload(connection, entry.path().filename().string()).has_value();
    });
    if (!known) strays.push_back(entry.path());
  }
  for (const auto& stray : strays) fs::remove(stray, failed);
  return outdated.size() + strays.size();
}

JobKind outdated_uploads_job(Uploads& uploads) {
  return {[&uploads](JobContext&) { return boost::json::object{{"removed", uploads.remove_outdated()}}; }, 3};
}

void schedule_outdated_uploads(Jobs& jobs) {
  constexpr int kMinute = 3 * 60 + 40;  // of the night in Makassar
  jobs.set_schedule({kUploadsKind, kUploadsKind, "{}", kMinute, {}});
}

}  // namespace simpul::service
