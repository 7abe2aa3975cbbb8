// Where the features of a segment are. They stand in Z order (Morton): those of one tile, at any zoom, stand
// together. Used by the snapshot for the bbox filter, for tiles and for "near here".
#pragma once

#include <roaring/roaring.hh>

#include <cstdint>
#include <utility>
#include <vector>

#include "catalog/tile_geometry.hpp"

namespace simpul::catalog {

// The bits of x and y by turns, those of y before those of x: points in this order fill the map quarter by
// quarter, as tiles do.
std::uint64_t z_order(geo::WorldPoint point);

class SpatialIndex {
 public:
  // A line or an area: it reaches as far as its box.
  struct Extent {
    std::uint32_t feature;
    WorldBox box;
  };
  // Features that stand together, seen as one.
  struct Block {
    WorldBox box;
    std::uint64_t sum_x = 0;  // of the points
    std::uint64_t sum_y = 0;
  };
  static constexpr std::uint32_t kBlock = 64;

  SpatialIndex() = default;
  // The points of features 0, 1, ... by z_order().
  SpatialIndex(std::vector<geo::WorldPoint> points, std::vector<Extent> extents);

  std::uint32_t size() const { return static_cast<std::uint32_t>(points_.size()); }
  geo::WorldPoint operator[](std::uint32_t feature) const { return points_[feature]; }
  // Block i: features from i * kBlock, as many as that or those that are left.
  const std::vector<Block>& blocks() const { return blocks_; }

  // First and end of the features whose point lies in the tile.
  std::pair<std::uint32_t, std::uint32_t> range(const TileAddress& tile) const;
  // Asks memory for what range() will look at: of many segments, all at once instead of one after the other.
  void fetch(const TileAddress& tile) const;

  // Features whose point lies in the box or whose extent meets it (edges included), in degrees.
  Roaring within(const geo::Box& box) const;

 private:
  // Codes of the tile: all that lie in it are from the first on and before the second; 0: no end.
  static std::pair<std::uint64_t, std::uint64_t> codes(const TileAddress& tile);
  // The block that holds the first feature whose code is not less, unless the next block begins with it.
  std::size_t block_of(std::uint64_t code) const;

  std::vector<geo::WorldPoint> points_;
  std::vector<Extent> extents_;
  std::vector<Block> blocks_;
  std::vector<std::uint64_t> codes_;  // z_order() of the first of each block: what is searched first
};

}  // namespace simpul::catalog
