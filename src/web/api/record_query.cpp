#include "web/api/record_query.hpp"

#include <charconv>

#include "base/error.hpp"
#include "web/api/api.hpp"

namespace simpul::web::api {
namespace {

Error bad(const char* name) {
  return Error(ErrorKind::Invalid, "The query parameter {name} is not right", {{"name", name}});
}

// From 1; 0: not asked.
std::int64_t number_of(const http::Request& request, const char* name) {
  const auto text = parameter(request, name, 20);
  if (text.empty()) return 0;
  std::int64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || end != text.data() + text.size() || number < 1) throw bad(name);
  return number;
}

}  // namespace

storage::RecordFilter record_filter_of(const http::Request& request) {
  storage::RecordFilter filter;
  filter.regions = parameter_list(request, "region");
  filter.sectors = parameter_list(request, "sector");
  filter.groups = parameter_list(request, "group");
  filter.commodities = parameter_list(request, "commodity");
  filter.states = parameter_list(request, "state");
  for (const auto& state : filter.states) domain::record_state(state);
  filter.words = parameter(request, "q", 200);
  filter.confirm = parameter_list(request, "confirm");
  for (const auto& word : filter.confirm)
    if (word != "due" && word != "never") throw bad("confirm");
  filter.assignee = number_of(request, "assignee");
  filter.import = number_of(request, "import");
  filter.tag = parameter(request, "tag", 60);
  return filter;
}

storage::RecordOrder record_order_of(const http::Request& request) {
  const auto sort = parameter(request, "sort");
  if (sort.empty() || sort == "-changed") return storage::RecordOrder::ChangedDown;
  if (sort == "changed") return storage::RecordOrder::Changed;
  if (sort == "title") return storage::RecordOrder::Title;
  if (sort == "-title") return storage::RecordOrder::TitleDown;
  if (sort == "region") return storage::RecordOrder::Region;
  if (sort == "-region") return storage::RecordOrder::RegionDown;
  throw bad("sort");
}

service::Potentials::Task task_of(const http::Request& request) {
  const auto task = parameter(request, "task");
  if (task.empty()) return service::Potentials::Task::None;
  if (task == "mine") return service::Potentials::Task::Mine;
  if (task == "review") return service::Potentials::Task::Review;
  throw bad("task");
}

boost::json::value text_or_null(const std::string& text) {
  return text.empty() ? boost::json::value(nullptr) : boost::json::value(text);
}

boost::json::value number_or_null(std::int64_t number) {
  return number == 0 ? boost::json::value(nullptr) : boost::json::value(number);
}

}  // namespace simpul::web::api
