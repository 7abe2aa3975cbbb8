#include "geo/coverage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>

#include "coverage_checks.hpp"

namespace simpul::geo {
namespace {

using testing::ElementsAre;
using testing::Pair;

// Worlds are drawn in hundredths of a degree (about 1.1 km) around 122 E, 4 S.
Point at(double x, double y) {
  return {122 + x / 100, -4 + y / 100};
}

Geometry polygon(const std::vector<std::vector<std::pair<double, double>>>& rings) {
  Part part;
  for (const auto& ring : rings) {
    Path path;
    for (const auto& [x, y] : ring) path.push_back(at(x, y));
    path.push_back(path.front());
    part.push_back(path);
  }
  return {GeometryKind::Polygon, {part}};
}

std::vector<std::pair<double, double>> box(double x1, double y1, double x2, double y2) {
  return {{x1, y1}, {x2, y1}, {x2, y2}, {x1, y2}};
}

// Every area as a group of its own.
std::vector<Geometry> each(const Coverage& coverage, std::size_t areas) {
  std::vector<int> groups(areas);
  std::iota(groups.begin(), groups.end(), 0);
  return polygons(coverage, groups, static_cast<int>(areas));
}

double box_km2(double x1, double y1, double x2, double y2) {
  return area_km2(polygon({box(x1, y1, x2, y2)}));
}

TEST(Coverage, NeighboursThatFitStayAsTheyAre) {
  const std::vector<Geometry> world{polygon({box(0, 0, 10, 10)}), polygon({box(10, 0, 20, 10)})};
  const auto coverage = make_coverage(world);
  EXPECT_EQ(coverage.arcs.size(), 3U);  // the border and a coast on either side
  const auto areas = each(coverage, 2);
  expect_no_overlap(areas);
  EXPECT_EQ(expect_shared_borders(areas), 6U);
  EXPECT_NEAR(area_km2(areas[0]), box_km2(0, 0, 10, 10), 1e-6);
  EXPECT_THAT(neighbours(coverage, std::vector<int>{0, 1}), ElementsAre(Pair(0, 1)));
}

TEST(Coverage, AnOverlapIsGivenToOneSide) {
  const std::vector<Geometry> world{polygon({box(0, 0, 10.05, 10)}), polygon({box(10, 0, 20, 10)})};
  const auto areas = each(make_coverage(world), 2);
  expect_no_overlap(areas);
  EXPECT_EQ(expect_shared_borders(areas), 8U);  // the corners of the loser stay as points of the coast
  EXPECT_NEAR(sum_of_areas(areas), box_km2(0, 0, 20, 10), 1e-6);
}

TEST(Coverage, ASliverGapGoesToTheLongestBorder) {
  // Between 10 and 10.05 nothing, closed at both ends because the right one touches there. The gap shares 5
  // of its right side with each of the two on the right, 9.8 with the left one.
  const std::vector<Geometry> world{
      polygon({box(0, 0, 10, 10)}),
      polygon({{{10, 0}, {20, 0}, {20, 5}, {10.05, 5}, {10.05, 0.1}, {10, 0.1}}}),
      polygon({{{10.05, 5}, {20, 5}, {20, 10}, {10, 10}, {10, 9.9}, {10.05, 9.9}}})};
  const auto coverage = make_coverage(world);
  const auto areas = each(coverage, 3);
  expect_no_overlap(areas);
  EXPECT_EQ(holes_in(united(areas)), 0U);
  EXPECT_NEAR(sum_of_areas(areas), box_km2(0, 0, 20, 10), 1e-6);
  EXPECT_GT(area_km2(areas[0]), box_km2(0, 0, 10, 10) + 0.5);
  EXPECT_THAT(neighbours(coverage, std::vector<int>{0, 1, 2}),
              ElementsAre(Pair(0, 1), Pair(0, 2), Pair(1, 2)));
}

TEST(Coverage, AWideGapIsALakeAndStaysOutside) {
  const std::vector<Geometry> world{polygon({box(0, 0, 10, 10), box(2, 2, 5, 5)})};
  const auto areas = each(make_coverage(world), 1);
  EXPECT_EQ(holes_in(areas[0]), 1U);
  EXPECT_NEAR(sum_of_areas(areas), box_km2(0, 0, 10, 10) - box_km2(2, 2, 5, 5), 1e-6);
}

TEST(Coverage, AnEnclaveSharesTheWholeRing) {
  const std::vector<Geometry> world{polygon({box(0, 0, 10, 10), box(2, 2, 5, 5)}),
                                    polygon({box(2, 2, 5, 5)})};
  const auto coverage = make_coverage(world);
  const auto areas = each(coverage, 2);
  expect_no_overlap(areas);
  EXPECT_EQ(holes_in(areas[0]), 1U);
  EXPECT_EQ(expect_shared_borders(areas), 4U);
  // Joined to one group the ring between them is gone.
  const auto joined = polygons(coverage, std::vector<int>{0, 0}, 1);
  EXPECT_EQ(holes_in(joined[0]), 0U);
  EXPECT_EQ(joined[0].parts[0][0].size(), 5U);
}

TEST(Coverage, AShredCutOffByANeighbourGoesToIt) {
  // Area 0 has a tongue into area 1, which claims all of it but the tip: the tip hangs on area 1 alone.
  const std::vector<Geometry> world{
      polygon({{{0, 0}, {10, 0}, {10, 4.9}, {11.2, 4.9}, {11.2, 5.1}, {10, 5.1}, {10, 10}, {0, 10}}}),
      polygon({box(10, 0, 20, 10), box(11, 4.9, 11.2, 5.1)})};
  const auto areas = each(make_coverage(world), 2);
  expect_no_overlap(areas);
  EXPECT_EQ(areas[0].parts.size(), 1U);
  EXPECT_NEAR(area_km2(areas[0]), box_km2(0, 0, 10, 10), 1e-6);
  EXPECT_NEAR(sum_of_areas(areas), box_km2(0, 0, 20, 10), 1e-6);
}

TEST(Coverage, TwoThatTouchAtACornerJoinToAValidShape) {
  const std::vector<Geometry> world{polygon({box(0, 0, 5, 5)}), polygon({box(5, 5, 10, 10)}),
                                    polygon({box(5, 0, 10, 5)})};
  const auto coverage = make_coverage(world);
  const auto joined = polygons(coverage, std::vector<int>{0, 0, 1}, 2);
  expect_no_overlap(joined);
  EXPECT_EQ(joined[0].parts.size(), 2U);
  EXPECT_THAT(neighbours(coverage, std::vector<int>{0, 1, kOutside}), testing::IsEmpty());
}

TEST(Coverage, AHoleThatTouchesTheOuterRingStaysAHole) {
  // A lake whose corner touches the coast.
  const std::vector<Geometry> world{
      polygon({{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 5}, {3, 3}, {3, 7}, {0, 5}}})};
  const auto areas = each(make_coverage(world), 1);
  expect_no_overlap(areas);
  EXPECT_EQ(holes_in(areas[0]), 1U);
}

TEST(Coverage, NothingIsLeftOfAnAreaUnderAnother) {
  const std::vector<Geometry> world{polygon({box(0, 0, 10, 10)}), polygon({box(0, 0, 10, 10)})};
  const auto areas = each(make_coverage(world), 2);
  EXPECT_NEAR(sum_of_areas(areas), box_km2(0, 0, 10, 10), 1e-6);
  EXPECT_TRUE(areas[0].empty() != areas[1].empty());
}

// A coast line of teeth between two areas, from (x, 0) to (x, 20).
std::vector<std::pair<double, double>> teeth(double x, double depth) {
  std::vector<std::pair<double, double>> line;
  for (int i = 0; i <= 40; ++i) line.emplace_back(x + (i % 2 == 1 ? depth : 0), i / 2.0);
  return line;
}

TEST(CoverageSimplified, BothSidesKeepTheSamePoints) {
  auto left = teeth(10, 0.3);
  auto right = teeth(10, 0.3);
  left.insert(left.end(), {{0, 20}, {0, 0}});
  std::reverse(right.begin(), right.end());
  right.insert(right.end(), {{20, 0}, {20, 20}});
  const auto coverage = make_coverage(std::vector{polygon({left}), polygon({right})});
  const auto coarse = simplified(coverage, 0.005);
  const auto areas = each(coarse, 2);
  expect_no_overlap(areas);
  EXPECT_EQ(expect_shared_borders(areas), 6U);
  EXPECT_EQ(areas[0].parts[0][0].size(), 5U);  // the teeth are gone
  EXPECT_NEAR(sum_of_areas(areas), box_km2(0, 0, 20, 20), 1e-6);
}

TEST(CoverageSimplified, AnIslandSmallerThanTheToleranceIsStillThere) {
  const std::vector<Geometry> world{polygon({box(0, 0, 10, 10)}),
                                    polygon({{{12, 5}, {12.1, 5}, {12.15, 5.1}, {12.1, 5.2}, {12, 5.2}}})};
  const auto areas = each(simplified(make_coverage(world), 0.05), 2);
  expect_no_overlap(areas);
  EXPECT_EQ(areas[1].parts[0][0].size(), 4U);
}

TEST(CoverageSimplified, AnIslandInABayDoesNotEndUpOnLand) {
  // The bay is 0.4 deep: with that tolerance its coast would be drawn straight across, over the island in it.
  const auto bay =
      std::vector<std::pair<double, double>>{{0, 0}, {10, 0}, {10, 4}, {9.6, 5}, {10, 6}, {10, 10}, {0, 10}};
  const std::vector<Geometry> world{polygon({bay}), polygon({{{9.8, 5}, {9.9, 4.95}, {9.9, 5.05}}})};
  const auto areas = each(simplified(make_coverage(world), 0.005), 2);
  expect_no_overlap(areas);
  const auto without = each(simplified(make_coverage(std::vector{world[0]}), 0.005), 1);
  EXPECT_EQ(without[0].parts[0][0].size(), 5U) << "without the island the bay goes";
}

TEST(CoverageSimplified, AThinLandBetweenTwoLinesDoesNotCollapse) {
  // 0.2 wide and bent: both its long sides would become the same straight line.
  const std::vector<Geometry> world{polygon({{{0, 0}, {10, 0}, {10.1, 5}, {10, 10}, {0, 10}}}),
                                    polygon({{{10, 0}, {10.3, 5}, {10, 10}, {10.1, 5}}}),
                                    polygon({{{10, 0}, {20, 0}, {20, 10}, {10, 10}, {10.3, 5}}})};
  const auto areas = each(simplified(make_coverage(world), 0.01), 3);
  expect_no_overlap(areas);
  EXPECT_EQ(holes_in(united(areas)), 0U);
}

// A chessboard of 4 x 4 areas whose corners each area has wrong in its own way, as in maps drawn by hand.
RC_GTEST_PROP(CoverageProperty, AnySloppyChessboardBecomesClean, ()) {
  constexpr int n = 4;
  const auto jitter = [] { return *rc::gen::inRange(-5, 6) / 100.0; };
  std::vector<Geometry> world;
  for (int row = 0; row < n; ++row)
    for (int column = 0; column < n; ++column) {
      std::vector<std::pair<double, double>> ring;
      for (const auto& [x, y] : box(column * 5, row * 5, column * 5 + 5, row * 5 + 5))
        ring.emplace_back(x + jitter(), y + jitter());
      world.push_back(polygon({ring}));
    }
  const auto coverage = make_coverage(world);
  for (const auto tolerance : {0.0, 0.001, 0.02, 0.5}) {
    const auto areas = each(simplified(coverage, tolerance), world.size());
    for (const auto& area : areas) {
      RC_ASSERT(!area.empty());
      RC_ASSERT(!why_invalid(area));
    }
    const auto sum = sum_of_areas(areas);
    const auto together = united(areas);
    RC_ASSERT(std::abs(area_km2(together) - sum) < 1e-6 * sum);
    RC_ASSERT(holes_in(together) == 0U);
  }
}

}  // namespace
}  // namespace simpul::geo
