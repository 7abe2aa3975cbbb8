#include "geo/wkb.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstring>
#include <limits>

#include "arbitrary_geometry.hpp"
#include "base/error.hpp"
#include "geo/check.hpp"

namespace simpul::geo {
namespace {

using namespace std::string_literals;

std::string bytes_of(std::string_view hex) {
  std::string out;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    out.push_back(static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16)));
  return out;
}

void expect_invalid(const std::string& bytes, std::string_view what) {
  try {
    from_wkb(bytes);
    ADD_FAILURE() << "accepted: " << what;
  } catch (const Error& error) {
    EXPECT_EQ(error.kind, ErrorKind::Invalid) << what;
  }
}

std::string point_bytes(double x, double y) {
  auto bytes = bytes_of("0101000000");
  char number[8];
  std::memcpy(number, &x, 8);
  bytes.append(number, 8);
  std::memcpy(number, &y, 8);
  bytes.append(number, 8);
  return bytes;
}

TEST(Wkb, WritesWhatPostgisWrites) {
  // SELECT ST_AsBinary(ST_Point(1, 2)) and of a multi-line with one line.
  EXPECT_EQ(to_wkb(point(1, 2)), bytes_of("0101000000000000000000f03f0000000000000040"));
  const Geometry lines{GeometryKind::MultiLineString, {{{{0, 0}, {1, 2}}}}};
  EXPECT_EQ(to_wkb(lines), bytes_of("010500000001000000010200000002000000"
                                    "00000000000000000000000000000000"
                                    "000000000000f03f0000000000000040"));
}

RC_GTEST_PROP(Wkb, ComesBackAsItWas, ()) {
  const auto geometry = *arbitrary_geometry();
  RC_ASSERT(from_wkb(to_wkb(geometry)) == geometry);
}

RC_GTEST_PROP(Wkb, RefusesEveryTruncation, ()) {
  const auto bytes = to_wkb(*arbitrary_geometry());
  const auto length = *rc::gen::inRange<std::size_t>(0, bytes.size());
  RC_ASSERT_THROWS_AS(from_wkb(std::string_view(bytes).substr(0, length)), Error);
}

TEST(Wkb, RefusesWhatIsNotOurs) {
  expect_invalid("", "nothing");
  expect_invalid(bytes_of("0000000001") + std::string(16, '\0'), "big endian");
  expect_invalid(bytes_of("01e9030000") + std::string(24, '\0'), "Z");
  expect_invalid(bytes_of("0101000020e6100000") + std::string(16, '\0'), "SRID");
  expect_invalid(bytes_of("0107000000") + bytes_of("00000000"), "collection");
  expect_invalid(point_bytes(1, 2) + "x", "a byte left over");
  expect_invalid(bytes_of("010400000000000000"), "multi-point of nothing");
  expect_invalid(bytes_of("010400000001000000") + to_wkb({GeometryKind::LineString, {{{{0, 0}, {1, 1}}}}}),
                 "a line in a multi-point");
}

TEST(Wkb, RefusesCoordinatesThatAreNoPlace) {
  EXPECT_EQ(from_wkb(point_bytes(-180, 90)), point(-180, 90));
  const auto nan = std::numeric_limits<double>::quiet_NaN();
  const auto infinity = std::numeric_limits<double>::infinity();
  expect_invalid(point_bytes(nan, nan), "POINT EMPTY");
  expect_invalid(point_bytes(0, infinity), "infinity");
  expect_invalid(point_bytes(180.0000001, 0), "longitude");
  expect_invalid(point_bytes(0, -90.0000001), "latitude");
}

TEST(Wkb, RefusesAbsurdCountsBeforeTakingMemory) {
  expect_invalid(bytes_of("0102000000ffffffff"), "4 billion points");
  expect_invalid(bytes_of("0103000000ffffffff"), "4 billion rings");
  expect_invalid(bytes_of("0106000000ffffffff"), "4 billion polygons");
}

TEST(Wkb, RefusesRingsThatAreNone) {
  expect_invalid(to_wkb({GeometryKind::Polygon, {{{{0, 0}, {1, 0}, {0, 0}}}}}), "three points");
  expect_invalid(to_wkb({GeometryKind::Polygon, {{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}}}}), "open ring");
  expect_invalid(to_wkb({GeometryKind::LineString, {{{{0, 0}}}}}), "line of one point");
}

TEST(Wkb, HoldsTheLimits) {
  Geometry line{GeometryKind::LineString, {{Path(kMaxPoints, Point{1, 2})}}};
  EXPECT_EQ(from_wkb(to_wkb(line)), line);
  line.parts[0][0].push_back({1, 2});
  expect_invalid(to_wkb(line), "too many points");

  Geometry polygon{GeometryKind::Polygon, {Part(kMaxRings, Path{{0, 0}, {1, 0}, {1, 1}, {0, 0}})}};
  EXPECT_EQ(from_wkb(to_wkb(polygon)), polygon);
  polygon.parts[0].push_back(polygon.parts[0][0]);
  expect_invalid(to_wkb(polygon), "too many rings");
}

}  // namespace
}  // namespace simpul::geo
