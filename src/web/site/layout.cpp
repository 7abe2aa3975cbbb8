#include <boost/json/serialize.hpp>

#include "base/log.hpp"
#include "web/assets.hpp"
#include "web/headers.hpp"
#include "web/site/site.hpp"

namespace simpul::web::site {
namespace {

// '<' as \u003c: no text of the register can close the script element or open a comment.
html::Fragment json_ld(const boost::json::value& value) {
  const std::string json = boost::json::serialize(value);
  std::string out = "<script type=\"application/ld+json\">";
  for (const char c : json) {
    if (c == '<')
      out += "\\u003c";
    else
      out += c;
  }
  return html::Fragment::trusted(out + "</script>");
}

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

const i18n::Language& language_of(const RequestContext& context) {
  return context.language ? *context.language
                          : i18n::best_language(context.request.header("accept-language"));
}

std::string title_of(const PageInfo& info) {
  return info.title.empty() ? std::string(kSiteName) : info.title + " · " + std::string(kSiteName);
}

// The page's own address in that language.
std::string own_address(const PageInfo& info, const i18n::Language& language) {
  return info.instead.empty() ? address(language, info.path, info.query)
                              : info.instead + "/" + language.code();
}

void fill_head(html::Page& page, const RequestContext& context, const PageInfo& info) {
  page.set("DIR", "ltr");
  page.set("TITLE", title_of(info));
  page.set("DESCRIPTION", info.description);
  page.set("CANONICAL", absolute(context, own_address(info, *context.language)));
  page.set("THEME", word(context.view.theme));
  page.show("THEME_AUTO", context.view.theme == Theme::Auto);
  page.show("THEME_LIGHT", context.view.theme == Theme::Light);
  page.show("THEME_DARK", context.view.theme == Theme::Dark);
  page.show("LOW_DATA", context.view.low_data);
  page.show("FULL_DATA", !context.view.low_data);
  page.show("NOINDEX", !info.index);
  page.set("CSS", asset_url("shared/site.css"));
  page.set("FONT", asset_url("plus-jakarta-sans-latin-wght-normal.woff2"));
  page.set("PAGE", info.kind);
  // Programs that show previews want whole addresses.
  if (!info.image.empty() && !context.site_url.empty())
    page.section("OG_IMAGE").set("OG_IMAGE_URL", absolute(context, info.image));
  page.section("FEED").set("FEED_URL", address(*context.language, "feed.atom"));
  for (const auto& source : info.styles) page.section("STYLE").set("STYLE_URL", asset_url(source));
  if (!context.view.low_data) {
    page.section("SCRIPT").set("SCRIPT_URL", asset_url("shared/boot.ts"));
    for (const auto& source : info.scripts) page.section("SCRIPT").set("SCRIPT_URL", asset_url(source));
  }
  for (const auto& value : info.structured) page.section("STRUCTURED").set("JSON_LD", json_ld(value));
  for (const auto& skip : info.skips) {
    auto& link = page.section("SKIP");
    link.set("SKIP_LABEL", skip.label);
    link.set("SKIP_TARGET", skip.url);
  }
}

void fill_languages(html::Page& page, const RequestContext& context, const PageInfo& info) {
  for (const auto& language : i18n::languages()) {
    const std::string url = own_address(info, language);
    if (info.index && info.status == 200) {
      auto& alternate = page.section("ALTERNATE");
      alternate.set("ALT_LANG", language.code());
      alternate.set("ALT_URL", absolute(context, url));
    }
    auto& item = page.section("LANGUAGE");
    item.set("LANGUAGE_CODE", language.code());
    item.set("LANGUAGE_URL", url);
    item.set("LANGUAGE_SHORT", language.code() == "id" ? "ID" : "EN");
    item.set("LANGUAGE_NAME", language.name());
    item.show("LANGUAGE_CURRENT", language.code() == context.language->code());
  }
  if (info.index && info.status == 200)
    page.section("X_DEFAULT").set("ALT_URL", absolute(context, own_address(info, i18n::languages().front())));
}

void fill_frame(html::Page& page, const RequestContext& context, const PageInfo& info) {
  page.show("CHROME", !info.framed);
  page.show("FRAMED", info.framed);
  page.set("THIS", own_address(info, *context.language));
  page.show("NAV_HOME", info.nav == Nav::Home);
  page.show("NAV_MAP", info.nav == Nav::Map);
  page.show("NAV_POTENTIALS", info.nav == Nav::Potentials);
  page.show("NAV_REGIONS", info.nav == Nav::Regions);
  page.show("NAV_COOPERATION", info.nav == Nav::Cooperation);
  page.show("NAV_DATA", info.nav == Nav::Data);
  if (info.breadcrumb && !info.path.empty()) {
    auto& trail = page.section("BREADCRUMB");
    auto& home = trail.section("CRUMB");
    home.set("CRUMB_LABEL", context.language->tr("Home"));
    home.set("CRUMB_URL", address(*context.language, ""));
    for (const auto& crumb : info.trail) {
      auto& item = trail.section("CRUMB");
      item.set("CRUMB_LABEL", crumb.label);
      item.set("CRUMB_URL", crumb.url);
    }
    trail.set("CRUMB_HERE", info.here.empty() ? info.title : info.here);
  }
  page.set("DATA_VERSION", context.snapshot ? context.snapshot->version() : "");
  Date date;
  if (context.snapshot) {
    const auto changed = context.snapshot->last_change();
    date = changed.microseconds ? wita_day(changed) : context.snapshot->today();
  }
  page.set("DATA_DATE", date.year ? context.language->date(date) : "");
}

}  // namespace

void load_site(bool strict) {
  std::vector<std::string> codes;
  for (const auto& language : i18n::languages()) codes.push_back(language.code());
  html::load_templates(
      codes,
      [](std::string_view code, std::string_view english) {
        const auto* language = i18n::find_language(code);
        return language ? language->tr(english) : std::string(english);
      },
      strict);
  html::set_global("ICONS", asset_url("shared/icons/icons.svg"));
}

std::string address(const i18n::Language& language, std::string_view path, std::string_view query) {
  std::string out = "/" + language.code() + "/" + std::string(path);
  if (!query.empty()) out += "?" + std::string(query);
  return out;
}

std::string absolute(const RequestContext& context, std::string_view address) {
  return std::string(context.site_url) + std::string(address);
}

html::Page page_of(const RequestContext& context, std::string name) {
  return html::Page(std::move(name), context.language->code());
}

http::Response render_page(const RequestContext& context, const PageInfo& info, const html::Fragment& main) {
  auto page = page_of(context, "site/layout.html");
  fill_head(page, context, info);
  fill_languages(page, context, info);
  fill_frame(page, context, info);
  page.set("MAIN", main);
  auto response = http::Response::text(info.status, "text/html; charset=utf-8", page.render());
  response.set("Content-Language", context.language->code());
  if (info.framed) response.set("Content-Security-Policy", std::string(kFramedContentSecurityPolicy));
  return response;
}

http::Response render_part(const RequestContext& context, const html::Fragment& part) {
  auto response = http::Response::text(200, "text/html; charset=utf-8", part.html());
  response.set("Content-Language", context.language->code());
  response.set("X-Robots-Tag", "noindex");
  return response;
}

http::Response see_other(std::string address) {
  auto response = http::Response::text(303, "text/plain; charset=utf-8", "");
  response.set("Location", std::move(address));
  return response;
}

http::Response error_page(const RequestContext& context, const Error& error) {
  const int status = http_status(error.kind);
  const auto& language = language_of(context);
  try {
    RequestContext here = context;
    here.language = &language;
    html::Page page("site/error.html", language.code());
    page.set("STATUS", static_cast<long long>(status));
    // An address that nothing stands at says no more than the heading does.
    const auto message = language.tr(error.key, error.args);
    if (message != language.tr("There is no such page")) page.section("SAID").set("MESSAGE", message);
    page.set("REQUEST", static_cast<long long>(context.request.id));
    page.show("NOT_FOUND", status == 404);
    page.show("FAULT", status >= 500);
    page.show("REFUSED", status < 500 && status != 404);
    PageInfo info;
    info.title = status == 404 ? language.tr("Page not found") : language.tr("This page cannot be shown");
    info.description = info.title;
    info.kind = "error";
    info.index = false;
    info.breadcrumb = false;
    info.status = status;
    return render_page(here, info, page.render_fragment());
  } catch (const std::exception& second) {
    spdlog::error("the error page failed: {}", quoted(second.what()));
    return http::Response::text(status, "text/plain; charset=utf-8",
                                language.tr(error.key, error.args) + "\n");
  }
}

}  // namespace simpul::web::site
