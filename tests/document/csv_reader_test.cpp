#include "document/csv_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace simpul::document {
namespace {

using testing::ElementsAre;

TEST(CsvReader, PlainAndQuotedCells) {
  const auto table = read_csv("a,b,c\r\n1,\"two, \"\"2\"\"\",\r\n\"x\ny\",,3\n");
  EXPECT_TRUE(table.faults.empty());
  EXPECT_THAT(table.header, ElementsAre("a", "b", "c"));
  ASSERT_EQ(table.rows.size(), 2u);
  EXPECT_THAT(table.rows[0].cells, ElementsAre("1", "two, \"2\"", ""));
  EXPECT_THAT(table.rows[1].cells, ElementsAre("x\ny", "", "3"));
  EXPECT_EQ(table.rows[1].number, 3u);
}

TEST(CsvReader, ByteOrderMarkAndMissingLastLineEnd) {
  const auto table = read_csv("\xEF\xBB\xBFkode,nama\r\n74,Sultra");
  EXPECT_EQ(table.header[0], "kode");
  EXPECT_EQ(table.rows.at(0).cells[1], "Sultra");
}

TEST(CsvReader, EmptyLinesAreLeftOutAndCounted) {
  const auto table = read_csv("a,b\r\n\r\n1,2\r\n\r\n");
  ASSERT_EQ(table.rows.size(), 1u);
  EXPECT_EQ(table.rows[0].number, 3u);
}

struct Bad {
  const char* name;
  std::string_view bytes;
  std::size_t row, column;
  const char* part;  // of the key
};

class CsvReaderBad : public testing::TestWithParam<Bad> {};

TEST_P(CsvReaderBad, IsReportedWithItsPlace) {
  const auto table = read_csv(GetParam().bytes);
  ASSERT_EQ(table.faults.size(), 1u);
  EXPECT_EQ(table.faults[0].row, GetParam().row);
  EXPECT_EQ(table.faults[0].column, GetParam().column);
  EXPECT_THAT(table.faults[0].key, testing::HasSubstr(GetParam().part));
}

using std::string_view_literals::operator""sv;

INSTANTIATE_TEST_SUITE_P(All, CsvReaderBad,
                         testing::Values(Bad{"Empty", "", 1, 0, "empty"},
                                         Bad{"Utf16", "\xFF\xFE"sv, 1, 0, "UTF-16"},
                                         Bad{"Windows1252", "a,b\r\n1,caf\xE9\r\n2,x\r\n", 2, 2, "not UTF-8"},
                                         Bad{"Overlong", "a\n\xC0\xAF\n", 2, 1, "not UTF-8"},
                                         Bad{"Surrogate", "a\n\xED\xA0\x80\n", 2, 1, "not UTF-8"},
                                         Bad{"Nul", "a,b\n1,\0x\n"sv, 2, 2, "NUL"},
                                         Bad{"TooFewCells", "a,b\n1\n", 2, 0, "cells"},
                                         Bad{"TooManyCells", "a,b\n1,2,3\n", 2, 0, "cells"},
                                         Bad{"OpenQuote", "a,b\n1,\"x\n2,y\n", 2, 2, "closing"},
                                         Bad{"QuoteInside", "a,b\n1,5\" pipe\n", 2, 2, "inside"},
                                         Bad{"AfterQuote", "a,b\n\"1\"x,2\n", 2, 1, "between"},
                                         Bad{"BareReturn", "a,b\r1,2\r", 1, 2, "carriage return"}),
                         [](const auto& info) { return info.param.name; });

TEST(CsvReader, AFaultyRowDoesNotHideTheOthers) {
  const auto table = read_csv("a,b\n1,\xE9\n2,3\n4\n5,6\n");
  EXPECT_EQ(table.faults.size(), 2u);
  EXPECT_EQ(table.rows.size(), 2u);
}

RC_GTEST_PROP(CsvReaderProperty, WhatIsQuotedComesBack, ()) {
  const auto columns = *rc::gen::inRange<std::size_t>(1, 6);
  const auto cell = rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab \",;\r\n=0-") + "'"));
  const auto rows = *rc::gen::container<std::vector<std::vector<std::string>>>(
      rc::gen::container<std::vector<std::string>>(columns, cell));
  std::string text;
  const auto write = [&](const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) text += ',';
      text += '"';
      for (const char c : cells[i]) text += c == '"' ? std::string("\"\"") : std::string(1, c);
      text += '"';
    }
    text += "\r\n";
  };
  write(std::vector<std::string>(columns, "name"));
  for (const auto& row : rows) write(row);
  const auto table = read_csv(text);
  RC_ASSERT(table.faults.empty());
  RC_ASSERT(table.rows.size() == rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) RC_ASSERT(table.rows[i].cells == rows[i]);
}

RC_GTEST_PROP(CsvReaderProperty, AnyBytesGiveOnlyCleanRows, (const std::string& bytes)) {
  const auto table = read_csv(bytes);
  for (const auto& row : table.rows) {
    RC_ASSERT(row.cells.size() == table.header.size());
    for (const auto& cell : row.cells) RC_ASSERT(find_bad_utf8(cell) == std::string_view::npos);
  }
}

}  // namespace
}  // namespace simpul::document
