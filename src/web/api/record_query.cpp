#include "web/api/record_query.hpp"

#include "base/error.hpp"
#include "web/api/api.hpp"

namespace simpul::web::api {

storage::RecordFilter record_filter_of(const http::Request& request) {
  storage::RecordFilter filter;
  filter.regions = parameter_list(request, "region");
  filter.sectors = parameter_list(request, "sector");
  filter.groups = parameter_list(request, "group");
  filter.commodities = parameter_list(request, "commodity");
  filter.states = parameter_list(request, "state");
  for (const auto& state : filter.states) domain::record_state(state);
  filter.words = parameter(request, "q", 200);
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
  throw Error(ErrorKind::Invalid, "The query parameter {name} is not right", {{"name", "sort"}});
}

}  // namespace simpul::web::api
