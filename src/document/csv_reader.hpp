// CSV after RFC 4180, strictly: UTF-8 with or without byte order mark, comma, quotes, CRLF or LF. Every fault
// is reported with the row and column a person sees in a spreadsheet. Used by import; fuzzed.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace simpul::document {

struct CsvRow {
  std::size_t number = 0;  // as a spreadsheet counts: the header is row 1
  std::vector<std::string> cells;
};

struct CsvFault {
  std::size_t row = 0;     // from 1
  std::size_t column = 0;  // from 1; 0: the row as a whole
  std::string key;
  MessageArgs args;
};

struct CsvTable {
  std::vector<std::string> header;
  std::vector<CsvRow> rows;  // each with as many cells as the header; wholly empty lines are left out
  std::vector<CsvFault> faults;
};

inline constexpr std::size_t kCsvMaxCell = 1 << 20;  // bytes of one cell
inline constexpr std::size_t kCsvMaxColumns = 500;

// Reads the whole text. A row with a fault is not among the rows; after a fault of quoting the rest is not
// read, because it cannot be told where the next cell begins.
CsvTable read_csv(std::string_view bytes);

// Where the first byte stands that is no well-formed UTF-8 (Unicode table 3-7); npos: all is well.
std::size_t find_bad_utf8(std::string_view text);

}  // namespace simpul::document
