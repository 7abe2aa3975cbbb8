// Geometry of one tile: world coordinates moved to the tile's grid, cut at its buffer and made fit for the
// Mapbox Vector Tile specification. Whole numbers throughout, and every cut is worked out from the lower end
// of its edge, so that two areas that share a border, or two tiles that share an edge, come to the same
// points. Used by the tile maker.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "geo/mercator.hpp"

namespace simpul::catalog {

inline constexpr int kTileBuffer = 64;  // units around the tile that are drawn too

// On the tile's grid: 0,0 is the upper left corner, 4096 the other edge. 64 bits: at zoom 22 a region is 2^34
// units wide.
struct TilePoint {
  std::int64_t x = 0;
  std::int64_t y = 0;
  bool operator==(const TilePoint&) const = default;
};
using TilePath = std::vector<TilePoint>;

struct TileAddress {
  int z = 0;  // 0..22
  std::uint32_t x = 0;
  std::uint32_t y = 0;
};

// A rectangle of the world grid; edges belong to it.
struct WorldBox {
  std::uint32_t min_x = UINT32_MAX;
  std::uint32_t min_y = UINT32_MAX;
  std::uint32_t max_x = 0;
  std::uint32_t max_y = 0;
  void add(geo::WorldPoint p);
  bool holds(const WorldBox& other) const {
    return other.min_x >= min_x && other.min_y >= min_y && other.max_x <= max_x && other.max_y <= max_y;
  }
};

TilePoint to_tile(geo::WorldPoint point, const TileAddress& tile);
// The path on the tile's grid without points that fall together.
TilePath to_tile(std::span<const geo::WorldPoint> path, const TileAddress& tile);

// Does the box reach into the tile with its buffer; does it lie wholly inside of that?
bool meets(const WorldBox& box, const TileAddress& tile);
bool inside(const WorldBox& box, const TileAddress& tile);

// The ring (first == last) cut to the tile with its buffer; closed, without spikes and repeated points; empty
// when it has no area there. Where the ring leaves and comes back, the pieces are joined along the buffer's
// edge, out of sight.
TilePath clip_ring(const TilePath& ring);
// The same for a ring that needs no cutting.
TilePath clean_ring(TilePath ring);

// Whether any two edges of the closed rings meet but in the common point of neighbours: a polygon that does
// not is valid as far as its lines go. True is no verdict yet: a hole may touch its outer ring in one point.
bool touches_itself(const std::vector<TilePath>& rings);
// The same only for edges that end on the edge of the tile with its buffer: of a valid polygon that was cut
// there no others are new.
bool touches_itself_at_the_edge(const std::vector<TilePath>& rings);

// The part of a valid polygon (closed rings, the outer one first) that lies in the tile with its buffer, as
// polygons that are valid too. Cuts and, where rounding made a ring touch itself, mends.
std::vector<std::vector<TilePath>> clip_polygon(const std::vector<TilePath>& rings);
// The polygon with each ring fit for the format, mended where it touches itself.
std::vector<std::vector<TilePath>> mended(std::vector<TilePath> rings);

// The piece of the edge inside the tile with its buffer; may be one point.
std::optional<std::pair<TilePoint, TilePoint>> clip_segment(TilePoint a, TilePoint b);
// The pieces of the line inside the tile with its buffer, each of two points or more.
std::vector<TilePath> clip_line(const TilePath& line);

// Twice the area by the surveyor's formula on the tile's grid: positive for an outer ring in a vector tile.
std::int64_t twice_area(const TilePath& ring);

}  // namespace simpul::catalog
