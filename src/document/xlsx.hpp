// Spreadsheets (.xlsx) by libxlsxwriter: sheets of typed columns, one after the other, row by row. Writes
// files: handlers that use it declare Work::Pool.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/open_file.hpp"

namespace simpul::document {

class XlsxWriter {
 public:
  struct Column {
    std::string title;
    double width;  // in characters
  };
  // `sheet`: at most 31 characters, without [ ] : * ? / \. The row of titles stays in sight and can be
  // filtered. `folder`: where the file grows, row by row; empty: in memory. Errors: Internal; Unavailable:
  // the disk is full.
  XlsxWriter(const std::string& sheet, const std::vector<Column>& columns,
             const std::filesystem::path& folder = {});
  ~XlsxWriter();

  // Goes on with another sheet; what was written before stays as it is.
  void sheet(const std::string& sheet, const std::vector<Column>& columns);

  // Always a text cell: never a formula, never turned into a number ("74.10"). At most 32,767 characters; the
  // rest is cut.
  void text(std::string_view value);
  void number(double value);  // not finite: empty
  void empty();
  void end_row();

  // Call once; nothing can be added afterwards.
  std::shared_ptr<const OpenFile> finish();

 private:
  void begin_sheet(const std::string& sheet, const std::vector<Column>& columns);
  void end_sheet();

  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace simpul::document
