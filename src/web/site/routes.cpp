#include "web/site/routes.hpp"

#include <vector>

#include "web/site/page_routes.hpp"
#include "web/site/site.hpp"

namespace simpul::web::site {
namespace {

// "/": to the visitor's language.
http::Response start_page(const RequestContext& context) {
  auto response = see_other(address(i18n::best_language(context.request.header("accept-language")), ""));
  response.status = 302;
  response.set("Vary", "Accept-Language");
  return response;
}

constexpr Route kStartRoutes[] = {
    {.method = "GET", .path = "/", .handler = start_page, .operation = "site.start", .cache = Cache::None}};

}  // namespace

std::span<const Route> site_routes() {
  static const std::vector<Route> routes = [] {
    std::vector<Route> all(std::begin(kStartRoutes), std::end(kStartRoutes));
    all.insert(all.end(), std::begin(kPlaceRoutes), std::end(kPlaceRoutes));
    all.insert(all.end(), std::begin(kPageRoutes), std::end(kPageRoutes));
    return all;
  }();
  return routes;
}

}  // namespace simpul::web::site
