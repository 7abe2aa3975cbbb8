#include "service/exports.hpp"

#include <algorithm>
#include <charconv>

#include "base/error.hpp"
#include "web/api/api.hpp"
#include "web/api/handlers.hpp"
#include "web/api/record_query.hpp"

namespace simpul::web::api {
namespace {

constexpr const char* kXlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

std::vector<std::int64_t> ids_of(const http::Request& request) {
  const Error bad(ErrorKind::Invalid, "The query parameter {name} is not right", {{"name", "ids"}});
  std::vector<std::int64_t> ids;
  for (const auto& text : parameter_list(request, "ids", 20 * service::kMostNamed)) {
    std::int64_t id = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (fault != std::errc() || end != text.data() + text.size() || id < 1) throw bad;
    if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
  }
  if (ids.size() > service::kMostNamed || (ids.empty() && request.parameter("ids") != nullptr)) throw bad;
  return ids;
}

service::ExportChoice choice_of(const RequestContext& context) {
  const auto& request = context.request;
  // Records that are named need no filter.
  if (request.parameter("ids") != nullptr) {
    only_parameters(request, {"ids"});
    return {.filter = {}, .ids = ids_of(request)};
  }
  only_parameters(request, {"sort", "q", "region", "sector", "group", "commodity", "state", "confirm",
                            "assignee", "tag", "import"});
  return {.filter = record_filter_of(request), .order = record_order_of(request), .ids = {}};
}

http::Response file(const char* name, const char* type, service::Exports::File made) {
  auto response = http::Response::of_file(type, std::move(made));
  response.set("Content-Disposition", std::string("attachment; filename=\"") + name + "\"");
  return response;
}

}  // namespace

http::Response export_csv(const RequestContext& context) {
  return file(
      "potensi.csv", "text/csv; charset=utf-8",
      context.services->exports.csv(context.visitor->actor, choice_of(context), language_of(context)));
}

http::Response export_xlsx(const RequestContext& context) {
  return file(
      "potensi.xlsx", kXlsx,
      context.services->exports.xlsx(context.visitor->actor, choice_of(context), language_of(context)));
}

http::Response export_geojson(const RequestContext& context) {
  return file("potensi.geojson", "application/geo+json",
              context.services->exports.geojson(context.visitor->actor, choice_of(context)));
}

http::Response export_geopackage(const RequestContext& context) {
  return file("potensi.gpkg", "application/geopackage+sqlite3",
              context.services->exports.geopackage(context.visitor->actor, choice_of(context)));
}

http::Response export_template(const RequestContext& context) {
  only_parameters(context.request, {"region", "rows"});
  const auto rows = parameter(context.request, "rows", 1);
  if (!rows.empty() && rows != "0" && rows != "1")
    throw Error(ErrorKind::Invalid, "The query parameter {name} is not right", {{"name", "rows"}});
  auto region = parameter(context.request, "region", 10);
  if (region.empty()) region = context.visitor->actor.region;
  return file("templat-potensi.xlsx", kXlsx,
              context.services->exports.template_xlsx(context.visitor->actor, region, rows == "1",
                                                      language_of(context)));
}

}  // namespace simpul::web::api
