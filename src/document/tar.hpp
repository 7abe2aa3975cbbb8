// Tar archives of plain files, through libarchive: written and read as streams, so that their size does not
// matter. Used by backup and restore.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

struct archive;

namespace simpul::document {

class TarWriter {
 public:
  // Makes the file with mode 0600. All errors are Unavailable: it cannot be written (disk full, no right).
  explicit TarWriter(const std::filesystem::path& file);
  ~TarWriter();
  TarWriter(const TarWriter&) = delete;
  TarWriter& operator=(const TarWriter&) = delete;

  // Begins a file of exactly `bytes` bytes, which add() then gives in pieces.
  void begin(const std::string& name, std::uint64_t bytes, std::int64_t modified_seconds);
  void add(std::string_view bytes);
  // Writes the end of the archive. Without it the file is not one.
  void finish();

 private:
  static std::int64_t write(archive*, void* self, const void* bytes, std::size_t size);
  void check(int result) const;
  std::filesystem::path file_;
  archive* archive_;
  int output_ = -1;
  int error_ = 0;         // errno of the first write that failed
  bool discard_ = false;  // what still comes is not wanted
};

// The rest of one file in an archive: fills up to `size` bytes, gives how many; 0 at its end.
using TarReader = std::function<std::size_t(char* into, std::size_t size)>;

// Hands over each file of the archive in order; what is not read is skipped. Error Unavailable: it cannot be
// opened; Invalid: it is no such archive or damaged, or holds something other than plain files with names
// that lead nowhere else (no link, no folder, no "..", not absolute).
void read_tar(
    const std::filesystem::path& file,
    const std::function<void(const std::string& name, std::uint64_t bytes, const TarReader& read)>& each);

}  // namespace simpul::document
