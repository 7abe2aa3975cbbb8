#include "html/page.hpp"
#include "i18n/translator.hpp"
#include "web/assets.hpp"
#include "web/office/routes.hpp"
#include "web/services.hpp"

namespace simpul::web::office {
namespace {

constexpr std::string_view kEntry = "office/main.ts";

std::string_view word(Theme theme) {
  switch (theme) {
    case Theme::Light:
      return "light";
    case Theme::Dark:
      return "dark";
    case Theme::Auto:
      break;
  }
  return "auto";
}

// The app's own switch keeps the choice in the cookie `lang`; without it the office speaks Indonesian,
// whatever the browser prefers: these are civil servants of one province.
const i18n::Language& language_of(const http::Request& request) {
  const auto* chosen = i18n::find_language(request.cookie("lang"));
  return chosen != nullptr ? *chosen : i18n::languages().front();
}

http::Response shell(const RequestContext& context) {
  const auto& language = language_of(context.request);
  html::Page page("office/shell.html", language.code());
  page.set("THEME", word(context.view.theme));
  page.show("THEME_AUTO", context.view.theme == Theme::Auto);
  page.show("THEME_LIGHT", context.view.theme == Theme::Light);
  page.show("THEME_DARK", context.view.theme == Theme::Dark);
  page.set("ICONS", asset_url("office/icons.svg"));
  page.set("FONT", asset_url("plus-jakarta-sans-latin-wght-normal.woff2"));
  for (const auto& url : asset_styles(kEntry)) page.section("STYLE").set("STYLE_URL", url);
  for (const auto& url : asset_imports(kEntry)) page.section("PRELOAD").set("PRELOAD_URL", url);
  page.set("SCRIPT", asset_url(kEntry));
  const bool mail = context.services != nullptr && context.services->outbox.on();
  page.set("MAIL", mail ? "on" : "off");
  auto response = http::Response::text(200, "text/html; charset=utf-8", page.render());
  response.set("Content-Language", language.code());
  response.set("X-Robots-Tag", "noindex");
  // The token of a one-time link stands in the fragment; no address of the office leaves it all the same.
  response.set("Referrer-Policy", "same-origin");
  return response;
}

constexpr Route kRoutes[] = {
    {.method = "GET", .path = "/kantor/", .handler = shell, .operation = "office.home", .cache = Cache::None},
    {.method = "GET",
     .path = "/kantor/{path...}",
     .handler = shell,
     .operation = "office.shell",
     .cache = Cache::None},
};

}  // namespace

std::span<const Route> routes() {
  return kRoutes;
}

}  // namespace simpul::web::office
