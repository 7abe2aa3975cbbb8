// Runs on SQLite and on PostgreSQL.
#include "service/jobs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <future>

#include "base/error.hpp"
#include "storage/audit.hpp"
#include "storage/jobs.hpp"
#include "storage/regions.hpp"
#include "support/database.hpp"
#include "support/office.hpp"

namespace simpul::service {
namespace {

using boost::json::object;
using domain::JobState;

const domain::Actor kActor{"officer"};

void add_region(storage::WriteTransaction& transaction, const std::string& code) {
  domain::Region region;
  region.code = region.bps_code = code;
  region.kind = "regency";
  region.source = "test";
  transaction.audit("create", "region", code, "{}");
  storage::put(transaction, region);
}

class JobsTest : public testing::Test {
 protected:
  domain::Job job(std::int64_t id) {
    std::optional<domain::Job> found;
    store_.read([&](db::Connection& connection) { found = storage::find_job(connection, id); });
    return found.value();
  }
  std::size_t regions() {
    std::size_t count = 0;
    store_.read([&](db::Connection& connection) { count = storage::read_regions(connection).size(); });
    return count;
  }
  std::size_t jobs_in_all() {
    std::size_t count = 0;
    store_.read([&](db::Connection& connection) { count = storage::list_jobs(connection, {}).size(); });
    return count;
  }
  bool chain_is_whole() {
    bool whole = false;
    store_.read([&](db::Connection& connection) { whole = !storage::verify_audit(connection).broken_at; });
    return whole;
  }
  // Waits until `reached`; false after ten seconds.
  static bool becomes(const std::function<bool()>& reached) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!reached()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      std::this_thread::yield();
    }
    return true;
  }
  bool becomes(std::int64_t id, JobState state) {
    return becomes([&] { return job(id).state == state; });
  }

  test::TestDatabase database_;
  test::MovedClock clock_{test::kLastSecondOfADay};
  storage::Store store_{database_.address(), clock_};
};

TEST_F(JobsTest, AKindIsRunWithItsInputAndItsResultKept) {
  Jobs jobs(store_, {{"double", {[](JobContext& context) {
                        context.progress(1, 2, "Counting");
                        EXPECT_EQ(context.job().created_by, "officer");
                        return object{{"twice", context.input().at("n").as_int64() * 2}};
                      }}}},
            {}, clock_);
  EXPECT_FALSE(jobs.run_next());
  const auto id = jobs.enqueue(kActor, {"double", R"({"n":21})", {}, {}});
  EXPECT_TRUE(jobs.run_next());
  EXPECT_EQ(job(id).state, JobState::Done);
  EXPECT_EQ(job(id).result, R"({"twice":42})");
  EXPECT_EQ(job(id).finished_at, clock_.now());
  EXPECT_FALSE(jobs.run_next());
  EXPECT_TRUE(chain_is_whole());
}

TEST_F(JobsTest, AnUnknownKindIsRefusedAndWhatAnotherProgramQueuedFails) {
  Jobs jobs(store_, {}, {}, clock_);
  EXPECT_THROW(jobs.enqueue(kActor, {"later", "{}", {}, {}}), Error);
  std::int64_t id = 0;
  store_.write(kActor, [&](storage::WriteTransaction& transaction) {
    id = storage::add_job(transaction, {"later", "{}", {}, {}});
  });
  EXPECT_TRUE(jobs.run_next());
  EXPECT_EQ(job(id).state, JobState::Failed);
  EXPECT_EQ(job(id).fault->args.at("kind"), "later");
}

TEST_F(JobsTest, WhatAPersonCanMendFailsAtOnceWithItsMessage) {
  Jobs jobs(store_,
            {{"bad", {[](JobContext&) -> object {
                throw Error(ErrorKind::Invalid, "No {file}", {{"file", "a.csv"}}, {}, "secret detail");
              }}}},
            {}, clock_);
  const auto id = jobs.enqueue(kActor, {"bad", "{}", {}, {}});
  jobs.run_next();
  EXPECT_EQ(job(id).state, JobState::Failed);
  EXPECT_EQ(job(id).fault->key, "No {file}");
  EXPECT_EQ(job(id).fault->args.at("file"), "a.csv");
}

