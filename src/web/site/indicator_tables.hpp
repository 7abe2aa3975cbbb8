// Values of indicators as tables, one for each indicator, newest first, each value with its year and source.
// Used by the pages of business fields and commodities.
#pragma once

#include <string>
#include <vector>

#include "html/page.hpp"
#include "web/route.hpp"

namespace simpul::web::site {

// Values without a year are left out. The tables of values of the whole province come first.
html::Fragment indicator_tables(const RequestContext& context,
                                std::vector<const domain::IndicatorValue*> values);

// The indicator and year that most regions have a value of (at least three), as bars; of equals the newest.
// Empty: none.
html::Fragment regions_compared(const RequestContext& context,
                                const std::vector<const domain::IndicatorValue*>& values,
                                const std::string& group);

}  // namespace simpul::web::site
