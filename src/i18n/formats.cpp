#include "i18n/formats.hpp"

#include <unicode/dtfmtsym.h>
#include <unicode/dtptngen.h>
#include <unicode/stringpiece.h>

#include <algorithm>
#include <cstdio>

#include "base/error.hpp"

namespace simpul::i18n {
namespace {

void check(UErrorCode status, const std::string& locale) {
  if (U_FAILURE(status))
    throw Error(ErrorKind::Internal, "The formats of a language are missing.", {}, {},
                locale + ": " + u_errorName(status));
}

std::string utf8(const icu::UnicodeString& text) {
  std::string bytes;
  text.toUTF8String(bytes);
  return bytes;
}

}  // namespace

Formats::Formats(const std::string& name) {
  const icu::Locale locale(name.c_str());
  UErrorCode status = U_ZERO_ERROR;

  const auto plain = icu::number::NumberFormatter::withLocale(locale).roundingMode(UNUM_ROUND_HALFUP);
  for (int decimals = 0; decimals <= kMaxDecimals; ++decimals) {
    decimals_.push_back(plain.precision(icu::number::Precision::maxFraction(decimals)));
    percents_.push_back(
        plain.unit(icu::NoUnit::percent()).precision(icu::number::Precision::maxFraction(decimals)));
  }

  collator_.reset(icu::Collator::createInstance(locale, status));
  check(status, name);

  const icu::DateFormatSymbols symbols(locale, status);
  check(status, name);
  std::int32_t count = 0;
  const auto* months = symbols.getMonths(count, icu::DateFormatSymbols::FORMAT, icu::DateFormatSymbols::WIDE);
  months_.assign(months, months + count);

  const std::unique_ptr<icu::DateTimePatternGenerator> patterns(
      icu::DateTimePatternGenerator::createInstance(locale, status));
  check(status, name);
  day_pattern_ = patterns->getBestPattern(u"yMMMMd", status);
  month_pattern_ = patterns->getBestPattern(u"yMMMM", status);
  year_pattern_ = patterns->getBestPattern(u"y", status);
  time_pattern_ = patterns->getBestPattern(u"Hmm", status);
  check(status, name);

  std::vector<std::string> small;
  for (int value = 0; value < 1000; ++value) small.push_back(integer(value));
  small_ = std::move(small);
}

std::string Formats::decimal(double value, int max_decimals) const {
  UErrorCode status = U_ZERO_ERROR;
  const auto& formatter = decimals_[std::clamp(max_decimals, 0, kMaxDecimals)];
  auto text = utf8(formatter.formatDouble(value, status).toString(status));
  check(status, "number");
  return text == "-0" ? "0" : text;  // a small negative value, rounded
}

std::string Formats::integer(long long value) const {
  if (value >= 0 && value < static_cast<long long>(small_.size()))
    return small_[static_cast<std::size_t>(value)];
  UErrorCode status = U_ZERO_ERROR;
  auto text = utf8(decimals_[0].formatInt(value, status).toString(status));
  check(status, "number");
  return text;
}

std::string Formats::percent(double value_of_100, int max_decimals) const {
  UErrorCode status = U_ZERO_ERROR;
  const auto& formatter = percents_[std::clamp(max_decimals, 0, kMaxDecimals)];
  auto text = utf8(formatter.formatDouble(value_of_100, status).toString(status));
  check(status, "number");
  return text;
}

std::string Formats::date(const Date& date) const {
  const auto& pattern = date.day ? day_pattern_ : date.month ? month_pattern_ : year_pattern_;
  return expand(pattern, date.year, date.month, date.day, 0, 0);
}

std::string Formats::time(int hour, int minute) const {
  return expand(time_pattern_, 0, 1, 1, hour, minute);
}

int Formats::compare(std::string_view a, std::string_view b) const {
  UErrorCode status = U_ZERO_ERROR;
  const auto order = collator_->compareUTF8(icu::StringPiece(a.data(), static_cast<int>(a.size())),
                                            icu::StringPiece(b.data(), static_cast<int>(b.size())), status);
  check(status, "collation");
  return order;
}

std::string Formats::sort_key(std::string_view text) const {
  const auto wide =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int>(text.size())));
  std::string key(text.size() * 2 + 16, '\0');
  for (;;) {
    const auto size = collator_->getSortKey(wide, reinterpret_cast<std::uint8_t*>(key.data()),
                                            static_cast<std::int32_t>(key.size()));
    if (size == 0) throw Error(ErrorKind::Internal, "Text could not be read", {}, {}, "sort key");
    const bool fits = static_cast<std::size_t>(size) <= key.size();
    key.resize(static_cast<std::size_t>(size));
    if (fits) return key;
  }
}

// The few letters that the four patterns can hold. An icu::DateFormat would do it too, but is not for several
// threads.
std::string Formats::expand(const icu::UnicodeString& pattern, int year, int month, int day, int hour,
                            int minute) const {
  icu::UnicodeString out;
  for (int at = 0; at < pattern.length();) {
    const char16_t letter = pattern[at];
    if (letter == u'\'') {  // quoted text; '' is an apostrophe
      const int end = pattern.indexOf(u'\'', at + 1);
      const int stop = end < 0 ? pattern.length() : end;
      out.append(stop == at + 1 ? icu::UnicodeString(u"'") : pattern.tempSubStringBetween(at + 1, stop));
      at = stop + 1;
      continue;
    }
    int width = 1;
    while (at + width < pattern.length() && pattern[at + width] == letter) ++width;
    const auto digits = [&](int value) {
      char text[16];
      std::snprintf(text, sizeof text, "%0*d", width == 2 ? 2 : 1, value);
      out.append(icu::UnicodeString::fromUTF8(text));
    };
    switch (letter) {
      case u'y':
        digits(year);
        break;
      case u'M':
      case u'L':
        if (width >= 3)
          out.append(months_.at(static_cast<std::size_t>(month - 1)));
        else
          digits(month);
        break;
      case u'd':
        digits(day);
        break;
      case u'H':
        digits(hour);
        break;
      case u'm':
        digits(minute);
        break;
      default:
        out.append(pattern.tempSubString(at, width));
    }
    at += width;
  }
  return utf8(out);
}

}  // namespace simpul::i18n
