#include "service/jobs.hpp"

#include <unistd.h>

#include <chrono>
#include <limits>
#include <utility>

#include "base/error.hpp"
#include "base/log.hpp"
#include "crypto/token.hpp"
#include "storage/jobs.hpp"

namespace simpul::service {
namespace {

// How soon what other processes did, and what became due, is seen; and how often a running job beats.
constexpr std::chrono::seconds kRound{1};
// A process that was not heard of for so long is dead: longer than any transaction that would keep it from
// beating.
constexpr std::int64_t kLease = 60'000'000;
// No schedule is due later than this from now; one that is was written while the clock stood wrong.
constexpr std::int64_t kLongestWait = 25LL * 3600 * 1'000'000;

const domain::Actor kSystem{"system"};

std::string process_name() {
  char host[65] = "";
  ::gethostname(host, sizeof host - 1);
  return std::string(host) + ":" + std::to_string(::getpid()) + ":" + crypto::random_token().substr(0, 12);
}

domain::JobFault fault_of_the_program() {
  return {msgid("The job failed because of a fault in the program. The log says more"), {}};
}

// What a job's function came to.
struct Outcome {
  bool interrupted = false;
  std::optional<domain::JobFault> fault;
  bool again = false;  // a fault that may pass
  std::string detail;  // for the log
  std::string result;
};

Outcome call(const JobFunction& function, JobContext& context) {
  Outcome outcome;
  try {
    outcome.result = boost::json::serialize(function(context));
  } catch (const JobInterrupted&) {
    outcome.interrupted = true;
  } catch (const Error& error) {
    outcome.again = error.kind == ErrorKind::Internal || error.kind == ErrorKind::Unavailable;
    outcome.fault =
        error.kind == ErrorKind::Internal ? fault_of_the_program() : domain::JobFault{error.key, error.args};
    outcome.detail = error.what();
  } catch (const std::exception& error) {
    outcome.again = true;
    outcome.fault = fault_of_the_program();
    outcome.detail = error.what();
  } catch (...) {
    outcome.again = true;
    outcome.fault = fault_of_the_program();
    outcome.detail = "something that is no exception was thrown";
  }
  return outcome;
}

}  // namespace

// --- JobContext
// ---------------------------------------------------------------------------------------------------

JobContext::JobContext(storage::Store& store, domain::Job job, std::string owner)
    : store_(store), job_(std::move(job)), owner_(std::move(owner)) {}

void JobContext::progress(std::int64_t done, std::int64_t total, std::string message) {
  {
    std::lock_guard lock(progress_mutex_);
    progress_ = {done, total, std::move(message)};
  }
  if (stopping()) throw JobInterrupted{};
}

bool JobContext::stopping() const {
  return order_ != Order::Go;
}

bool JobContext::write(const std::function<void(storage::WriteTransaction&)>& change) {
  return store_.write({job_.created_by}, [&](storage::WriteTransaction& transaction) {
    if (!storage::owns_job(transaction.connection(), job_.id, owner_)) {
      order_ = Order::Lost;
      throw JobInterrupted{};
    }
    change(transaction);
  });
}

void JobContext::complete(const std::function<boost::json::object(storage::WriteTransaction&)>& change) {
  write([&](storage::WriteTransaction& transaction) {
    const auto result = boost::json::serialize(change(transaction));
    storage::finish_job(transaction, job_.id, owner_, domain::JobState::Done, result, {});
  });
  completed_ = true;
}

// --- Jobs: from outside
// ---------------------------------------------------------------------------------------------

Jobs::Jobs(storage::Store& store, JobKinds kinds, JobOptions options, const Clock& clock)
    : store_(store), kinds_(std::move(kinds)), options_(options), clock_(clock), owner_(process_name()) {}

Jobs::~Jobs() {
  stop();
}

void Jobs::start() {
  if (options_.alone) {
    constexpr auto kEnd = std::numeric_limits<std::int64_t>::max();
    std::vector<domain::Job> left;
    store_.read(
        [&](db::Connection& connection) { left = storage::abandoned_jobs(connection, {kEnd}, {kEnd}); });
    for (const auto& job : left) take_over(job);
  }
  stopping_ = false;  // no thread of it runs yet
  threads_.emplace_back([this] { watch(); });
  for (unsigned i = 0; i < options_.workers; ++i) threads_.emplace_back([this] { work(); });
}

void Jobs::stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    for (auto& [id, context] : running_) {
      auto go = JobContext::Order::Go;
      context->order_.compare_exchange_strong(go, JobContext::Order::Stop);
    }
  }
  changed_.notify_all();
  for (auto& thread : threads_) thread.join();
  threads_.clear();
}

std::int64_t Jobs::enqueue(const domain::Actor& actor, const domain::NewJob& job) {
  if (!kinds_.contains(job.kind))
    throw Error(ErrorKind::Invalid, "This program knows no job of the kind {kind}", {{"kind", job.kind}});
  std::int64_t id = 0;
  store_.write(actor,
               [&](storage::WriteTransaction& transaction) { id = storage::add_job(transaction, job); });
  wake();
  return id;
}

