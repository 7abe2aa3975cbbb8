#include "domain/register.hpp"

#include <algorithm>

namespace simpul::domain {
namespace {

constexpr int kParts = 8;

bool has_text(const LocalText& text, std::string_view language) {
  const auto found = text.find(language);
  return found != text.end() && !found->second.empty();
}

}  // namespace

std::vector<std::string_view> missing_parts(const Potential& potential) {
  std::vector<std::string_view> missing;
  missing.reserve(kParts);
  const auto need = [&](bool there, const char* part) {
    if (!there) missing.emplace_back(part);
  };
  need(std::ranges::any_of(potential.description, [](const auto& text) { return !text.second.empty(); }),
       "description");
  need(!potential.figures.empty(), "figure");
  // A record without any figure lacks the year of it as well: both are still to be found out.
  need(std::ranges::any_of(potential.figures, [](const Figure& figure) { return figure.year.has_value(); }),
       "year");
  need(!potential.geometry.empty(), "point");
  need(!potential.commodity.empty(), "commodity");
  need(!potential.contact_unit.empty(), "contact");
  need(potential.confirmed.has_value(), "confirmed");
  need(has_text(potential.title, "id") && has_text(potential.title, "en") &&
           has_text(potential.summary, "id") && has_text(potential.summary, "en"),
       "translation");
  return missing;
}

int completeness_percent(const Potential& potential) {
  return 100 * (kParts - static_cast<int>(missing_parts(potential).size())) / kParts;
}

}  // namespace simpul::domain
