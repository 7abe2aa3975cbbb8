#include "base/durable_file.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <optional>

#include "base/error.hpp"

namespace simpul {
namespace {

namespace fs = std::filesystem;

TEST(DurableFile, TakesItsNameAndReplacesWhatHadIt) {
  const ScratchFolder folder(fs::temp_directory_path(), "simpul-file-");
  std::ofstream(folder.path() / "new") << "new";
  std::ofstream(folder.path() / "name") << "old";
  publish_file(folder.path() / "new", folder.path() / "name");
  std::string text;
  std::ifstream(folder.path() / "name") >> text;
  EXPECT_EQ(text, "new");
  EXPECT_FALSE(fs::exists(folder.path() / "new"));
  EXPECT_THROW(publish_file(folder.path() / "none", folder.path() / "name"), Error);
  EXPECT_THROW(sync_to_disk(folder.path() / "none"), Error);
}

TEST(DurableFile, AScratchFolderGoesWithAllThatIsInIt) {
  fs::path path;
  {
    const ScratchFolder folder(fs::temp_directory_path(), "simpul-file-");
    path = folder.path();
    fs::create_directories(path / "a/b");
    std::ofstream(path / "a/b/c") << "c";
  }
  EXPECT_FALSE(fs::exists(path));
  EXPECT_THROW(ScratchFolder("/nowhere/at/all", "x"), Error);
}

}  // namespace
}  // namespace simpul