void Jobs::cancel(const domain::Actor& actor, std::int64_t id) {
  store_.write(actor, [&](storage::WriteTransaction& transaction) {
    const auto job = storage::find_job(transaction.connection(), id);
    if (!job) throw Error(ErrorKind::NotFound, "There is no such job");
    if (domain::is_over(job->state)) throw Error(ErrorKind::Conflict, "The job is over already");
    storage::cancel_job(transaction, id);
  });
  std::lock_guard lock(mutex_);
  if (const auto found = running_.find(id); found != running_.end())
    found->second->order_ = JobContext::Order::Cancel;
}

void Jobs::wake() {
  {
    std::lock_guard lock(mutex_);
    ++signals_;
  }
  changed_.notify_all();
}

void Jobs::set_schedule(const domain::Schedule& schedule) {
  auto wanted = schedule;
  wanted.next_at = domain::next_daily(clock_.now(), schedule.minute);
  store_.housekeep([&](db::Connection& connection, Instant) { storage::put_schedule(connection, wanted); });
}

void Jobs::remove_schedule(const std::string& name) {
  store_.housekeep([&](db::Connection& connection, Instant) { storage::remove_schedule(connection, name); });
}

// --- the workers
// ------------------------------------------------------------------------------------------------------

void Jobs::work() {
  loop([this] { return run_next(); });
}

void Jobs::watch() {
  loop([this] {
    keep();
    return false;
  });
}

// Repeats the step until the end: at once when it says that there is more, else after a wake() or a round.
// Whatever it throws, the thread lives.
void Jobs::loop(const std::function<bool()>& step) {
  bool failing = false;
  for (;;) {
    std::uint64_t seen = 0;
    {
      std::lock_guard lock(mutex_);
      if (stopping_) return;
      seen = signals_;
    }
    bool more = false;
    std::string trouble;
    try {
      more = step();
    } catch (const std::exception& error) {
      trouble = error.what();
    } catch (...) {
      trouble = "something that is no exception was thrown";
    }
    // Once, not every second.
    if (!trouble.empty() && !failing) spdlog::warn("jobs wait: {}", simpul::quoted(trouble));
    if (trouble.empty() && failing) spdlog::info("jobs go on");
    failing = !trouble.empty();
    if (more) continue;
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kRound, [&] { return stopping_ || signals_ != seen; });
  }
}

bool Jobs::run_next() {
  const auto now = clock_.now();
  bool due = false;
  store_.read([&](db::Connection& connection) { due = storage::job_is_due(connection, now); });
  if (!due) return false;
  std::optional<domain::Job> job;
  store_.housekeep(
      [&](db::Connection& connection, Instant at) { job = storage::claim_job(connection, owner_, at); });
  if (!job) return false;

  JobContext context(store_, std::move(*job), owner_);
  const auto id = context.id();
  {
    std::lock_guard lock(mutex_);
    running_[id] = &context;
    if (stopping_) context.order_ = JobContext::Order::Stop;
  }
  // When its end cannot be written it is no longer beaten for, so that somebody takes it over.
  struct Deregister {
    Jobs& jobs;
    std::int64_t id;
    ~Deregister() {
      std::lock_guard lock(jobs.mutex_);
      jobs.running_.erase(id);
    }
  } deregister{*this, id};
  execute(context);
  return true;
}

void Jobs::execute(JobContext& context) {
  const auto& job = context.job_;
  const auto kind = kinds_.find(job.kind);
  if (kind == kinds_.end())
    return failed(context, {msgid("This program knows no job of the kind {kind}"), {{"kind", job.kind}}},
                  false);
  const auto started = std::chrono::steady_clock::now();
  const auto outcome = call(
      [&](JobContext& running) {
        running.input_ = boost::json::parse(job.input).as_object();
        if (running.stopping()) throw JobInterrupted{};
        return kind->second.function(running);
      },
      context);
  const auto took =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started);
  const auto order = context.order_.load();
  if (context.completed_ || (!outcome.interrupted && !outcome.fault)) {
    if (!context.completed_) finish(context, domain::JobState::Done, outcome.result, {});
    spdlog::info("job {} ({}) done in {} ms", job.id, job.kind, took.count());
  } else if (outcome.interrupted && order == JobContext::Order::Cancel) {
    finish(context, domain::JobState::Cancelled, {}, {});
    spdlog::info("job {} ({}) cancelled after {} ms", job.id, job.kind, took.count());
  } else if (outcome.interrupted && order == JobContext::Order::Stop) {
    requeue(context, {}, job.attempts - 1, {});
    spdlog::info("job {} ({}) stopped and queued again", job.id, job.kind);
  } else if (outcome.interrupted && order == JobContext::Order::Lost) {
    spdlog::warn("job {} ({}) is run by another process now", job.id, job.kind);
  } else {
    spdlog::error("job {} ({}), attempt {}: {}", job.id, job.kind, job.attempts,
                  simpul::quoted(outcome.interrupted ? "interrupted by nobody" : outcome.detail));
    failed(context, outcome.fault.value_or(fault_of_the_program()), outcome.again);
  }
}

