#include "base/time.hpp"

#include <gtest/gtest.h>

namespace simpul {

TEST(Date, KnowsItsPrecision) {
  EXPECT_EQ(parse_date("2025-11-19"), (Date{2025, 11, 19}));
  EXPECT_EQ(parse_date("2009-11"), (Date{2009, 11, 0}));
  EXPECT_EQ(parse_date("2019"), (Date{2019, 0, 0}));
  for (const auto* text : {"2009-11", "2019", "2024-02-29"}) EXPECT_EQ(to_iso(*parse_date(text)), text);
}

TEST(Date, RefusesWhatIsNoDate) {
  for (const auto* text :
       {"", "19", "2025-13", "2025-02-30", "2023-02-29", "2025/11/19", "20251119", "2025-1-9", "0000"})
    EXPECT_FALSE(parse_date(text)) << text;
}

TEST(Wita, DayChangesAtSixteenHoursUtc) {
  const Instant before{1'764'000'000'000'000};  // 2025-11-24T16:00:00Z
  EXPECT_EQ(to_iso(before), "2025-11-24T16:00:00Z");
  EXPECT_EQ(wita_day(before), (Date{2025, 11, 25}));
  EXPECT_EQ(wita_day({before.microseconds - 1}), (Date{2025, 11, 24}));
  EXPECT_EQ(wita_midnight_after({before.microseconds - 1}), before);
}

}  // namespace simpul
