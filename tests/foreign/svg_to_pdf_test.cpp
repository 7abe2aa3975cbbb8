#include "foreign/svg_to_pdf.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "foreign/child.hpp"
#include "support/sample_files.hpp"

namespace simpul::foreign {
namespace {

using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

constexpr const char* kFont = "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf";

const std::string kDrawing =
    R"(<svg xmlns="http://www.w3.org/2000/svg" width="297mm" height="210mm" viewBox="0 0 297 210">)"
    R"(<text x="20" y="40" font-family="Noto Sans" font-size="9">Potensi é daerah</text></svg>)";

std::vector<std::string> fonts() {
  return {test::read_file(kFont)};
}

PdfWords words(std::string title = "Potensi daerah") {
  return {std::move(title), "Potensi Sultra", Instant{1'795'500'000'000'000}};
}

// What a program of poppler says of a PDF.
std::string told(const char* program, std::vector<std::string> arguments, const std::string& pdf) {
  const OutputFolder folder;
  const auto file = folder.path() / "a.pdf";
  test::write_file(file, pdf);
  ChildCommand command;
  command.program = program;
  command.arguments = std::move(arguments);
  command.arguments.push_back(file.string());
  if (std::string_view(program).ends_with("pdftotext")) command.arguments.push_back("-");
  command.input = file;
  const auto result = run_child(command);
  EXPECT_TRUE(result.ok()) << result.stderr_text;
  EXPECT_EQ(result.stderr_text, "") << "a sound PDF";
  return result.stdout_text;
}

ErrorKind refused(const std::string& svg, const PdfMaker& maker, std::string* said = nullptr) {
  try {
    svg_to_pdf(svg, {}, words(), maker);
  } catch (const Error& error) {
    if (said) *said = fill_message(error.key, error.args);
    return error.kind;
  }
  ADD_FAILURE() << "not refused";
  return ErrorKind::Invalid;
}

TEST(SvgToPdf, IsOnePageWithTextInTheFontThatCameAlong) {
  const auto pdf = svg_to_pdf(kDrawing, fonts(), words());
  const auto info = told("/usr/bin/pdfinfo", {}, pdf);
  EXPECT_THAT(info, HasSubstr("Pages:           1\n"));
  EXPECT_THAT(info, HasSubstr("(A4)"));
  EXPECT_THAT(told("/usr/bin/pdftotext", {}, pdf), HasSubstr("Potensi é daerah"));
  const auto used = told("/usr/bin/pdffonts", {}, pdf);
  EXPECT_THAT(used, HasSubstr("NotoSans"));
  EXPECT_THAT(used, Not(HasSubstr(" no "))) << "embedded, a subset, with its letters";
}

TEST(SvgToPdf, NoFontOfTheMachineIsUsed) {
  const auto pdf = svg_to_pdf(kDrawing, {}, words());
  EXPECT_THAT(told("/usr/bin/pdffonts", {}, pdf), Not(HasSubstr("Noto")));
}

TEST(SvgToPdf, SaysItsTitleAuthorAndDate) {
  const auto info =
      told("/usr/bin/pdfinfo", {"-isodates"}, svg_to_pdf(kDrawing, fonts(), words("Peta (“Ā”) \\ <x> 𝄞")));
  EXPECT_THAT(info, HasSubstr("Title:           Peta (“Ā”) \\ <x> 𝄞\n"));
  EXPECT_THAT(info, HasSubstr("Author:          Potensi Sultra\n"));
  EXPECT_THAT(info, HasSubstr("CreationDate:    2026-11-24"));
}

TEST(SvgToPdf, TheSameDrawingGivesTheSameBytes) {
  EXPECT_EQ(svg_to_pdf(kDrawing, fonts(), words()), svg_to_pdf(kDrawing, fonts(), words()));
}

TEST(SvgToPdf, SaysWhatToInstallWhenTheProgramIsMissing) {
  std::string said;
  EXPECT_EQ(refused(kDrawing, {.program = "/usr/bin/no-such-program"}, &said), ErrorKind::Unavailable);
  EXPECT_THAT(said, HasSubstr("/usr/bin/no-such-program"));
  EXPECT_THAT(said, HasSubstr("librsvg2-bin"));
}

TEST(SvgToPdf, WhatIsNoDrawingIsAFaultOfOurs) {
  EXPECT_EQ(refused("<svg", {}), ErrorKind::Internal);
  EXPECT_EQ(refused("", {}), ErrorKind::Internal);
}

TEST(SvgToPdf, TakesNoLongerThanItMay) {
  EXPECT_EQ(refused(kDrawing, {.time = 1ms}), ErrorKind::Unavailable);
}

TEST(SvgToPdf, ReachesNothingOutsideOfItself) {
  const OutputFolder folder;
  const auto secret = folder.path() / "rahasia.svg";
  test::write_file(secret, kDrawing);
  const auto asking =
      R"(<svg xmlns="http://www.w3.org/2000/svg" width="10mm" height="10mm"><image href="file://)" +
      secret.string() + R"(" width="9" height="9"/></svg>)";
  EXPECT_THAT(told("/usr/bin/pdftotext", {}, svg_to_pdf(asking, fonts(), words())),
              Not(HasSubstr("Potensi")));
}

TEST(PdfWords, OnlyAPdfOfCairoTakesThem) {
  EXPECT_THROW(with_words("%PDF-1.5\n", words()), Error);
  EXPECT_THROW(with_words("%PDF-1.5\ntrailer << /Size 3 >>\nstartxref\n9\n%%EOF\n", words()), Error);
}

TEST(WebFont, BecomesTheFontThatItWasMadeOf) {
  const OutputFolder folder;
  const auto font = folder.path() / "a.ttf";
  test::write_file(font, test::read_file(kFont));
  ChildCommand command;
  command.program = "/usr/bin/woff2_compress";
  command.arguments = {font.string()};
  command.output_folder = folder.path();
  ASSERT_TRUE(run_child(command).ok());
  const auto again = font_of_woff2(test::read_file(folder.path() / "a.woff2"));
  const auto pdf = svg_to_pdf(kDrawing, std::vector{again}, words());
  EXPECT_THAT(told("/usr/bin/pdffonts", {}, pdf), HasSubstr("NotoSans"));
  EXPECT_THROW(font_of_woff2("wOF2 but no font"), Error);
}

}  // namespace
}  // namespace simpul::foreign
