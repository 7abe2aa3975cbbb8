// Spreadsheets (.xlsx) by libxlsxwriter: sheets of typed columns, one after the other, row by row. Needs a
// folder for temporary files: handlers that use it declare Work::Pool.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace simpul::document {

class XlsxWriter {
 public:
  struct Column {
    std::string title;
    double width;  // in characters
  };
  // `sheet`: at most 31 characters, without [ ] : * ? / \. The row of titles stays in sight and can be
  // filtered. Error Internal: no temporary file.
  XlsxWriter(const std::string& sheet, const std::vector<Column>& columns);
  ~XlsxWriter();

  // Goes on with another sheet; what was written before stays as it is.
  void sheet(const std::string& sheet, const std::vector<Column>& columns);

  // Always a text cell: never a formula, never turned into a number ("74.10"). At most 32,767 characters; the
  // rest is cut.
  void text(std::string_view value);
  void number(double value);  // not finite: empty
  void empty();
  void end_row();

  // The file. Call once; nothing can be added afterwards.
  std::string finish();

 private:
  void begin_sheet(const std::string& sheet, const std::vector<Column>& columns);
  void end_sheet();

  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace simpul::document
