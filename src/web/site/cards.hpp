// A potential as a row of a list or as a card, and the provenance box that ends every entity page. Used by
// all pages that show potentials.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "catalog/snapshot.hpp"
#include "html/page.hpp"
#include "web/route.hpp"

namespace simpul::web::site {

// Fills a template that shows one potential (site/result.html, site/card.html, site/map_card.html ...):
//   SLUG URL TITLE TITLE_LANG SUMMARY SUMMARY_LANG GROUP GROUP_NAME REGION_NAME REGION_URL STATUS STATUS_ICON
//   STATUS_NAME GROUP_URL
void fill_potential(html::Page& page, const RequestContext& context, const domain::Potential& potential);

// UNCONFIRMED, or STALE{STALE_TEXT} when the confirmation is past its term.
void show_confirmation(html::Page& page, const i18n::Language& language, const domain::Potential& potential);

// One more `section` for each, with {{>CARD}} of `file` (site/result.html, site/card.html), which has beside
// those names the sections COMMODITY{COMMODITY_NAME} APPROXIMATE UNCONFIRMED STALE FIGURE{FIGURE_VALUE
// FIGURE_KIND FIGURE_YEAR FIGURE_SOURCE}.
void add_items(html::Page& page, std::string_view section, std::string_view file,
               const RequestContext& context, std::span<const domain::Potential> potentials);

// The box "where this comes from": site/provenance.html.
struct Provenance {
  std::vector<std::string> sources;
  std::string confirmed;             // in words; empty: not confirmed by the region
  std::string changed;               // date in words, or empty
  int completeness = -1;             // per cent; -1: not told
  std::vector<std::string> missing;  // in words
  std::string licence;
  std::string geojson_url;  // or empty
  std::string note;         // doubts, in Indonesian, or empty
};
html::Fragment provenance_box(const RequestContext& context, const Provenance& provenance);

}  // namespace simpul::web::site
