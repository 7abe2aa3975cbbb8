// Web Mercator as whole numbers. "World" coordinates are a grid of 2^32 by 2^32 units over the square world
// of the map (x to the east, y to the south, from the upper left corner): a unit is 9 mm at the equator, and
// a tile of 4096 units at zoom 20 falls exactly on the grid, so that a tile coordinate is a shift and a
// subtraction. Used by the catalogue (index, tiles) and by the server's own map pictures.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

#include "geo/geometry.hpp"

namespace simpul::geo {

inline constexpr double kWorldSize = 4294967296.0;          // units of the world grid, 2^32
inline constexpr double kMaxLatitude = 85.051128779806589;  // where the square world ends
inline constexpr int kTileExtentBits = 12;                  // a tile has 4096 units a side
inline constexpr int kTileExtent = 1 << kTileExtentBits;
inline constexpr int kMaxZoom = 32 - kTileExtentBits;  // 20: finer than the grid makes no sense

struct WorldPoint {
  std::uint32_t x = 0;
  std::uint32_t y = 0;
  bool operator==(const WorldPoint&) const = default;
};

// Position in the square world, both in 0..1. Latitudes beyond the square are put on its edge.
inline Point to_unit_square(Point p) {
  const auto latitude = std::clamp(p.y, -kMaxLatitude, kMaxLatitude) * std::numbers::pi / 180;
  return {p.x / 360 + 0.5, 0.5 - std::asinh(std::tan(latitude)) / (2 * std::numbers::pi)};
}

inline Point from_unit_square(Point p) {
  return {(p.x - 0.5) * 360,
          std::atan(std::sinh((0.5 - p.y) * 2 * std::numbers::pi)) * 180 / std::numbers::pi};
}

inline WorldPoint to_world(Point p) {
  const auto unit = to_unit_square(p);
  const auto whole = [](double v) {
    return static_cast<std::uint32_t>(std::clamp(std::floor(v * kWorldSize), 0.0, kWorldSize - 1));
  };
  return {whole(unit.x), whole(unit.y)};
}

// The middle of the grid cell: to_world(from_world(w)) == w.
inline Point from_world(WorldPoint w) {
  return from_unit_square({(w.x + 0.5) / kWorldSize, (w.y + 0.5) / kWorldSize});
}

// Units of the tile grid at a zoom (0..20) for one world coordinate, from the tile with that number on one
// axis. May be below 0 or above 4096: what lies outside the tile is for the clipper.
inline std::int64_t to_tile_units(std::uint32_t world, int zoom, std::uint32_t tile) {
  return (static_cast<std::int64_t>(world) >> (kMaxZoom - zoom)) -
         (static_cast<std::int64_t>(tile) << kTileExtentBits);
}

// The number, on one axis, of the tile that holds a world coordinate at a zoom (0..20).
inline std::uint32_t tile_of(std::uint32_t world, int zoom) {
  return static_cast<std::uint32_t>(static_cast<std::uint64_t>(world) >> (32 - zoom));
}

}  // namespace simpul::geo
