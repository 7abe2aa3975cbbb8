// The column beside the map when it does not hold the list of potentials: an indicator, or the layers.
#pragma once

#include <optional>

#include "html/page.hpp"
#include "web/site/map_indicator.hpp"
#include "web/site/map_state.hpp"

namespace simpul::web::site {

// What site/map_indicator.html wants. `chosen`: none when the state's indicator does not exist.
void fill_indicator_panel(html::Page& page, const RequestContext& context, const MapState& state,
                          const std::optional<ClassedIndicator>& chosen);
// What site/map_layers.html wants.
void fill_layers_panel(html::Page& page, const RequestContext& context, const MapState& state,
                       const std::optional<ClassedIndicator>& chosen);

// How the classes came about, in one sentence.
std::string class_method(const i18n::Language& language, const ClassedIndicator& chosen);

// "Boundaries: GADM 4.1, indicative, non-commercial".
std::string boundary_note(const RequestContext& context);

}  // namespace simpul::web::site
