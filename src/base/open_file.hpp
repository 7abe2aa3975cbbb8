// Files without a name: what is too large to be held in memory while it is made and sent. Gone with whoever
// holds it last, also when the program is killed. Used by document, foreign, http and service.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace simpul {

// Bytes that are ready to be read, from any thread and at any place.
class OpenFile {
 public:
  // An existing file, which may lose its name afterwards. Error Unavailable: it cannot be read.
  static std::shared_ptr<const OpenFile> of(const std::filesystem::path& path);
  ~OpenFile();
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  std::uint64_t size() const { return size_; }
  // Fills `to` from this place on; gives how many bytes: fewer only at the end. Error Unavailable: the disk
  // does not answer.
  std::size_t read(std::uint64_t place, char* to, std::size_t bytes) const;
  // All of it, for what is known to be small.
  std::string bytes() const;

 private:
  friend class TemporaryFile;
  OpenFile(int file, std::uint64_t size) : file_(file), size_(size) {}
  int file_;
  std::uint64_t size_;
};

// A file that is being written.
class TemporaryFile {
 public:
  // In the file system of `folder`; empty: in memory. Error Unavailable: it cannot be made.
  explicit TemporaryFile(const std::filesystem::path& folder);
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  // Error Unavailable: the disk is full.
  void append(std::string_view bytes);
  // A name by which a library may open it for writing, as long as this lives: "/proc/self/fd/7". Not to be
  // mixed with append().
  std::string name() const;
  // What was written; nothing can be added afterwards.
  std::shared_ptr<const OpenFile> finish();

 private:
  void write_out();

  int file_ = -1;
  std::string waiting_;  // not written yet
};

}  // namespace simpul
