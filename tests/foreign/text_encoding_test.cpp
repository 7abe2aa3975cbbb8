#include "foreign/text_encoding.hpp"

#include <gtest/gtest.h>

namespace simpul::foreign {
namespace {

TEST(IsUtf8, KnowsEveryLength) {
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8("Kolaka \xC3\xA9 \xE2\x82\xAC \xF0\x9F\x90\x9F"));
  EXPECT_TRUE(is_utf8("\xF4\x8F\xBF\xBF"));  // U+10FFFF
}

TEST(IsUtf8, RefusesWhatIsNot) {
  for (const auto* bytes :
       {"\xE9", "caf\xE9 x", "\xC3", "\xC0\xAF", "\xC1\xBF", "\xE0\x80\xAF", "\xED\xA0\x80",
        "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "\x80", "\xE2\x82"})
    EXPECT_FALSE(is_utf8(bytes)) << bytes;
}

TEST(Windows1252, BecomesUtf8) {
  EXPECT_EQ(utf8_from_windows_1252("Caf\xE9 \x80 \x93x\x94 \x9F"), "Café € “x” Ÿ");
  EXPECT_EQ(utf8_from_windows_1252("\x81"), "\xEF\xBF\xBD");
}

}  // namespace
}  // namespace simpul::foreign
