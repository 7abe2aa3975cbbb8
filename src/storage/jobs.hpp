// The SQL of jobs and schedules. What a person or the end of a job changes goes through a WriteTransaction
// with an audit entry (noun "job", key = its id); claims, heartbeats and progress through Store::housekeep().
// Used by service/jobs, and by services that make a job in the transaction of what it follows from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/job.hpp"
#include "storage/store.hpp"

namespace simpul::storage {

// Queues a job in the name of the transaction's actor; gives its id. Its input stands in no audit entry.
// Error Conflict: there is no such region.
std::int64_t add_job(WriteTransaction& transaction, const domain::NewJob& job);

// Empty members: any.
struct JobFilter {
  std::string kind;
  std::string region_code;
  std::string created_by;
  std::optional<domain::JobState> state;
  std::int64_t before = 0;  // ids below it only; 0: from the newest on
  int limit = 50;
};

std::optional<domain::Job> find_job(db::Connection& connection, std::int64_t id);
std::vector<domain::Job> list_jobs(db::Connection& connection, const JobFilter& filter);  // newest first

// --- the life of a job
// ------------------------------------------------------------------------------------------

bool job_is_due(db::Connection& connection, Instant now);
// Takes the oldest job that is due; from now on `owner` has to beat for it. nullopt: none is due.
std::optional<domain::Job> claim_job(db::Connection& connection, const std::string& owner, Instant now);
bool owns_job(db::Connection& connection, std::int64_t id, const std::string& owner);
// Says that the owner lives and how far it is; gives whether somebody asked to cancel. nullopt: it is not the
// owner's any more.
std::optional<bool> beat_job(db::Connection& connection, std::int64_t id, const std::string& owner,
                             Instant now, const domain::JobProgress& progress);
// Gives the job back to be run again, not before `run_at`; `attempts` begun so far. false: not the owner's
// any more.
bool requeue_job(db::Connection& connection, std::int64_t id, const std::string& owner, Instant run_at,
                 int attempts, const std::optional<domain::JobFault>& fault);
// Running jobs whose owner did not beat between the two instants (a clock may jump both ways).
std::vector<domain::Job> abandoned_jobs(db::Connection& connection, Instant earliest, Instant latest);

// Ends the job of this owner as Done, Failed or Cancelled, with an audit entry. false, and nothing is
// changed: it is not the owner's any more.
bool finish_job(WriteTransaction& transaction, std::int64_t id, const std::string& owner,
                domain::JobState state, const std::string& result,
                const std::optional<domain::JobFault>& fault);
// A queued job is cancelled, a running one is asked to stop; audited in the name of the actor. Gives the
// state after; a job that is over stays as it is. nullopt: no such job.
std::optional<domain::JobState> cancel_job(WriteTransaction& transaction, std::int64_t id);

// --- schedules
// ----------------------------------------------------------------------------------------------------

std::vector<domain::Schedule> schedules(db::Connection& connection);  // by name
// Makes or changes it; next_at is kept when only the input differs.
void put_schedule(db::Connection& connection, const domain::Schedule& schedule);
void remove_schedule(db::Connection& connection, const std::string& name);
// Moves next_at on; false: somebody else did so first.
bool advance_schedule(db::Connection& connection, const domain::Schedule& schedule, Instant next);

}  // namespace simpul::storage
