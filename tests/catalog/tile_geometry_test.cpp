#include "catalog/tile_geometry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <ostream>

namespace simpul::catalog {

void PrintTo(const TilePoint& p, std::ostream* out) {
  *out << p.x << "," << p.y;
}

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::int64_t kLow = -kTileBuffer, kHigh = geo::kTileExtent + kTileBuffer;

TEST(TileGeometry, ARingInsideStaysAsItIs) {
  const TilePath ring{{10, 10}, {100, 10}, {100, 90}, {10, 90}, {10, 10}};
  EXPECT_EQ(clip_ring(ring), ring);
}

TEST(TileGeometry, ARingAroundTheTileBecomesTheTileWithItsBuffer) {
  const auto far = std::int64_t{1} << 34;
  const auto ring = clip_ring({{-far, -far}, {far, -far}, {far, far}, {-far, far}, {-far, -far}});
  EXPECT_EQ(ring.size(), 5u);
  EXPECT_EQ(twice_area(ring), 2 * (kHigh - kLow) * (kHigh - kLow));
}

TEST(TileGeometry, ARingOutsideIsNothing) {
  EXPECT_THAT(clip_ring({{5000, 0}, {6000, 0}, {6000, 900}, {5000, 0}}), IsEmpty());
  // Around the corner: its box meets the tile, itself does not.
  EXPECT_THAT(clip_ring({{4100, 5000}, {5000, 4100}, {5000, 5000}, {4100, 5000}}), IsEmpty());
}

TEST(TileGeometry, SpikesAndFlatRingsAreNothing) {
  EXPECT_THAT(clean_ring({{0, 0}, {10, 0}, {0, 0}}), IsEmpty());
  EXPECT_THAT(clean_ring({{0, 0}, {10, 0}, {20, 0}, {0, 0}}), IsEmpty());
  EXPECT_EQ(clean_ring({{0, 0}, {10, 0}, {10, 10}, {10, 30}, {10, 10}, {0, 10}, {0, 0}}),
            (TilePath{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}));
  EXPECT_EQ(clean_ring({{0, 30}, {0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 30}}).size(), 5u)
      << "a spike at the seam";
}

TEST(TileGeometry, KnowsWhenRingsTouch) {
  const TilePath square{{0, 0}, {100, 0}, {100, 100}, {0, 100}, {0, 0}};
  EXPECT_FALSE(touches_itself({square}));
  EXPECT_FALSE(touches_itself({square, {{20, 20}, {20, 40}, {40, 40}, {20, 20}}}));
  EXPECT_TRUE(touches_itself({square, {{0, 20}, {20, 40}, {20, 20}, {0, 20}}})) << "a hole on the edge";
  EXPECT_TRUE(touches_itself({{{0, 0}, {100, 100}, {100, 0}, {0, 100}, {0, 0}}})) << "a bow tie";
  EXPECT_TRUE(touches_itself({{{0, 0}, {50, 50}, {100, 0}, {100, 100}, {50, 50}, {0, 100}, {0, 0}}}))
      << "a waist";
  EXPECT_TRUE(touches_itself({{{0, 0}, {100, 0}, {100, 100}, {50, 0}, {0, 100}, {0, 0}}}))
      << "a corner on a side";
  EXPECT_TRUE(touches_itself({{{0, 0}, {100, 0}, {100, 50}, {80, 0}, {20, 0}, {0, 50}, {0, 0}}}))
      << "a side on a side";
}

TEST(TileGeometry, ALineIsCutInItsPieces) {
  EXPECT_THAT(clip_line({{-1000, 50}, {200, 50}, {200, -3000}, {300, -3000}, {300, 5000}}),
              ElementsAre(TilePath{{kLow, 50}, {200, 50}, {200, kLow}}, TilePath{{300, kLow}, {300, kHigh}}));
  EXPECT_THAT(clip_line({{-1000, -1000}, {-900, 5000}}), IsEmpty());
}

TEST(TileGeometry, FollowsTheWorldGridToTheFinestZoom) {
  const TileAddress tile{22, 3'500'000, 2'140'000};
  const geo::WorldPoint corner{tile.x << 10, tile.y << 10};
  EXPECT_EQ(to_tile(corner, tile), (TilePoint{0, 0}));
  EXPECT_EQ(to_tile({corner.x + 1, corner.y + 2}, tile), (TilePoint{4, 8}));
  EXPECT_EQ(to_tile({UINT32_MAX, 0}, {0, 0, 0}), (TilePoint{4095, 0}));
}

TEST(TileGeometry, KnowsWhatMeetsTheTile) {
  WorldBox box;
  box.add({1U << 31, 1U << 31});
  box.add({(1U << 31) + 1000, (1U << 31) + 1000});
  EXPECT_TRUE(meets(box, {1, 1, 1}));
  EXPECT_TRUE(inside(box, {1, 1, 1}));
  EXPECT_TRUE(meets(box, {1, 0, 0})) << "it touches the buffer of its neighbours";
  EXPECT_FALSE(meets(box, {2, 0, 0}));
  EXPECT_FALSE(inside(box, {20, 1U << 19, 1U << 19}) && !meets(box, {20, 1U << 19, 1U << 19}));
}

// --- properties
// ------------------------------------------------------------------------------------------------

TilePath chance_star() {
  // A star around a middle: simple, often concave, often over the edge.
  const auto n = *rc::gen::inRange(3, 24);
  const TilePoint middle{*rc::gen::inRange(-3000, 7000), *rc::gen::inRange(-3000, 7000)};
  TilePath ring;
  for (int i = 0; i < n; ++i) {
    const double angle = 2 * 3.14159265358979 * i / n, radius = *rc::gen::inRange(50, 6000);
    ring.push_back({middle.x + std::llround(radius * std::cos(angle)),
                    middle.y + std::llround(radius * std::sin(angle))});
  }
  ring.push_back(ring.front());
  return ring;
}

bool within(const TilePoint& p) {
  return p.x >= kLow && p.y >= kLow && p.x <= kHigh && p.y <= kHigh;
}

bool covers(const TilePath& ring, double x, double y) {
  bool in = false;
  for (std::size_t i = 1; i < ring.size(); ++i) {
    const auto &a = ring[i - 1], &b = ring[i];
    if ((a.y > y) != (b.y > y) &&
        x < static_cast<double>(b.x - a.x) * (y - a.y) / static_cast<double>(b.y - a.y) + a.x)
      in = !in;
  }
  return in;
}

double distance_to_edge(const TilePath& ring, double x, double y) {
  double least = 1e9;
  for (std::size_t i = 1; i < ring.size(); ++i) {
    const double ax = ring[i - 1].x, ay = ring[i - 1].y, dx = ring[i].x - ax, dy = ring[i].y - ay;
    const double part =
        std::clamp(((x - ax) * dx + (y - ay) * dy) / std::max(1.0, dx * dx + dy * dy), 0.0, 1.0);
    least = std::min(least, std::hypot(ax + part * dx - x, ay + part * dy - y));
  }
  return least;
}

RC_GTEST_PROP(TileGeometryProperty, AClippedRingIsFitAndCoversTheSamePlaces, ()) {
  const auto ring = chance_star();
  const auto clipped = clip_ring(ring);
  if (!clipped.empty()) {
    RC_ASSERT(clipped.front() == clipped.back());
    RC_ASSERT(clipped.size() >= 4u);
    RC_ASSERT(twice_area(clipped) > 0);
    RC_ASSERT(std::ranges::all_of(clipped, within));
    RC_ASSERT(std::ranges::adjacent_find(clipped) == clipped.end());
  }
  for (int i = 0; i < 40; ++i) {
    const double x = *rc::gen::inRange<int>(0, 4096) + 0.25, y = *rc::gen::inRange<int>(0, 4096) + 0.25;
    if (distance_to_edge(ring, x, y) < 2) continue;  // a cut may move an edge by part of a unit
    RC_ASSERT(covers(ring, x, y) == covers(clipped, x, y));
  }
}

RC_GTEST_PROP(TileGeometryProperty, TheDirectionOfAnEdgeDoesNotChangeItsCut, ()) {
  auto ring = chance_star();
  auto there = clip_ring(ring);
  std::ranges::reverse(ring);
  auto back = clip_ring(ring);
  const auto sort = [](TilePath& path) {
    std::ranges::sort(path, [](const TilePoint& a, const TilePoint& b) {
      return std::pair(a.x, a.y) < std::pair(b.x, b.y);
    });
    const auto repeated = std::ranges::unique(path);
    path.erase(repeated.begin(), repeated.end());
  };
  sort(there);
  sort(back);
  RC_ASSERT(there == back);
}

RC_GTEST_PROP(TileGeometryProperty, ACutLineStaysInsideAndOnTheLine, ()) {
  TilePath line = chance_star();
  line.pop_back();
  for (const auto& piece : clip_line(line)) {
    RC_ASSERT(piece.size() >= 2u);
    RC_ASSERT(std::ranges::all_of(piece, within));
    RC_ASSERT(std::ranges::adjacent_find(piece) == piece.end());
    for (const auto& p : piece) RC_ASSERT(distance_to_edge(line, p.x, p.y) < 1.5);
  }
}

}  // namespace
}  // namespace simpul::catalog
