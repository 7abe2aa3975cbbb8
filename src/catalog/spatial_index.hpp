// Finds what lies in a box and what is nearest. Used by the snapshot for the bbox filter, for tiles and for
// "near here".
#pragma once

#include <roaring/roaring.hh>

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "geo/geometry.hpp"

namespace simpul::catalog {

class SpatialIndex {
 public:
  // One bounding box for each feature, by its number; an empty box: the feature has no place and is never
  // found.
  explicit SpatialIndex(const std::vector<geo::Box>& boxes);
  ~SpatialIndex();
  SpatialIndex(SpatialIndex&&) noexcept;

  // Features whose bounding box meets the box (edges included), in degrees.
  Roaring within(const geo::Box& box) const;

  // Up to `limit` features nearest to the place by the middle of their box, nearest first, with the distance
  // in km over the sphere; `except` is left out.
  std::vector<std::pair<std::uint32_t, double>> nearest(geo::Point place, std::size_t limit,
                                                        std::uint32_t except) const;

 private:
  struct Tree;
  std::unique_ptr<Tree> tree_;
};

}  // namespace simpul::catalog
