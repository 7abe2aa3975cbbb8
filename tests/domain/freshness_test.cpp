#include "domain/freshness.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace simpul::domain {
namespace {

TEST(Freshness, EndsOnTheSameDayOfALaterMonth) {
  EXPECT_EQ(confirmed_until({2025, 11, 24}, 12), (Date{2026, 11, 24}));
  EXPECT_EQ(confirmed_until({2025, 11, 24}, 2), (Date{2026, 1, 24}));
  EXPECT_EQ(confirmed_until({2025, 12, 31}, 2), (Date{2026, 2, 28}));
  EXPECT_EQ(confirmed_until({2023, 8, 31}, 6), (Date{2024, 2, 29}));
  EXPECT_EQ(confirmed_until({2025, 12, 1}, 1), (Date{2026, 1, 1}));
  EXPECT_EQ(confirmed_until({2025, 0, 0}, 12), (Date{2026, 1, 1}));
}

TEST(Freshness, TheLastDayStillCounts) {
  EXPECT_FALSE(is_overdue(Date{2025, 11, 24}, 12, {2026, 11, 24}));
  EXPECT_TRUE(is_overdue(Date{2025, 11, 24}, 12, {2026, 11, 25}));
  EXPECT_FALSE(is_overdue(std::nullopt, 12, {2026, 11, 25}));
}

TEST(Freshness, ARegionSaysSoOrTheProvinceDoes) {
  const Freshness freshness{6, {{"74.01", 3}}};
  EXPECT_EQ(freshness.months_of("74.01"), 3);
  EXPECT_EQ(freshness.months_of("74.02"), 6);
  EXPECT_EQ(Freshness().months_of("74.02"), kMonthsValid);
}

RC_GTEST_PROP(FreshnessProperty, ALongerTermNeverEndsSooner, ()) {
  const Date day{*rc::gen::inRange(1990, 2100), *rc::gen::inRange(1, 13), *rc::gen::inRange(1, 29)};
  const int months = *rc::gen::inRange(kLeastMonthsValid, kMostMonthsValid);
  const auto until = confirmed_until(day, months);
  RC_ASSERT(parse_date(to_iso(until)).has_value());
  RC_ASSERT(day < until);
  RC_ASSERT(until < confirmed_until(day, months + 1));
}

}  // namespace
}  // namespace simpul::domain
