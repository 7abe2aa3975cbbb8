// What the map page shows, as its address says it; the same words as frontend/map/url_state.ts. Used by the
// map page, by what shares it and by what prints it.
//
//   group=laut&q=ikan   the filter, as everywhere
//   i=area  year=2024   the indicator that colours the regions, and its year
//   panel=layers        the column beside the map: the layers; else the indicator when there is one, else the
//   list layers=a,b          the layers that are on, when they are not the usual ones m=7.25/-4.1/122.4 zoom,
//   latitude and longitude of the middle sel=slug            the potential whose card is open embed=1 without
//   header and footer, for a frame in another site
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "web/site/list_state.hpp"

namespace simpul::web::site {

struct MapView {
  double zoom = 0;  // 0 to 22
  geo::Point middle;
};
// "7.25/-4.1234/122.4321"; nullopt for anything else.
std::optional<MapView> parse_map_view(std::string_view text);

enum class MapPanel { Potentials, Indicator, Layers };

struct MapState {
  ListState list;
  MapPanel panel = MapPanel::Potentials;
  std::string indicator;  // as asked for; empty: none
  std::optional<int> year;
  std::optional<std::vector<std::string>> layers;  // nullopt: the usual ones
  std::optional<MapView> view;
  std::string selected;  // a slug, or empty
  bool embedded = false;
};

// `own`: further names that the page knows ("fragment"). Values that cannot be read are left out.
MapState read_map_state(const http::Request& request, std::span<const std::string_view> own = {});

// The canonical query of a state; `filter` takes the place of the one that was asked for.
std::string map_query(const MapState& state, const domain::Filter& filter);

}  // namespace simpul::web::site
