#include "service/attachments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <fstream>

#include "base/durable_file.hpp"
#include "base/error.hpp"
#include "crypto/hasher.hpp"
#include "foreign/file_type.hpp"
#include "foreign/pdf.hpp"
#include "foreign/photo.hpp"
#include "storage/files.hpp"

namespace simpul::service {
namespace {

namespace fs = std::filesystem;
using foreign::FileType;

constexpr std::int64_t kHour = 3600LL * 1'000'000;
constexpr const char* kNoFile = msgid("There is no such file");
constexpr const char* kPdfName = "document.pdf";

struct Ends {
  std::string head, tail;
};

Ends ends_of(const fs::path& file) {
  const auto size = fs::file_size(file);
  const auto length = std::min<std::uintmax_t>(size, foreign::kTypeBytes);
  Ends ends{std::string(length, '\0'), std::string(length, '\0')};
  std::ifstream in(file, std::ios::binary);
  in.read(ends.head.data(), static_cast<std::streamsize>(length));
  in.seekg(static_cast<std::streamoff>(size - length));
  in.read(ends.tail.data(), static_cast<std::streamsize>(length));
  if (!in) throw Error(ErrorKind::Unavailable, "{file} cannot be read", {{"file", file.string()}});
  return ends;
}

bool is_photo(FileType type) {
  return type == FileType::Jpeg || type == FileType::Png || type == FileType::Webp || type == FileType::Heic;
}

const char* why_no_photo(FileType type) {
  switch (type) {
    case FileType::Empty:
      return "The file is empty";
    case FileType::Svg:
      return msgid("This is an SVG drawing, which may hold scripts. Send a JPEG, PNG, WebP or HEIC photo");
    case FileType::Html:
      return msgid("This is a web page and no photo. Send a JPEG, PNG, WebP or HEIC photo");
    case FileType::Zip:
      return msgid("This is an archive or an Office file and no photo. Send a JPEG, PNG, WebP or HEIC photo");
    case FileType::Gif:
      return msgid("GIF pictures are not accepted. Send a JPEG, PNG, WebP or HEIC photo");
    case FileType::Pdf:
      return msgid("This is a PDF. Attach it as a document");
    default:
      return msgid("This is no photo that can be read here. Send a JPEG, PNG, WebP or HEIC photo");
  }
}

const char* why_no_document(FileType type) {
  if (type == FileType::Empty) return "The file is empty";
  if (is_photo(type)) return msgid("This is a photo. Attach it as a photo");
  return msgid("Only PDF documents are accepted. Save the document as a PDF and send that");
}

// What the file is, by its bytes; refuses what is not kept.
FileType checked_type(const fs::path& file, const std::string& kind) {
  const auto ends = ends_of(file);
  const auto type = foreign::file_type(ends.head);
  if (kind == domain::kPhoto ? !is_photo(type) : type != FileType::Pdf)
    throw Error(ErrorKind::Invalid, kind == domain::kPhoto ? why_no_photo(type) : why_no_document(type));
  if (foreign::pretends(type, ends.head, ends.tail))
    throw Error(ErrorKind::Invalid, msgid("The file is something else at the same time (an archive, a page, "
                                          "a script) and is not accepted"));
  return type;
}

// The folder with everything in it on the disk under its final name, or not there at all.
void publish_folder(const fs::path& from, const fs::path& to) {
  fs::create_directories(to.parent_path());
  for (const auto& entry : fs::directory_iterator(from)) sync_to_disk(entry.path());
  sync_to_disk(from);
  std::error_code failed;
  fs::rename(from, to, failed);
  // The same bytes came a moment ago, by somebody else.
  if (failed && !fs::is_directory(to))
    throw Error(ErrorKind::Unavailable, "{file} cannot be written: {reason}",
                {{"file", to.string()}, {"reason", failed.message()}});
  sync_to_disk(to.parent_path());
  sync_to_disk(to.parent_path().parent_path());
}

std::int64_t bytes_in(const fs::path& folder) {
  std::int64_t bytes = 0;
  for (const auto& entry : fs::directory_iterator(folder))
    bytes += static_cast<std::int64_t>(entry.file_size());
  return bytes;
}

// What every file of that description must have in its folder.
std::vector<std::string> variants_of(const domain::StoredFile& file) {
  if (file.kind == domain::kDocument) return {kPdfName};
  std::vector<std::string> names;
  for (const int width : domain::widths_of(file))
    for (const auto* form : {"webp", "jpg"}) names.push_back(fmt::format("{}.{}", width, form));
  return names;
}

}  // namespace

// One of the few that may work at the same time: each keeps a processor busy for seconds.
class Attachments::Turn {
 public:
  Turn(std::atomic<std::size_t>& working, std::size_t most) : working_(working) {
    if (working_.fetch_add(1) < most) return;
    --working_;
    throw Error(ErrorKind::Unavailable,
                msgid("Other files are being worked on. Please try again in a few seconds"));
  }
  ~Turn() { --working_; }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  std::atomic<std::size_t>& working_;
};

Attachments::Attachments(storage::Store& store, Potentials& potentials, Uploads& uploads,
                         const fs::path& data_folder, AttachmentSettings settings, const Clock& clock)
    : store_(store),
      potentials_(potentials),
      uploads_(uploads),
      files_(fs::absolute(data_folder) / "files"),
      work_(fs::absolute(data_folder) / "spool/work"),
      settings_(settings),
      clock_(clock) {
  std::error_code failed;
  fs::remove_all(work_, failed);  // what a process left that was killed
  fs::create_directories(work_, failed);
  if (!failed) fs::create_directories(files_, failed);
  if (failed)
    throw Error(ErrorKind::Unavailable, "The folder {folder} cannot be made: {reason}",
                {{"folder", files_.string()}, {"reason", failed.message()}});
}

void Attachments::slow_down(const domain::Actor& actor) {
  const auto now = clock_.now();
  std::lock_guard lock(mutex_);
  auto& times = recent_[actor.account];
  std::erase_if(times, [&](Instant at) { return at.microseconds <= now.microseconds - kHour; });
  if (times.size() >= settings_.per_hour)
    throw Error(ErrorKind::TooMany, msgid("You have attached very many files. Please wait {seconds} seconds"),
                {{"seconds",
                  std::to_string((times.front().microseconds + kHour - now.microseconds) / 1'000'000 + 1)}});
  times.push_back(now);
}

domain::StoredFile Attachments::keep(const fs::path& file, const std::string& hash, const std::string& kind) {
  domain::StoredFile stored;
  stored.hash = hash;
  stored.kind = kind;
  stored.bytes = static_cast<std::int64_t>(fs::file_size(file));
  const auto type = checked_type(file, kind);
  stored.media_type = foreign::media_type(type);
  const ScratchFolder scratch(work_, "file-");
  if (kind == domain::kPhoto) {
    const auto photo = foreign::make_photo(file, scratch.path());
    stored.width = photo.width;
    stored.height = photo.height;
    if (photo.position) stored.position = geo::Point{photo.position->longitude, photo.position->latitude};
  } else {
    stored.pages = foreign::check_pdf(file).pages;
    fs::copy_file(file, scratch.path() / kPdfName);
  }
  stored.stored = bytes_in(scratch.path());
  publish_folder(scratch.path(), files_ / domain::folder_of(hash));
  return stored;
}

// What no record names in the end goes again. Only where one file is worked on at a time: another one might
// be the same.
void Attachments::forget(const std::string& hash) {
  if (settings_.at_once > 1) return;
  bool named = true;
  try {
    store_.read(
        [&](db::Connection& connection) { named = storage::find_file(connection, hash).has_value(); });
  } catch (const Error&) {
    return;  // not known: it stays
  }
  std::error_code ignored;
  if (!named) fs::remove_all(files_ / domain::folder_of(hash), ignored);
}

RecordView Attachments::attach(const domain::Actor& actor, std::int64_t record, std::int64_t version,
                               const std::string& upload, const std::string& kind) {
  potentials_.check_attachable(actor, record, version, kind);
  const auto file = uploads_.look(actor, upload);
  const auto sent = uploads_.get(actor, upload);
  if (static_cast<std::uint64_t>(sent.bytes) > settings_.file_bytes)
    throw Error(ErrorKind::TooLarge, "The file is larger than {most} MB",
                {{"most", std::to_string(settings_.file_bytes >> 20)}});
  slow_down(actor);
  const Turn turn(working_, settings_.at_once);
  std::optional<domain::StoredFile> stored;
  try {
    const auto hash = crypto::hash_of_file(file);
    // The same bytes were looked through before, for another record or another officer.
    store_.read([&](db::Connection& connection) { stored = storage::find_file(connection, hash); });
    if (stored && stored->kind != kind) stored.reset();
    if (!stored || !fs::is_directory(files_ / domain::folder_of(hash))) stored = keep(file, hash, kind);
  } catch (const Error& error) {
    // It will not become better.
    if (error.kind == ErrorKind::Invalid) uploads_.remove(actor, upload);
    throw;
  } catch (const fs::filesystem_error& error) {
    const bool full =
        error.code() == std::errc::no_space_on_device || error.code() == std::errc::file_too_large;
    throw Error(ErrorKind::Unavailable,
                full ? "There is no room left on the disk of the server. Please tell who runs it"
                     : "The file cannot be kept at the moment. Please try again later",
                {}, {}, error.what());
  }
  stored->account = actor.account;
  domain::Attachment attachment;
  attachment.file = stored->hash;
  attachment.kind = kind;
  attachment.name = sent.name;
  try {
    auto view = potentials_.attach(actor, record, version, *stored, std::move(attachment),
                                   static_cast<std::int64_t>(settings_.region_bytes));
    uploads_.remove(actor, upload);
    return view;
  } catch (const Error&) {
    forget(stored->hash);
    throw;
  }
}

FileContent Attachments::content(const domain::Actor& actor, std::int64_t record, std::string_view hash,
                                 std::string_view variant) {
  const auto [file, name] = potentials_.file(actor, record, hash);
  const auto type = domain::variant_type(file, variant);
  if (type.empty()) throw Error(ErrorKind::NotFound, kNoFile);
  return {files_ / domain::folder_of(file.hash) / std::string(variant), std::string(type),
          file.kind == domain::kDocument ? name : std::string()};
}

std::vector<std::string> missing_files(storage::Store& store, const fs::path& data_folder) {
  std::vector<domain::StoredFile> files;
  store.read([&](db::Connection& connection) { files = storage::read_files(connection); });
  std::vector<std::string> missing;
  for (const auto& file : files) {
    const auto folder = data_folder / "files" / domain::folder_of(file.hash);
    std::int64_t bytes = 0;
    const auto named = missing.size();
    for (const auto& variant : variants_of(file)) {
      std::error_code none;
      const auto size = fs::file_size(folder / variant, none);
      if (none)
        missing.push_back(fmt::format("The file {} is missing", (folder / variant).string()));
      else
        bytes += static_cast<std::int64_t>(size);
      if (!none && file.kind == domain::kDocument && crypto::hash_of_file(folder / variant) != file.hash)
        missing.push_back(fmt::format("The file {} was altered", (folder / variant).string()));
    }
    if (missing.size() == named && bytes != file.stored)
      missing.push_back(fmt::format("The files in {} were altered", folder.string()));
  }
  return missing;
}

}  // namespace simpul::service