// The job is tried again later, or is over.
void Jobs::failed(JobContext& context, const domain::JobFault& fault, bool again) {
  const auto& job = context.job_;
  if (context.order_ == JobContext::Order::Cancel)
    finish(context, domain::JobState::Cancelled, {}, fault);
  else if (again && job.attempts < attempts_of(job.kind))
    requeue(context, domain::next_attempt(clock_.now(), job.attempts), job.attempts, fault);
  else
    finish(context, domain::JobState::Failed, {}, fault);
}

void Jobs::finish(JobContext& context, domain::JobState state, const std::string& result,
                  const std::optional<domain::JobFault>& fault) {
  store_.write(kSystem, [&](storage::WriteTransaction& transaction) {
    if (!storage::finish_job(transaction, context.id(), owner_, state, result, fault))
      spdlog::warn("job {} ended here, but another process runs it now", context.id());
  });
}

void Jobs::requeue(const JobContext& context, Instant run_at, int attempts,
                   const std::optional<domain::JobFault>& fault) {
  store_.housekeep([&](db::Connection& connection, Instant) {
    storage::requeue_job(connection, context.id(), owner_, run_at, attempts, fault);
  });
}

int Jobs::attempts_of(const std::string& kind) const {
  const auto found = kinds_.find(kind);
  return found == kinds_.end() ? 1 : found->second.attempts;
}

// --- the keeper
// -------------------------------------------------------------------------------------------------------

void Jobs::keep() {
  std::map<std::int64_t, domain::JobProgress> running;
  {
    std::lock_guard lock(mutex_);
    for (const auto& [id, context] : running_) {
      std::lock_guard of_progress(context->progress_mutex_);
      running[id] = context->progress_;
    }
  }
  if (!running.empty()) {
    std::map<std::int64_t, JobContext::Order> orders;
    store_.housekeep([&](db::Connection& connection, Instant now) {
      for (const auto& [id, progress] : running) {
        const auto cancel = storage::beat_job(connection, id, owner_, now, progress);
        if (!cancel)
          orders[id] = JobContext::Order::Lost;
        else if (*cancel)
          orders[id] = JobContext::Order::Cancel;
      }
    });
    std::lock_guard lock(mutex_);
    for (const auto& [id, order] : orders)
      if (const auto found = running_.find(id); found != running_.end()) found->second->order_ = order;
  }
  take_over_abandoned();
  follow_schedules();
}

void Jobs::take_over_abandoned() {
  const auto now = clock_.now().microseconds;
  std::vector<domain::Job> left;
  store_.read([&](db::Connection& connection) {
    left = storage::abandoned_jobs(connection, {now - kLease}, {now + kLease});
  });
  for (const auto& job : left) {
    {
      std::lock_guard lock(mutex_);
      if (running_.contains(job.id)) continue;
    }
    take_over(job);
  }
}

// Its owner is dead: it is run again, unless it was to stop or ended its process too often.
void Jobs::take_over(const domain::Job& job) {
  if (job.cancel_asked || job.attempts >= attempts_of(job.kind)) {
    const std::optional<domain::JobFault> fault{
        {msgid("The program ended while it ran this job, at each of {count} attempts"),
         {{"count", std::to_string(job.attempts)}}}};
    store_.write(kSystem, [&](storage::WriteTransaction& transaction) {
      storage::finish_job(transaction, job.id, job.owner,
                          job.cancel_asked ? domain::JobState::Cancelled : domain::JobState::Failed, {},
                          job.cancel_asked ? std::nullopt : fault);
    });
    spdlog::warn("job {} ({}) was left by a process that ended; it is not run again", job.id, job.kind);
    return;
  }
  store_.housekeep([&](db::Connection& connection, Instant) {
    storage::requeue_job(connection, job.id, job.owner, {}, job.attempts, job.fault);
  });
  spdlog::warn("job {} ({}) was left by a process that ended; it is queued again", job.id, job.kind);
  wake();
}

void Jobs::follow_schedules() {
  const auto now = clock_.now();
  std::vector<domain::Schedule> all;
  store_.read([&](db::Connection& connection) { all = storage::schedules(connection); });
  for (const auto& schedule : all) {
    const auto next = domain::next_daily(now, schedule.minute);
    if (schedule.next_at.microseconds > now.microseconds + kLongestWait)
      store_.housekeep([&](db::Connection& connection, Instant) {
        storage::advance_schedule(connection, schedule, next);
      });
    if (schedule.next_at > now) continue;
    const bool made = store_.write(kSystem, [&](storage::WriteTransaction& transaction) {
      if (storage::advance_schedule(transaction.connection(), schedule, next))
        storage::add_job(transaction, {schedule.kind, schedule.input, {}, {}});
    });
    if (made) wake();
  }
}

}  // namespace simpul::service
