// Any ring and line on the tile's grid: what is left after cutting is inside the buffer and fit for a tile.
#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "catalog/tile_encode.hpp"
#include "geo/operations.hpp"

namespace {

using namespace simpul::catalog;

void demand(bool holds) {
  if (!holds) std::abort();
}

void demand_inside(const TilePath& path) {
  for (std::size_t i = 0; i < path.size(); ++i) {
    demand(path[i].x >= -kTileBuffer && path[i].x <= 4096 + kTileBuffer);
    demand(path[i].y >= -kTileBuffer && path[i].y <= 4096 + kTileBuffer);
    demand(i == 0 || path[i] != path[i - 1]);
  }
}

bool is_valid(const std::vector<TilePath>& polygon) {
  simpul::geo::Part part;
  for (const auto& ring : polygon)
    for (auto& path = part.emplace_back(); const auto& p : ring)
      path.push_back({static_cast<double>(p.x), static_cast<double>(p.y)});
  return !simpul::geo::why_invalid({simpul::geo::GeometryKind::Polygon, {std::move(part)}});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  TilePath path;
  for (; size >= 5 && path.size() < 200; data += 5, size -= 5) {
    std::int16_t x = 0, y = 0;
    std::memcpy(&x, data, 2);
    std::memcpy(&y, data + 2, 2);
    // The last byte makes some of them far away, as at zoom 22.
    const std::int64_t scale = data[4] > 250 ? std::int64_t{1} << 18 : 1;
    path.push_back({x * scale, y * scale});
  }
  if (path.empty()) return 0;
  TileLayer layer("fuzz");
  for (const auto& piece : clip_line(path)) {
    demand(piece.size() >= 2);
    demand_inside(piece);
    layer.begin();
    layer.line(piece);
    layer.end();
  }
  path.push_back(path.front());
  const auto ring = clip_ring(path);
  if (!ring.empty()) {
    demand(ring.size() >= 4 && ring.front() == ring.back() && twice_area(ring) != 0);
    demand_inside(ring);
    layer.begin();
    layer.polygon({ring});
    layer.number("area", 1);
    layer.end();
  }
  // Of a valid polygon all that is cut is valid and inside. The grid of a tile in the near view, no farther.
  const bool near = std::ranges::all_of(
      path, [](const auto& p) { return std::abs(p.x) < (1 << 16) && std::abs(p.y) < (1 << 16); });
  if (const auto whole = near ? clean_ring(path) : TilePath{}; !whole.empty() && !touches_itself({whole}))
    for (const auto& polygon : clip_polygon({whole})) {
      // A hole may touch its outer ring in one point: that is for GEOS to say.
      demand(!polygon.empty() && (!touches_itself(polygon) || is_valid(polygon)));
      for (const auto& one : polygon) demand_inside(one);
    }
  demand(layer.bytes().empty() == (layer.size() == 0));
  return 0;
}
