// How long what a region has confirmed stays valid: months, set by each region or else by the province. Pure;
// used by catalog for what the public reads, by storage and service for what officers have to confirm.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace simpul::domain {

inline constexpr int kLeastMonthsValid = 1;
inline constexpr int kMostMonthsValid = 60;
inline constexpr int kMonthsValid = 12;  // until the province has said something else

struct Freshness {
  int province = kMonthsValid;                      // for regions that have said nothing
  std::map<std::string, int, std::less<>> regions;  // those that have
  int months_of(std::string_view region) const;
};

// The last day on which a confirmation counts: the same day of a later month, or that month's last. A day or
// month that is not known counts as the first.
Date confirmed_until(const Date& confirmed, int months);
// false as well for what was never confirmed: that is said in other words.
bool is_overdue(const std::optional<Date>& confirmed, int months, const Date& today);

}  // namespace simpul::domain
