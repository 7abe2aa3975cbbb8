// The mark of a running server in its data folder, so that a second one on the same folder is refused. Held
// as long as the object lives; the system takes it back when the process ends, however it ends.
#pragma once

#include <filesystem>

namespace simpul::main_program {

class DataLock {
 public:
  // Makes the folder when it is not there. Error Unavailable: it cannot be made or written to, or another
  // server has it.
  explicit DataLock(const std::filesystem::path& folder);
  ~DataLock();
  DataLock(const DataLock&) = delete;

 private:
  int file_ = -1;
};

}  // namespace simpul::main_program
