#include "domain/names.hpp"

#include <algorithm>
#include <array>

#include "base/error.hpp"

namespace simpul::domain {
namespace {

template <typename Enum, std::size_t N>
struct Words {
  std::array<std::pair<Enum, std::string_view>, N> rows;

  constexpr std::string_view word(Enum value) const {
    for (const auto& [known, text] : rows)
      if (known == value) return text;
    return {};
  }

  Enum value(std::string_view word, std::string_view list) const {
    for (const auto& [known, text] : rows)
      if (text == word) return known;
    std::string words;
    for (const auto& row : rows) words.append(words.empty() ? "" : ", ").append(row.second);
    throw Error(ErrorKind::Invalid, "\"{value}\" is not a {list}. Known: {known}",
                {{"value", std::string(word)}, {"list", std::string(list)}, {"known", words}});
  }
};

constexpr Words<PotentialStatus, 3> kStatus{{{{PotentialStatus::Existing, "existing"},
                                              {PotentialStatus::Offered, "offered"},
                                              {PotentialStatus::Indicative, "indicative"}}}};
constexpr Words<Maturity, 3> kMaturity{{{{Maturity::Potensi, "potensi"},
                                         {Maturity::Prospektif, "prospektif"},
                                         {Maturity::SiapDitawarkan, "siap_ditawarkan"}}}};
constexpr Words<LocationAccuracy, 4> kAccuracy{{{{LocationAccuracy::Exact, "exact"},
                                                 {LocationAccuracy::Village, "village"},
                                                 {LocationAccuracy::District, "district"},
                                                 {LocationAccuracy::Regency, "regency"}}}};

}  // namespace

TextIn text_in(const LocalText& text, std::string_view language) {
  const auto look = [&](std::string_view code) -> TextIn {
    const auto found = text.find(code);
    return found == text.end() || found->second.empty() ? TextIn{} : TextIn{found->second, found->first};
  };
  for (const auto code : {language, std::string_view("en"), std::string_view("id")})
    if (const auto found = look(code); !found.text.empty()) return found;
  // A record in none of these languages still says something.
  for (const auto& [code, words] : text)
    if (!words.empty()) return {words, code};
  return {};
}

std::string_view word(PotentialStatus status) {
  return kStatus.word(status);
}
std::string_view word(Maturity maturity) {
  return kMaturity.word(maturity);
}
std::string_view word(LocationAccuracy accuracy) {
  return kAccuracy.word(accuracy);
}

PotentialStatus potential_status(std::string_view word) {
  return kStatus.value(word, "status");
}
Maturity maturity(std::string_view word) {
  return kMaturity.value(word, "maturity");
}
LocationAccuracy location_accuracy(std::string_view word) {
  return kAccuracy.value(word, "location accuracy");
}

bool is_cooperation_form(std::string_view word) {
  return std::ranges::find(kCooperationForms, word) != std::end(kCooperationForms);
}

}  // namespace simpul::domain
