#include "document/csv_scan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace simpul::document {
namespace {

using testing::ElementsAre;
using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(std::string_view text, char delimiter = ',') {
  Rows rows;
  CsvScanner scanner(text, delimiter);
  while (scanner.next()) rows.push_back(scanner.cells());
  return rows;
}

TEST(CsvScan, CutsAtItsDelimiterAndKeepsQuotedOnesWithLineEnds) {
  EXPECT_EQ(rows_of("a;b\n\"x;\n\"\"y\"\"\";2\r\n;\r3;4", ';'),
            (Rows{{"a", "b"}, {"x;\n\"y\"", "2"}, {"", ""}, {"3", "4"}}));
}

TEST(CsvScan, CountsRowsAsASpreadsheetDoes) {
  CsvScanner scanner("\xEF\xBB\xBFkop\n\n\nisi\n", ',');
  ASSERT_TRUE(scanner.next());
  EXPECT_THAT(scanner.cells(), ElementsAre("kop"));
  ASSERT_TRUE(scanner.next());
  EXPECT_EQ(scanner.row(), 2);
  ASSERT_TRUE(scanner.next());
  ASSERT_TRUE(scanner.next());
  EXPECT_EQ(scanner.row(), 4);
  EXPECT_THAT(scanner.cells(), ElementsAre("isi"));
  EXPECT_FALSE(scanner.next());
}

TEST(CsvScan, GoesOnWhereItWas) {
  const std::string_view text = "a,b\nc,d\ne,f\n";
  CsvScanner first(text, ',');
  first.next(), first.next();
  CsvScanner second(text, ',', first.offset(), first.row());
  ASSERT_TRUE(second.next());
  EXPECT_THAT(second.cells(), ElementsAre("c", "d"));
  EXPECT_EQ(second.row(), 2);
}

TEST(CsvScan, SaysWhereAQuoteIsNeverClosed) {
  CsvScanner scanner("a,b\n\"c,d\ne,f\n", ',');
  ASSERT_TRUE(scanner.next());
  EXPECT_FALSE(scanner.broken());
  ASSERT_TRUE(scanner.next());
  EXPECT_TRUE(scanner.broken());
  EXPECT_EQ(scanner.row(), 2);
  EXPECT_FALSE(scanner.next());
}

TEST(CsvScan, FindsTheDelimiter) {
  EXPECT_EQ(find_delimiter("a,b,c\n1,2,3\n"), ',');
  EXPECT_EQ(find_delimiter("nama;luas;lintang\nA;1,5;-4,1\nB;2,5;-4,2\n"), ';');
  EXPECT_EQ(find_delimiter("nama\tluas\nA, B, C\t1,5\n"), '\t');
  EXPECT_EQ(find_delimiter("a|b\n1|2\n"), '|');
  EXPECT_EQ(find_delimiter("one column\nof words\n"), ',');
}

RC_GTEST_PROP(CsvScan, ReadsBackWhatWasQuoted, (const std::vector<std::vector<std::string>>& table)) {
  std::string text;
  Rows wanted;
  for (const auto& row : table) {
    if (row.empty()) continue;
    wanted.push_back(row);
    for (std::size_t i = 0; i < row.size(); ++i) {
      text += i ? ",\"" : "\"";
      for (const char c : row[i]) text += c == '"' ? std::string("\"\"") : std::string(1, c);
      text += '"';
    }
    text += '\n';
  }
  RC_ASSERT(rows_of(text) == wanted);
}

}  // namespace
}  // namespace simpul::document
