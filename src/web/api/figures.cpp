// The published figures of the register, one after the other: each with unit, kind, year and source. From the
// snapshot: what is not published is not in it.
#include <algorithm>

#include "web/api/api.hpp"
#include "web/api/handlers.hpp"

namespace simpul::web::api {
namespace {

bool asked(const std::vector<std::string>& values, std::string_view value) {
  return values.empty() || std::ranges::find(values, value) != values.end();
}

}  // namespace

http::Response list_figures(const RequestContext& context) {
  const auto& request = context.request;
  only_parameters(request, {"limit", "cursor", "region", "commodity", "kind"});
  const auto regions = parameter_list(request, "region");
  const auto commodities = parameter_list(request, "commodity");
  const auto kinds = parameter_list(request, "kind");
  const auto limit = static_cast<std::size_t>(limit_of(request));
  // (number of the figure among those of its potential, slug): potentials stand by slug.
  const auto after = cursor_of(request);
  boost::json::array items;
  // Gives whether there is room for more.
  const auto add = [&](const domain::Potential& potential) {
    if (!asked(regions, potential.region_code) || !asked(commodities, potential.commodity)) return true;
    std::int64_t number = 0;
    for (const auto& figure : potential.figures) {
      ++number;
      // A figure without a year is stored and not given away (docs/decisions).
      if (!figure.year || !asked(kinds, figure.kind)) continue;
      if (potential.slug == after.key && number <= after.id) continue;
      if (items.size() == limit) return false;
      items.push_back(boost::json::object{{"potential", potential.slug},
                                          {"number", number},
                                          {"region", potential.region_code},
                                          {"commodity", potential.commodity},
                                          {"quantity", figure.quantity},
                                          {"unit", figure.unit},
                                          {"kind", figure.kind},
                                          {"year", *figure.year},
                                          {"source", figure.source}});
    }
    return true;
  };
  // Values that do not exist narrow nothing here; add() asks for them again.
  domain::Filter filter;
  filter.values[domain::facet_index("region")] = regions;
  filter.values[domain::facet_index("commodity")] = commodities;
  // So many at a time are put in order: most answers need no more.
  constexpr std::size_t kAtATime = 500;
  bool has_room = true, more = true;
  for (auto from = after.key; has_room && more;) {
    const auto ordinals = context.snapshot->all(filter, from, kAtATime);
    more = ordinals.size() == kAtATime;
    for (std::size_t i = 0; has_room && i < ordinals.size(); ++i) {
      const auto potential = context.snapshot->potential(ordinals[i]);
      from = potential.slug + '\0';
      has_room = add(potential);
    }
  }
  boost::json::value next(nullptr);
  if (!has_room) {
    const auto& last = items.back().as_object();
    next = cursor(last.at("number").as_int64(), std::string(last.at("potential").as_string()));
  }
  return json(200, boost::json::object{{"items", std::move(items)}, {"next", next}});
}

}  // namespace simpul::web::api
