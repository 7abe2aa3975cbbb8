// Runs on SQLite and on PostgreSQL.
#include "storage/jobs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/audit.hpp"
#include "storage/regions.hpp"
#include "support/database.hpp"

namespace simpul::storage {
namespace {

using domain::JobState;
using testing::ElementsAre;

const db::Statement kAudited(
    "test.audited", "SELECT action, content FROM audit WHERE noun = 'job' AND key = $1 ORDER BY sequence");

class JobRowsTest : public testing::Test {
 protected:
  std::int64_t add(const domain::NewJob& job, const char* actor = "officer") {
    std::int64_t id = 0;
    store_.write({actor}, [&](WriteTransaction& transaction) { id = add_job(transaction, job); });
    return id;
  }
  domain::Job job(std::int64_t id) {
    std::optional<domain::Job> found;
    store_.read([&](db::Connection& connection) { found = find_job(connection, id); });
    return found.value();
  }
  std::vector<std::int64_t> list(const JobFilter& filter) {
    std::vector<std::int64_t> ids;
    store_.read([&](db::Connection& connection) {
      for (const auto& found : list_jobs(connection, filter)) ids.push_back(found.id);
    });
    return ids;
  }
  std::optional<domain::Job> claim(const std::string& owner, Instant now) {
    std::optional<domain::Job> claimed;
    store_.housekeep(
        [&](db::Connection& connection, Instant) { claimed = claim_job(connection, owner, now); });
    return claimed;
  }
  std::vector<std::string> audited(std::int64_t id) {
    std::vector<std::string> entries;
    store_.read([&](db::Connection& connection) {
      connection.each(kAudited, {std::to_string(id)},
                      [&](const db::Row& row) { entries.push_back(row.text(0) + " " + row.text(1)); });
    });
    return entries;
  }
  test::TestDatabase database_;
  Store store_{database_.address()};
};

TEST_F(JobRowsTest, AJobIsKeptWithItsMakerAndItsNumberIsItsAuditEntry) {
  domain::Region region;
  region.code = region.bps_code = "74.01";
  region.kind = "regency";
  region.source = "test";
  store_.write({"test"}, [&](WriteTransaction& transaction) {
    transaction.audit("create", "region", "74.01", "{}");
    put(transaction, region);
  });
  const auto id = add({"import", R"({"file":"a.csv"})", "74.01", {7}});
  EXPECT_EQ(id, 2);
  const auto found = job(id);
  EXPECT_EQ(found.kind, "import");
  EXPECT_EQ(found.state, JobState::Queued);
  EXPECT_EQ(found.region_code, "74.01");
  EXPECT_EQ(found.created_by, "officer");
  EXPECT_EQ(found.input, R"({"file":"a.csv"})");
  EXPECT_EQ(found.run_at, Instant{7});
  EXPECT_FALSE(found.fault || found.started_at || found.finished_at || found.cancel_asked);
  // What was typed in does not enter the log, which nobody can erase.
  EXPECT_THAT(audited(id),
              ElementsAre(R"(create {"kind":"import","state":"queued","attempts":0,"region":"74.01"})"));
  EXPECT_THROW(add({"import", "{}", "99.99", {}}), Error);
}

TEST_F(JobRowsTest, AreListedNewestFirstByWhatIsAsked) {
  const auto one = add({"import", "{}", {}, {}});
  const auto two = add({"backup", "{}", {}, {}}, "system");
  const auto three = add({"import", "{}", {}, {}}, "another");
  claim("p1", {1});
  EXPECT_THAT(list({}), ElementsAre(three, two, one));
  EXPECT_THAT(list({.kind = "import"}), ElementsAre(three, one));
  EXPECT_THAT(list({.created_by = "another"}), ElementsAre(three));
  EXPECT_THAT(list({.state = JobState::Running}), ElementsAre(one));
  EXPECT_THAT(list({.region_code = "74.01"}), ElementsAre());
  EXPECT_THAT(list({.limit = 2}), ElementsAre(three, two));
  EXPECT_THAT(list({.before = two, .limit = 2}), ElementsAre(one));
}

TEST_F(JobRowsTest, EachIsClaimedOnceInOrderWhenItIsDue) {
  const auto later = add({"k", "{}", {}, {50}});
  const auto first = add({"k", "{}", {}, {}});
  const auto second = add({"k", "{}", {}, {}});
  EXPECT_EQ(claim("p1", {10})->id, first);
  EXPECT_EQ(claim("p2", {10})->id, second);
  EXPECT_FALSE(claim("p1", {10}));
  const auto last = claim("p1", {50});
  EXPECT_EQ(last->id, later);
  EXPECT_EQ(last->attempts, 1);
  EXPECT_EQ(last->owner, "p1");
  EXPECT_EQ(last->heartbeat, Instant{50});
}

TEST_F(JobRowsTest, OnlyTheOwnerBeatsEndsOrGivesBack) {
  const auto id = add({"k", "{}", {}, {}});
  claim("p1", {10});
  store_.housekeep([&](db::Connection& connection, Instant) {
    EXPECT_FALSE(beat_job(connection, id, "p2", {20}, {}));
    EXPECT_EQ(beat_job(connection, id, "p1", {20}, {3, 9, "Reading"}), false);
    EXPECT_FALSE(requeue_job(connection, id, "p2", {}, 1, {}));
    EXPECT_TRUE(owns_job(connection, id, "p1"));
    EXPECT_FALSE(owns_job(connection, id, "p2"));
  });
  EXPECT_FALSE(store_.write({"system"}, [&](WriteTransaction& transaction) {
    EXPECT_FALSE(finish_job(transaction, id, "p2", JobState::Done, "{}", {}));
  }));
  EXPECT_EQ(job(id).progress, (domain::JobProgress{3, 9, "Reading"}));
  EXPECT_EQ(job(id).heartbeat, Instant{20});
  store_.write({"system"}, [&](WriteTransaction& transaction) {
    EXPECT_TRUE(finish_job(transaction, id, "p1", JobState::Failed, "",
                           domain::JobFault{"No {file}", {{"file", "a"}}}));
  });
  EXPECT_EQ(job(id).state, JobState::Failed);
  EXPECT_EQ(job(id).fault->key, "No {file}");
  EXPECT_EQ(job(id).fault->args, (MessageArgs{{"file", "a"}}));
  EXPECT_EQ(job(id).owner, "");
  EXPECT_TRUE(job(id).finished_at);
  EXPECT_THAT(audited(id), testing::SizeIs(2));  // made and ended; not claimed, beaten
}

TEST_F(JobRowsTest, AnOwnerThatDoesNotBeatHasLeft) {
  const auto id = add({"k", "{}", {}, {}});
  claim("p1", {100});
  std::vector<std::size_t> left;
  store_.read([&](db::Connection& connection) {
    for (const auto& [earliest, latest] : {std::pair{100, 200}, {101, 200}, {0, 99}})
      left.push_back(abandoned_jobs(connection, {earliest}, {latest}).size());
  });
  EXPECT_THAT(left, ElementsAre(0, 1, 1));
  store_.housekeep(
      [&](db::Connection& connection, Instant) { requeue_job(connection, id, "p1", {7}, 1, {}); });
  EXPECT_EQ(job(id).state, JobState::Queued);
  EXPECT_EQ(job(id).run_at, Instant{7});
  EXPECT_EQ(claim("p2", {10})->attempts, 2);
}

TEST_F(JobRowsTest, CancellingNamesWhoDidAndWaitsForTheOwner) {
  const auto cancel = [&](std::int64_t id) {
    std::optional<JobState> after;
    store_.write({"another"}, [&](WriteTransaction& transaction) { after = cancel_job(transaction, id); });
    return after;
  };
  const auto running = add({"k", "{}", {}, {}}), queued = add({"k", "{}", {}, {}});
  claim("p1", {10});
  EXPECT_EQ(cancel(queued), JobState::Cancelled);
  EXPECT_EQ(cancel(running), JobState::Running);
  store_.housekeep([&](db::Connection& connection, Instant) {
    EXPECT_EQ(beat_job(connection, running, "p1", {20}, {}), true);
  });
  const auto sequence = store_.last_sequence();
  EXPECT_EQ(cancel(queued), JobState::Cancelled);
  EXPECT_EQ(cancel(running), JobState::Running);
  EXPECT_EQ(store_.last_sequence(), sequence);
  EXPECT_FALSE(cancel(12345));
  EXPECT_FALSE(claim("p1", {30}));
  EXPECT_THAT(audited(queued).back(), testing::StartsWith("cancel "));
}

TEST_F(JobRowsTest, SchedulesAreMovedOnByOneOnly) {
  const auto all = [&] {
    std::vector<domain::Schedule> list;
    store_.read([&](db::Connection& connection) { list = schedules(connection); });
    return list;
  };
  const auto put = [&](const domain::Schedule& schedule) {
    store_.housekeep([&](db::Connection& connection, Instant) { put_schedule(connection, schedule); });
  };
  put({"nightly", "backup", "{}", 150, {1000}});
  const auto before = all().at(0);
  store_.housekeep([&](db::Connection& connection, Instant) {
    EXPECT_TRUE(advance_schedule(connection, before, {2000}));
    EXPECT_FALSE(advance_schedule(connection, before, {2000}));
  });
  // The program starts again: what is due stays due, unless the time was changed.
  put({"nightly", "backup", "{\"a\":1}", 150, {9000}});
  EXPECT_EQ(all().at(0).next_at, Instant{2000});
  EXPECT_EQ(all().at(0).input, "{\"a\":1}");
  put({"nightly", "backup", "{}", 151, {9000}});
  EXPECT_EQ(all().at(0).next_at, Instant{9000});
  store_.housekeep([&](db::Connection& connection, Instant) { remove_schedule(connection, "nightly"); });
  EXPECT_TRUE(all().empty());
}

}  // namespace
}  // namespace simpul::storage
