// CSV after RFC 4180, UTF-8, CRLF: the downloads of the public site. Text that a spreadsheet would run as a
// formula is made harmless; numbers are typed and stay numbers.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace simpul::document {

// The byte order mark makes Excel read the file as UTF-8; programs do not need it.
enum class ByteOrderMark { No, Yes };

class CsvWriter {
 public:
  explicit CsvWriter(ByteOrderMark mark = ByteOrderMark::No);

  // A text beginning with = + - @ tab or carriage return gets an apostrophe in front (CSV injection, OWASP).
  void text(std::string_view value);
  void number(double value);  // shortest form that reads back the same: 0.1, 1300000000; not finite: empty
  void integer(long long value);
  void empty();
  void end_row();

  // What was written since the last time.
  std::string take() { return std::exchange(bytes_, {}); }

 private:
  void separate();

  std::string bytes_;
  bool row_started_ = false;
};

}  // namespace simpul::document
