#include "domain/job.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

namespace simpul::domain {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
// 2026-11-24 23:59:59 in Makassar
constexpr Instant kEvening{1'795'535'999'000'000};

TEST(Job, StatesHaveNames) {
  for (const auto state :
       {JobState::Queued, JobState::Running, JobState::Done, JobState::Failed, JobState::Cancelled})
    EXPECT_EQ(job_state(to_text(state)), state);
  EXPECT_THROW(job_state("lost"), Error);
  EXPECT_FALSE(is_over(JobState::Queued));
  EXPECT_FALSE(is_over(JobState::Running));
  EXPECT_TRUE(is_over(JobState::Done));
}

TEST(Job, IsTriedAgainLaterEachTimeUpToAnHour) {
  const auto wait = [](int attempts) { return (next_attempt({5}, attempts).microseconds - 5) / kSecond; };
  EXPECT_EQ(wait(1), 10);
  EXPECT_EQ(wait(2), 40);
  EXPECT_EQ(wait(3), 160);
  EXPECT_EQ(wait(6), 3600);
  EXPECT_EQ(wait(1'000'000), 3600);
  EXPECT_EQ(wait(0), 10);
}

TEST(Job, EveryDayIsADayInMakassar) {
  EXPECT_EQ(to_iso(next_daily(kEvening, 0)), "2026-11-24T16:00:00Z");
  EXPECT_EQ(to_iso(next_daily(kEvening, 150)), "2026-11-24T18:30:00Z");
  EXPECT_EQ(to_iso(next_daily(kEvening, 1439)), "2026-11-25T15:59:00Z");
}

RC_GTEST_PROP(JobProperty, TheNextDailyInstantIsWithinADayAtThatMinute, ()) {
  const Instant now{*rc::gen::inRange<std::int64_t>(-4'000'000'000'000'000, 4'000'000'000'000'000)};
  const int minute = *rc::gen::inRange(0, 1440);
  const auto next = next_daily(now, minute);
  RC_ASSERT(next > now);
  RC_ASSERT(next.microseconds - now.microseconds <= 86'400 * kSecond);
  const auto midnight = wita_midnight_after(next).microseconds - 86'400 * kSecond;
  RC_ASSERT(next.microseconds - midnight == minute * 60 * kSecond);
}

TEST(Job, ReadsAMinuteOfTheDay) {
  EXPECT_EQ(parse_minute("00:00"), 0);
  EXPECT_EQ(parse_minute("02:30"), 150);
  EXPECT_EQ(parse_minute("23:59"), 1439);
  for (const auto* bad : {"", "24:00", "12:60", "2:30", "02.30", "02:3x", "-1:30", "02:300"})
    EXPECT_FALSE(parse_minute(bad)) << bad;
}

}  // namespace
}  // namespace simpul::domain
