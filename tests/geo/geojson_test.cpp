#include "geo/geojson.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "arbitrary_geometry.hpp"
#include "base/error.hpp"

namespace simpul::geo {
namespace {

void expect_invalid(std::string_view text) {
  try {
    from_geojson(text);
    ADD_FAILURE() << "accepted: " << text;
  } catch (const Error& error) {
    EXPECT_EQ(error.kind, ErrorKind::Invalid) << text;
  }
}

TEST(Geojson, PrintsSixDecimalsAtMost) {
  EXPECT_EQ(to_geojson(point(122.5, -4)), R"({"type":"Point","coordinates":[122.5,-4]})");
  EXPECT_EQ(to_geojson(point(122.1234567, -0.0000004)), R"({"type":"Point","coordinates":[122.123457,0]})");
  EXPECT_EQ(to_geojson(point(-0.05, 0.000001)), R"({"type":"Point","coordinates":[-0.05,0.000001]})");
  EXPECT_EQ(to_geojson(point(0.9999999, -180 + 90.5)), R"({"type":"Point","coordinates":[1,-89.5]})");
}

TEST(Geojson, TurnsRingsAsTheStandardAsks) {
  // A clockwise outer ring and a counter-clockwise hole come out the other way round.
  const Geometry polygon{GeometryKind::Polygon,
                         {{{{0, 0}, {0, 9}, {9, 9}, {9, 0}, {0, 0}}, {{1, 1}, {2, 1}, {2, 2}, {1, 1}}}}};
  EXPECT_EQ(to_geojson(polygon), R"({"type":"Polygon","coordinates":)"
                                 "[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[1,1],[2,2],[2,1],[1,1]]]}");
}

RC_GTEST_PROP(Geojson, ComesBackAsItWas, ()) {
  const auto geometry = *arbitrary_geometry();
  RC_ASSERT(from_geojson(to_geojson(geometry)) == geometry);
}

TEST(Geojson, DropsHeightsAndForeignMembers) {
  const std::string_view text = R"({"type":"Point","bbox":[1,2,1,2],"coordinates":[1,2,300.5]})";
  EXPECT_EQ(from_geojson(text), point(1, 2));
}

TEST(Geojson, RefusesWhatIsNoGeometry) {
  expect_invalid("");
  expect_invalid("{");
  expect_invalid("[1,2]");
  expect_invalid(R"({"coordinates":[1,2]})");
  expect_invalid(R"({"type":"Point"})");
  expect_invalid(R"({"type":"Circle","coordinates":[1,2]})");
  expect_invalid(R"({"type":"GeometryCollection","geometries":[]})");
  expect_invalid(R"({"type":"Point","coordinates":["1","2"]})");
  expect_invalid(R"({"type":"Point","coordinates":[1]})");
  expect_invalid(R"({"type":"Point","coordinates":[]})");
  expect_invalid(R"({"type":"Point","coordinates":[500000,9500000]})");
  expect_invalid(R"({"type":"Point","coordinates":[1e999,0]})");
  expect_invalid(R"({"type":"MultiPoint","coordinates":[]})");
  expect_invalid(R"({"type":"Polygon","coordinates":[]})");
  expect_invalid(R"({"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]]]})");
  expect_invalid(R"({"type":"MultiPolygon","coordinates":[[]]})");
}

}  // namespace
}  // namespace simpul::geo
