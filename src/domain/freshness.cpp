#include "domain/freshness.hpp"

#include <algorithm>

namespace simpul::domain {

int Freshness::months_of(std::string_view region) const {
  const auto found = regions.find(region);
  return found == regions.end() ? province : found->second;
}

Date confirmed_until(const Date& confirmed, int months) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const int month = confirmed.year * 12 + std::max(confirmed.month, 1) - 1 + months;
  Date until{month / 12, month % 12 + 1, std::max(confirmed.day, 1)};
  const bool leap = until.year % 4 == 0 && (until.year % 100 != 0 || until.year % 400 == 0);
  until.day = std::min(until.day, kDays[until.month - 1] + (leap && until.month == 2 ? 1 : 0));
  return until;
}

bool is_overdue(const std::optional<Date>& confirmed, int months, const Date& today) {
  return confirmed && confirmed_until(*confirmed, months) < today;
}

}  // namespace simpul::domain
