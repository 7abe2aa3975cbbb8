#include "document/tar.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "base/error.hpp"

namespace simpul::document {
namespace {

using Entry = std::unique_ptr<archive_entry, decltype(&archive_entry_free)>;

[[noreturn]] void refuse_writing(const std::filesystem::path& file, int error, const char* detail = nullptr) {
  throw Error(ErrorKind::Unavailable, "{file} cannot be written: {reason}",
              {{"file", file.string()}, {"reason", error > 0 ? std::strerror(error) : "unknown"}}, {},
              detail ? detail : "");
}

// Names are bytes, whatever the locale of the process is.
constexpr const char* kNames = "hdrcharset=BINARY";

[[noreturn]] void refuse_reading(const std::filesystem::path& file, const std::string& detail) {
  throw Error(ErrorKind::Invalid, "{file} is damaged or cut off", {{"file", file.string()}}, {}, detail);
}

// No name that leads out of a folder.
bool leads_nowhere_else(const std::string& name) {
  if (name.empty() || name.front() == '/' || name.find('\\') != std::string::npos) return false;
  for (const auto& part : std::filesystem::path(name))
    if (part == ".." || part == "." || part.empty()) return false;
  return true;
}

}  // namespace

// The archive learns of no failure: libarchive does not give back all it holds after one, and check() tells
// it to the caller right after.
std::int64_t TarWriter::write(archive*, void* self, const void* bytes, std::size_t size) {
  auto& tar = *static_cast<TarWriter*>(self);
  const auto* next = static_cast<const char*>(bytes);
  for (auto left = size; left > 0 && tar.error_ == 0 && !tar.discard_;) {
    const auto written = ::write(tar.output_, next, left);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      tar.error_ = errno;
      break;
    }
    next += written;
    left -= static_cast<std::size_t>(written);
  }
  return static_cast<std::int64_t>(size);
}

TarWriter::TarWriter(const std::filesystem::path& file) : file_(file), archive_(nullptr) {
  output_ = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (output_ < 0) refuse_writing(file, errno);
  archive_ = archive_write_new();
  archive_write_set_format_pax_restricted(archive_);
  archive_write_set_options(archive_, kNames);
  // The file is exactly what was added: no padding to the block of a tape.
  archive_write_set_bytes_in_last_block(archive_, 1);
  archive_write_open(
      archive_, this, nullptr,
      [](archive* of, void* self, const void* bytes, std::size_t size) -> la_ssize_t {
        return static_cast<la_ssize_t>(write(of, self, bytes, size));
      },
      nullptr);
}

TarWriter::~TarWriter() {
  discard_ = true;  // what was not finished stays without an end
  archive_write_free(archive_);
  ::close(output_);
}

void TarWriter::check(int result) const {
  if (error_ != 0) refuse_writing(file_, error_);
  if (result != ARCHIVE_OK) refuse_writing(file_, archive_errno(archive_), archive_error_string(archive_));
}

void TarWriter::begin(const std::string& name, std::uint64_t bytes, std::int64_t modified_seconds) {
  const Entry entry(archive_entry_new(), archive_entry_free);
  archive_entry_set_pathname(entry.get(), name.c_str());
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(bytes));
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), 0600);
  archive_entry_set_mtime(entry.get(), modified_seconds, 0);
  check(archive_write_header(archive_, entry.get()));
}

void TarWriter::add(std::string_view bytes) {
  const auto taken = archive_write_data(archive_, bytes.data(), bytes.size());
  check(taken == static_cast<la_ssize_t>(bytes.size()) ? ARCHIVE_OK : ARCHIVE_FAILED);
}

void TarWriter::finish() {
  check(archive_write_close(archive_));
}

void read_tar(const std::filesystem::path& file,
              const std::function<void(const std::string&, std::uint64_t, const TarReader&)>& each) {
  const std::unique_ptr<archive, decltype(&archive_read_free)> reader(archive_read_new(), archive_read_free);
  archive_read_support_format_tar(reader.get());
  archive_read_set_options(reader.get(), kNames);
  if (::access(file.c_str(), R_OK) != 0)
    throw Error(ErrorKind::Unavailable, "{file} cannot be read: {reason}",
                {{"file", file.string()}, {"reason", std::strerror(errno)}});
  const auto detail = [&] {
    return std::string(archive_error_string(reader.get()) ? archive_error_string(reader.get()) : "");
  };
  if (archive_read_open_filename(reader.get(), file.c_str(), 1 << 18) != ARCHIVE_OK)
    refuse_reading(file, detail());
  for (;;) {
    archive_entry* entry = nullptr;
    const int result = archive_read_next_header(reader.get(), &entry);
    if (result == ARCHIVE_EOF) return;
    if (result != ARCHIVE_OK) refuse_reading(file, detail());
    const char* name = archive_entry_pathname(entry);
    if (name == nullptr || !leads_nowhere_else(name) || archive_entry_filetype(entry) != AE_IFREG ||
        archive_entry_hardlink(entry) != nullptr || archive_entry_size(entry) < 0)
      refuse_reading(file, "an entry that is no plain file");
    each(name, static_cast<std::uint64_t>(archive_entry_size(entry)), [&](char* into, std::size_t size) {
      const auto read = archive_read_data(reader.get(), into, size);
      if (read < 0) refuse_reading(file, detail());
      return static_cast<std::size_t>(read);
    });
  }
}

}  // namespace simpul::document