// Thrown inside a worker: whatever it is, the worker lives, the person gets a sentence without its detail.
TEST_F(JobsTest, EveryFaultIsCaughtTriedAgainLaterAndThenFails) {
  struct Odd {};
  int calls = 0;
  const auto kinds = [&](auto what) {
    return JobKinds{{"faulty",
                     {[&calls, what](JobContext&) -> object {
                        ++calls;
                        throw what;
                      },
                      3}}};
  };
  const auto run = [&](const JobKinds& with) {
    Jobs jobs(store_, with, {}, clock_);
    const auto id = jobs.enqueue(kActor, {"faulty", "{}", {}, {}});
    calls = 0;
    EXPECT_TRUE(jobs.run_next());
    EXPECT_EQ(job(id).state, JobState::Queued);
    EXPECT_FALSE(jobs.run_next());  // not yet
    clock_.move(9);
    EXPECT_FALSE(jobs.run_next());
    clock_.move(1);
    EXPECT_TRUE(jobs.run_next());
    clock_.move(40);
    EXPECT_TRUE(jobs.run_next());
    EXPECT_EQ(calls, 3);
    EXPECT_EQ(job(id).state, JobState::Failed);
    clock_.move(100'000);
    EXPECT_FALSE(jobs.run_next());
    return job(id).fault->key;
  };
  const auto generic = run(kinds(std::runtime_error("secret detail")));
  EXPECT_THAT(generic, testing::HasSubstr("fault in the program"));
  EXPECT_EQ(run(kinds(Odd{})), generic);
  EXPECT_EQ(run(kinds(7)), generic);
  EXPECT_EQ(run(kinds(Error(ErrorKind::Internal, "secret key"))), generic);
  EXPECT_EQ(run(kinds(Error(ErrorKind::Unavailable, "The disk is full"))), "The disk is full");
  EXPECT_TRUE(chain_is_whole());
}

TEST_F(JobsTest, CancelIsHeardAtTheNextWordOfProgressEvenInsideATransaction) {
  std::int64_t id = 0;
  Jobs* all = nullptr;
  Jobs jobs(store_, {{"long", {[&](JobContext& context) {
                        all->cancel({"another"}, id);
                        context.write([&](storage::WriteTransaction& transaction) {
                          add_region(transaction, "74.01");
                          context.progress(1);
                        });
                        return object{};
                      }}}},
            {}, clock_);
  all = &jobs;
  id = jobs.enqueue(kActor, {"long", "{}", {}, {}});
  jobs.run_next();
  EXPECT_EQ(job(id).state, JobState::Cancelled);
  EXPECT_EQ(regions(), 0u);
  EXPECT_THROW(jobs.cancel(kActor, id), Error);
  EXPECT_THROW(jobs.cancel(kActor, 12345), Error);
  const auto queued = jobs.enqueue(kActor, {"long", "{}", {}, {}});
  jobs.cancel(kActor, queued);
  EXPECT_EQ(job(queued).state, JobState::Cancelled);
  EXPECT_FALSE(jobs.run_next());
}

TEST_F(JobsTest, CancelAskedInAnotherProcessIsHeardByTheKeeper) {
  storage::Store other_store(database_.address(), clock_);
  Jobs other(other_store, {}, {}, clock_);
  std::int64_t id = 0;
  Jobs* all = nullptr;
  Jobs jobs(store_, {{"long", {[&](JobContext& context) {
                        context.progress(3, 9, "Counting");
                        other.cancel({"another"}, id);
                        context.progress(4, 9, "Counting");
                        all->keep();
                        EXPECT_EQ(job(id).progress, (domain::JobProgress{4, 9, "Counting"}));
                        context.progress(5);
                        return object{};
                      }}}},
            {}, clock_);
  all = &jobs;
  id = jobs.enqueue(kActor, {"long", "{}", {}, {}});
  jobs.run_next();
  EXPECT_EQ(job(id).state, JobState::Cancelled);
}

// The owner is taken for dead while it lives (a clock that jumped): its work is not done twice.
TEST_F(JobsTest, WhoLostItsJobChangesNothingAnyMore) {
  storage::Store other_store(database_.address(), clock_);
  const JobFunction add = [](JobContext& context) {
    context.complete([&](storage::WriteTransaction& transaction) {
      add_region(transaction, "74.01");
      return object{{"added", 1}};
    });
    return object{};
  };
  Jobs other(other_store, {{"add", {add}}}, {}, clock_);
  Jobs jobs(store_, {{"add", {[&](JobContext& context) {
                        clock_.move(61);
                        other.keep();
                        EXPECT_TRUE(other.run_next());
                        return add(context);
                      }}}},
            {}, clock_);
  const auto id = jobs.enqueue(kActor, {"add", "{}", {}, {}});
  jobs.run_next();
  EXPECT_EQ(regions(), 1u);
  EXPECT_EQ(job(id).state, JobState::Done);
  EXPECT_EQ(job(id).result, R"({"added":1})");
  EXPECT_EQ(job(id).attempts, 2);
}

TEST_F(JobsTest, ADeadOwnersJobIsTakenOverAfterAMinuteAndNotForEver) {
  const auto die = [&](const std::string& owner) {
    store_.housekeep([&](db::Connection& connection, Instant now) {
      EXPECT_TRUE(storage::claim_job(connection, owner, now));
    });
  };
  Jobs jobs(store_, {{"k", {[](JobContext&) { return object{}; }, 2}}}, {}, clock_);
  const auto id = jobs.enqueue(kActor, {"k", "{}", {}, {}});
  die("dead:1");
  clock_.move(60);
  jobs.keep();
  EXPECT_EQ(job(id).state, JobState::Running);
  clock_.move(1);
  jobs.keep();
  EXPECT_EQ(job(id).state, JobState::Queued);
  die("dead:2");
  clock_.move(-3600);  // the clock jumps back: the heartbeat stands in the future
  jobs.keep();
  EXPECT_EQ(job(id).state, JobState::Failed);
  EXPECT_EQ(job(id).fault->args.at("count"), "2");
  EXPECT_FALSE(jobs.run_next());

  const auto cancelled = jobs.enqueue(kActor, {"k", "{}", {}, {}});
  die("dead:3");
  jobs.cancel(kActor, cancelled);
  clock_.move(61);
  jobs.keep();
  EXPECT_EQ(job(cancelled).state, JobState::Cancelled);
}

TEST_F(JobsTest, AScheduleMakesOneJobADayAndMakesUpForWhatWasMissedOnce) {
  Jobs jobs(store_, {{"backup", {[](JobContext&) { return object{}; }}}}, {}, clock_);
  jobs.set_schedule({"nightly", "backup", R"({"keep":35})", 150, {}});
  jobs.keep();
  EXPECT_FALSE(jobs.run_next());
  clock_.move(2 * 3600 + 30 * 60);  // 02:29:59
  jobs.keep();
  EXPECT_FALSE(jobs.run_next());
  clock_.move(1);
  {
    storage::Store other_store(database_.address(), clock_);
    Jobs other(other_store, {{"backup", {[](JobContext&) { return object{}; }}}}, {}, clock_);
    other.keep();
  }
  jobs.keep();
  EXPECT_TRUE(jobs.run_next());
  EXPECT_FALSE(jobs.run_next());
  EXPECT_EQ(jobs_in_all(), 1u);
  clock_.move(5 * 86'400);
  jobs.keep();
  jobs.keep();
  EXPECT_EQ(jobs_in_all(), 2u);
  clock_.move(-30 * 86'400);  // what was written while the clock stood wrong does not wait for a month
  jobs.keep();
  EXPECT_EQ(jobs_in_all(), 2u);
  clock_.move(86'400);
  jobs.keep();
  EXPECT_EQ(jobs_in_all(), 3u);
  jobs.remove_schedule("nightly");
  clock_.move(86'400);
  jobs.keep();
  EXPECT_EQ(jobs_in_all(), 3u);
}

// The database fails at each of its calls in turn; then it works again and the clock goes on.
TEST_F(JobsTest, AFaultAtAnyStatementLosesNoJobAndDoesNothingTwice) {
  Jobs jobs(store_,
            {{"add",
              {[](JobContext& context) {
                 const auto code = boost::json::value_to<std::string>(context.input().at("code"));
                 context.progress(0, 1);
                 context.complete([&](storage::WriteTransaction& transaction) {
                   add_region(transaction, code);
                   return object{{"code", code}};
                 });
                 return object{};
               },
               20}}},
            {}, clock_);
  bool failed = true;
  int at = 0;
  for (; failed; ++at) {
    const auto code = "c" + std::to_string(at);
    const auto id = jobs.enqueue(kActor, {"add", R"({"code":")" + code + "\"}", {}, {}});
    failed = false;
    store_.set_call_hook([&, call = 0]() mutable {
      if (call++ < at) return;
      failed = true;
      throw Error(ErrorKind::Unavailable, "failed on purpose");
    });
    try {
      while (jobs.run_next()) {
      }
      jobs.keep();
    } catch (const Error& error) {
      EXPECT_EQ(error.kind, ErrorKind::Unavailable);
    }
    store_.set_call_hook({});
    clock_.move(3601);
    jobs.keep();
    while (jobs.run_next()) {
    }
    EXPECT_EQ(job(id).state, JobState::Done) << at;
    EXPECT_EQ(regions(), static_cast<std::size_t>(at + 1)) << at;
  }
  EXPECT_GT(at, 8);
  EXPECT_TRUE(chain_is_whole());
}

TEST_F(JobsTest, AFaultAtAnyStatementOfEnqueueOrScheduleLeavesAllOrNothing) {
  Jobs jobs(store_, {{"k", {[](JobContext&) { return object{}; }}}}, {}, clock_);
  const auto with_fault_at = [&](int at, const std::function<void()>& step) {
    bool failed = false;
    store_.set_call_hook([&, call = 0]() mutable {
      if (call++ != at) return;
      failed = true;
      throw Error(ErrorKind::Unavailable, "failed on purpose");
    });
    try {
      step();
    } catch (const Error&) {
    }
    store_.set_call_hook({});
    return failed;
  };
  for (int at = 0; with_fault_at(at, [&] { jobs.enqueue(kActor, {"k", "{}", {}, {}}); }); ++at)
    EXPECT_EQ(jobs_in_all(), 0u) << at;
  EXPECT_EQ(jobs_in_all(), 1u);
  for (int at = 0; at < 20; ++at) {
    jobs.set_schedule({"daily", "k", "{}", 150, {}});
    const auto before = jobs_in_all();
    clock_.move(86'400);
    const bool failed = with_fault_at(at, [&] { jobs.keep(); });
    EXPECT_EQ(jobs_in_all(), failed ? before : before + 1) << at;
    jobs.keep();
    EXPECT_EQ(jobs_in_all(), before + 1) << at;
    if (!failed) return;
  }
  FAIL() << "the fault never stopped";
}

using JobsThreads = JobsTest;

TEST_F(JobsThreads, ManyJobsOnManyWorkersOfTwoProcessesEachRunOnce) {
  std::atomic<int> calls = 0;
  const JobKinds kinds{{"count", {[&](JobContext& context) {
                          context.progress(1, 1);
                          ++calls;
                          return object{};
                        }}}};
  storage::Store other_store(database_.address(), clock_);
  Jobs jobs(store_, kinds, {.workers = 3}, clock_), other(other_store, kinds, {.workers = 2}, clock_);
  jobs.start();
  other.start();
  std::vector<std::int64_t> ids;
  for (int i = 0; i < 30; ++i) ids.push_back((i % 2 ? jobs : other).enqueue(kActor, {"count", "{}", {}, {}}));
  for (const auto id : ids) EXPECT_TRUE(becomes(id, JobState::Done));
  EXPECT_EQ(calls, 30);
  EXPECT_TRUE(chain_is_whole());
}

TEST_F(JobsThreads, StoppingTellsTheJobAndQueuesItAgain) {
  std::promise<void> running;
  std::atomic<bool> patient = true;
  const JobKinds kinds{{"long",
                        {[&](JobContext& context) {
                           if (context.job().attempts == 1 && patient) {
                             running.set_value();
                             for (;;) context.progress(1, 2, "Waiting");
                           }
                           return object{};
                         },
                         1}}};
  Jobs jobs(store_, kinds, {}, clock_);
  jobs.start();
  const auto id = jobs.enqueue(kActor, {"long", "{}", {}, {}});
  running.get_future().wait();
  EXPECT_TRUE(becomes([&] { return job(id).progress.total == 2; }));
  jobs.stop();
  EXPECT_EQ(job(id).state, JobState::Queued);
  EXPECT_EQ(job(id).attempts, 0);  // that was no attempt
  patient = false;
  Jobs next(store_, kinds, {}, clock_);
  next.start();
  EXPECT_TRUE(becomes(id, JobState::Done));
}

TEST_F(JobsThreads, CancelStopsARunningJob) {
  std::promise<void> running;
  Jobs jobs(store_, {{"long", {[&](JobContext& context) -> object {
                        running.set_value();
                        for (;;) context.progress(1);
                      }}}},
            {}, clock_);
  jobs.start();
  const auto id = jobs.enqueue(kActor, {"long", "{}", {}, {}});
  running.get_future().wait();
  jobs.cancel(kActor, id);
  EXPECT_TRUE(becomes(id, JobState::Cancelled));
}

TEST_F(JobsThreads, AWorkerOutlivesWhatItsJobThrowsAndADatabaseThatIsAway) {
  Jobs jobs(store_,
            {{"bad", {[](JobContext&) -> object { throw 7; }, 1}},
             {"good", {[](JobContext&) { return object{}; }}}},
            {}, clock_);
  jobs.start();
  const auto bad = jobs.enqueue(kActor, {"bad", "{}", {}, {}});
  EXPECT_TRUE(becomes(bad, JobState::Failed));
  const auto good = jobs.enqueue(kActor, {"good", "{}", {}, {}});
  EXPECT_TRUE(becomes(good, JobState::Done));
  std::atomic<int> refused = 0;
  store_.set_call_hook([&] {
    ++refused;
    throw Error(ErrorKind::Unavailable, "failed on purpose");
  });
  EXPECT_THROW(jobs.enqueue(kActor, {"good", "{}", {}, {}}), Error);
  std::int64_t waiting = 0;
  {
    storage::Store other_store(database_.address(), clock_);
    other_store.write(kActor, [&](storage::WriteTransaction& transaction) {
      waiting = storage::add_job(transaction, {"good", "{}", {}, {}});
    });
  }
  jobs.wake();
  EXPECT_TRUE(becomes([&] { return refused > 2; }));
  store_.set_call_hook({});
  EXPECT_TRUE(becomes(waiting, JobState::Done));
}

}  // namespace

// The process is killed in the middle of a job, again and again; the next one takes it over at its start.
class KilledJobTest : public testing::Test {
 protected:
  test::TestDatabase database_;
};

TEST_F(KilledJobTest, IsQueuedAgainAtTheNextStartAndDoneOnce) {
  const auto kinds = [](bool die) {
    return JobKinds{{"add",
                     {[die](JobContext& context) {
                        if (die && context.job().attempts == 2) ::kill(::getpid(), SIGKILL);
                        context.complete([&](storage::WriteTransaction& transaction) {
                          add_region(transaction, "74.01");
                          if (die) ::kill(::getpid(), SIGKILL);
                          return object{};
                        });
                        return object{};
                      },
                      3}}};
  };
  for (int attempt = 1; attempt <= 2; ++attempt) {
    const auto child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      storage::Store store(database_.address());
      Jobs jobs(store, kinds(true), {.alone = true});
      if (attempt == 1) jobs.enqueue(kActor, {"add", "{}", {}, {}});
      jobs.start();
      ::pause();
      ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
  }
  storage::Store store(database_.address());
  Jobs jobs(store, kinds(false), {.workers = 0, .alone = true});
  jobs.start();
  EXPECT_TRUE(jobs.run_next());
  std::vector<domain::Job> all;
  std::size_t regions = 0;
  store.read([&](db::Connection& connection) {
    all = storage::list_jobs(connection, {});
    regions = storage::read_regions(connection).size();
  });
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].state, JobState::Done);
  EXPECT_EQ(all[0].attempts, 3);
  EXPECT_EQ(regions, 1u);
}

}  // namespace simpul::service
