#include "document/csv_scan.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "document/csv_reader.hpp"

namespace simpul::document {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";
constexpr std::size_t kLooked = 64 << 10;  // bytes that are looked at for the delimiter

}  // namespace

char find_delimiter(std::string_view text) {
  const auto head = text.substr(0, kLooked);
  char best = ',';
  std::size_t most = 0;
  for (const char delimiter : {',', ';', '\t', '|'}) {
    // How many rows have the number of cells that is most common among those with more than one cell.
    std::map<std::size_t, std::size_t> rows_with;
    CsvScanner rows(head, delimiter);
    for (int i = 0; i < 50 && rows.next(); ++i)
      if (rows.cells().size() > 1) ++rows_with[rows.cells().size()];
    std::size_t score = 0;
    for (const auto& [cells, count] : rows_with)
      score = std::max(score, count * 100 + std::min(cells, std::size_t{50}));
    if (score > most) {
      most = score;
      best = delimiter;
    }
  }
  return best;
}

CsvScanner::CsvScanner(std::string_view text, char delimiter, std::size_t offset, std::int64_t row)
    : text_(text), delimiter_(delimiter), at_(std::min(offset, text.size())), next_row_(row) {
  if (at_ == 0 && text_.starts_with(kMark)) at_ = kMark.size();
}

bool CsvScanner::next() {
  if (broken_ || at_ >= text_.size()) return false;
  start_ = at_;
  row_ = next_row_++;
  std::size_t count = 0;
  for (;;) {
    if (count == cells_.size()) cells_.emplace_back();
    auto& cell = cells_[count++];
    cell.clear();
    read_cell(cell);
    if (broken_ || count > kCsvMaxColumns) {
      broken_ = true;
      break;
    }
    if (at_ >= text_.size()) break;
    const char c = text_[at_++];
    if (c == delimiter_) continue;
    if (c == '\r' && at_ < text_.size() && text_[at_] == '\n') ++at_;
    break;
  }
  cells_.resize(count);
  return true;
}

// Stands afterwards on the delimiter, on the line end or at the end.
void CsvScanner::read_cell(std::string& cell) {
  const auto end_of_plain = [&] {
    auto end = at_;
    while (end < text_.size() && text_[end] != delimiter_ && text_[end] != '\n' && text_[end] != '\r') ++end;
    return end;
  };
  if (at_ < text_.size() && text_[at_] == '"') {
    ++at_;
    for (;;) {
      const auto end = text_.find('"', at_);
      if (end == std::string_view::npos) {
        broken_ = true;
        at_ = text_.size();
        return;
      }
      cell.append(text_, at_, end - at_);
      at_ = end + 1;
      if (at_ >= text_.size() || text_[at_] != '"') break;
      cell += '"';
      ++at_;
    }
  }
  // What follows a closing quote belongs to the cell, too.
  const auto end = end_of_plain();
  cell.append(text_, at_, end - at_);
  at_ = end;
  if (cell.size() > kCsvMaxCell) broken_ = true;
}

}  // namespace simpul::document
