#include "document/xlsx.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>

namespace simpul::document {
namespace {

// What GDAL's reader, a program of other people, finds in the file.
std::string read_by_gdal(const std::string& bytes) {
  const auto path =
      std::filesystem::temp_directory_path() / ("simpul_xlsx_" + std::to_string(getpid()) + ".xlsx");
  std::ofstream(path, std::ios::binary) << bytes;
  const auto command =
      "ogr2ogr -f CSV -lco LINEFORMAT=LF /vsistdout/ " + path.string() + " -oo HEADERS=FORCE";
  std::string out;
  auto* pipe = popen(command.c_str(), "r");
  char buffer[4096];
  while (const auto n = fread(buffer, 1, sizeof buffer, pipe)) out.append(buffer, n);
  pclose(pipe);
  std::filesystem::remove(path);
  return out;
}

}  // namespace

TEST(Xlsx, KeepsTextAsTextAndNumbersAsNumbers) {
  XlsxWriter book("Potensi", {{"code", 8}, {"title", 30}, {"quantity", 12}});
  book.text("74.10");
  book.text("=HYPERLINK(\"http://example.org\",\"Kakao\") & <b>");
  book.number(1300000000.5);
  book.end_row();
  book.text("74.01");
  book.empty();
  book.number(-2);
  book.end_row();
  const auto bytes = book.finish()->bytes();
  EXPECT_EQ(bytes.substr(0, 2), "PK");
  EXPECT_EQ(read_by_gdal(bytes),
            "code,title,quantity\n"
            "\"74.10\",\"=HYPERLINK(\"\"http://example.org\"\",\"\"Kakao\"\") & <b>\",1300000000.5\n"
            "\"74.01\",,-2\n");
}

TEST(Xlsx, CutsCellsThatExcelWouldRefuse) {
  XlsxWriter book("Potensi", {{"note", 10}});
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "é\xF0\x9F\x8C\x8A";  // 1 + 2 units a time
  book.text(text);
  book.end_row();
  const auto out = read_by_gdal(book.finish()->bytes());
  EXPECT_EQ(std::count(out.begin(), out.end(), '\xF0'), 32767 / 3);
  EXPECT_EQ(std::count(out.begin(), out.end(), '\xC3'), 32767 / 3 + 1);  // one more fits
}

TEST(Xlsx, UnfinishedLeavesNothingOpen) {
  const auto open_files = [] {
    return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {});
  };
  const auto before = open_files();
  { XlsxWriter book("Potensi", {{"a", 1}}); }
  EXPECT_EQ(open_files(), before);
}

}  // namespace simpul::document
