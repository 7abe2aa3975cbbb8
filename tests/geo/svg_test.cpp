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
  EXPECT_EQ(svg_path(square, kFrame), "M0 200l200 0 0 100-200 0z");
  const Geometry line{GeometryKind::LineString, {{{{0, 0}, {0.0125, 0}, {0.0125, -0.005}}}}};
  EXPECT_EQ(svg_path(line, kFrame), "M0 200l5 0 0 2");
}

TEST(SvgPath, LeavesOutWhatDoesNotShow) {
  // A point on the way, one less than half a step beside its neighbour, and an island of that size.
  const Geometry line{GeometryKind::LineString, {{{{0, 0}, {0.2, 0}, {0.4, 0}, {0.4001, 0.0001}}}}};
  EXPECT_EQ(svg_path(line, kFrame), "M0 200l160 0");
  const Geometry speck{GeometryKind::Polygon, {{{{0, 0}, {0.0001, 0}, {0.0001, 0.0001}, {0, 0}}}}};
  EXPECT_EQ(svg_path(speck, kFrame), "");
}

TEST(SvgPath, KeepsEveryPathAndHole) {
  const Geometry points{GeometryKind::MultiPoint, {{{{0, 0}}}, {{{0.5, 0}}}}};
  EXPECT_EQ(svg_path(points, kFrame), "M0 200h0M200 200h0");
  const Geometry ring{
      GeometryKind::Polygon,
      {{{{0, 0}, {1, 0}, {1, 0.5}, {0, 0}}, {{0.5, 0.1}, {0.6, 0.1}, {0.6, 0.2}, {0.5, 0.1}}}}};
  EXPECT_EQ(svg_path(ring, kFrame), "M0 200l400 0 0-200zM200 160l40 0 0-40z");
}

TEST(SvgPath, CutsOffWhatLiesFarOutsideTheFrame) {
  // A square around the frame on three sides: it ends 8 units outside, its edge inside the frame stays.
  const Geometry wide{GeometryKind::Polygon, {{{{0.5, -9}, {9, -9}, {9, 9}, {0.5, 9}, {0.5, -9}}}}};
  EXPECT_EQ(svg_path(wide, kFrame), "M432 432l0-464-232 0 0 464z");
  const Geometry beside{GeometryKind::Polygon, {{{{2, 0}, {3, 0}, {3, 1}, {2, 0}}}}};
  EXPECT_EQ(svg_path(beside, kFrame), "");
}

std::vector<WorldPoint> world(const Path& path) {
  std::vector<WorldPoint> out;
  for (const auto p : path) out.push_back(to_world(p));
  return out;
}

TEST(SvgPath, OfTheWorldGridIsTheSame) {
  const Path ring = {{0, 0}, {0.5, 0}, {0.5, -0.25}, {0, -0.25}, {0, 0}};
  EXPECT_EQ(svg_ring(world(ring), kFrame), "M0 200l200 0 0 100-200 0z");
  EXPECT_EQ(svg_line(world({{0, 0}, {0.0125, 0}, {0.0125, -0.005}}), kFrame), "M0 200l5 0 0 2");
}

TEST(SvgPath, OfALineOnlyThePiecesThatShowAreDrawn) {
  // In from the west, out to the north, back from the north, out to the east.
  const Path line = {{-3, 0}, {-2, 0}, {0.5, 0}, {0.5, 3}, {0.7, 3}, {0.7, 0}, {2, 0}, {3, 0}};
  EXPECT_EQ(svg_line(world(line), kFrame), "M-800 200l1000 0 0-1201M280-1001l0 1201 520 0");
  EXPECT_EQ(svg_line(world({{-3, 0}, {-2, 0}, {-2, 1}}), kFrame), "");
  EXPECT_EQ(svg_line({}, kFrame), "");
}

TEST(MapFrame, FindsThePlaceOfAPoint) {
  const auto at = kFrame.unproject(kFrame.project({0.25, -0.125}));
  EXPECT_NEAR(at.x, 0.25, 1e-9);
  EXPECT_NEAR(at.y, -0.125, 1e-9);
}

}  // namespace
}  // namespace simpul::geo
