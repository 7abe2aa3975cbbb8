// A coverage: areas that share their borders exactly, made from polygons that overlap and leave slivers
// between them. It is held as arcs (a stretch of border between two areas, or of coast), so that a border
// simplified once is the same for both sides, and areas joined to larger ones keep it too. Used by the
// builder of boundaries.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "geo/geometry.hpp"

namespace simpul::geo {

// A position in whole cells of the coverage's grid: comparisons and turns are exact.
struct GridPoint {
  std::int64_t x = 0;
  std::int64_t y = 0;
  auto operator<=>(const GridPoint&) const = default;
};

inline constexpr int kOutside = -1;  // the sea, or land that belongs to none of the areas

// From front to back with `left` and `right` on its sides, as numbers of areas; never the same on both. A
// closed arc (front == back) is an island or an enclave.
struct Arc {
  std::vector<GridPoint> path;
  int left = kOutside;
  int right = kOutside;
};

struct Coverage {
  double cells_per_degree = 10'000;
  std::vector<Arc> arcs;
};

// Cleans polygons (area i is areas[i]) into a coverage on a grid of 1 / cells_per_degree (at most 1,000,000).
// What two claim goes to the one that borders it longest; so do gaps narrower than some 13 cells, and pieces
// below some 4,000 square cells that are cut off from their area and hang on another. Wider gaps stay
// outside. Of an area that lies wholly under others nothing is left: polygons() gives an empty geometry for
// it.
Coverage make_coverage(std::span<const Geometry> areas, double cells_per_degree = 10'000);

// The same coverage with fewer points, each at most `tolerance` degrees off (0: none left out). Ends of arcs
// stay, nothing crosses, nothing changes sides, no area vanishes: an arc that would is kept in more detail.
Coverage simplified(const Coverage& coverage, double tolerance);

// Multi-polygons of groups of areas, largest part first: group_of[i] is the group of area i, 0..groups-1, or
// kOutside. Rings turn as RFC 7946 asks. Every group of the same coverage shares its points with its
// neighbours.
std::vector<Geometry> polygons(const Coverage& coverage, std::span<const int> group_of, int groups);

// Pairs of groups (first < second) that share a border of more than a point, sorted.
std::vector<std::pair<int, int>> neighbours(const Coverage& coverage, std::span<const int> group_of);

}  // namespace simpul::geo
