// The form of facets beside a list, the chips of the filters in use, the notices and the paging. Used by the
// list of potentials; the map page takes the chips.
#pragma once

#include <string>
#include <string_view>

#include "catalog/snapshot.hpp"
#include "html/page.hpp"
#include "web/route.hpp"
#include "web/site/list_state.hpp"

namespace simpul::web::site {

// {{#FACET}}: FACET_NAME FACET_LABEL, sections FACET_LONG or FACET_SHORT around OPTION{OPTION_VALUE
// OPTION_NAME OPTION_COUNT OPTION_CHECKED OPTION_DISABLED OPTION_MARK{GROUP}}; section FACET_OPEN when a
// value is chosen.
void fill_facets(html::Page& page, const RequestContext& context, const catalog::Result& result);

// {{#APPLIED}}: APPLIED_KIND APPLIED_NAME REMOVE_URL; `path` is the page that the links lead to ("potensi",
// "peta").
void fill_applied(html::Page& page, const RequestContext& context, const ListState& state,
                  std::string_view path);

// {{#HIDDEN}}: HIDDEN_NAME HIDDEN_VALUE for each part of the state but the names in `leave_out` (by comma).
void fill_hidden(html::Page& page, const ListState& state, std::string_view leave_out);

// {{#PAGES}}: PREVIOUS{PAGE_URL} NEXT{PAGE_URL} PAGE_ITEM{PAGE_LINK{PAGE_NUMBER PAGE_URL} |
// PAGE_HERE{PAGE_NUMBER} | PAGE_GAP}. Nothing for a single page.
void fill_pages(html::Page& page, const RequestContext& context, const ListState& state, std::size_t total);

}  // namespace simpul::web::site
