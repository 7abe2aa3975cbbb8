#include "catalog/text_match.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <climits>
#include <set>

namespace simpul::catalog {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Text {
  std::uint32_t document;
  TextField field;
  std::string language;
  std::string text;
};

TextIndex index(const std::vector<Text>& texts) {
  TextIndex::Builder builder;
  for (const auto& text : texts) builder.add(text.document, text.field, text.language, text.text);
  return TextIndex(std::move(builder));
}

std::vector<TextHit> hits_of(const TextIndex& index, std::string_view words) {
  const auto query = parse_text_query(words);
  std::vector<WordPlaces> places;
  std::vector<float> rarities;
  for (const auto& word : query.words) {
    places.push_back({index.find(word), {}});
    rarities.push_back(rarity(places.back().size(), 30));
  }
  return scored(places, rarities, match(places));
}

// Best first.
std::vector<std::uint32_t> ranked(const TextIndex& index, std::string_view words) {
  auto hits = hits_of(index, words);
  std::ranges::stable_sort(hits, std::ranges::greater{}, &TextHit::score);
  std::vector<std::uint32_t> documents;
  for (const auto& hit : hits) documents.push_back(hit.document);
  return documents;
}

std::set<std::uint32_t> found(const TextIndex& index, std::string_view words) {
  const auto documents = ranked(index, words);
  return {documents.begin(), documents.end()};
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (const auto& word : parse_text_query(text).words) words.push_back(word.word);
  return words;
}

TEST(TextIndex, FoldsCaseWidthAndDiacritics) {
  EXPECT_THAT(words_of("Wakatobi ÉCLAIR Ｆｕｌｌ ﬁsh"), ElementsAre("wakatobi", "eclair", "full", "fish"));
  EXPECT_THAT(words_of("Straße"), ElementsAre("strasse"));
  EXPECT_THAT(words_of("が"), ElementsAre("が")) << "in Japanese the mark makes another letter";
  const auto texts = index({{0, TextField::Title, "id", "Kopi MÉKONGGA"}});
  EXPECT_THAT(ranked(texts, "mekongga"), ElementsAre(0));
  EXPECT_THAT(ranked(texts, "Mékongga KOPI"), ElementsAre(0));
}

TEST(TextIndex, FindsByStemInTheLanguageOfTheText) {
  const auto texts = index({{0, TextField::Title, "id", "Pengolahan hasil perikanan"},
                            {1, TextField::Title, "en", "Processing plants for fisheries"},
                            {2, TextField::Title, "id", "Gedung sekolah"}});
  EXPECT_THAT(ranked(texts, "olah"), ElementsAre(0));
  EXPECT_THAT(ranked(texts, "plant fishery"), ElementsAre(1));
  EXPECT_THAT(ranked(texts, "gedungnya"), ElementsAre(2));
}

TEST(TextIndex, TheLastWordMayBeABeginning) {
  const auto texts =
      index({{0, TextField::Title, "id", "Ikan tuna"}, {1, TextField::Title, "id", "Tunas kelapa ikan"}});
  EXPECT_THAT(found(texts, "ikan tun"), (std::set<std::uint32_t>{0, 1}));
  EXPECT_THAT(found(texts, "tun ikan"), IsEmpty()) << "only the last";
  EXPECT_THAT(ranked(texts, "tuna"), ElementsAre(0, 1)) << "the word itself before a longer one";
}

TEST(TextIndex, TitleBeforeNamesBeforeSummaryBeforeBody) {
  const std::string filler = " dan banyak kata lain yang tidak dicari siapa pun di sini";
  // The longer the better place and the shorter the worse one, the harder it is.
  const auto texts = index({{0, TextField::Body, "id", "nikel"},
                            {1, TextField::Summary, "id", "nikel" + filler},
                            {2, TextField::Names, "id", "nikel" + filler},
                            {3, TextField::Title, "id", "nikel" + filler},
                            {4, TextField::Title, "id", "aspal"},
                            {4, TextField::Body, "id", filler},
                            {4, TextField::Summary, "id", "pendek"},
                            {4, TextField::Names, "id", "pendek"}});
  EXPECT_THAT(ranked(texts, "nikel"), ElementsAre(3, 2, 1, 0));
}

TEST(TextIndex, RareWordsDecide) {
  std::vector<Text> texts;
  for (std::uint32_t i = 0; i < 20; ++i)
    texts.push_back({i, TextField::Title, "id", i < 10 ? "ikan" : "kebun"});
  texts.push_back({20, TextField::Title, "id", "ikan"});
  texts.push_back({20, TextField::Body, "id", "teripang"});
  texts.push_back({21, TextField::Title, "id", "teripang"});
  texts.push_back({21, TextField::Body, "id", "ikan"});
  EXPECT_THAT(ranked(index(texts), "ikan teripang"), ElementsAre(21, 20));
}

TEST(TextIndex, CommonWordsCountOnlyAlone) {
  const auto texts = index({{0, TextField::Title, "id", "Rumput laut Wakatobi"},
                            {1, TextField::Title, "id", "Dari laut"},
                            {2, TextField::Title, "en", "The seaweed of Buton"}});
  EXPECT_THAT(found(texts, "rumput laut di Wakatobi"), (std::set<std::uint32_t>{0}));
  EXPECT_THAT(found(texts, "seaweed in the Buton"), (std::set<std::uint32_t>{2}));
  EXPECT_THAT(found(texts, "dari"), (std::set<std::uint32_t>{1}));
  EXPECT_THAT(found(texts, "laut dari"), (std::set<std::uint32_t>{0, 1}))
      << "a common last word is no beginning";
}

TEST(TextIndex, ReadsLanguagesWithoutSpacesAndWithoutAStemmer) {
  const auto texts = index({{0, TextField::Title, "zh", "东南苏拉威西的海藻养殖"},
                            {1, TextField::Title, "ja", "マグロ漁業"},
                            {2, TextField::Title, "ar", "صيد الأسماك"}});
  EXPECT_THAT(ranked(texts, "海藻"), ElementsAre(0));
  EXPECT_THAT(ranked(texts, "漁業"), ElementsAre(1));
  EXPECT_THAT(ranked(texts, "الأسماك"), ElementsAre(2));
}

TEST(TextIndex, NothingToLookForIsNoMatch) {
  const auto texts = index({{0, TextField::Title, "id", "Ikan"}});
  EXPECT_THAT(parse_text_query("").words, IsEmpty());
  EXPECT_THAT(parse_text_query(" -- !? ").words, IsEmpty());
  EXPECT_THAT(parse_text_query("zzz").words, testing::SizeIs(1));
  EXPECT_THAT(hits_of(texts, "zzz"), IsEmpty());
  EXPECT_THAT(hits_of(TextIndex(), "ikan"), IsEmpty());
  EXPECT_THAT(hits_of(texts, "\xff\xfe ikan\x80"), testing::SizeIs(1))
      << "broken text is read as far as it can be";
}

// Plain text is taken apart without ICU: both ways give the same words.
TEST(TextIndex, PlainTextHasTheWordsThatIcuFinds) {
  for (char c = 1; c > 0; ++c)
    for (const std::string model : {"ab?cd", "ab ?cd", "12?34", "a1?b2", "ab??cd", "?ab? cd?"}) {
      auto text = model;
      std::ranges::replace(text, '?', c);
      // One letter beyond ASCII, and ICU reads it all.
      auto expected = words_of(text + " \u00e9");
      expected.pop_back();
      EXPECT_EQ(words_of(text), expected) << model << " with " << static_cast<int>(c);
      if (c == CHAR_MAX) return;
    }
}

// --- properties
// ------------------------------------------------------------------------------------------------

const std::vector<std::string> kWords = {"ikan",  "ikatan", "tuna",  "tunas",  "laut",   "rumput", "kebun",
                                         "kakao", "nikel",  "aspal", "wisata", "pantai", "bukit",  "mill"};

std::string chance_words(int least, int most) {
  std::string out;
  for (int i = *rc::gen::inRange(least, most + 1); i > 0; --i) out += *rc::gen::elementOf(kWords) + " ";
  return out;
}

TextIndex chance_index() {
  std::vector<Text> texts;
  const auto size = static_cast<std::uint32_t>(*rc::gen::inRange(1, 25));
  for (std::uint32_t i = 0; i < size; ++i) {
    texts.push_back({i, TextField::Title, "id", chance_words(0, 3)});
    texts.push_back({i, TextField::Body, *rc::gen::element<std::string>("id", "en"), chance_words(0, 6)});
  }
  return index(texts);
}

RC_GTEST_PROP(TextIndexProperty, MoreWordsFindLess, ()) {
  const auto texts = chance_index();
  const auto words = chance_words(1, 3);
  const auto fewer = found(texts, words);
  const auto more = found(texts, *rc::gen::elementOf(kWords) + " " + words);
  RC_ASSERT(std::ranges::includes(fewer, more));
}

RC_GTEST_PROP(TextIndexProperty, AShorterBeginningFindsMore, ()) {
  const auto texts = chance_index();
  const auto word = *rc::gen::elementOf(kWords);
  const auto cut =
      word.substr(0, static_cast<std::size_t>(*rc::gen::inRange<int>(1, static_cast<int>(word.size()) + 1)));
  // Letters that are a word of their own ("a") cannot hide what the whole word finds.
  const auto exact = found(texts, word + " " + word);
  RC_ASSERT(std::ranges::includes(found(texts, cut), exact) || cut.size() < 2);
}

RC_GTEST_PROP(TextIndexProperty, TheOrderOfWordsBeforeTheLastDoesNotMatter, ()) {
  const auto texts = chance_index();
  const auto a = *rc::gen::elementOf(kWords), b = *rc::gen::elementOf(kWords),
             last = *rc::gen::elementOf(kWords);
  RC_ASSERT(found(texts, a + " " + b + " " + last) == found(texts, b + " " + a + " " + last));
}

RC_GTEST_PROP(TextIndexProperty, TwoWordsFindWhatEachFinds, ()) {
  const auto texts = chance_index();
  const auto a = *rc::gen::elementOf(kWords), b = *rc::gen::elementOf(kWords);
  // Followed by a common word, neither is taken for a beginning.
  const auto left = found(texts, a + " di"), right = found(texts, b + " di");
  std::set<std::uint32_t> both;
  std::ranges::set_intersection(left, right, std::inserter(both, both.end()));
  RC_ASSERT(found(texts, a + " " + b + " di") == both);
}

}  // namespace
}  // namespace simpul::catalog
