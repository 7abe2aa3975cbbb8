#include "base/open_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "base/error.hpp"

namespace simpul {
namespace {

constexpr std::size_t kPiece = 128 * 1024;  // written at a time

[[noreturn]] void refuse(const char* key, int error) {
  throw Error(ErrorKind::Unavailable, key, {}, {}, std::strerror(error));
}

[[noreturn]] void refuse_writing(int error) {
  refuse(
      error == ENOSPC || error == EDQUOT || error == EFBIG
          ? msgid("The disk is full: nothing was changed. Free some space and try again")
          : msgid(
                "The disk refused to read or write: nothing was changed. Check the disk and its free space"),
      error);
}

}  // namespace

std::shared_ptr<const OpenFile> OpenFile::of(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat about {};
  if (file < 0 || ::fstat(file, &about) != 0) {
    const int error = errno;
    if (file >= 0) ::close(file);
    refuse(msgid("The file cannot be read. Try again in a moment"), error);
  }
  return std::shared_ptr<const OpenFile>(new OpenFile(file, static_cast<std::uint64_t>(about.st_size)));
}

OpenFile::~OpenFile() {
  ::close(file_);
}

std::size_t OpenFile::read(std::uint64_t place, char* to, std::size_t bytes) const {
  std::size_t have = 0;
  while (have < bytes) {
    const auto got = ::pread(file_, to + have, bytes - have, static_cast<off_t>(place + have));
    if (got == 0) break;
    if (got > 0)
      have += static_cast<std::size_t>(got);
    else if (errno != EINTR)
      refuse(msgid("The file cannot be read. Try again in a moment"), errno);
  }
  return have;
}

std::string OpenFile::bytes() const {
  std::string all(size_, '\0');
  all.resize(read(0, all.data(), all.size()));
  return all;
}

TemporaryFile::TemporaryFile(const std::filesystem::path& folder) {
  if (folder.empty()) {
    file_ = ::memfd_create("simpul", MFD_CLOEXEC);
  } else {
    // Not O_TMPFILE: some file systems of containers do not know it.
    auto name = (folder / ".simpul-XXXXXX").string();
    file_ = ::mkostemp(name.data(), O_CLOEXEC);
    if (file_ >= 0) ::unlink(name.c_str());
  }
  if (file_ < 0) refuse_writing(errno);
}

TemporaryFile::~TemporaryFile() {
  if (file_ >= 0) ::close(file_);
}

void TemporaryFile::append(std::string_view bytes) {
  waiting_.append(bytes);
  if (waiting_.size() >= kPiece) write_out();
}

void TemporaryFile::write_out() {
  for (std::size_t done = 0; done < waiting_.size();) {
    const auto wrote = ::write(file_, waiting_.data() + done, waiting_.size() - done);
    if (wrote >= 0)
      done += static_cast<std::size_t>(wrote);
    else if (errno != EINTR)
      refuse_writing(errno);
  }
  waiting_.clear();
}

std::string TemporaryFile::name() const {
  return "/proc/self/fd/" + std::to_string(file_);
}

std::shared_ptr<const OpenFile> TemporaryFile::finish() {
  write_out();
  struct stat about {};
  if (::fstat(file_, &about) != 0) refuse_writing(errno);
  const int file = std::exchange(file_, -1);
  return std::shared_ptr<const OpenFile>(new OpenFile(file, static_cast<std::uint64_t>(about.st_size)));
}

}  // namespace simpul
