// A job as JSON, for the handlers of jobs and of what makes them.
#pragma once

#include <boost/json.hpp>

#include "domain/job.hpp"
#include "service/job_list.hpp"
#include "web/route.hpp"

namespace simpul::web::api {

boost::json::object job_json(const RequestContext& context, const domain::Job& job);

}  // namespace simpul::web::api
