// CSV as offices send it, row by row without holding the file: any of four delimiters, quotes where somebody
// remembered them, any line end. Beside csv_reader.hpp, which is strict and for our own files. Used by the
// imports of the offices; fuzzed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace simpul::document {

// The delimiter that cuts the first lines most evenly: , ; tab or |. A comma when none does.
char find_delimiter(std::string_view text);

class CsvScanner {
 public:
  // `text` (UTF-8, a byte order mark is passed over) outlives it. `offset` and `row`: where to go on, as
  // offset() and row() said.
  CsvScanner(std::string_view text, char delimiter, std::size_t offset = 0, std::int64_t row = 1);

  // Reads the next row; false: there is none. Rows count from 1 as a spreadsheet shows them: a line that is
  // wholly empty counts and is handed over with one empty cell.
  bool next();
  const std::vector<std::string>& cells() const { return cells_; }
  std::int64_t row() const { return row_; }
  std::size_t offset() const { return start_; }  // where the row begins
  // The row could not be read to its end: a quote is never closed, a cell is longer than 1 MiB or there are
  // more than 500 of them. Nothing follows.
  bool broken() const { return broken_; }

 private:
  void read_cell(std::string& cell);

  std::string_view text_;
  const char delimiter_;
  std::size_t at_ = 0;
  std::size_t start_ = 0;
  std::int64_t row_ = 0;
  std::int64_t next_row_;
  bool broken_ = false;
  std::vector<std::string> cells_;
};

}  // namespace simpul::document
