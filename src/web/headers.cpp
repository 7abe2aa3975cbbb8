#include "web/headers.hpp"

namespace simpul::web {

namespace {

std::string_view cache_control(Cache cache) {
  switch (cache) {
    case Cache::Page:
      return "public, max-age=0, must-revalidate";
    case Cache::Tile:
      return "public, max-age=60, must-revalidate";
    case Cache::Asset:
      return "public, max-age=31536000, immutable";
    case Cache::None:
      break;
  }
  return "no-store";
}

std::string_view vary(Cache cache) {
  switch (cache) {
    case Cache::Page:
      return "Accept-Encoding, Cookie, Save-Data";
    case Cache::Tile:
    case Cache::Asset:
      return "Accept-Encoding";
    case Cache::None:
      break;
  }
  return "";
}

}  // namespace

void add_headers(http::Response& response, Cache cache) {
  const auto add = [&response](std::string_view name, std::string_view value) {
    if (!value.empty() && response.header(name).empty())
      response.headers.emplace_back(std::string(name), std::string(value));
  };
  if (response.status >= 400) response.set("Cache-Control", "no-store");
  add("Cache-Control", cache_control(cache));
  add("Vary", vary(cache));
  add("Content-Security-Policy", kContentSecurityPolicy);
  add("X-Content-Type-Options", "nosniff");
  add("Referrer-Policy", "strict-origin-when-cross-origin");
  add("Cross-Origin-Opener-Policy", "same-origin");
  add("Permissions-Policy", "camera=(), microphone=(), payment=(), usb=(), geolocation=(self)");
  // Tiles are open data without credentials: any site may draw them. Everything else stays with its own site.
  if (cache == Cache::Tile) add("Access-Control-Allow-Origin", "*");
}

}  // namespace simpul::web
