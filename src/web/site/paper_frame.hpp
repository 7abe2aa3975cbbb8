// What stands around a printed map so that it can be measured: frame, degrees, scale bar, north, and where
// the part shown lies in the province. All lengths in millimetres of the page. Used by the sheet.
#pragma once

#include <string>

#include "i18n/translator.hpp"
#include "web/site/paper_map.hpp"

namespace simpul::web::site {

// Crosses where round meridians and parallels meet, for below the map's content.
std::string degree_crosses(const PaperView& view);
// The frame with ticks at round degrees and minutes, named below and on the left side.
std::string degree_frame(const PaperView& view, const i18n::Language& language);

// A bar of round kilometres or metres, at most `longest` wide, with the scale as a number below.
std::string scale_bar(const PaperView& view, const i18n::Language& language, geo::Point at, double longest);

// An arrow to the north of 8 mm; `at`: the middle of its foot.
std::string north_arrow(const i18n::Language& language, geo::Point at);

// The province in small with the view as a rectangle; empty without boundaries.
std::string locator_inset(const catalog::Snapshot& snapshot, const PaperView& view, const Rect& area);

// "122° 30′ BT": `value` in degrees, to the second.
std::string degrees_text(const i18n::Language& language, double value, bool longitude);

// The greatest 1, 2 or 5 times a power of ten that is not above `value` (> 0).
double round_below(double value);

}  // namespace simpul::web::site
