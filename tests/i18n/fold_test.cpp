#include "i18n/fold.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace simpul::i18n {

TEST(Fold, DropsCaseAndAccents) {
  EXPECT_EQ(fold("Kolaka UTARA"), "kolaka utara");
  EXPECT_EQ(fold("Éléphant ﬁn"), "elephant fin");
  EXPECT_EQ(fold("Straße"), "straße");
  EXPECT_EQ(fold(""), "");
}

TEST(Words, KeepTheirPlace) {
  const auto found = words("Rumput-laut (74.01), é!");
  ASSERT_EQ(found.size(), 5u);
  EXPECT_EQ(found[0].folded, "rumput");
  EXPECT_EQ(found[1].begin, 7u);
  EXPECT_EQ(found[1].end, 11u);
  EXPECT_EQ(found[2].folded, "74");
  EXPECT_EQ(found[4].folded, "e");
}

TEST(Words, NotUtf8PartsWords) {
  const auto found = words(
      "ab\xff\xfe"
      "cd");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[1].folded, "cd");
}

TEST(HasWords, IsAndOverBeginnings) {
  EXPECT_TRUE(has_words("Kerja sama Kota Kendari dan Kota Malang", words("kend malang")));
  EXPECT_FALSE(has_words("Kerja sama Kota Kendari", words("kendari malang")));
  EXPECT_FALSE(has_words("Kendari", words("endari")));
  EXPECT_TRUE(has_words("", {}));
}

RC_GTEST_PROP(Words, AreSlicesOfTheText, (const std::string& text)) {
  std::size_t last = 0;
  for (const auto& word : words(text)) {
    RC_ASSERT(word.begin >= last);
    RC_ASSERT(word.end > word.begin);
    RC_ASSERT(word.end <= text.size());
    last = word.end;
  }
}

}  // namespace simpul::i18n
