#include "main/data_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/error.hpp"

namespace simpul::main_program {

DataLock::DataLock(const std::filesystem::path& folder) {
  const MessageArgs where{{"folder", folder.string()}};
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  const auto path = folder / "simpul.lock";
  if (!failed) file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file_ < 0)
    throw Error(
        ErrorKind::Unavailable,
        "The data folder {folder} cannot be written to; give this user the right to, or choose another with "
        "SIMPUL_DATA",
        where, {}, failed ? failed.message() : std::strerror(errno));
  if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
    ::close(file_);
    throw Error(ErrorKind::Unavailable,
                "Another Simpul already runs on the data folder {folder}; stop it first, or choose another "
                "folder with "
                "SIMPUL_DATA",
                where);
  }
}

DataLock::~DataLock() {
  ::close(file_);
}

}  // namespace simpul::main_program
