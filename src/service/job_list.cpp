#include "service/job_list.hpp"

#include "base/error.hpp"
#include "service/imports.hpp"

namespace simpul::service {
namespace {

// Who runs the installation sees what everybody's jobs are doing.
bool sees_all(const domain::Actor& actor) {
  return actor.scope == domain::Scope::Province && actor.rights.has(domain::Right::Settings);
}

}  // namespace

std::vector<domain::Job> list_jobs(storage::Store& store, const domain::Actor& actor,
                                   storage::JobFilter filter) {
  if (!sees_all(actor)) filter.created_by = actor.name;
  std::vector<domain::Job> jobs;
  store.read([&](db::Connection& connection) { jobs = storage::list_jobs(connection, filter); });
  return jobs;
}

domain::Job get_job(storage::Store& store, const domain::Actor& actor, std::int64_t id) {
  std::optional<domain::Job> job;
  store.read([&](db::Connection& connection) { job = storage::find_job(connection, id); });
  if (!job || (job->created_by != actor.name && !sees_all(actor)))
    throw Error(ErrorKind::NotFound, "There is no such job");
  return std::move(*job);
}

domain::Job cancel_job(storage::Store& store, Jobs& jobs, const domain::Actor& actor, std::int64_t id) {
  const auto job = get_job(store, actor, id);
  jobs.cancel(actor, id);
  // What a run has written until now goes away soon, not only in the night.
  if (job.kind == kImportRun) {
    domain::NewJob clean;
    clean.kind = kImportClean;
    clean.not_before = {system_clock().now().microseconds + 3'000'000};
    jobs.enqueue(domain::program("import"), clean);
  }
  return get_job(store, actor, id);
}

}  // namespace simpul::service
