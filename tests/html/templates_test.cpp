// The templates as they are embedded: each bears its mark, and raw HTML enters only where it is listed here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "base/assets.hpp"
#include "html/page.hpp"
#include "html/template_set.hpp"

namespace simpul::html {
namespace {

// Every {{X:none}} of the templates, with what makes it. A new one needs a line here and a second pair of
// eyes.
const std::set<std::string> kRaw = {
    "site/agreements.html PROVENANCE",  // site/provenance.html
    "site/commodity.html COMPARED",     // site/chart_figure.html
    "site/chart_figure.html DRAWING",   // web/site/charts.cpp
    "site/commodity.html BY_REGION",    // site/chart_figure.html
    "site/commodity.html PROVENANCE",   // site/provenance.html
    "site/commodity.html TABLES",       // site/indicator_tables.html
    "site/home.html MAP",               // web/site/region_map.cpp
    "site/home.html MAP_LEGEND",        // web/site/region_map.cpp
    "site/home.html RING",              // web/site/charts.cpp
    "site/layout.html JSON_LD",         // Boost.JSON with < as \u003c, in its script element
    "site/layout.html MAIN",            // the page itself
    "site/map.html PANEL",              // site/map_indicator.html, site/map_layers.html
    "site/map.html POSTER",             // web/site/region_map.cpp
    "site/map_share.html MAIL_LINK",    // web/site/map_page.cpp, percent-encoded
    "site/map_share.html QR",           // web/site/qr.cpp
    "site/map_share_page.html PART",    // site/map_share.html
    "site/potential.html GALLERY",      // web/site/gallery.cpp
    "site/potential.html LOCATOR",      // web/site/region_map.cpp
    "site/potential.html PROVENANCE",   // site/provenance.html
    "site/region.html CHART",           // site/chart_figure.html
    "site/region.html GRDP_CHART",      // site/chart_figure.html
    "site/region.html GROUP_CHART",     // site/chart_figure.html
    "site/region.html PICTURE_SVG",     // web/site/region_map.cpp
    "site/region.html PROVENANCE",      // site/provenance.html
    "site/region.html RING",            // web/site/charts.cpp
    "site/region.html ROW_SERIES",      // web/site/charts.cpp
    "site/regions.html MAP",            // site/chart_figure.html
    "site/regions.html RING",           // web/site/charts.cpp
    "site/search.html LINE_TITLE",      // web/site/highlight.cpp
    "site/search.html SUMMARY",         // web/site/highlight.cpp
    "site/search.html TITLE",           // web/site/highlight.cpp
    "site/sector.html BY_REGION",       // site/chart_figure.html
    "site/sector.html PROVENANCE",      // site/provenance.html
    "site/sector.html TABLES",          // site/indicator_tables.html
};

TEST(EmbeddedTemplates, LoadInEveryLanguage) {
  EXPECT_NO_THROW(load_templates(
      {"id", "en"}, [](std::string_view, std::string_view text) { return std::string(text); }, true));
}

TEST(EmbeddedTemplates, RawHtmlEntersOnlyWhereListed) {
  std::set<std::string> found;
  for (const auto& asset : all_assets()) {
    if (!asset.path.starts_with("templates/")) continue;
    const std::string name(asset.path.substr(10));
    for (const auto& value : shape_of(name, asset.bytes).fragments) found.insert(name + " " + value);
  }
  EXPECT_EQ(found, kRaw);
}

}  // namespace
}  // namespace simpul::html
