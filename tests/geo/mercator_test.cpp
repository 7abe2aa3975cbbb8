#include "geo/mercator.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace simpul::geo {
namespace {

TEST(Mercator, KnowsTheCornersOfTheWorld) {
  EXPECT_EQ(to_world({0, 0}), (WorldPoint{1U << 31, 1U << 31}));
  EXPECT_EQ(to_world({-180, 90}), (WorldPoint{0, 0}));
  EXPECT_EQ(to_world({180, -90}), (WorldPoint{0xFFFFFFFF, 0xFFFFFFFF}));
}

TEST(Mercator, FindsTheTileOfKendari) {
  // Kendari, 122.50928 E 3.97419 S: the slippy-map formula gives 10/860/523.
  const auto world = to_world({122.50928, -3.97419});
  EXPECT_EQ(tile_of(world.x, 10), 860U);
  EXPECT_EQ(tile_of(world.y, 10), 523U);
  EXPECT_EQ(tile_of(world.x, 0), 0U);
}

TEST(Mercator, TileUnitsReachAcrossTheEdge) {
  const auto world = 860U << 22;  // the left edge of tile 860 at zoom 10
  EXPECT_EQ(to_tile_units(world, 10, 860), 0);
  EXPECT_EQ(to_tile_units(world, 10, 859), kTileExtent);
  EXPECT_EQ(to_tile_units(world, 10, 861), -kTileExtent);
  EXPECT_EQ(to_tile_units(0xFFFFFFFF, 20, (1U << 20) - 1), kTileExtent - 1);
}

RC_GTEST_PROP(Mercator, WorldCoordinatesComeBack, (std::uint32_t x, std::uint32_t y)) {
  RC_ASSERT(to_world(from_world({x, y})) == (WorldPoint{x, y}));
}

RC_GTEST_PROP(Mercator, APointIsInItsTileOnEveryZoom, (std::uint32_t x)) {
  const auto zoom = *rc::gen::inRange(0, kMaxZoom + 1);
  const auto units = to_tile_units(x, zoom, tile_of(x, zoom));
  RC_ASSERT(units >= 0);
  RC_ASSERT(units < kTileExtent);
}

}  // namespace
}  // namespace simpul::geo
