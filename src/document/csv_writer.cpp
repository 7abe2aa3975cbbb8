#include "document/csv_writer.hpp"

#include <charconv>
#include <cmath>

namespace simpul::document {

CsvWriter::CsvWriter(ByteOrderMark mark) {
  if (mark == ByteOrderMark::Yes) bytes_ = "\xEF\xBB\xBF";
}

void CsvWriter::separate() {
  if (row_started_) bytes_ += ',';
  row_started_ = true;
}

void CsvWriter::text(std::string_view value) {
  separate();
  const bool formula =
      !value.empty() && std::string_view("=+-@\t\r").find(value[0]) != std::string_view::npos;
  const bool quote = value.find_first_of("\",\r\n\t") != std::string_view::npos ||
                     (!value.empty() && (value.front() == ' ' || value.back() == ' '));
  if (quote) bytes_ += '"';
  if (formula) bytes_ += '\'';
  for (const char c : value) {
    if (c == '"') bytes_ += '"';
    bytes_ += c;
  }
  if (quote) bytes_ += '"';
}

void CsvWriter::number(double value) {
  separate();
  if (!std::isfinite(value)) return;
  char buffer[400];  // fixed form of the largest double has 309 digits
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed).ptr;
  bytes_.append(buffer, end);
}

void CsvWriter::integer(long long value) {
  separate();
  bytes_ += std::to_string(value);
}

void CsvWriter::empty() {
  separate();
}

void CsvWriter::end_row() {
  bytes_ += "\r\n";
  row_started_ = false;
}

}  // namespace simpul::document
