// The boundaries of a snapshot as the tiles need them: world coordinates in flat lists, for each zoom band
// the areas and the borders between them, each border once. Built with the snapshot; used by the tile maker.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/tile_geometry.hpp"
#include "domain/boundary.hpp"

namespace simpul::catalog {

// Paths of world points, one after the other in one list.
struct PathList {
  std::vector<geo::WorldPoint> points;
  std::vector<std::uint32_t> begins{0};  // of each path, one more than paths
  std::size_t size() const { return begins.size() - 1; }
  std::span<const geo::WorldPoint> operator[](std::size_t i) const {
    return {points.data() + begins[i], points.data() + begins[i + 1]};
  }
  void add(std::span<const geo::WorldPoint> path);
};

// One polygon: rings first_ring .. end_ring-1 of its band, the outer one first.
struct AreaPart {
  WorldBox box;
  std::uint32_t area = 0;  // number of the boundary in the BoundarySet
  std::uint32_t first_ring = 0;
  std::uint32_t end_ring = 0;
};

// Coast: nothing on the other side. Border: between two areas of the level.
enum class BorderKind : std::uint8_t { Coast, Border };

struct Border {
  WorldBox box;
  std::uint8_t level = 2;
  BorderKind kind = BorderKind::Border;
};

struct MapBand {
  PathList rings;
  std::vector<AreaPart> parts;  // by area
  PathList border_paths;
  std::vector<Border> borders;  // one for each path
};

struct MapShapes {
  MapBand bands[domain::kBoundaryBands];
  WorldBox box;
};

MapShapes make_map_shapes(const domain::BoundarySet& boundaries);

// The band that serves a zoom.
int band_of(int zoom);

}  // namespace simpul::catalog
