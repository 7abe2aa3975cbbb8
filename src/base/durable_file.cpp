#include "base/durable_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "base/error.hpp"

namespace simpul {
namespace {

[[noreturn]] void refuse(const std::filesystem::path& file, int error) {
  throw Error(ErrorKind::Unavailable, "{file} cannot be written: {reason}",
              {{"file", file.string()}, {"reason", std::strerror(error)}});
}

}  // namespace

void sync_to_disk(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) refuse(path, errno);
  const int failed = ::fsync(file) == 0 ? 0 : errno;
  ::close(file);
  if (failed != 0) refuse(path, failed);
}

void publish_file(const std::filesystem::path& from, const std::filesystem::path& to) {
  sync_to_disk(from);
  if (::rename(from.c_str(), to.c_str()) != 0) refuse(to, errno);
  sync_to_disk(std::filesystem::absolute(to).parent_path());
}

ScratchFolder::ScratchFolder(const std::filesystem::path& parent, const std::string& prefix) {
  auto name = (parent / (prefix + "XXXXXX")).string();
  if (::mkdtemp(name.data()) == nullptr) refuse(parent, errno);
  path_ = name;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace simpul
