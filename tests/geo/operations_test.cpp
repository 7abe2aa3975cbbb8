#include "geo/operations.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "arbitrary_geometry.hpp"
#include "base/error.hpp"
#include "geo/geos.hpp"
#include "geo/measure.hpp"

namespace simpul::geo {
namespace {

const Geometry kBowTie{GeometryKind::Polygon, {{{{0, 0}, {2, 2}, {2, 0}, {0, 2}, {0, 0}}}}};

Geometry box(double x1, double y1, double x2, double y2) {
  return {GeometryKind::Polygon, {{{{x1, y1}, {x2, y1}, {x2, y2}, {x1, y2}, {x1, y1}}}}};
}

RC_GTEST_PROP(Operations, GeosGivesBackWhatItWasGiven, ()) {
  const auto geometry = *arbitrary_geometry();
  const Geos geos;
  RC_ASSERT(geos.to(geos.from(geometry).get(), dimension_of(geometry.kind)) == geometry);
}

TEST(Operations, SaysWhyAShapeIsInvalid) {
  EXPECT_FALSE(why_invalid(box(0, 0, 1, 1)));
  ASSERT_TRUE(why_invalid(kBowTie).has_value());
  EXPECT_EQ(why_invalid(kBowTie)->reason, "Self-intersection");
  EXPECT_EQ(why_invalid(kBowTie)->at, (Point{1, 1}));
}

TEST(Operations, RepairsABowTieIntoTwoTriangles) {
  const auto fixed = repaired(kBowTie);
  EXPECT_EQ(fixed.kind, GeometryKind::MultiPolygon);
  EXPECT_EQ(fixed.parts.size(), 2U);
  EXPECT_FALSE(why_invalid(fixed));
  EXPECT_NEAR(area_km2(fixed), area_km2(box(0, 0, 2, 2)) / 2, 1.0);
}

TEST(Operations, RepairsOnAGridOfWholeNumbers) {
  // The two sides of the bow tie cross at 1.5, 1.5.
  const Geometry tie{GeometryKind::Polygon, {{{{0, 0}, {3, 3}, {3, 0}, {0, 3}, {0, 0}}}}};
  const auto mended = repaired_on_grid(tie, 1);
  ASSERT_FALSE(mended.empty());
  EXPECT_FALSE(why_invalid(mended));
  for (const auto& part : mended.parts)
    for (const auto& ring : part)
      for (const auto p : ring)
        EXPECT_TRUE(p.x == std::floor(p.x) && p.y == std::floor(p.y)) << p.x << " " << p.y;
}

TEST(Operations, RepairLeavesOutWhatHasNoArea) {
  const Geometry flat{GeometryKind::Polygon, {{{{0, 0}, {1, 0}, {2, 0}, {0, 0}}}}};
  EXPECT_TRUE(repaired(flat).empty());
}

TEST(Operations, UnitesNeighbours) {
  const auto one = united(std::vector{box(0, 0, 1, 1), box(1, 0, 2, 1)});
  EXPECT_EQ(one.kind, GeometryKind::Polygon);
  EXPECT_NEAR(area_km2(one), area_km2(box(0, 0, 2, 1)), 1e-6);
  EXPECT_TRUE(united({}).empty());
}

TEST(Operations, SimplifiesWithinTheTolerance) {
  const Geometry line{GeometryKind::LineString, {{{{0, 0}, {1, 0.001}, {2, 0}}}}};
  EXPECT_EQ(simplified(line, 0.01).parts[0][0].size(), 2U);
  EXPECT_EQ(simplified(line, 0.0001), line);
}

TEST(Operations, FindsAPointInside) {
  // A horseshoe: its centre of gravity lies outside.
  const Geometry horseshoe{
      GeometryKind::Polygon,
      {{{{0, 0}, {10, 0}, {10, 10}, {9, 10}, {9, 1}, {1, 1}, {1, 10}, {0, 10}, {0, 0}}}}};
  EXPECT_TRUE(contains(horseshoe, inside_point(horseshoe)));
  EXPECT_EQ(inside_point(point(3, 4)), (Point{3, 4}));
  EXPECT_THROW(inside_point({GeometryKind::MultiPolygon, {}}), Error);
}

}  // namespace
}  // namespace simpul::geo
