#include "domain/backup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>

namespace simpul::domain {
namespace {

constexpr std::string_view kPattern = "simpul-########T######Z.tar";

// The digits at the places of '#'; nullopt: the name has another form.
std::optional<std::string> digits_of(std::string_view name) {
  if (name.size() != kPattern.size()) return std::nullopt;
  std::string digits;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool digit = name[i] >= '0' && name[i] <= '9';
    if (kPattern[i] == '#' ? !digit : name[i] != kPattern[i]) return std::nullopt;
    if (kPattern[i] == '#') digits += name[i];
  }
  return digits;
}

}  // namespace

std::string backup_name(Instant at) {
  std::string digits;
  for (const char c : to_iso(at))
    if (c >= '0' && c <= '9') digits += c;
  return fmt::format("simpul-{}T{}Z.tar", digits.substr(0, 8), digits.substr(8));
}

std::optional<Instant> backup_time(std::string_view name) {
  const auto digits = digits_of(name);
  if (!digits) return std::nullopt;
  const auto number = [&](std::size_t at, std::size_t count) { return std::stoi(digits->substr(at, count)); };
  const std::chrono::year_month_day day{std::chrono::year(number(0, 4)),
                                        std::chrono::month(static_cast<unsigned>(number(4, 2))),
                                        std::chrono::day(static_cast<unsigned>(number(6, 2)))};
  const int hours = number(8, 2), minutes = number(10, 2), seconds = number(12, 2);
  if (!day.ok() || hours > 23 || minutes > 59 || seconds > 59) return std::nullopt;
  const std::int64_t days = std::chrono::sys_days(day).time_since_epoch().count();
  return Instant{((days * 24 + hours) * 60 + minutes) * 60 * 1'000'000 + seconds * 1'000'000};
}

std::vector<std::string> outdated_backups(const std::vector<std::string>& names, unsigned days,
                                          unsigned months) {
  std::vector<std::string> newest_first;
  for (const auto& name : names)
    if (backup_time(name)) newest_first.push_back(name);
  std::ranges::sort(newest_first, std::greater());  // the name sorts by time
  std::set<Date> days_seen, months_seen;
  std::vector<std::string> outdated;
  for (const auto& name : newest_first) {
    const auto day = wita_day(*backup_time(name));
    const bool first_of_day = days_seen.insert(day).second;
    const bool first_of_month = months_seen.insert({day.year, day.month, 0}).second;
    const bool kept =
        (first_of_day && days_seen.size() <= days) || (first_of_month && months_seen.size() <= months);
    if (!kept) outdated.push_back(name);
  }
  return outdated;
}

}  // namespace simpul::domain
