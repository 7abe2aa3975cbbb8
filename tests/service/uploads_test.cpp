// Runs on SQLite and on PostgreSQL.
#include "service/uploads.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>
#include <functional>
#include <thread>

#include "base/durable_file.hpp"
#include "base/error.hpp"
#include "storage/reference.hpp"
#include "support/database.hpp"
#include "support/office.hpp"

namespace simpul::service {
namespace {

namespace fs = std::filesystem;
using test::actor;
using test::refusal;

class UploadsTest : public testing::Test {
 protected:
  static std::string content(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::size_t spooled() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder_.path() / "spool"), fs::directory_iterator()));
  }

  test::TestDatabase database_;
  ScratchFolder folder_{fs::temp_directory_path(), "simpul_uploads_"};
  test::MovedClock clock_;
  storage::Store store_{database_.address(), clock_};
  Uploads uploads_{store_, folder_.path() / "spool", {1000, 3, 2000}, clock_};
  const domain::Actor mine_ = actor("regional_operator", "74.01", 11);
  const domain::Actor other_ = actor("regional_operator", "74.01", 12);
};

TEST_F(UploadsTest, ComesPieceByPieceAndIsTakenWhole) {
  auto upload = uploads_.begin(mine_, "foto pantai.jpg", 10);
  EXPECT_EQ(upload.offset, 0);
  EXPECT_EQ(refusal([&] { uploads_.lend(mine_, upload.id, folder_.path() / "taken"); }).kind,
            ErrorKind::Conflict);
  EXPECT_EQ(uploads_.append(mine_, upload.id, 0, "01234").offset, 5);
  EXPECT_EQ(uploads_.append(mine_, upload.id, 5, "").offset, 5);
  upload = uploads_.append(mine_, upload.id, 5, "56789");
  EXPECT_TRUE(upload.complete());
  EXPECT_EQ(content(uploads_.look(mine_, upload.id)), "0123456789");
  EXPECT_EQ(uploads_.get(mine_, upload.id).name, "foto pantai.jpg");
  uploads_.lend(mine_, upload.id, folder_.path() / "taken");
  // It is still there for a consumer that has to begin again.
  EXPECT_EQ(content(uploads_.look(mine_, upload.id)), "0123456789");
  uploads_.remove(mine_, upload.id);
  EXPECT_EQ(content(folder_.path() / "taken"), "0123456789");
  EXPECT_EQ(refusal([&] { uploads_.get(mine_, upload.id); }).kind, ErrorKind::NotFound);
  EXPECT_EQ(spooled(), 0u);
}

TEST_F(UploadsTest, AnotherOffsetThanTheOneReachedIsAConflict) {
  const auto upload = uploads_.begin(mine_, "a", 10);
  uploads_.append(mine_, upload.id, 0, "01234");
  for (const std::int64_t offset : {0, 4, 6, 10}) {
    const auto error = refusal([&] { uploads_.append(mine_, upload.id, offset, "x"); });
    EXPECT_EQ(error.kind, ErrorKind::Conflict);
    EXPECT_EQ(error.args.at("offset"), "5");
  }
  EXPECT_EQ(refusal([&] { uploads_.append(mine_, upload.id, 5, "567890"); }).kind, ErrorKind::TooLarge);
  EXPECT_EQ(content(folder_.path() / "spool" / upload.id), "01234");
}

TEST_F(UploadsTest, GoesOnAfterARestartFromWhatIsOnTheDisk) {
  const auto upload = uploads_.begin(mine_, "a", 10);
  uploads_.append(mine_, upload.id, 0, "01234");
  // A piece that was being written when the process died: there, and never acknowledged.
  std::ofstream(folder_.path() / "spool" / upload.id, std::ios::app) << "garbage";
  {
    storage::Store store(database_.address(), clock_);
    Uploads again(store, folder_.path() / "spool", {1000, 3, 2000}, clock_);
    EXPECT_EQ(again.get(mine_, upload.id).offset, 5);
    again.append(mine_, upload.id, 5, "56");
    EXPECT_EQ(content(folder_.path() / "spool" / upload.id), "0123456");
  }
  // A disk that lost what the database knows of.
  fs::resize_file(folder_.path() / "spool" / upload.id, 3);
  EXPECT_EQ(uploads_.get(mine_, upload.id).offset, 3);
  EXPECT_TRUE(uploads_.append(mine_, upload.id, 3, "3456789").complete());
  EXPECT_EQ(content(uploads_.look(mine_, upload.id)), "0123456789");
}

TEST_F(UploadsTest, BelongsToItsAccount) {
  const auto id = uploads_.begin(mine_, "a", 1).id;
  uploads_.append(mine_, id, 0, "x");
  EXPECT_EQ(refusal([&] { uploads_.get(other_, id); }).kind, ErrorKind::NotFound);
  EXPECT_EQ(refusal([&] { uploads_.append(other_, id, 1, ""); }).kind, ErrorKind::NotFound);
  EXPECT_EQ(refusal([&] { uploads_.remove(other_, id); }).kind, ErrorKind::NotFound);
  EXPECT_EQ(refusal([&] { uploads_.look(other_, id); }).kind, ErrorKind::NotFound);
  EXPECT_EQ(refusal([&] { uploads_.lend(other_, id, folder_.path() / "taken"); }).kind, ErrorKind::NotFound);
  EXPECT_EQ(refusal([&] { uploads_.get(mine_, "../simpul.key"); }).kind, ErrorKind::NotFound);
  EXPECT_EQ(refusal([&] { uploads_.begin(actor("auditor", "74.01", 13), "a", 1); }).kind,
            ErrorKind::NotFound);
  uploads_.remove(mine_, id);
  EXPECT_EQ(refusal([&] { uploads_.get(mine_, id); }).kind, ErrorKind::NotFound);
  EXPECT_EQ(spooled(), 0u);
}

