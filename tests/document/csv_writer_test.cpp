#include "document/csv_writer.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>
#include <vector>

namespace simpul::document {
namespace {

std::string cell(std::string_view text) {
  CsvWriter csv;
  csv.text(text);
  return csv.take();
}

// A plain reader after RFC 4180, for the round trip.
std::vector<std::vector<std::string>> read(const std::string& bytes) {
  std::vector<std::vector<std::string>> rows(1, std::vector<std::string>(1));
  bool quoted = false;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    auto& field = rows.back().back();
    if (quoted) {
      if (bytes[i] != '"')
        field += bytes[i];
      else if (i + 1 < bytes.size() && bytes[i + 1] == '"')
        field += bytes[i++];
      else
        quoted = false;
    } else if (bytes[i] == '"') {
      quoted = true;
    } else if (bytes[i] == ',') {
      rows.back().emplace_back();
    } else if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
      rows.emplace_back(1);
      ++i;
    } else {
      field += bytes[i];
    }
  }
  rows.pop_back();
  return rows;
}

}  // namespace

TEST(CsvWriter, WritesRowsAndTypes) {
  CsvWriter csv(ByteOrderMark::Yes);
  csv.text("kode");
  csv.text("jumlah");
  csv.end_row();
  csv.text("74.10");
  csv.number(1300000000);
  csv.end_row();
  csv.empty();
  csv.integer(-5);
  csv.end_row();
  EXPECT_EQ(csv.take(), "\xEF\xBB\xBFkode,jumlah\r\n74.10,1300000000\r\n,-5\r\n");
}

TEST(CsvWriter, QuotesWhatNeedsIt) {
  EXPECT_EQ(cell("Raha, Muna"), "\"Raha, Muna\"");
  EXPECT_EQ(cell("\"Anoa\""), "\"\"\"Anoa\"\"\"");
  EXPECT_EQ(cell("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(cell(" space"), "\" space\"");
  EXPECT_EQ(cell(""), "");
}

TEST(CsvWriter, MakesFormulasHarmless) {
  EXPECT_EQ(cell("=1+1"), "'=1+1");
  EXPECT_EQ(cell("+62 401"), "'+62 401");
  EXPECT_EQ(cell("-4.2"), "'-4.2");
  EXPECT_EQ(cell("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(cell("\t=1"), "\"'\t=1\"");
  EXPECT_EQ(cell("\r=1"), "\"'\r=1\"");
  EXPECT_EQ(cell("=HYPERLINK(\"x\",\"y\")"), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
  EXPECT_EQ(cell("a=b"), "a=b");
}

TEST(CsvWriter, NumbersReadBackTheSame) {
  CsvWriter csv;
  for (const double value :
       {0.1, -4.20861, 36139.303, 1e-7, 97740e9, std::numeric_limits<double>::infinity()})
    csv.number(value);
  EXPECT_EQ(csv.take(), "0.1,-4.20861,36139.303,0.0000001,97740000000000,");
}

RC_GTEST_PROP(CsvWriter, AnyTextComesBackAndNoCellStartsAFormula, (const std::vector<std::string>& texts)) {
  RC_PRE(!texts.empty());
  CsvWriter csv;
  for (const auto& text : texts) csv.text(text);
  csv.end_row();
  const auto rows = read(csv.take());
  RC_ASSERT(rows.size() == 1u);
  RC_ASSERT(rows[0].size() == texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    RC_ASSERT(rows[0][i] == texts[i] || rows[0][i] == "'" + texts[i]);
    RC_ASSERT(rows[0][i].empty() || std::string("=+-@\t\r").find(rows[0][i][0]) == std::string::npos);
  }
}

}  // namespace simpul::document
