#include "domain/job.hpp"

#include <algorithm>
#include <array>

namespace simpul::domain {
namespace {

constexpr std::array<std::string_view, 5> kStates{"queued", "running", "done", "failed", "cancelled"};
constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kDay = 24 * 60 * kMinute;

}  // namespace

std::string_view to_text(JobState state) {
  return kStates[static_cast<std::size_t>(state)];
}

JobState job_state(std::string_view text) {
  const auto found = std::ranges::find(kStates, text);
  if (found == kStates.end()) throw Error(ErrorKind::Internal, "There is no such state of a job");
  return static_cast<JobState>(found - kStates.begin());
}

bool is_over(JobState state) {
  return state == JobState::Done || state == JobState::Failed || state == JobState::Cancelled;
}

Instant next_attempt(Instant now, int attempts) {
  const int doublings = 2 * std::clamp(attempts - 1, 0, 10);
  return {now.microseconds + std::min<std::int64_t>(10 * kSecond << doublings, 60 * kMinute)};
}

Instant next_daily(Instant now, int minute) {
  const auto midnight = wita_midnight_after(now).microseconds - kDay;
  const auto today = midnight + minute * kMinute;
  return {today > now.microseconds ? today : today + kDay};
}

std::optional<int> parse_minute(std::string_view text) {
  const auto digit = [&](std::size_t at) {
    return text[at] >= '0' && text[at] <= '9' ? text[at] - '0' : 100;
  };
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const int hours = digit(0) * 10 + digit(1), minutes = digit(3) * 10 + digit(4);
  if (hours > 23 || minutes > 59) return std::nullopt;
  return hours * 60 + minutes;
}

}  // namespace simpul::domain
