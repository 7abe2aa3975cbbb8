#include "web/status.hpp"

#include <array>

#include "base/error.hpp"
#include "web/metrics.hpp"

namespace simpul::web {

namespace {

constexpr auto kText = "text/plain; charset=utf-8";

http::Response health(const RequestContext&) {
  return http::Response::text(200, kText, "ok\n");
}

http::Response ready(const RequestContext& context) {
  if (context.snapshot) return http::Response::text(200, kText, "ready\n");
  return http::Response::text(503, kText, "not yet\n");
}

http::Response metrics(const RequestContext& context) {
  if (context.metrics == nullptr) throw Error(ErrorKind::NotFound, "There is no such page");
  return http::Response::text(200, "text/plain; version=0.0.4; charset=utf-8", context.metrics->text());
}

constexpr std::array kRoutes{
    Route{"GET", "/healthz", health, "status.health", Access::Public, Work::Inline, Cache::None},
    Route{"GET", "/readyz", ready, "status.ready", Access::Public, Work::Inline, Cache::None},
    Route{"GET", "/metrics", metrics, "status.metrics", Access::Public, Work::Inline, Cache::None}};

}  // namespace

std::span<const Route> status_routes() {
  return kRoutes;
}

}  // namespace simpul::web
