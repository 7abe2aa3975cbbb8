#include "domain/register.hpp"

#include <algorithm>
#include <bit>

namespace simpul::domain {
namespace {

bool has_text(const LocalText& text, std::string_view language) {
  const auto found = text.find(language);
  return found != text.end() && !found->second.empty();
}

}  // namespace

std::uint8_t missing_mask(const Potential& potential) {
  const bool has[kRecordPartCount] = {
      std::ranges::any_of(potential.description, [](const auto& text) { return !text.second.empty(); }),
      !potential.figures.empty(),
      // A record without any figure lacks the year of it as well: both are still to be found out.
      std::ranges::any_of(potential.figures, [](const Figure& figure) { return figure.year.has_value(); }),
      !potential.geometry.empty(), !potential.commodity.empty(), !potential.contact_unit.empty(),
      potential.confirmed.has_value(),
      has_text(potential.title, "id") && has_text(potential.title, "en") &&
          has_text(potential.summary, "id") && has_text(potential.summary, "en")};
  unsigned mask = 0;
  for (int part = 0; part < kRecordPartCount; ++part)
    if (!has[part]) mask |= 1U << part;
  return static_cast<std::uint8_t>(mask);
}

std::vector<std::string_view> missing_parts(const Potential& potential) {
  std::vector<std::string_view> missing;
  const auto mask = missing_mask(potential);
  for (int part = 0; part < kRecordPartCount; ++part)
    if (mask >> part & 1) missing.push_back(kRecordParts[part]);
  return missing;
}

int percent_without(std::uint8_t missing_mask) {
  return 100 * (kRecordPartCount - std::popcount(missing_mask)) / kRecordPartCount;
}

int completeness_percent(const Potential& potential) {
  return percent_without(missing_mask(potential));
}

}  // namespace simpul::domain
