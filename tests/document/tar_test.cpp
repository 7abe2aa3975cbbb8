#include "document/tar.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <map>

#include "base/durable_file.hpp"
#include "base/error.hpp"

namespace simpul::document {
namespace {

namespace fs = std::filesystem;

class TarTest : public testing::Test {
 protected:
  std::map<std::string, std::string> content(const fs::path& file) {
    std::map<std::string, std::string> found;
    read_tar(file, [&](const std::string& name, std::uint64_t bytes, const TarReader& read) {
      auto& text = found[name];
      char piece[700];
      while (const auto got = read(piece, sizeof piece)) text.append(piece, got);
      EXPECT_EQ(text.size(), bytes);
    });
    return found;
  }
  ErrorKind kind_of(const fs::path& file) {
    try {
      content(file);
    } catch (const Error& error) {
      return error.kind;
    }
    return ErrorKind::Forbidden;  // nothing was thrown
  }
  // An archive as another program makes it.
  fs::path foreign(const std::string& script) {
    const auto file = folder_.path() / "foreign.tar";
    const auto command = "cd " + folder_.path().string() + " && " + script;
    EXPECT_EQ(std::system(command.c_str()), 0);
    return file;
  }
  ScratchFolder folder_{fs::temp_directory_path(), "simpul-tar-"};
  fs::path file_ = folder_.path() / "a.tar";
};

TEST_F(TarTest, GivesBackWhatItWasGivenAndIsReadByTar) {
  const std::string big(1'000'000, 'x'), name = "data/" + std::string(180, 'n') + "/berkas 'é'.bin";
  {
    TarWriter tar(file_);
    tar.begin(name, big.size(), 7);
    tar.add(std::string_view(big).substr(0, 300'001));
    tar.add(std::string_view(big).substr(300'001));
    tar.begin("empty", 0, 7);
    tar.finish();
  }
  EXPECT_EQ(content(file_), (std::map<std::string, std::string>{{name, big}, {"empty", ""}}));
  struct stat status {};
  ASSERT_EQ(::stat(file_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  EXPECT_EQ(std::system(("tar -tf " + file_.string() + " >/dev/null").c_str()), 0);
}

TEST_F(TarTest, DoesNotReplaceAFile) {
  std::ofstream(file_) << "mine";
  EXPECT_THROW(TarWriter tar(file_), Error);
  EXPECT_THROW(TarWriter tar(folder_.path() / "nowhere" / "a.tar"), Error);
}

TEST_F(TarTest, SaysThatTheDiskIsFull) {
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const auto signal_before = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit full{100'000, before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &full);
  std::string said;
  try {
    TarWriter tar(file_);
    tar.begin("a", 1'000'000, 7);
    for (int i = 0; i < 10; ++i) tar.add(std::string(100'000, 'x'));
    tar.finish();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind, ErrorKind::Unavailable);
    said = error.what();
  }
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, signal_before);
  EXPECT_THAT(said, testing::HasSubstr("cannot be written: File too large"));
}

TEST_F(TarTest, RefusesWhatIsNoArchiveOrIsCutOff) {
  {
    TarWriter tar(file_);
    tar.begin("a", 100'000, 7);
    tar.add(std::string(100'000, 'x'));
    tar.finish();
  }
  fs::resize_file(file_, 50'000);
  EXPECT_EQ(kind_of(file_), ErrorKind::Invalid);
  std::ofstream(folder_.path() / "text") << std::string(5000, 't');
  EXPECT_EQ(kind_of(folder_.path() / "text"), ErrorKind::Invalid);
  EXPECT_EQ(kind_of(folder_.path() / "none"), ErrorKind::Unavailable);
}

TEST_F(TarTest, RefusesNamesAndKindsThatLeadElsewhere) {
  EXPECT_EQ(kind_of(foreign("echo a >a && tar -cf foreign.tar --transform 's,a,../a,' -P a")),
            ErrorKind::Invalid);
  EXPECT_EQ(kind_of(foreign("echo a >a && tar -cf foreign.tar --transform 's,a,/tmp/a,' -P a")),
            ErrorKind::Invalid);
  EXPECT_EQ(kind_of(foreign("ln -s /etc/passwd l && tar -cf foreign.tar l")), ErrorKind::Invalid);
  EXPECT_EQ(kind_of(foreign("ln a h && tar -cf foreign.tar a h")), ErrorKind::Invalid);
  EXPECT_EQ(kind_of(foreign("mkdir d && tar -cf foreign.tar d")), ErrorKind::Invalid);
  EXPECT_EQ(kind_of(foreign("tar -cf foreign.tar a")), ErrorKind::Forbidden);
}

}  // namespace
}  // namespace simpul::document
