#include "catalog/spatial_index.hpp"

#include <algorithm>
#include <bit>

namespace simpul::catalog {

namespace {

// Each bit moved to twice its place.
std::uint64_t spread(std::uint32_t value) {
  std::uint64_t v = value;
  v = (v | v << 16) & 0x0000'FFFF'0000'FFFF;
  v = (v | v << 8) & 0x00FF'00FF'00FF'00FF;
  v = (v | v << 4) & 0x0F0F'0F0F'0F0F'0F0F;
  v = (v | v << 2) & 0x3333'3333'3333'3333;
  return (v | v << 1) & 0x5555'5555'5555'5555;
}

bool holds(const WorldBox& box, geo::WorldPoint p) {
  return p.x >= box.min_x && p.x <= box.max_x && p.y >= box.min_y && p.y <= box.max_y;
}

bool meet(const WorldBox& a, const WorldBox& b) {
  return a.min_x <= b.max_x && b.min_x <= a.max_x && a.min_y <= b.max_y && b.min_y <= a.max_y;
}

}  // namespace

std::uint64_t z_order(geo::WorldPoint point) {
  return spread(point.y) << 1 | spread(point.x);
}

SpatialIndex::SpatialIndex(std::vector<geo::WorldPoint> points, std::vector<Extent> extents)
    : points_(std::move(points)),
      extents_(std::move(extents)),
      blocks_((points_.size() + kBlock - 1) / kBlock) {
  for (std::size_t i = 0; i < points_.size(); ++i) {
    if (i % kBlock == 0) codes_.push_back(z_order(points_[i]));
    auto& block = blocks_[i / kBlock];
    block.box.add(points_[i]);
    block.sum_x += points_[i].x;
    block.sum_y += points_[i].y;
  }
}

std::pair<std::uint64_t, std::uint64_t> SpatialIndex::codes(const TileAddress& tile) {
  if (tile.z == 0) return {0, 0};
  const auto shift = 64 - 2 * tile.z;
  const auto code = z_order({tile.x, tile.y});
  // The last tile of a zoom has no code after it.
  return {code << shift, (code + 1) << shift};
}

std::size_t SpatialIndex::block_of(std::uint64_t code) const {
  const auto next = static_cast<std::size_t>(std::ranges::lower_bound(codes_, code) - codes_.begin());
  return next == 0 ? 0 : next - 1;
}

std::pair<std::uint32_t, std::uint32_t> SpatialIndex::range(const TileAddress& tile) const {
  const auto [code, next] = codes(tile);
  const auto first_not_before = [this](std::uint64_t wanted) {
    const auto block = block_of(wanted);
    const auto begin = points_.begin() + static_cast<std::ptrdiff_t>(block * kBlock);
    const auto end =
        points_.begin() + static_cast<std::ptrdiff_t>(std::min((block + 1) * kBlock, points_.size()));
    return static_cast<std::uint32_t>(std::ranges::lower_bound(begin, end, wanted, {}, z_order) -
                                      points_.begin());
  };
  const auto first = code == 0 ? 0 : first_not_before(code);
  return {first, next == 0 ? size() : first_not_before(next)};
}

void SpatialIndex::fetch(const TileAddress& tile) const {
  constexpr std::size_t kPointsOfLine = 64 / sizeof(geo::WorldPoint);
  const auto [code, next] = codes(tile);
  for (const auto wanted : {code, next}) {
    const auto begin = block_of(wanted) * kBlock;
    for (auto i = begin; i < std::min<std::size_t>(begin + kBlock, points_.size()); i += kPointsOfLine)
      __builtin_prefetch(&points_[i]);
  }
}

Roaring SpatialIndex::within(const geo::Box& box) const {
  Roaring found;
  if (box.empty()) return found;
  const auto north_west = geo::to_world({box.min_x, box.max_y});
  const auto south_east = geo::to_world({box.max_x, box.min_y});
  WorldBox window;
  window.add(north_west);
  window.add(south_east);
  // The tiles of the lowest zoom on which the box is no wider than one: four at most, and what they hold is
  // little more than what is looked for.
  const auto widest = std::max(window.max_x - window.min_x, window.max_y - window.min_y);
  const int zoom = std::clamp(std::countl_zero(widest), 0, 22);
  std::vector<std::uint32_t> features;
  for (auto x = geo::tile_of(window.min_x, zoom); x <= geo::tile_of(window.max_x, zoom); ++x)
    for (auto y = geo::tile_of(window.min_y, zoom); y <= geo::tile_of(window.max_y, zoom); ++y) {
      const auto [first, end] = range({zoom, x, y});
      for (auto i = first; i < end; ++i)
        if (holds(window, points_[i])) features.push_back(i);
    }
  for (const auto& extent : extents_)
    if (meet(window, extent.box)) features.push_back(extent.feature);
  found.addMany(features.size(), features.data());
  return found;
}

}  // namespace simpul::catalog
