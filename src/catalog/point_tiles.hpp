// The map's tiles of potentials, never of those that are known by their region only. Used by the snapshot.
//
// Tile layer "potentials":
//   potentials      points: slug, title, group, region, region_name, status; the id is that of the register.
//                   Where a tile holds more than kMostTitles of them below zoom kTitleZoom, without title
//   clusters        where points would cover each other, points for the cells of a grid that hold two or
//                   more: count, group (of most of them), bbox "w,s,e,n". Below zoom kPointZoom, and at any
//                   zoom where a tile would hold more than kMostPoints. Nothing is left out: what is not a
//                   point of its own is counted in a cluster
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "catalog/selection.hpp"
#include "catalog/tile_geometry.hpp"

namespace simpul::catalog {

inline constexpr int kPointZoom = 10;
inline constexpr int kCellsPerTile = 11;  // of the cluster grid: 47 px of a tile of 512
inline constexpr std::size_t kMostPoints = 2000;
inline constexpr int kTitleZoom = 12;
inline constexpr std::size_t kMostTitles = 200;

// Mapbox Vector Tile 2.1 bytes; empty: nothing there.
std::string point_tile(const TileAddress& tile, const Selection& selection, std::span<const Part> parts,
                       const Reference& reference, std::string_view language);

}  // namespace simpul::catalog
