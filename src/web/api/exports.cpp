#include "service/exports.hpp"

#include "base/error.hpp"
#include "web/api/api.hpp"
#include "web/api/handlers.hpp"
#include "web/api/record_query.hpp"

namespace simpul::web::api {
namespace {

constexpr const char* kXlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

struct Asked {
  const domain::Actor& actor;
  storage::RecordFilter filter;
  storage::RecordOrder order;
};

Asked asked(const RequestContext& context) {
  only_parameters(context.request, {"sort", "q", "region", "sector", "group", "commodity", "state", "confirm",
                                    "assignee", "tag"});
  return {context.visitor->actor, record_filter_of(context.request), record_order_of(context.request)};
}

http::Response file(const char* name, const char* type, std::string bytes) {
  auto response = http::Response::text(200, type, std::move(bytes));
  response.set("Content-Disposition", std::string("attachment; filename=\"") + name + "\"");
  return response;
}

}  // namespace

http::Response export_csv(const RequestContext& context) {
  auto of = asked(context);
  return file("potensi.csv", "text/csv; charset=utf-8",
              context.services->exports.csv(of.actor, of.filter, of.order, language_of(context)));
}

http::Response export_xlsx(const RequestContext& context) {
  auto of = asked(context);
  return file("potensi.xlsx", kXlsx,
              context.services->exports.xlsx(of.actor, of.filter, of.order, language_of(context)));
}

http::Response export_geojson(const RequestContext& context) {
  auto of = asked(context);
  return file("potensi.geojson", "application/geo+json",
              context.services->exports.geojson(of.actor, of.filter, of.order));
}

http::Response export_geopackage(const RequestContext& context) {
  auto of = asked(context);
  return file("potensi.gpkg", "application/geopackage+sqlite3",
              context.services->exports.geopackage(of.actor, of.filter, of.order));
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
