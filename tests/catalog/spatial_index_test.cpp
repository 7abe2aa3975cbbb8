#include "catalog/spatial_index.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

namespace simpul::catalog {
namespace {

std::vector<geo::WorldPoint> chance_points() {
  const auto close = *rc::gen::arbitrary<bool>();
  std::vector<geo::WorldPoint> points;
  for (int i = *rc::gen::inRange(0, 200); i > 0; --i) {
    const auto x = *rc::gen::arbitrary<std::uint32_t>(), y = *rc::gen::arbitrary<std::uint32_t>();
    points.push_back(close ? geo::WorldPoint{3'604'000'000U + x % 5000, 2'200'000'000U + y % 5000}
                           : geo::WorldPoint{x, y});
  }
  std::ranges::sort(points, {}, z_order);
  return points;
}

TEST(SpatialIndex, ZOrderTakesBitsByTurns) {
  EXPECT_EQ(z_order({0, 0}), 0u);
  EXPECT_EQ(z_order({1, 0}), 1u);
  EXPECT_EQ(z_order({0, 1}), 2u);
  EXPECT_EQ(z_order({3, 1}), 7u);
  EXPECT_EQ(z_order({UINT32_MAX, UINT32_MAX}), UINT64_MAX);
}

RC_GTEST_PROP(SpatialIndexProperty, ATileHoldsWhatStandsTogether, ()) {
  const auto points = chance_points();
  const SpatialIndex index(points, {});
  const auto zoom = *rc::gen::inRange(0, 23);
  const auto at = points.empty() || *rc::gen::inRange(0, 4) == 0
                      ? geo::WorldPoint{*rc::gen::arbitrary<std::uint32_t>(), 7}
                      : *rc::gen::elementOf(points);
  const TileAddress tile{zoom, geo::tile_of(at.x, zoom), geo::tile_of(at.y, zoom)};
  const auto [first, end] = index.range(tile);
  RC_ASSERT(first <= end && end <= points.size());
  for (std::uint32_t i = 0; i < points.size(); ++i) {
    const bool inside =
        geo::tile_of(points[i].x, zoom) == tile.x && geo::tile_of(points[i].y, zoom) == tile.y;
    RC_ASSERT(inside == (first <= i && i < end));
  }
}

RC_GTEST_PROP(SpatialIndexProperty, ABoxHoldsWhatItMeets, ()) {
  const auto points = chance_points();
  std::vector<SpatialIndex::Extent> extents;
  for (std::uint32_t i = 0; i < points.size(); i += 5) {
    WorldBox box;
    box.add(points[i]);
    box.add({points[i].x / 2 + 1'800'000'000, points[i].y});
    extents.push_back({i, box});
  }
  const SpatialIndex index(points, extents);
  const auto corner = [&] {
    return points.empty() ? geo::Point{122, -4} : geo::from_world(*rc::gen::elementOf(points));
  };
  geo::Box box;
  box.add(corner());
  box.add(corner());
  const auto found = index.within(box);
  const auto a = geo::to_world({box.min_x, box.max_y}), b = geo::to_world({box.max_x, box.min_y});
  for (std::uint32_t i = 0; i < points.size(); ++i) {
    bool expected = a.x <= points[i].x && points[i].x <= b.x && a.y <= points[i].y && points[i].y <= b.y;
    for (const auto& extent : extents)
      expected = expected || (extent.feature == i && extent.box.min_x <= b.x && a.x <= extent.box.max_x &&
                              extent.box.min_y <= b.y && a.y <= extent.box.max_y);
    RC_ASSERT(found.contains(i) == expected);
  }
}

TEST(SpatialIndex, ABoxBeyondTheWorldIsTheWorld) {
  const SpatialIndex index({{5, 5}, {4'000'000'000, 4'000'000'000}}, {});
  EXPECT_EQ(index.within({-1e300, -1e300, 1e300, 1e300}).cardinality(), 2u);
  EXPECT_TRUE(index.within({}).isEmpty());
  EXPECT_TRUE(SpatialIndex().within({-180, -90, 180, 90}).isEmpty());
}

RC_GTEST_PROP(SpatialIndexProperty, BlocksAddUpTheirPoints, ()) {
  const auto points = chance_points();
  const SpatialIndex index(points, {});
  std::uint64_t sum = 0, expected = 0;
  for (const auto& block : index.blocks()) sum += block.sum_x + block.sum_y;
  for (const auto& point : points) expected += std::uint64_t{point.x} + point.y;
  RC_ASSERT(sum == expected);
}

}  // namespace
}  // namespace simpul::catalog
