#include "base/time.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>

namespace simpul {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kDay = 86'400 * kSecond;
constexpr std::int64_t kWitaOffset = 8 * 3'600 * kSecond;

std::optional<int> digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - ((a % b != 0) && ((a < 0) != (b < 0)));
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return std::nullopt;
  if ((text.size() > 4 && text[4] != '-') || (text.size() > 7 && text[7] != '-')) return std::nullopt;
  Date date;
  const auto year = digits(text.substr(0, 4));
  if (!year || *year < 1) return std::nullopt;
  date.year = *year;
  if (text.size() > 4) {
    const auto month = digits(text.substr(5, 2));
    if (!month || *month < 1 || *month > 12) return std::nullopt;
    date.month = *month;
  }
  if (text.size() > 7) {
    const auto day = digits(text.substr(8, 2));
    if (!day) return std::nullopt;
    date.day = *day;
    const std::chrono::year_month_day calendar{std::chrono::year(date.year), std::chrono::month(date.month),
                                               std::chrono::day(date.day)};
    if (!calendar.ok()) return std::nullopt;
  }
  return date;
}

std::string to_iso(const Date& date) {
  if (date.month == 0) return fmt::format("{:04}", date.year);
  if (date.day == 0) return fmt::format("{:04}-{:02}", date.year, date.month);
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::string to_iso(Instant instant) {
  const auto days = floor_div(instant.microseconds, kDay);
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{days}}};
  const auto seconds = (instant.microseconds - days * kDay) / kSecond;
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", int(date.year()), unsigned(date.month()),
                     unsigned(date.day()), seconds / 3600, seconds / 60 % 60, seconds % 60);
}

Date wita_day(Instant instant) {
  const auto days = floor_div(instant.microseconds + kWitaOffset, kDay);
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{days}}};
  return {int(date.year()), int(unsigned(date.month())), int(unsigned(date.day()))};
}

Instant wita_midnight_after(Instant instant) {
  const auto days = floor_div(instant.microseconds + kWitaOffset, kDay);
  return {(days + 1) * kDay - kWitaOffset};
}

Instant Clock::now() const {
  return {std::chrono::duration_cast<std::chrono::microseconds>(
              std::chrono::system_clock::now().time_since_epoch())
              .count()};
}

const Clock& system_clock() {
  static const Clock clock;
  return clock;
}

}  // namespace simpul
