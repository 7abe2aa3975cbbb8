#include "service/refresher.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <future>

#include "storage/reference.hpp"
#include "storage/regions.hpp"
#include "support/database.hpp"

namespace simpul::service {
namespace {

class FixedClock : public Clock {
 public:
  Instant now() const override { return {microseconds.load()}; }
  // 2026-11-24 23:59:59 in Makassar
  std::atomic<std::int64_t> microseconds = 1'795'535'999'000'000;
};

domain::Region region(const std::string& code) {
  domain::Region result;
  result.code = code;
  result.bps_code = code;
  result.name = {{"id", code}};
  result.kind = "regency";
  result.source = "test";
  return result;
}

void add_region(storage::Store& store, const std::string& code) {
  store.write({"test"}, [&](storage::WriteTransaction& transaction) {
    transaction.audit("create", "region", code, "{}");
    storage::put(transaction, region(code));
  });
}

class RefresherTest : public testing::Test {
 protected:
  test::TestDatabase database_;
  FixedClock clock_;
  storage::Store store_{database_.address(), clock_};
  Published<catalog::Snapshot> published_;
  Refresher refresher_{store_, storage::read_classification({}), published_, clock_};
};

TEST_F(RefresherTest, PublishesAnEmptyRegisterThenEachChangeOnce) {
  EXPECT_TRUE(refresher_.refresh());
  EXPECT_EQ(published_.get()->version(), "0-2026-11-24");
  EXPECT_FALSE(refresher_.refresh());
  add_region(store_, "74.01");
  EXPECT_TRUE(refresher_.refresh());
  EXPECT_FALSE(refresher_.refresh());
  EXPECT_EQ(published_.get()->version(), "1-2026-11-24");
  EXPECT_NE(published_.get()->region("74.01"), nullptr);
}

TEST_F(RefresherTest, ANewDayInMakassarIsANewVersion) {
  refresher_.refresh();
  clock_.microseconds += 1'000'000;
  EXPECT_TRUE(refresher_.refresh());
  EXPECT_EQ(published_.get()->version(), "0-2026-11-25");
}

TEST_F(RefresherTest, WhatAReaderHoldsStays) {
  add_region(store_, "74.01");
  refresher_.refresh();
  const auto held = published_.get();
  add_region(store_, "74.02");
  refresher_.refresh();
  EXPECT_EQ(held->regions().size(), 1u);
  EXPECT_EQ(published_.get()->regions().size(), 2u);
}

// Waits until the published version is `version`; false after ten seconds.
bool reaches(const Published<catalog::Snapshot>& published, std::string_view version) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (published.get()->version() != version) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::yield();
  }
  return true;
}

using RefresherThreads = RefresherTest;

TEST_F(RefresherThreads, FollowsThisProcessAndOthersAndTheClock) {
  refresher_.refresh();
  refresher_.start();
  add_region(store_, "74.01");
  EXPECT_TRUE(reaches(published_, "1-2026-11-24"));
  storage::Store other(database_.address(), clock_);
  add_region(other, "74.02");
  EXPECT_TRUE(reaches(published_, "2-2026-11-24"));
  clock_.microseconds += 1'000'000;
  EXPECT_TRUE(reaches(published_, "2-2026-11-25"));
  refresher_.stop();
  add_region(store_, "74.03");
  EXPECT_EQ(published_.get()->version(), "2-2026-11-25");
}

}  // namespace
}  // namespace simpul::service
