#include "base/open_file.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>
#include <optional>

#include "base/durable_file.hpp"
#include "base/error.hpp"

namespace simpul {
namespace {

namespace fs = std::filesystem;

TEST(TemporaryFile, IsReadFromAnyPlaceAndHasNoName) {
  const ScratchFolder folder(fs::temp_directory_path(), "simpul-file-");
  std::string text;
  while (text.size() < 1'000'000) text += std::to_string(text.size()) + " ";
  for (const auto& where : {folder.path(), fs::path()}) {
    TemporaryFile file(where);
    EXPECT_TRUE(fs::is_empty(folder.path()));
    for (std::size_t at = 0; at < text.size(); at += 777) file.append(text.substr(at, 777));
    const auto written = file.finish();
    EXPECT_EQ(written->size(), text.size());
    EXPECT_EQ(written->bytes(), text);
    std::string piece(10, ' ');
    EXPECT_EQ(written->read(500'000, piece.data(), 10), 10u);
    EXPECT_EQ(piece, text.substr(500'000, 10));
    EXPECT_EQ(written->read(text.size() - 3, piece.data(), 10), 3u);
    EXPECT_EQ(written->read(text.size(), piece.data(), 10), 0u);
  }
  EXPECT_EQ(TemporaryFile({}).finish()->size(), 0u);
}

TEST(TemporaryFile, ALibraryWritesToItByItsName) {
  TemporaryFile file({});
  std::ofstream(file.name()) << "by name";
  EXPECT_EQ(file.finish()->bytes(), "by name");
}

TEST(TemporaryFile, AFullDiskIsSaid) {
  const ScratchFolder folder(fs::temp_directory_path(), "simpul-file-");
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const auto signal_before = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit full{300'000, before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &full);
  std::optional<ErrorKind> said;
  try {
    TemporaryFile file(folder.path());
    for (int i = 0; i < 100; ++i) file.append(std::string(10'000, 'x'));
    file.finish();
  } catch (const Error& error) {
    said = error.kind;
  }
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, signal_before);
  EXPECT_EQ(said, ErrorKind::Unavailable);
  EXPECT_THROW(TemporaryFile("/nowhere/at/all"), Error);
}

TEST(OpenFile, OutlivesItsName) {
  const ScratchFolder folder(fs::temp_directory_path(), "simpul-file-");
  std::ofstream(folder.path() / "a") << "still here";
  const auto file = OpenFile::of(folder.path() / "a");
  fs::remove(folder.path() / "a");
  EXPECT_EQ(file->bytes(), "still here");
  EXPECT_THROW(OpenFile::of(folder.path() / "a"), Error);
}

}  // namespace
}  // namespace simpul
