#include "document/csv_reader.hpp"

namespace simpul::document {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  CsvTable read() {
    if (bytes_.starts_with("\xFF\xFE") || bytes_.starts_with("\xFE\xFF")) {
      fault(0, "The file is UTF-16. Save it as \"CSV UTF-8\"");
      return std::move(table_);
    }
    if (bytes_.starts_with(kMark)) at_ = kMark.size();
    while (at_ < bytes_.size() && !stopped_) read_row();
    if (table_.header.empty() && table_.faults.empty()) fault(0, "The file is empty");
    return std::move(table_);
  }

 private:
  void fault(std::size_t column, std::string key, MessageArgs args = {}) {
    table_.faults.push_back({row_, column, std::move(key), std::move(args)});
    row_is_bad_ = true;
  }

  // After this it is not known where the next cell begins.
  void stop(std::string key) {
    fault(cells_.size() + 1, std::move(key));
    stopped_ = true;
  }

  void read_row() {
    cells_.clear();
    row_is_bad_ = false;
    bool quoted = false;
    do {
      quoted = at_ < bytes_.size() && bytes_[at_] == '"';
      read_cell(quoted);
    } while (!stopped_ && next_cell());
    if (stopped_) return;
    const bool blank = cells_.size() == 1 && cells_[0].empty() && !quoted;
    if (!blank || row_ == 1) take_row();
    ++row_;
  }

  // Past the comma: true. Past the end of the line or of the text: false.
  bool next_cell() {
    if (cells_.size() > kCsvMaxColumns) {
      stop("The row has too many columns");
      return false;
    }
    if (at_ >= bytes_.size()) return false;
    const char c = bytes_[at_++];
    if (c == ',') return true;
    if (c == '\r') ++at_;  // read_cell() saw that a line feed follows
    return false;
  }

  void read_cell(bool quoted) {
    std::string cell;
    if (quoted) {
      ++at_;
      while (true) {
        const auto end = bytes_.find('"', at_);
        if (end == std::string_view::npos) return stop("A quoted cell has no closing quote");
        cell.append(bytes_, at_, end - at_);
        at_ = end + 1;
        if (at_ >= bytes_.size() || bytes_[at_] != '"') break;
        cell += '"';
        ++at_;
      }
      if (at_ < bytes_.size() && bytes_[at_] != ',' && !at_line_end())
        return stop("Something stands between the closing quote and the next comma");
    } else {
      const auto start = at_;
      while (at_ < bytes_.size() && bytes_[at_] != ',' && !at_line_end()) {
        if (bytes_[at_] == '"') return stop("A quote stands inside a cell that does not begin with one");
        if (bytes_[at_] == '\r') return stop("A carriage return stands alone. Line ends are CRLF or LF");
        ++at_;
      }
      cell = bytes_.substr(start, at_ - start);
    }
    check_cell(cell);
    cells_.push_back(std::move(cell));
  }

  bool at_line_end() const {
    return bytes_[at_] == '\n' || (bytes_[at_] == '\r' && at_ + 1 < bytes_.size() && bytes_[at_ + 1] == '\n');
  }

  void check_cell(const std::string& cell) {
    const auto column = cells_.size() + 1;
    if (cell.size() > kCsvMaxCell) fault(column, "The cell is too long");
    if (cell.find('\0') != std::string::npos) fault(column, "The cell holds a NUL character");
    if (const auto bad = find_bad_utf8(cell); bad != std::string_view::npos) {
      // What stands before it helps to find the place; the text up to there is well-formed.
      auto start = bad > 20 ? bad - 20 : 0;
      while (start < bad && (static_cast<unsigned char>(cell[start]) & 0xC0) == 0x80) ++start;
      const auto before = cell.substr(start, bad - start);
      fault(column, "The cell is not UTF-8 after \"{before}\". Save the file as \"CSV UTF-8\"",
            {{"before", before}});
    }
  }

  void take_row() {
    if (row_ == 1) {
      table_.header = cells_;
      return;
    }
    if (cells_.size() != table_.header.size())
      fault(0, "The row has {found} cells, the header has {expected}",
            {{"found", std::to_string(cells_.size())}, {"expected", std::to_string(table_.header.size())}});
    if (!row_is_bad_) table_.rows.push_back({row_, cells_});
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  std::size_t row_ = 1;
  bool stopped_ = false;
  bool row_is_bad_ = false;
  std::vector<std::string> cells_;
  CsvTable table_;
};

}  // namespace

CsvTable read_csv(std::string_view bytes) {
  return Reader(bytes).read();
}

std::size_t find_bad_utf8(std::string_view text) {
  const auto byte = [&](std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0u;
  };
  for (std::size_t at = 0; at < text.size();) {
    const unsigned first = byte(at);
    if (first < 0x80) {
      ++at;
      continue;
    }
    // Length, and the range of the second byte, which keeps out overlong forms, surrogates and what is above
    // U+10FFFF.
    std::size_t length = 0;
    unsigned low = 0x80, high = 0xBF;
    if (first >= 0xC2 && first <= 0xDF) {
      length = 2;
    } else if (first >= 0xE0 && first <= 0xEF) {
      length = 3;
      if (first == 0xE0) low = 0xA0;
      if (first == 0xED) high = 0x9F;
    } else if (first >= 0xF0 && first <= 0xF4) {
      length = 4;
      if (first == 0xF0) low = 0x90;
      if (first == 0xF4) high = 0x8F;
    } else {
      return at;
    }
    if (byte(at + 1) < low || byte(at + 1) > high) return at;
    for (std::size_t i = 2; i < length; ++i)
      if (byte(at + i) < 0x80 || byte(at + i) > 0xBF) return at;
    at += length;
  }
  return std::string_view::npos;
}

}  // namespace simpul::document
