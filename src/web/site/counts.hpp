// Potentials counted by region, drawn as bars with a table beside them. Used by the pages of business fields
// and commodities.
#pragma once

#include <string>

#include "domain/filter.hpp"
#include "html/page.hpp"
#include "web/route.hpp"

namespace simpul::web::site {

// Regions with none are left out; the largest first. Empty when there is none at all.
html::Fragment potentials_by_region(const RequestContext& context, const domain::Filter& filter,
                                    const std::string& group);
// The first potentials of the filter as rows, by title.
std::vector<domain::Potential> first_potentials(const RequestContext& context, const domain::Filter& filter,
                                                std::size_t limit, std::size_t* total = nullptr);

}  // namespace simpul::web::site
