#include "domain/cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

#include "base/time.hpp"
#include "document/csv_reader.hpp"

namespace simpul::domain {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Blanks of one to three bytes that begin at `at`: their length, 0: none.
std::size_t blank_at(std::string_view text, std::size_t at) {
  const auto rest = text.substr(at);
  if (rest.starts_with(' ') || rest.starts_with('\t')) return 1;
  if (rest.starts_with("\xC2\xA0")) return 2;                                          // no-break space
  if (rest.starts_with("\xE2\x80\xAF") || rest.starts_with("\xE2\x80\x89")) return 3;  // narrow, thin
  if (rest.starts_with("\xE2\x80\x87")) return 3;                                      // figure space
  return 0;
}

// Characters that nobody sees: zero-width space, joiners, byte order mark.
std::size_t nothing_at(std::string_view text, std::size_t at) {
  const auto rest = text.substr(at);
  for (const std::string_view mark : {"\xE2\x80\x8B", "\xE2\x80\x8C", "\xE2\x80\x8D", "\xEF\xBB\xBF"})
    if (rest.starts_with(mark)) return 3;
  return 0;
}

std::optional<double> plain_number(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

// Digits with marks between them ("1.234.567,8") as a number with a decimal point; nullopt: no such thing.
std::optional<double> marked_number(std::string_view text, bool comma) {
  const auto points = std::ranges::count(text, '.'), commas = std::ranges::count(text, ',');
  char decimal = 0;  // the mark of the decimals; 0: there are none
  if (points > 0 && commas > 0) {
    decimal = text.rfind('.') > text.rfind(',') ? '.' : ',';
    if ((decimal == '.' ? points : commas) != 1) return std::nullopt;
  } else if (points + commas == 1) {
    const char mark = points ? '.' : ',';
    const auto at = text.find(mark);
    const bool either = text.size() - at == 4 && at >= 1 && at <= 3 && text[0] != '0';
    decimal = !either || (mark == ',') == comma ? mark : 0;
  }
  std::string plain;
  std::size_t since_mark = 0;
  bool grouped = false, in_decimals = false;
  for (const char c : text) {
    if (is_digit(c)) {
      plain += c;
      ++since_mark;
    } else if (c == decimal) {
      if (in_decimals || (grouped && since_mark != 3)) return std::nullopt;
      plain += '.';
      in_decimals = true;
    } else if (c == '.' || c == ',') {
      if (in_decimals || (grouped ? since_mark != 3 : since_mark == 0 || since_mark > 3)) return std::nullopt;
      grouped = true;
      since_mark = 0;
    } else {
      return std::nullopt;
    }
  }
  if (grouped && !in_decimals && since_mark != 3) return std::nullopt;
  if (plain.empty() || plain == ".") return std::nullopt;
  if (plain.front() == '.') plain.insert(plain.begin(), '0');
  if (plain.back() == '.') plain.pop_back();
  return plain_number(plain);
}

}  // namespace

std::string clean_cell(std::string_view cell) {
  std::string out;
  out.reserve(cell.size());
  const auto bad = document::find_bad_utf8(cell);
  std::string mended;
  if (bad != std::string_view::npos) {
    std::string_view rest = cell;
    for (;;) {
      const auto at = document::find_bad_utf8(rest);
      mended.append(rest.substr(0, at));
      if (at == std::string_view::npos) break;
      mended += "\xEF\xBF\xBD";
      rest.remove_prefix(at + 1);
    }
    cell = mended;
  }
  for (std::size_t at = 0; at < cell.size();) {
    if (const auto blank = blank_at(cell, at)) {
      out += ' ';
      at += blank;
    } else if (const auto nothing = nothing_at(cell, at)) {
      at += nothing;
    } else if (cell[at] == '\n' || cell[at] == '\r') {
      if (cell[at] == '\n') out += '\n';
      ++at;
    } else if (static_cast<unsigned char>(cell[at]) < 0x20 || cell[at] == 0x7F) {
      ++at;
    } else {
      out += cell[at++];
    }
  }
  const auto start = out.find_first_not_of(" \n");
  if (start == std::string::npos) return {};
  out.erase(out.find_last_not_of(" \n") + 1);
  out.erase(0, start);
  return out;
}

std::optional<Measure> read_measure(std::string_view cell, bool comma) {
  std::size_t at = 0;
  Measure measure;
  while (at < cell.size() && (is_letter(cell[at]) || cell[at] == '$')) ++at;
  measure.unit = std::string(cell.substr(0, at));
  if (!measure.unit.empty() && at < cell.size() && cell[at] == '.' &&
      (at + 1 == cell.size() || !is_digit(cell[at + 1])))
    ++at;  // "Rp. 100"
  while (at < cell.size() && cell[at] == ' ') ++at;
  bool negative = false;
  if (at < cell.size() && (cell[at] == '-' || cell[at] == '+')) negative = cell[at++] == '-';
  // Blanks between groups of three digits are thousands, too.
  std::string digits;
  while (at < cell.size()) {
    const char c = cell[at];
    if (is_digit(c) || c == '.' || c == ',') {
      digits += c;
      ++at;
    } else if (c == ' ' && !digits.empty() && is_digit(digits.back()) && cell.size() - at >= 4 &&
               is_digit(cell[at + 1]) && is_digit(cell[at + 2]) && is_digit(cell[at + 3]) &&
               (cell.size() - at == 4 || !is_digit(cell[at + 4]))) {
      ++at;
    } else {
      break;
    }
  }
  if ((at < cell.size() && (cell[at] == 'e' || cell[at] == 'E')) && at + 1 < cell.size() &&
      (is_digit(cell[at + 1]) ||
       ((cell[at + 1] == '+' || cell[at + 1] == '-') && at + 2 < cell.size() && is_digit(cell[at + 2])))) {
    // 1.5E+09, as a spreadsheet writes what is large.
    auto power = at + 1;
    std::string exponent = "e";
    if (cell[power] == '+' || cell[power] == '-') {
      if (cell[power] == '-') exponent += '-';
      ++power;
    }
    while (power < cell.size() && is_digit(cell[power])) exponent += cell[power++];
    auto plain = digits;
    std::ranges::replace(plain, ',', '.');
    if (std::ranges::count(plain, '.') > 1 || power != cell.size()) return std::nullopt;
    const auto value = plain_number(plain + exponent);
    if (!value) return std::nullopt;
    measure.value = negative ? -*value : *value;
    return measure;
  }
  const auto value = marked_number(digits, comma);
  if (!value) return std::nullopt;
  measure.value = negative ? -*value : *value;
  auto rest = cell.substr(at);
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  if (!rest.empty()) {
    // A unit begins with a letter or %, and a second number is no unit.
    const auto first = static_cast<unsigned char>(rest.front());
    if (!is_letter(rest.front()) && rest.front() != '%' && first < 0x80) return std::nullopt;
    if (!measure.unit.empty()) return std::nullopt;
    for (std::size_t i = 0; i + 1 < rest.size(); ++i)
      if (rest[i] == ' ' && is_digit(rest[i + 1])) return std::nullopt;
    measure.unit = std::string(rest);
  }
  return measure;
}

std::optional<int> read_year(std::string_view cell) {
  // Every run of four digits that stands alone and could be a year; two different ones: it is not known
  // which.
  std::optional<int> year;
  std::size_t at = 0;
  while (at < cell.size()) {
    if (!is_digit(cell[at])) {
      ++at;
      continue;
    }
    auto end = at;
    while (end < cell.size() && is_digit(cell[end])) ++end;
    if (end - at == 4) {
      int value = 0;
      std::from_chars(cell.data() + at, cell.data() + end, value);
      if (value >= 1900 && value <= 2100) {
        if (year && *year != value) return std::nullopt;
        year = value;
      }
    } else if (at == 0 && end - at == 5) {
      // The day number of a spreadsheet: 1 is 1 January 1900 and 1900 is taken for a leap year.
      int days = 0;
      std::from_chars(cell.data(), cell.data() + end, days);
      const auto rest = cell.substr(end);
      if (days >= 32874 && days <= 55153 && (rest.empty() || rest == ".0"))
        return 1970 + static_cast<int>((days - 25569 + 0.5) / 365.2425);
    }
    at = end;
  }
  return year;
}

std::optional<std::string> read_region_code(std::string_view cell) {
  std::string text(cell);
  std::ranges::replace(text, ',', '.');
  const auto points = std::ranges::count(text, '.');
  if (text.empty() || !std::ranges::all_of(text, [](char c) { return is_digit(c) || c == '.'; }))
    return std::nullopt;
  if (points == 0) return text.size() == 2 ? std::optional(text) : std::nullopt;
  if (points > 1) {
    if (points > 3 || text.front() == '.' || text.back() == '.') return std::nullopt;
    return text;  // kecamatan and desa: text, no spreadsheet makes a number of it
  }
  const auto number = plain_number(text);
  if (!number || *number < 11 || *number >= 100) return std::nullopt;
  const double hundreds = *number * 100;
  if (std::abs(hundreds - std::round(hundreds)) > 1e-6) return std::nullopt;
  return fmt::format("{:.2f}", *number);
}

std::optional<double> read_angle(std::string_view cell) {
  // Numbers with what stands between them; a word for the side of the Earth at the end or the beginning.
  std::vector<double> numbers;
  std::string side, number;
  bool negative = false;
  const auto take = [&] {
    if (number.empty()) return true;
    std::ranges::replace(number, ',', '.');
    const auto value =
        std::ranges::count(number, '.') <= 1 && number != "." ? plain_number(number) : std::nullopt;
    number.clear();
    if (!value) return false;
    numbers.push_back(*value);
    return true;
  };
  for (std::size_t at = 0; at < cell.size();) {
    const char c = cell[at];
    const auto rest = cell.substr(at);
    if (is_digit(c) || c == '.' || c == ',') {
      number += c;
      ++at;
      continue;
    }
    if (!take()) return std::nullopt;
    if (is_letter(c)) {
      side += static_cast<char>(c & ~0x20);
      ++at;
    } else if ((c == '-' || c == '+') && numbers.empty() && !negative) {
      negative = c == '-';
      ++at;
    } else if (c == ' ' || c == '\'' || c == '"' || c == '`') {
      ++at;
    } else if (rest.starts_with("\xC2\xB0") || rest.starts_with("\xC2\xBA") || rest.starts_with("\xC2\xB4")) {
      at += 2;  // degree, ordinal, acute
    } else if (rest.starts_with("\xE2\x80\xB2") || rest.starts_with("\xE2\x80\xB3") ||
               rest.starts_with("\xE2\x80\x99") || rest.starts_with("\xE2\x80\x98") ||
               rest.starts_with("\xE2\x80\x9D") || rest.starts_with("\xE2\x80\x9C")) {
      at += 3;  // prime, double prime, quotes
    } else {
      return std::nullopt;
    }
  }
  if (!take() || numbers.empty() || numbers.size() > 3) return std::nullopt;
  double value = numbers[0];
  if (numbers.size() > 1) {
    if (numbers[0] != std::floor(numbers[0]) || numbers[1] >= 60) return std::nullopt;
    value += numbers[1] / 60;
  }
  if (numbers.size() > 2) {
    if (numbers[1] != std::floor(numbers[1]) || numbers[2] >= 60) return std::nullopt;
    value += numbers[2] / 3600;
  }
  // Lintang selatan, bujur barat; U and N, T and E and BT are the other way.
  if (side == "S" || side == "LS" || side == "W" || side == "BB")
    negative = true;
  else if (!(side.empty() || side == "N" || side == "LU" || side == "U" || side == "E" || side == "BT" ||
             side == "T"))
    return std::nullopt;
  return negative ? -value : value;
}

std::optional<AnglePair> read_position(std::string_view cell) {
  // Cut where both halves are an angle; the best mark to cut at first.
  for (const std::string_view mark : {";", "|", "/", ", ", ",", " "}) {
    for (auto at = cell.find(mark); at != std::string_view::npos; at = cell.find(mark, at + 1)) {
      auto left = cell.substr(0, at), right = cell.substr(at + mark.size());
      while (left.ends_with(' ')) left.remove_suffix(1);
      while (right.starts_with(' ')) right.remove_prefix(1);
      const auto first = read_angle(left), second = read_angle(right);
      if (!first || !second) continue;
      if (std::abs(*first) <= 180 && std::abs(*second) <= 180) return AnglePair{*first, *second};
    }
  }
  return std::nullopt;
}

}  // namespace simpul::domain
