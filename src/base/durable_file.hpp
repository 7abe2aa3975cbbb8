// Files that are whole or not there, also after a power cut. Used by whoever writes a file that somebody
// relies on.
#pragma once

#include <filesystem>

namespace simpul {

// Waits until the file's bytes (the folder's names) are on the disk. Error Unavailable: they are not.
void sync_to_disk(const std::filesystem::path& file_or_folder);

// Gives the finished file `from` the name `to` in the same file system, replacing what has it; returns when
// both bytes and name are on the disk. Error Unavailable.
void publish_file(const std::filesystem::path& from, const std::filesystem::path& to);

// A new folder inside `parent`, removed with everything in it at the end of its life.
class ScratchFolder {
 public:
  // Error Unavailable: it cannot be made.
  ScratchFolder(const std::filesystem::path& parent, const std::string& prefix);
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace simpul
