// Jobs as people see them: their own, administrators all. Used by web/api.
#pragma once

#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "domain/job.hpp"
#include "service/jobs.hpp"
#include "storage/jobs.hpp"
#include "storage/store.hpp"

namespace simpul::service {

std::vector<domain::Job> list_jobs(storage::Store& store, const domain::Actor& actor,
                                   storage::JobFilter filter);
// Error NotFound: there is none, or not for this actor.
domain::Job get_job(storage::Store& store, const domain::Actor& actor, std::int64_t id);
// Asks it to stop and gives it as it is then. Error NotFound; Conflict: it is over already.
domain::Job cancel_job(storage::Store& store, Jobs& jobs, const domain::Actor& actor, std::int64_t id);

}  // namespace simpul::service
