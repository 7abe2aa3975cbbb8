// The frame of the public website: what every page handler of this folder uses to answer. A handler fills its
// own template, and render_page() puts it into templates/site/layout.html. routes.hpp is the table of all
// pages.
#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "html/page.hpp"
#include "i18n/translator.hpp"
#include "web/route.hpp"

namespace simpul::web::site {

// The same in every language.
inline constexpr std::string_view kSiteName = "Potensi Sultra";

// Loads the templates in every language and gives them the address of the icon sprite. Once, at start, before
// the first request; `strict` in tests: a name that nobody set is an error.
void load_site(bool strict);

struct Crumb {
  std::string label;
  std::string url;
};

// The item of the main menu that is lit.
enum class Nav { None, Home, Map, Potentials, Regions, Cooperation, Data };

struct PageInfo {
  std::string title;         // without the name of the site; empty: the name alone
  std::string description;   // one sentence, for search engines
  std::string path;          // after the language: "" (home), "potensi", "potensi/kolaka-ipip"
  std::string query;         // canonical, without '?'; kept by the language switch
  std::string instead = {};  // "/kantor/pratinjau/7": not /{lang}/path, but this with the language behind it
  std::vector<Crumb> trail = {};  // between home and this page
  bool breadcrumb = true;
  std::string here = {};  // the last crumb; empty: the title
  Nav nav = Nav::None;
  std::string kind = "page";  // class of the body: "page-home"
  std::string image = {};     // address of a picture for previews; empty: none
  bool index = true;          // false: search engines leave it out
  bool framed = false;        // without header and footer, and any site may frame it
  int status = 200;
  std::vector<boost::json::value> structured = {};  // JSON-LD
  std::vector<std::string> scripts = {};            // beside boot.ts, by source: "shared/chart.ts"
  std::vector<std::string> styles = {};             // by source: "shared/css/map.css"
  std::vector<Crumb> skips = {};                    // further skip links: label, id of the target
};

// The whole page, status and headers. Content-Type and Content-Language are set; caching is the dispatcher's.
http::Response render_page(const RequestContext& context, const PageInfo& info, const html::Fragment& main);

// A part of a page (answers to fragment=...): no frame, not indexed.
http::Response render_part(const RequestContext& context, const html::Fragment& part);

// 303 to an address of this site.
http::Response see_other(std::string address);

// The page that stands for an error, in the language of the path, else of Accept-Language. Never throws.
http::Response error_page(const RequestContext& context, const Error& error);

// A template of the context's language. `name`: "site/home.html".
html::Page page_of(const RequestContext& context, std::string name);

// "/id/potensi?group=laut"; `query` without '?', may be empty.
std::string address(const i18n::Language& language, std::string_view path, std::string_view query = {});
// The same with the scheme and host in front when they are known.
std::string absolute(const RequestContext& context, std::string_view address);

}  // namespace simpul::web::site
