// Instants, dates and the clock. Instants are microseconds since 1970 UTC (BIGINT in the database); dates are
// ISO 8601 text with their precision. The day of the register is the day in Asia/Makassar (WITA, UTC+8, no
// summer time).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace simpul {

struct Instant {
  std::int64_t microseconds = 0;
  auto operator<=>(const Instant&) const = default;
};

// A date known to the day, the month or the year: "2025-11-19", "2009-11", "2019".
struct Date {
  int year = 0;
  int month = 0;  // 0: not known
  int day = 0;    // 0: not known
  auto operator<=>(const Date&) const = default;
};

// nullopt: not such a date (2025-02-30, 2025-13, "yesterday").
std::optional<Date> parse_date(std::string_view text);
std::string to_iso(const Date& date);
std::string to_iso(Instant instant);  // "2026-11-24T07:14:03Z"
Date wita_day(Instant instant);
Instant wita_midnight_after(Instant instant);

// Where the time comes from. Tests hand in their own.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const;
};
const Clock& system_clock();

}  // namespace simpul
