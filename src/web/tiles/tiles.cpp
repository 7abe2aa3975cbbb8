#include <algorithm>
#include <charconv>

#include "base/error.hpp"
#include "web/tiles/query.hpp"
#include "web/tiles/routes.hpp"

namespace simpul::web::tiles {

namespace {

std::uint32_t whole_number(std::string_view text) {
  std::uint32_t value = 0;
  const auto [stop, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc() || stop != text.data() + text.size() || text.empty())
    throw Error(ErrorKind::Invalid, "“{value}” is not the number of a tile", {{"value", std::string(text)}});
  return value;
}

http::Response tile(const RequestContext& context) {
  const auto [layer, z, x, y] = context.captures;
  // A zoom too large for the grid is the catalogue's to refuse, like a column or row.
  const auto zoom = static_cast<int>(std::min(whole_number(z), 99U));
  auto bytes = context.snapshot->tile(layer, zoom, whole_number(x), whole_number(y), strict_filter(context),
                                      language_of(context).code());
  if (bytes.empty()) {
    http::Response nothing;
    nothing.status = 204;
    return nothing;
  }
  return http::Response::text(200, "application/vnd.mapbox-vector-tile", std::move(bytes));
}

// Style first: it is a literal where the others capture.
constexpr Route kRoutes[] = {
    {.method = "GET",
     .path = "/tiles/style.json",
     .handler = style,
     .operation = "tiles.style",
     .cache = Cache::Tile,
     .parameters = "lang,theme"},
    {.method = "GET",
     .path = "/tiles/{layer}.json",
     .handler = tile_json,
     .operation = "tiles.tilejson",
     .cache = Cache::Tile,
     .parameters = "lang",
     .filtered = true},
    {.method = "GET",
     .path = "/tiles/{layer}/{z}/{x}/{y}.mvt",
     .handler = tile,
     .operation = "tiles.tile",
     .cache = Cache::Tile,
     .parameters = "lang",
     .filtered = true},
};

}  // namespace

std::span<const Route> routes() {
  return kRoutes;
}

domain::Filter strict_filter(const RequestContext& context) {
  std::vector<domain::FilterNotice> notices;
  auto filter = domain::parse_filter(context.request.query, notices);
  if (notices.empty() && !filter.empty()) notices = context.snapshot->unknown(filter);
  if (!notices.empty())
    throw Error(ErrorKind::Invalid, "There is no {name} “{value}”",
                {{"name", notices.front().name}, {"value", notices.front().value}});
  return filter;
}

const i18n::Language& language_of(const RequestContext& context) {
  const auto* asked = context.request.parameter("lang");
  const auto* language = i18n::find_language(asked ? std::string_view(*asked) : "id");
  if (!language)
    throw Error(ErrorKind::Invalid, "There is no {name} “{value}”", {{"name", "lang"}, {"value", *asked}});
  return *language;
}

}  // namespace simpul::web::tiles
