// Runs jobs in the background: each kind is a function that was registered under its name; worker threads of
// this process claim what is due, several processes share one queue. A job survives the end of its process:
// it is queued again, so its function must be restartable. Started by `simpul serve`.
#pragma once

#include <atomic>
#include <boost/json.hpp>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/time.hpp"
#include "domain/job.hpp"
#include "storage/store.hpp"

namespace simpul::service {

// Ends a job's function when it is to stop. No std::exception, so that nobody who handles errors swallows it;
// a function that catches (...) throws it on.
struct JobInterrupted {};

// What a job's function is given. It belongs to the thread that runs the job.
class JobContext {
 public:
  std::int64_t id() const { return job_.id; }
  const boost::json::object& input() const { return input_; }
  const domain::Job& job() const { return job_; }  // as it was claimed
  storage::Store& store() { return store_; }

  // Says how far the job is (`message`: key of what it is doing). Throws JobInterrupted when it is to stop:
  // somebody cancelled it, the program ends, another process took it over. Costs next to nothing, waits for
  // nobody and may be called inside a transaction: call it several times a second.
  void progress(std::int64_t done, std::int64_t total = 0, std::string message = {});
  // The same question for those who must not throw (a wait for a child program).
  bool stopping() const;

  // Store::write in the name of who made the job; throws JobInterrupted, and nothing is changed, when another
  // process has taken the job over.
  bool write(const std::function<void(storage::WriteTransaction&)>& change);
  // As write(), and in the same transaction the job is done, with the result that `change` gives: for what
  // must happen exactly once. What the function returns afterwards is not looked at.
  void complete(const std::function<boost::json::object(storage::WriteTransaction&)>& change);

 private:
  friend class Jobs;
  enum class Order { Go, Cancel, Stop, Lost };
  JobContext(storage::Store& store, domain::Job job, std::string owner);

  storage::Store& store_;
  const domain::Job job_;
  const std::string owner_;
  boost::json::object input_;
  std::atomic<Order> order_ = Order::Go;
  bool completed_ = false;
  std::mutex progress_mutex_;
  domain::JobProgress progress_;
};

// Gives the result. A thrown Error of what a person can mend (Invalid, Conflict, NotFound, ...) fails the job
// with that message; Unavailable and every fault of the program is tried again, up to `attempts`.
using JobFunction = std::function<boost::json::object(JobContext&)>;
struct JobKind {
  JobFunction function;
  int attempts = 3;
};
using JobKinds = std::map<std::string, JobKind>;

struct JobOptions {
  unsigned workers = 1;
  // Nobody else works on this database (SQLite behind the lock of the data folder): what another process was
  // running is taken over at start. Otherwise it is when that process has not been heard of for a minute.
  bool alone = false;
};

class Jobs {
 public:
  // `store` and `clock` must outlive it.
  Jobs(storage::Store& store, JobKinds kinds, JobOptions options = {}, const Clock& clock = system_clock());
  ~Jobs();  // stops
  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;

  void start();
  // Running jobs are told to stop and are queued again; returns when they have.
  void stop();

  // Queues a job and wakes a worker; gives its id. Error Invalid: there is no such kind; Conflict: no such
  // region.
  std::int64_t enqueue(const domain::Actor& actor, const domain::NewJob& job);
  // Error NotFound; Conflict: it is over already. A running job stops at its next word of progress.
  void cancel(const domain::Actor& actor, std::int64_t id);
  // Whoever queued a job in a transaction of his own (storage::add_job) wakes the workers; unwoken they look
  // once a second.
  void wake();

  // Every day at `minute` of the day in Makassar; kept in the database, made or changed by this. What was
  // missed while nothing ran is made up for once.
  void set_schedule(const domain::Schedule& schedule);
  void remove_schedule(const std::string& name);

  // One step of the workers: claims a job that is due and runs it to its end in this thread; false: none was
  // due. Errors of the database come out, errors of the job do not.
  bool run_next();
  // One step of the keeper: says that this process lives and how far its jobs are, hears who was cancelled,
  // queues again what dead processes left, and makes the jobs of schedules that are due.
  void keep();

 private:
  void work();
  void watch();
  void loop(const std::function<bool()>& step);
  void execute(JobContext& context);
  void requeue(const JobContext& context, Instant run_at, int attempts,
               const std::optional<domain::JobFault>& fault);
  void finish(JobContext& context, domain::JobState state, const std::string& result,
              const std::optional<domain::JobFault>& fault);
  void failed(JobContext& context, const domain::JobFault& fault, bool again);
  void take_over(const domain::Job& job);
  void take_over_abandoned();
  void follow_schedules();
  int attempts_of(const std::string& kind) const;

  storage::Store& store_;
  const JobKinds kinds_;
  const JobOptions options_;
  const Clock& clock_;
  const std::string owner_;  // this process, unlike any other
  std::mutex mutex_;         // of all that follows
  std::condition_variable changed_;
  bool stopping_ = false;
  std::uint64_t signals_ = 0;
  std::map<std::int64_t, JobContext*> running_;
  std::vector<std::thread> threads_;
};

}  // namespace simpul::service
