#include "geo/measure.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace simpul::geo {
namespace {

Geometry box(double x1, double y1, double x2, double y2) {
  return {GeometryKind::Polygon, {{{{x1, y1}, {x2, y1}, {x2, y2}, {x1, y2}, {x1, y1}}}}};
}

TEST(Measure, AreaOnTheEllipsoid) {
  // Known: the surface of the WGS84 ellipsoid is 510,065,621.7 km2.
  EXPECT_NEAR(area_km2(box(-180, -90, 180, 90)), 510'065'621.7, 1.0);
  // A degree by a degree at the equator, by numeric integration of the ellipsoid's area element.
  EXPECT_NEAR(area_km2(box(122, 0, 123, 1)), 12'308.4639, 0.001);
}

TEST(Measure, AreaTakesHolesAwayAndKnowsOnlyPolygons) {
  Geometry with_hole = box(0, 0, 2, 2);
  with_hole.parts[0].push_back(box(0.5, 0.5, 1, 1).parts[0][0]);
  EXPECT_NEAR(area_km2(with_hole), area_km2(box(0, 0, 2, 2)) - area_km2(box(0.5, 0.5, 1, 1)), 1e-6);
  EXPECT_EQ(area_km2({GeometryKind::LineString, {{{{0, 0}, {1, 1}, {1, 0}, {0, 0}}}}}), 0);
}

TEST(Measure, DistanceBetweenPoints) {
  EXPECT_NEAR(distance_km(Point{122, 0}, Point{123, 0}), 111.195, 0.001);
  EXPECT_NEAR(distance_km(Point{122, -4}, Point{122, -4}), 0, 1e-12);
  // Kendari to Baubau, about 165 km.
  EXPECT_NEAR(distance_km(Point{122.50928, -3.97419}, Point{122.60778, -5.45589}), 165.1, 0.2);
}

TEST(Measure, LengthOfLines) {
  EXPECT_NEAR(length_km({GeometryKind::MultiLineString, {{{{0, 0}, {1, 0}}}, {{{0, 0}, {0, 1}}}}}), 222.39,
              0.01);
}

TEST(Measure, ContainsKnowsHolesAndParts) {
  Geometry two = box(0, 0, 2, 2);
  two.kind = GeometryKind::MultiPolygon;
  two.parts[0].push_back(box(0.5, 0.5, 1, 1).parts[0][0]);
  two.parts.push_back(box(5, 5, 6, 6).parts[0]);
  EXPECT_TRUE(contains(two, {0.2, 0.2}));
  EXPECT_FALSE(contains(two, {0.7, 0.7})) << "in the hole";
  EXPECT_TRUE(contains(two, {5.5, 5.5}));
  EXPECT_FALSE(contains(two, {3, 3}));
  EXPECT_FALSE(contains(point(1, 1), {1, 1}));
}

TEST(Measure, DistanceToAnArea) {
  const auto area = box(122, -5, 123, -4);
  EXPECT_EQ(distance_km(area, {122.5, -4.5}), 0);
  EXPECT_NEAR(distance_km(area, {122.5, -3.775}), 25.02, 0.05);  // straight above an edge
  EXPECT_NEAR(distance_km(area, {123.1, -3.9}), distance_km(Point{123, -4}, Point{123.1, -3.9}),
              0.05);  // a corner
  EXPECT_TRUE(std::isinf(distance_km(Geometry{GeometryKind::MultiPolygon, {}}, {0, 0})));
}

TEST(Measure, DistanceFromTheHoleIsToItsRim) {
  Geometry ring = box(0, 0, 3, 3);
  ring.parts[0].push_back(box(1, 1, 2, 2).parts[0][0]);
  EXPECT_NEAR(distance_km(ring, {1.5, 1.1}), 11.12, 0.05);
}

}  // namespace
}  // namespace simpul::geo
