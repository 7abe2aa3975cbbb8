// Numbers and dates as ICU writes them in one locale. Everything is looked up once; after that the object is
// only read, so that all threads can share it.
#pragma once

#include <unicode/coll.h>
#include <unicode/numberformatter.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace simpul::i18n {

class Formats {
 public:
  explicit Formats(const std::string& locale);  // "id_ID"; Error Internal: ICU lacks its data

  std::string decimal(double value, int max_decimals) const;
  std::string integer(long long value) const;
  std::string percent(double value_of_100, int max_decimals) const;
  std::string date(const Date& date) const;
  std::string time(int hour, int minute) const;  // 15.14 | 15:14
  int compare(std::string_view a, std::string_view b) const;
  std::string sort_key(std::string_view text) const;

 private:
  std::string expand(const icu::UnicodeString& pattern, int year, int month, int day, int hour,
                     int minute) const;

  static constexpr int kMaxDecimals = 6;
  std::vector<icu::number::LocalizedNumberFormatter> decimals_;  // by the number of decimals
  std::vector<icu::number::LocalizedNumberFormatter> percents_;
  std::vector<std::string> small_;  // the integers from 0: most numbers on a page are counts
  std::unique_ptr<icu::Collator> collator_;
  std::vector<icu::UnicodeString> months_;
  icu::UnicodeString day_pattern_, month_pattern_, year_pattern_, time_pattern_;
};

}  // namespace simpul::i18n
