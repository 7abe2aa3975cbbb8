#include "geo/svg.hpp"

#include <gtest/gtest.h>

namespace simpul::geo {
namespace {

// One degree square at the equator is shown in 100 x 100 units.
const MapFrame kFrame({0, -0.5, 1, 0.5}, 100, 100);

TEST(MapFrame, FitsAndCentres) {
  const auto corner = kFrame.project({0, 0.5});
  EXPECT_NEAR(corner.x, 0, 0.01);
  EXPECT_NEAR(corner.y, 0, 0.01);
  // Twice as wide as high: the height has room left, shared above and below.
  const MapFrame wide({0, -0.5, 2, 0.5}, 220, 220, 10);
  EXPECT_NEAR(wide.project({0, 0}).x, 10, 0.01);
  EXPECT_NEAR(wide.project({2, 0}).x, 210, 0.01);
  EXPECT_NEAR(wide.project({1, 0}).y, 110, 0.01);
  EXPECT_NEAR(wide.project({1, 0.5}).y, 60, 0.01);
}

TEST(MapFrame, APlaceWithoutExtentStillHasAFrame) {
  const auto p = MapFrame({122, -4, 122, -4}, 100, 50).project({122, -4});
  EXPECT_NEAR(p.x, 50, 0.01);
  EXPECT_NEAR(p.y, 25, 0.01);
}

TEST(SvgPath, IsShortAndRelative) {
  const Geometry square{GeometryKind::Polygon, {{{{0, 0}, {0.5, 0}, {0.5, -0.25}, {0, -0.25}, {0, 0}}}}};
  EXPECT_EQ(svg_path(square, kFrame), "M0 50l50 0 0 25-50 0z");
  const Geometry line{GeometryKind::LineString, {{{{0, 0}, {0.012, 0}, {0.012, -0.005}}}}};
  EXPECT_EQ(svg_path(line, kFrame), "M0 50l1.2 0 0 .5");
}

TEST(SvgPath, LeavesOutWhatDoesNotShow) {
  // A point on the way, one less than half a tenth beside its neighbour, and an island of that size.
  const Geometry line{GeometryKind::LineString, {{{{0, 0}, {0.2, 0}, {0.4, 0}, {0.4001, 0.0001}}}}};
  EXPECT_EQ(svg_path(line, kFrame), "M0 50l40 0");
  const Geometry speck{GeometryKind::Polygon, {{{{0, 0}, {0.0001, 0}, {0.0001, 0.0001}, {0, 0}}}}};
  EXPECT_EQ(svg_path(speck, kFrame), "");
}

TEST(SvgPath, KeepsEveryPathAndHole) {
  const Geometry points{GeometryKind::MultiPoint, {{{{0, 0}}}, {{{0.5, 0}}}}};
  EXPECT_EQ(svg_path(points, kFrame), "M0 50h0M50 50h0");
  const Geometry ring{
      GeometryKind::Polygon,
      {{{{0, 0}, {1, 0}, {1, 0.5}, {0, 0}}, {{0.5, 0.1}, {0.6, 0.1}, {0.6, 0.2}, {0.5, 0.1}}}}};
  EXPECT_EQ(svg_path(ring, kFrame), "M0 50l100 0 0-50zM50 40l10 0 0-10z");
}

}  // namespace
}  // namespace simpul::geo
