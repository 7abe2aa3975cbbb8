// What a person meant by the text of a cell: numbers with a unit and either decimal mark, years that became
// dates, region codes that a spreadsheet turned into numbers, positions in degrees, minutes and seconds.
// Pure; used by the imports of the offices; fuzzed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace simpul::domain {

// Without blanks around (non-breaking and zero-width ones as well), without control characters; what is not
// UTF-8 becomes U+FFFD. Non-breaking blanks inside become plain ones.
std::string clean_cell(std::string_view cell);

// "1.234,5 ha" -> 1234.5 and "ha"; "Rp 1.500.000" -> 1500000 and "Rp". `comma`: a mark that could be either
// ("1.234") is read as thousands when it is a point, as decimals when it is a comma.
struct Measure {
  double value = 0;
  std::string unit;
};
std::optional<Measure> read_measure(std::string_view cell, bool comma);

// "2024", "2024.0", "15/01/2024", "2024-01-15", "Januari 2024", and the day number of a spreadsheet (45306).
std::optional<int> read_year(std::string_view cell);

// "74.1", "74,1", "74.09999999999999" -> "74.10"; "74" and "74.01" as they are. nullopt: it is no code.
std::optional<std::string> read_region_code(std::string_view cell);

// Degrees: "-4.05", "-4,05", "4°03'12\"S", "4 3 12 LS", "121° 36' BT". nullopt: none. Not limited to the
// Earth: metres come through as they are.
std::optional<double> read_angle(std::string_view cell);

// "-4.05, 121.6", "-4,05; 121,6", "4°03'12\"S 121°36'00\"E": the latitude and the longitude. nullopt: not
// two.
struct AnglePair {
  double latitude = 0;
  double longitude = 0;
};
std::optional<AnglePair> read_position(std::string_view cell);

}  // namespace simpul::domain
