#include "domain/region_places.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"

namespace simpul::domain {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string refusal(std::string_view toml) {
  try {
    parse_region_places(toml);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind, ErrorKind::Invalid);
    return error.what();
  }
  return "accepted";
}

TEST(RegionPlaces, OfTheProvince) {
  const auto& places = region_places();
  ASSERT_EQ(places.size(), 17U);
  EXPECT_TRUE(std::ranges::is_sorted(places, {}, &RegionPlace::code))
      << "the order of protocol is that of the codes";
  for (const auto& place : places)
    for (const auto p : {place.label, place.badge}) {
      EXPECT_TRUE(p.x > 120.8 && p.x < 124.7 && p.y > -6.3 && p.y < -2.7) << place.code;
    }
  EXPECT_EQ(places[6].code, "74.07");
  EXPECT_THAT(places[6].adjacent, IsEmpty()) << "Wakatobi has no land neighbour";
  EXPECT_THAT(places[12].adjacent, ElementsAre("74.03")) << "Muna Barat";
}

TEST(RegionPlaces, RefusesWithTheLine) {
  const std::string good =
      "[[region]]\ncode = \"1\"\nlabel = [122, -4]\nbadge = [122.5, -4]\nadjacent = []\n";
  EXPECT_EQ(refusal(good), "accepted");
  EXPECT_THAT(refusal("x ="), HasSubstr("line 1"));
  EXPECT_THAT(refusal(""), HasSubstr("[[region]]"));
  EXPECT_THAT(refusal(good + good), HasSubstr("line 6: 1 is there twice"));
  EXPECT_THAT(refusal(good + "colour = 1\n"), HasSubstr("line 6: unknown key \"colour\""));
  EXPECT_THAT(refusal("[[region]]\ncode = \"1\"\nlabel = [122]\n"),
              HasSubstr("label is not [longitude, latitude]"));
  EXPECT_THAT(refusal("[[region]]\ncode = \"1\"\nlabel = [-4, 122]\n"), HasSubstr("line 3: label"));
  EXPECT_THAT(refusal("[[region]]\nlabel = [122, -4]\n"), HasSubstr("\"code\" is missing"));
}

TEST(RegionPlaces, NeighboursNameEachOther) {
  const std::string rest = "label = [122, -4]\nbadge = [122.5, -4]\n";
  const auto one = "[[region]]\ncode = \"1\"\n" + rest + "adjacent = [\"2\"]\n";
  EXPECT_EQ(refusal(one + "[[region]]\ncode = \"2\"\n" + rest + "adjacent = [\"1\"]\n"), "accepted");
  EXPECT_THAT(refusal(one + "[[region]]\ncode = \"2\"\n" + rest + "adjacent = []\n"), HasSubstr("1 names 2"));
  EXPECT_THAT(refusal(one), HasSubstr("1 names 2"));
}

}  // namespace
}  // namespace simpul::domain
