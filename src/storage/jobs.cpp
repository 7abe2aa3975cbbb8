#include "storage/jobs.hpp"

#include <boost/json.hpp>

#include "base/error.hpp"

namespace simpul::storage {
namespace {

using domain::JobState;

const db::Statement kAdd("jobs.add", R"sql(
INSERT INTO jobs (id, kind, state, region_code, created_by, created_at, input, result, fault, progress, total, message,
                  attempts, run_at, cancel_asked)
VALUES ($1, $2, 'queued', $3, $4, $5, $6, '', '', 0, 0, '', 0, $7, $8))sql");

const db::Statement kFind("jobs.find", R"sql(
SELECT id, kind, state, region_code, created_by, created_at, input, result, fault, progress, total, message, attempts,
       run_at, cancel_asked, owner, heartbeat, started_at, finished_at
FROM jobs WHERE id = $1)sql");

const db::Statement kList("jobs.list", R"sql(
SELECT id, kind, state, region_code, created_by, created_at, input, result, fault, progress, total, message, attempts,
       run_at, cancel_asked, owner, heartbeat, started_at, finished_at
FROM jobs
WHERE (CAST($1 AS TEXT) = '' OR kind = $1) AND (CAST($2 AS TEXT) = '' OR region_code = $2)
  AND (CAST($3 AS TEXT) = '' OR created_by = $3) AND (CAST($4 AS TEXT) = '' OR state = $4)
  AND (CAST($5 AS BIGINT) = 0 OR id < $5)
ORDER BY id DESC LIMIT $6)sql");

const db::Statement kDue("jobs.due", "SELECT 1 FROM jobs WHERE state = 'queued' AND run_at <= $1 LIMIT 1");

const db::Statement kClaim("jobs.claim", R"sql(
UPDATE jobs SET state = 'running', owner = $1, heartbeat = $2, started_at = $2, attempts = attempts + 1, progress = 0,
                total = 0, message = ''
WHERE id = (SELECT id FROM jobs WHERE state = 'queued' AND run_at <= $2 ORDER BY run_at, id LIMIT 1) AND owner IS NULL
RETURNING id)sql");

const db::Statement kOwns("jobs.owns", "SELECT 1 FROM jobs WHERE id = $1 AND owner = $2");

const db::Statement kBeat("jobs.beat", R"sql(
UPDATE jobs SET heartbeat = $3, progress = $4, total = $5, message = $6
WHERE id = $1 AND owner = $2
RETURNING cancel_asked)sql");

const db::Statement kRequeue("jobs.requeue", R"sql(
UPDATE jobs SET state = 'queued', owner = NULL, heartbeat = NULL, run_at = $3, attempts = $4, fault = $5
WHERE id = $1 AND owner = $2)sql");

const db::Statement kAbandoned("jobs.abandoned", R"sql(
SELECT id FROM jobs WHERE state = 'running' AND (heartbeat < $1 OR heartbeat > $2) ORDER BY id)sql");

const db::Statement kFinish("jobs.finish", R"sql(
UPDATE jobs SET state = $3, result = $4, fault = $5, finished_at = $6, owner = NULL, heartbeat = NULL
WHERE id = $1 AND owner = $2)sql");

const db::Statement kCancelQueued("jobs.cancel_queued", R"sql(
UPDATE jobs SET state = 'cancelled', finished_at = $2, cancel_asked = $3 WHERE id = $1 AND state = 'queued')sql");

const db::Statement kAskCancel("jobs.ask_cancel", "UPDATE jobs SET cancel_asked = $2 WHERE id = $1");

const db::Statement kSchedules("schedules.all",
                               "SELECT name, kind, input, minute, next_at FROM schedules ORDER BY name");

const db::Statement kPutSchedule("schedules.put", R"sql(
INSERT INTO schedules (name, kind, input, minute, next_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (name) DO UPDATE SET
  next_at = CASE WHEN schedules.minute = excluded.minute THEN schedules.next_at ELSE excluded.next_at END,
  kind = excluded.kind, input = excluded.input, minute = excluded.minute)sql");

const db::Statement kRemoveSchedule("schedules.remove", "DELETE FROM schedules WHERE name = $1");

const db::Statement kAdvance("schedules.advance",
                             "UPDATE schedules SET next_at = $3 WHERE name = $1 AND next_at = $2");

std::string fault_text(const std::optional<domain::JobFault>& fault) {
  if (!fault) return {};
  boost::json::object args;
  for (const auto& [name, value] : fault->args) args[name] = value;
  return boost::json::serialize(boost::json::object{{"key", fault->key}, {"args", std::move(args)}});
}

std::optional<domain::JobFault> fault_of(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto json = boost::json::parse(text);
  domain::JobFault fault{boost::json::value_to<std::string>(json.at("key")), {}};
  for (const auto& [name, value] : json.at("args").as_object())
    fault.args[std::string(name)] = boost::json::value_to<std::string>(value);
  return fault;
}

std::optional<Instant> optional_instant(const db::Row& row, int column) {
  return row.null(column) ? std::nullopt : std::optional(row.instant(column));
}

domain::Job job_of(const db::Row& row) {
  domain::Job job;
  job.id = row.integer(0);
  job.kind = row.text(1);
  job.state = domain::job_state(row.text(2));
  if (!row.null(3)) job.region_code = row.text(3);
  job.created_by = row.text(4);
  job.created_at = row.instant(5);
  job.input = row.text(6);
  job.result = row.text(7);
  job.fault = fault_of(row.text(8));
  job.progress = {row.integer(9), row.integer(10), row.text(11)};
  job.attempts = static_cast<int>(row.integer(12));
  job.run_at = row.instant(13);
  job.cancel_asked = row.boolean(14);
  job.owner = row.text(15);
  job.heartbeat = row.instant(16);
  job.started_at = optional_instant(row, 17);
  job.finished_at = optional_instant(row, 18);
  return job;
}

bool any(db::Connection& connection, const db::Statement& statement, db::Values values) {
  return connection.first(statement, values, [](const db::Row&) { return true; }).has_value();
}

// What is kept of a job for ever: no input, which may name people.
void audit_job(WriteTransaction& transaction, std::string_view action, const domain::Job& job,
               const std::optional<domain::JobFault>& fault = {}) {
  boost::json::object content{
      {"kind", job.kind}, {"state", domain::to_text(job.state)}, {"attempts", job.attempts}};
  if (job.region_code) content["region"] = *job.region_code;
  if (job.cancel_asked) content["cancel_asked"] = true;
  if (fault) content["fault"] = fault->key;
  transaction.audit(action, "job", std::to_string(job.id), boost::json::serialize(content));
}

}  // namespace

std::int64_t add_job(WriteTransaction& transaction, const domain::NewJob& wanted) {
  domain::Job job;
  job.id = transaction.next_sequence();
  job.kind = wanted.kind;
  job.region_code = wanted.region_code;
  audit_job(transaction, "create", job);
  transaction.connection().run(kAdd, {job.id, wanted.kind, wanted.region_code, transaction.actor(),
                                      transaction.now(), wanted.input, wanted.not_before, false});
  return job.id;
}

std::optional<domain::Job> find_job(db::Connection& connection, std::int64_t id) {
  return connection.first(kFind, {id}, job_of);
}

std::vector<domain::Job> list_jobs(db::Connection& connection, const JobFilter& filter) {
  std::vector<domain::Job> jobs;
  connection.each(
      kList,
      {filter.kind, filter.region_code, filter.created_by,
       filter.state ? domain::to_text(*filter.state) : std::string_view(), filter.before, filter.limit},
      [&](const db::Row& row) { jobs.push_back(job_of(row)); });
  return jobs;
}

bool job_is_due(db::Connection& connection, Instant now) {
  return any(connection, kDue, {now});
}

std::optional<domain::Job> claim_job(db::Connection& connection, const std::string& owner, Instant now) {
  const auto id = connection.first(kClaim, {owner, now}, [](const db::Row& row) { return row.integer(0); });
  return id ? find_job(connection, *id) : std::nullopt;
}

bool owns_job(db::Connection& connection, std::int64_t id, const std::string& owner) {
  return any(connection, kOwns, {id, owner});
}

std::optional<bool> beat_job(db::Connection& connection, std::int64_t id, const std::string& owner,
                             Instant now, const domain::JobProgress& progress) {
  return connection.first(kBeat, {id, owner, now, progress.done, progress.total, progress.message},
                          [](const db::Row& row) { return row.boolean(0); });
}

bool requeue_job(db::Connection& connection, std::int64_t id, const std::string& owner, Instant run_at,
                 int attempts, const std::optional<domain::JobFault>& fault) {
  return connection.run(kRequeue, {id, owner, run_at, attempts, fault_text(fault)}) > 0;
}

std::vector<domain::Job> abandoned_jobs(db::Connection& connection, Instant earliest, Instant latest) {
  std::vector<std::int64_t> ids;
  connection.each(kAbandoned, {earliest, latest}, [&](const db::Row& row) { ids.push_back(row.integer(0)); });
  std::vector<domain::Job> jobs;
  for (const auto id : ids)
    if (auto job = find_job(connection, id)) jobs.push_back(std::move(*job));
  return jobs;
}

bool finish_job(WriteTransaction& transaction, std::int64_t id, const std::string& owner, JobState state,
                const std::string& result, const std::optional<domain::JobFault>& fault) {
  auto& connection = transaction.connection();
  if (connection.run(kFinish,
                     {id, owner, domain::to_text(state), result, fault_text(fault), transaction.now()}) == 0)
    return false;
  audit_job(transaction, "change", *find_job(connection, id), fault);
  return true;
}

std::optional<JobState> cancel_job(WriteTransaction& transaction, std::int64_t id) {
  auto& connection = transaction.connection();
  auto job = find_job(connection, id);
  if (!job) return std::nullopt;
  if (domain::is_over(job->state) || job->cancel_asked) return job->state;
  if (connection.run(kCancelQueued, {id, transaction.now(), true}) > 0)
    job->state = JobState::Cancelled;
  else
    connection.run(kAskCancel, {id, true});
  job->cancel_asked = true;
  audit_job(transaction, "cancel", *job);
  return job->state;
}

std::vector<domain::Schedule> schedules(db::Connection& connection) {
  std::vector<domain::Schedule> list;
  connection.each(kSchedules, {}, [&](const db::Row& row) {
    list.push_back({row.text(0), row.text(1), row.text(2), static_cast<int>(row.integer(3)), row.instant(4)});
  });
  return list;
}

void put_schedule(db::Connection& connection, const domain::Schedule& schedule) {
  connection.run(kPutSchedule,
                 {schedule.name, schedule.kind, schedule.input, schedule.minute, schedule.next_at});
}

void remove_schedule(db::Connection& connection, const std::string& name) {
  connection.run(kRemoveSchedule, {name});
}

bool advance_schedule(db::Connection& connection, const domain::Schedule& schedule, Instant next) {
  return connection.run(kAdvance, {schedule.name, schedule.next_at, next}) > 0;
}

}  // namespace simpul::storage
