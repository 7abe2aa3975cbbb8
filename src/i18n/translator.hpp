// Messages, numbers, money and dates in the languages of the site. gettext catalogues (embedded .mo) through
// Boost.Locale, formats of ICU. One Language object per language, made at start, shared by all threads.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/time.hpp"

namespace simpul::i18n {

class Language {
 public:
  explicit Language(std::string code);  // "id", "en"; Error NotFound: no such language
  ~Language();
  Language(Language&&) noexcept;

  const std::string& code() const { return code_; }
  const std::string& name() const;  // what its speakers call it: "Bahasa Indonesia"

  // English msgid -> this language; {name} filled in from args. Not found: the English text.
  std::string tr(std::string_view message, const MessageArgs& args = {}) const;
  // "{n} potential" / "{n} potentials": {n} is filled with the formatted number.
  std::string trn(std::string_view one, std::string_view many, long long n,
                  const MessageArgs& args = {}) const;

  // Halves are rounded away from zero; no more decimals are shown than the value has.
  std::string number(double value, int max_decimals = 2) const;  // 1.234.567,5 | 1,234,567.5
  std::string integer(long long value) const;
  std::string percent(double value_of_100, int max_decimals = 1) const;  // 5,4%
  // Up to two decimals of the largest unit that fits; below a million the whole amount: Rp184 miliar,
  // Rp750.000 | IDR 184 billion, IDR 750,000.
  std::string money_idr(double rupiah) const;
  std::string date(const Date& date) const;    // 19 November 2025 | November 2009 | 2019
  std::string instant(Instant instant) const;  // 24 November 2026, 15.14 WITA

  // Order of names for people (ICU collation): <0, 0, >0.
  int compare(std::string_view a, std::string_view b) const;
  // Bytes whose order is that of compare(): for many names.
  std::string sort_key(std::string_view name) const;

 private:
  struct Parts;
  std::string code_;
  std::unique_ptr<Parts> parts_;
};

// The languages of reference/languages.toml, in menu order: id, en.
const std::vector<Language>& languages();
// nullptr: not one of ours.
const Language* find_language(std::string_view code);
// "id-ID,id;q=0.9,en;q=0.8" -> the best of ours; the first of languages() when nothing fits.
const Language& best_language(std::string_view accept_language);

}  // namespace simpul::i18n
