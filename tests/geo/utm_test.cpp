#include "geo/utm.hpp"

#include <gtest/gtest.h>

namespace simpul::geo {
namespace {

// The expected degrees are those of PROJ 9.1 (cs2cs EPSG:32751 EPSG:4326).
TEST(Utm, TurnsMetresOfTheZoneIntoDegrees) {
  const auto kolaka = from_utm(345000, 9551000, 51, true);
  EXPECT_NEAR(kolaka.x, 121.603709210993, 1e-7);
  EXPECT_NEAR(kolaka.y, -4.06096536011101, 1e-7);
  const auto wakatobi = from_utm(790000, 9390000, 51, true);
  EXPECT_NEAR(wakatobi.x, 125.61728666296, 1e-7);
  EXPECT_NEAR(wakatobi.y, -5.51293066384841, 1e-7);
  const auto middle = from_utm(500000, 10000000, 51, true);
  EXPECT_NEAR(middle.x, 123, 1e-9);
  EXPECT_NEAR(middle.y, 0, 1e-9);
}

TEST(Utm, KnowsItsZonesByNumber) {
  EXPECT_EQ(utm_zone("EPSG:32751")->zone, 51);
  EXPECT_TRUE(utm_zone("EPSG:32751")->south);
  EXPECT_FALSE(utm_zone("EPSG:32650")->south);
  for (const auto* other : {"", "EPSG:4326", "EPSG:32700", "EPSG:32761", "EPSG:3275x", "EPSG:327510"})
    EXPECT_FALSE(utm_zone(other)) << other;
}

}  // namespace
}  // namespace simpul::geo
