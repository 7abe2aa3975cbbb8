#include "document/xlsx.hpp"

#include <xlsxwriter.h>

#include <cmath>

#include "base/error.hpp"

namespace simpul::document {
namespace {

constexpr std::size_t kMaxCell = 32767;  // Excel's limit, in UTF-16 units

// At most `limit` UTF-16 units of UTF-8 text, never half a character.
std::string cut(std::string_view text, std::size_t limit) {
  std::size_t units = 0, at = 0;
  while (at < text.size()) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    units += bytes == 4 ? 2 : 1;
    if (units > limit) break;
    at += bytes;
  }
  return std::string(text.substr(0, at));
}

[[noreturn]] void fail(const std::string& detail) {
  throw Error(ErrorKind::Internal, "The spreadsheet could not be written.", {}, {}, detail);
}

}  // namespace

struct XlsxWriter::Parts {
  explicit Parts(const std::filesystem::path& folder) : file(folder), scratch(folder.string()) {}

  TemporaryFile file;  // the library writes to a named file only
  std::string scratch;
  lxw_workbook* book = nullptr;
  lxw_worksheet* sheet = nullptr;
  lxw_row_t row = 1;
  lxw_col_t column = 0;
  lxw_col_t columns = 0;

  ~Parts() {
    if (book) workbook_close(book);
  }
};

XlsxWriter::XlsxWriter(const std::string& sheet, const std::vector<Column>& columns,
                       const std::filesystem::path& folder)
    : parts_(std::make_unique<Parts>(folder)) {
  lxw_workbook_options options = {};
  options.constant_memory = LXW_TRUE;
  if (!parts_->scratch.empty()) options.tmpdir = parts_->scratch.data();
  parts_->book = workbook_new_opt(parts_->file.name().c_str(), &options);
  if (!parts_->book) fail("workbook_new");
  begin_sheet(sheet, columns);
}

void XlsxWriter::begin_sheet(const std::string& sheet, const std::vector<Column>& columns) {
  parts_->sheet = workbook_add_worksheet(parts_->book, sheet.c_str());
  if (!parts_->sheet) fail("workbook_add_worksheet");

  auto* bold = workbook_add_format(parts_->book);
  format_set_bold(bold);
  parts_->columns = static_cast<lxw_col_t>(columns.size());
  for (lxw_col_t column = 0; column < parts_->columns; ++column) {
    worksheet_set_column(parts_->sheet, column, column, columns[column].width, nullptr);
    worksheet_write_string(parts_->sheet, 0, column, columns[column].title.c_str(), bold);
  }
  worksheet_freeze_panes(parts_->sheet, 1, 0);
}

void XlsxWriter::end_sheet() {
  if (parts_->columns) worksheet_autofilter(parts_->sheet, 0, 0, parts_->row - 1, parts_->columns - 1);
}

void XlsxWriter::sheet(const std::string& sheet, const std::vector<Column>& columns) {
  end_sheet();
  parts_->row = 1;
  parts_->column = 0;
  begin_sheet(sheet, columns);
}

XlsxWriter::~XlsxWriter() = default;

void XlsxWriter::text(std::string_view value) {
  if (!value.empty())
    worksheet_write_string(parts_->sheet, parts_->row, parts_->column, cut(value, kMaxCell).c_str(), nullptr);
  ++parts_->column;
}

void XlsxWriter::number(double value) {
  if (std::isfinite(value))
    worksheet_write_number(parts_->sheet, parts_->row, parts_->column, value, nullptr);
  ++parts_->column;
}

void XlsxWriter::empty() {
  ++parts_->column;
}

void XlsxWriter::end_row() {
  ++parts_->row;
  parts_->column = 0;
}

std::shared_ptr<const OpenFile> XlsxWriter::finish() {
  end_sheet();
  const auto failed = workbook_close(parts_->book);
  parts_->book = nullptr;
  if (failed) fail(lxw_strerror(failed));
  return parts_->file.finish();
}

}  // namespace simpul::document