TEST_F(UploadsTest, HasLimits) {
  EXPECT_EQ(refusal([&] { uploads_.begin(mine_, "", 0); }).fields.size(), 2u);
  EXPECT_EQ(refusal([&] { uploads_.begin(mine_, "a\nb", 1); }).kind, ErrorKind::Invalid);
  EXPECT_EQ(refusal([&] { uploads_.begin(mine_, "a", 1001); }).kind, ErrorKind::TooLarge);
  uploads_.begin(mine_, "a", 900);
  uploads_.begin(mine_, "b", 900);
  EXPECT_EQ(refusal([&] { uploads_.begin(mine_, "c", 900); }).kind, ErrorKind::TooMany) << "bytes together";
  uploads_.begin(mine_, "c", 10);
  EXPECT_EQ(refusal([&] { uploads_.begin(mine_, "d", 1); }).kind, ErrorKind::TooMany) << "files";
  EXPECT_EQ(spooled(), 3u) << "what was refused leaves nothing";
  EXPECT_NO_THROW(uploads_.begin(other_, "a", 900)) << "others are not held up";
}

TEST_F(UploadsTest, WhatNobodyTookWithinADayGoes) {
  const auto old = uploads_.begin(mine_, "a", 10).id;
  clock_.move(23 * 3600);
  const auto fresh = uploads_.begin(mine_, "b", 10).id;
  EXPECT_EQ(uploads_.remove_outdated(), 0u);
  clock_.move(2 * 3600);
  EXPECT_EQ(refusal([&] { uploads_.get(mine_, old); }).kind, ErrorKind::NotFound) << "before it is removed";
  std::ofstream(folder_.path() / "spool/of-nobody") << "x";
  fs::last_write_time(folder_.path() / "spool/of-nobody",
                      fs::file_time_type::clock::now() - std::chrono::hours(25));
  EXPECT_EQ(uploads_.remove_outdated(), 2u);
  EXPECT_EQ(uploads_.get(mine_, fresh).bytes, 10);
  EXPECT_EQ(spooled(), 1u);
}

TEST_F(UploadsTest, TwoWhoSendTheSamePieceAtOnceKeepItOnce) {
  const auto id = uploads_.begin(mine_, "a", 800).id;
  const std::string a(400, 'a'), b(400, 'b');
  int conflicts = 0;
  std::mutex mutex;
  const auto send = [&](const std::string& piece) {
    try {
      uploads_.append(mine_, id, 0, piece);
    } catch (const Error& error) {
      std::lock_guard lock(mutex);
      conflicts += error.kind == ErrorKind::Conflict ? 1 : 100;
    }
  };
  std::thread one(send, a), two(send, b);
  one.join();
  two.join();
  EXPECT_EQ(conflicts, 1);
  EXPECT_EQ(uploads_.get(mine_, id).offset, 400);
  EXPECT_THAT(content(folder_.path() / "spool" / id), testing::AnyOf(a, b));
}

TEST_F(UploadsTest, AFullDiskIsOneSentenceAndTheUploadGoesOnLater) {
  const auto id = uploads_.begin(mine_, "a", 1000).id;
  uploads_.append(mine_, id, 0, std::string(100, 'a'));
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit full = before;
  full.rlim_cur = 300;
  ::setrlimit(RLIMIT_FSIZE, &full);
  const auto error = refusal([&] { uploads_.append(mine_, id, 100, std::string(900, 'b')); });
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  EXPECT_EQ(error.kind, ErrorKind::Unavailable);
  EXPECT_THAT(error.key, testing::HasSubstr("no room left"));
  EXPECT_EQ(uploads_.get(mine_, id).offset, 100);
  EXPECT_TRUE(uploads_.append(mine_, id, 100, std::string(900, 'b')).complete());
}

// A database that fails at any statement: no piece is acknowledged that is not there, nothing is left over.
TEST_F(UploadsTest, NothingIsHalfWritten) {
  int failures = 0;
  for (int nth = 1; nth < 100; ++nth) {
    int calls = 0;
    store_.set_call_hook([&] {
      if (++calls == nth) throw Error(ErrorKind::Unavailable, "The database does not answer");
    });
    std::string id;
    bool whole = false;
    try {
      id = uploads_.begin(mine_, "a", 10).id;
      uploads_.append(mine_, id, 0, "01234");
      uploads_.append(mine_, id, 5, "56789");
      whole = true;
    } catch (const Error&) {
      ++failures;
    }
    store_.set_call_hook({});
    if (id.empty()) {
      EXPECT_EQ(spooled(), 0u) << nth;
      continue;
    }
    const auto reached = uploads_.get(mine_, id).offset;
    EXPECT_THAT(reached, testing::AnyOf(0, 5, 10)) << nth;
    const auto rest = std::string("0123456789").substr(static_cast<std::size_t>(reached));
    uploads_.append(mine_, id, reached, rest);
    EXPECT_EQ(content(uploads_.look(mine_, id)), "0123456789") << nth;
    uploads_.remove(mine_, id);
    if (whole) break;
  }
  EXPECT_GT(failures, 5);
}

}  // namespace
}  // namespace simpul::service
