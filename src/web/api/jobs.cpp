#include "web/api/jobs.hpp"

#include <algorithm>
#include <cmath>

#include "base/error.hpp"
#include "service/sessions.hpp"
#include "web/api/api.hpp"
#include "web/api/handlers.hpp"

namespace simpul::web::api {

boost::json::object job_json(const RequestContext& context, const domain::Job& job) {
  const auto& language = language_of(context);
  boost::json::value fault(nullptr), rate(nullptr), left(nullptr), about(nullptr);
  if (job.fault)
    fault = boost::json::object{{"key", job.fault->key},
                                {"message", language.tr(job.fault->key, job.fault->args)}};
  // Speed and time left, while it is at work and has done something.
  if (job.state == domain::JobState::Running && job.started_at && job.progress.done > 0) {
    const auto seconds = static_cast<double>(job.heartbeat.microseconds - job.started_at->microseconds) / 1e6;
    if (seconds > 0.2) {
      const auto speed = static_cast<double>(job.progress.done) / seconds;
      rate = std::round(speed * 10) / 10;
      if (job.progress.total > job.progress.done)
        left = static_cast<std::int64_t>(
            std::ceil(static_cast<double>(job.progress.total - job.progress.done) / speed));
    }
  }
  boost::system::error_code error;
  const auto input = boost::json::parse(job.input, error);
  if (!error && input.is_object())
    if (const auto* import = input.as_object().if_contains("import"))
      about = boost::json::object{{"import", *import}};
  return {{"id", job.id},
          {"kind", job.kind},
          {"state", domain::to_text(job.state)},
          {"region", job.region_code ? boost::json::value(*job.region_code) : boost::json::value(nullptr)},
          {"created_by", job.created_by},
          {"created_at", to_iso(job.created_at)},
          {"started_at", instant(job.started_at)},
          {"finished_at", instant(job.finished_at)},
          {"progress", job.progress.done},
          {"total", job.progress.total},
          {"rate", rate},
          {"seconds_left", left},
          {"message", job.progress.message.empty() ? "" : language.tr(job.progress.message)},
          {"fault", std::move(fault)},
          {"result", job.result.empty() ? boost::json::value(nullptr) : boost::json::parse(job.result)},
          {"about", std::move(about)},
          {"cancel_asked", job.cancel_asked}};
}

http::Response list_jobs(const RequestContext& context) {
  const auto& request = context.request;
  only_parameters(request, {"limit", "cursor", "state", "kind"});
  storage::JobFilter filter;
  filter.kind = parameter(request, "kind", 60);
  if (const auto state = parameter(request, "state", 20); !state.empty()) {
    constexpr std::string_view kStates[] = {"queued", "running", "done", "failed", "cancelled"};
    if (std::ranges::find(kStates, state) == std::end(kStates))
      throw Error(ErrorKind::Invalid, "The query parameter {name} is not right", {{"name", "state"}});
    filter.state = domain::job_state(state);
  }
  filter.before = cursor_of(request).id;
  const int limit = limit_of(request);
  filter.limit = limit + 1;
  auto jobs = service::list_jobs(context.services->store, context.visitor->actor, filter);
  boost::json::value next(nullptr);
  if (jobs.size() > static_cast<std::size_t>(limit)) {
    jobs.pop_back();
    next = api::cursor(jobs.back().id, "");
  }
  boost::json::array items;
  for (const auto& job : jobs) items.push_back(job_json(context, job));
  return json(200, boost::json::object{{"items", std::move(items)}, {"next", next}});
}

http::Response get_job(const RequestContext& context) {
  only_parameters(context.request, {});
  return json(200, job_json(context, service::get_job(context.services->store, context.visitor->actor,
                                                      id_of(context.captured))));
}

http::Response cancel_job(const RequestContext& context) {
  auto& services = *context.services;
  return json(200,
              job_json(context, service::cancel_job(services.store, services.jobs, context.visitor->actor,
                                                    id_of(context.captures[0]))));
}

}  // namespace simpul::web::api
