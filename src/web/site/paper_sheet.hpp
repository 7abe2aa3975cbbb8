// The map of a filter on one sheet of A4 across, as SVG in millimetres: title, map with frame and degrees,
// legend, scale, sources, date, address. Used by the files /{lang}/peta.svg and peta.pdf.
#pragma once

#include <optional>
#include <string>

#include "domain/filter.hpp"
#include "web/site/map_indicator.hpp"
#include "web/site/map_state.hpp"
#include "web/site/site.hpp"

namespace simpul::web::site {

struct Sheet {
  std::string svg;
  std::string title;  // what is shown, in one line: "Potensi daerah Sulawesi Tenggara: Wilayah Wakatobi"
};

// `view` as the live map has it; none: the whole province. With an indicator the regions are coloured by it
// and no potential is drawn.
Sheet map_sheet(const RequestContext& context, const domain::Filter& filter,
                const std::optional<MapView>& view, const std::optional<ClassedIndicator>& indicator = {});

}  // namespace simpul::web::site
