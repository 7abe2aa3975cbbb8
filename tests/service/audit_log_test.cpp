// Runs on SQLite and on PostgreSQL.
#include "service/audit_log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "base/error.hpp"
#include "db/statement.hpp"
#include "support/database.hpp"
#include "support/office.hpp"

namespace simpul::service {
namespace {

using test::refused;
using testing::HasSubstr;
using testing::Not;

const db::Statement kAlter("test.audit_alter", "UPDATE audit SET content = '{\"a\":1}' WHERE sequence = $1");

const i18n::Language& indonesian() {
  return i18n::languages().front();
}

class AuditLogTest : public testing::Test {
 protected:
  AuditLogTest() : store_(database_.address(), clock_) {
    auditor_.rights.add(domain::Right::ViewAudit);
    for (const auto* key : {"74.01", "=SUM(A1)", "74.03"})
      store_.write(domain::program("setup"), [&](storage::WriteTransaction& transaction) {
        transaction.audit("create", "account", key, "{}");
      });
  }

  test::MovedClock clock_;
  test::TestDatabase database_;
  storage::Store store_;
  domain::Actor auditor_;
};

TEST_F(AuditLogTest, IsForThoseWhoSeeTheWholeLog) {
  AuditLog log(store_);
  const domain::Actor other;
  EXPECT_EQ(refused([&] { log.csv(other, {}, indonesian()); }), ErrorKind::NotFound);
  EXPECT_EQ(refused([&] { log.verify(other); }), ErrorKind::NotFound);
}

TEST_F(AuditLogTest, LeavesAsAFileWithoutFormulas) {
  const auto file = AuditLog(store_).csv(auditor_, {}, indonesian());
  EXPECT_EQ(file.entries, 3);
  EXPECT_FALSE(file.cut);
  const auto csv = file.csv->bytes();
  EXPECT_THAT(csv, HasSubstr(",'=SUM(A1),"));
  EXPECT_LT(csv.find("74.03"), csv.find("74.01")) << "the newest first";
  const auto none =
      AuditLog(store_).csv(auditor_, {.actor = "nobody", .noun = {}, .action = {}}, indonesian());
  EXPECT_EQ(none.entries, 0);
}

TEST_F(AuditLogTest, SaysWhenOlderEntriesAreLeftOut) {
  const auto file = AuditLog(store_, {}, 2).csv(auditor_, {}, indonesian());
  EXPECT_EQ(file.entries, 2);
  EXPECT_TRUE(file.cut);
  EXPECT_THAT(file.csv->bytes(), Not(HasSubstr("74.01")));
  EXPECT_FALSE(AuditLog(store_, {}, 3).csv(auditor_, {}, indonesian()).cut);
}

TEST_F(AuditLogTest, NamesTheEntryThatWasAltered) {
  AuditLog log(store_);
  EXPECT_FALSE(log.verify(auditor_).broken_at);
  db::open(database_.address(), db::Mode::Write)->run(kAlter, {2});
  const auto verdict = log.verify(auditor_);
  EXPECT_EQ(verdict.broken_at, 2);
  EXPECT_EQ(verdict.entries, 1);
}

// The turn is free again after each one, also after one that failed.
TEST_F(AuditLogTest, OneVerificationAtATime) {
  AuditLog log(store_);
  std::mutex mutex;
  std::condition_variable begun;
  int done = 0, refusals = 0, working = 0;
  const auto verify = [&] {
    try {
      log.verify(auditor_);
      std::lock_guard lock(mutex);
      ++done;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind, ErrorKind::Conflict);
      std::lock_guard lock(mutex);
      ++refusals;
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      std::unique_lock lock(mutex);
      ++working;
      begun.notify_all();
      begun.wait(lock, [&] { return working == 8; });
      lock.unlock();
      verify();
    });
  for (auto& thread : threads) thread.join();
  EXPECT_GE(done, 1);
  EXPECT_EQ(done + refusals, 8);
  EXPECT_FALSE(log.verify(auditor_).broken_at);
}

}  // namespace
}  // namespace simpul::service
