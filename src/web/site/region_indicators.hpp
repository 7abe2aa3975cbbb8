// The indicators of a region as the page shows them: the latest value of each with year and source, the
// series with three or more years, and GRDP by business field. Values without a year are left out.
#pragma once

#include <string>
#include <vector>

#include "catalog/snapshot.hpp"
#include "html/page.hpp"
#include "i18n/translator.hpp"

namespace simpul::web::site {

// All values of one indicator (with its business field and commodity) of one region, by year.
struct IndicatorSeries {
  std::string indicator;
  std::string sector;
  std::string commodity;
  std::vector<const domain::IndicatorValue*> values;
};
std::vector<IndicatorSeries> indicator_series(const catalog::Snapshot& snapshot,
                                              std::string_view region_code);

// {{#INDICATORS}}: ROW{ROW_NAME ROW_DETAIL ROW_VALUE ROW_YEAR ROW_SOURCE ROW_SERIES{SERIES}}.
void fill_indicators(html::Page& page, const catalog::Snapshot& snapshot, const i18n::Language& language,
                     const std::vector<IndicatorSeries>& series);
// {{#SERIES_CHARTS}}: SERIES_CHART{CHART}.
void fill_series_charts(html::Page& page, const i18n::Language& language,
                        const std::vector<IndicatorSeries>& series);
// {{#GRDP}}: CHART; the latest year that has at least four business fields at current prices.
void fill_grdp(html::Page& page, const catalog::Snapshot& snapshot, const i18n::Language& language,
               const std::vector<IndicatorSeries>& series);

}  // namespace simpul::web::site
