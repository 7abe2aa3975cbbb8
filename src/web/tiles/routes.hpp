// The face of the map: vector tiles, their TileJSON and the map's style. Open data: any site may draw them.
// Wired in main.
#pragma once

#include <span>

#include "web/route.hpp"

namespace simpul::web::tiles {

// /tiles/{layer}/{z}/{x}/{y}.mvt   200 application/vnd.mapbox-vector-tile, 204 where nothing is; 404 unknown
// layer; 400 outside
//                                  the grid, below zoom 0 or above 22, a filter value that does not exist
// /tiles/{layer}.json              TileJSON 3.0.0 with the filter in its tile address
// /tiles/style.json                MapLibre style; theme=light|dark|print
// All take lang=; without it, Indonesian.
std::span<const Route> routes();

}  // namespace simpul::web::tiles
