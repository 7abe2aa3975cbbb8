// The shapes of many areas made ready for tiles: for each zoom on the grid of its tiles, with no more points
// than can be seen, valid, and with borders that are the same on both sides. Made once, when areas are
// imported; what comes out is stored and read by AreaTiles.
//
// What is left out: a border may be moved by kAreaTolerance units of the tile's grid below kAreaMaxZoom, a
// third of a pixel, as those of the regions; at kAreaMaxZoom by its rounding only. Which points are kept is
// decided for each stretch of border between two places where areas meet, by itself and whichever side asks,
// so that neighbours keep the same ones. An area that has less than that much room is left out.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/tile_encode.hpp"
#include "catalog/tile_geometry.hpp"
#include "geo/geometry.hpp"

namespace simpul::catalog {

inline constexpr int kAreaMinZoom = 5;
inline constexpr int kVillageZoom = 8;  // kecamatan (level 3) below, desa and kelurahan (level 4) from here
inline constexpr int kAreaMaxZoom = 14;
inline constexpr double kAreaTolerance = 8.0 / 3;

struct AreaShape {
  int level = 4;  // 3 or 4
  const geo::Geometry* geometry = nullptr;
};

// For each area the bytes that each_shape() reads; for all those of a map together, because they share
// borders. Takes a second for two million points and processor.
std::vector<std::string> make_area_shapes(std::span<const AreaShape> areas);

// A polygon of an area on the grid of a zoom: tile units, counted from the upper left corner of the world.
struct ShapePart {
  int zoom = 0;
  TilePoint low;  // of its box
  TilePoint high;
  TilePoint first;
  TilePoint last;
  std::string_view rest;  // as encode_polygon() made it
};

// Reads one part, beginning at the zoom's number, and moves `bytes` behind it. Error Internal: not what
// make_area_shapes() made.
ShapePart take_shape_part(std::string_view& bytes);

}  // namespace simpul::catalog
