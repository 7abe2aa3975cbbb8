#include "domain/register.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace simpul::domain {
namespace {

Potential full() {
  Potential potential;
  potential.title = {{"id", "Teluk"}, {"en", "Bay"}};
  potential.summary = {{"id", "Ringkas"}, {"en", "Short"}};
  potential.description = {{"id", "Panjang"}};
  potential.figures = {{12, "t", "production", 2024, "BPS"}};
  potential.geometry = geo::point(122, -4);
  potential.commodity = "tuna";
  potential.contact_unit = "Dinas Kelautan dan Perikanan";
  potential.confirmed = Date{2026, 1, 2};
  return potential;
}

}  // namespace

TEST(Completeness, FullRecord) {
  EXPECT_EQ(completeness_percent(full()), 100);
  EXPECT_TRUE(missing_parts(full()).empty());
}

TEST(Completeness, EmptyRecordLacksAllInFixedOrder) {
  EXPECT_THAT(missing_parts({}), testing::ElementsAre("description", "figure", "year", "point", "commodity",
                                                      "contact", "confirmed", "translation"));
  EXPECT_EQ(completeness_percent({}), 0);
}

TEST(Completeness, FigureWithoutYearAndSummaryInOneLanguage) {
  auto potential = full();
  potential.figures[0].year.reset();
  potential.summary.erase("en");
  EXPECT_THAT(missing_parts(potential), testing::ElementsAre("year", "translation"));
  EXPECT_EQ(completeness_percent(potential), 75);
}

TEST(Completeness, IsRoundedDown) {
  auto potential = full();
  potential.commodity.clear();
  EXPECT_EQ(completeness_percent(potential), 87);  // 7 of 8 is 87.5
}

}  // namespace simpul::domain
