#include "catalog/text_match.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

namespace simpul::catalog {
namespace {

using testing::ElementsAre;

TEST(DocumentBits, BecomeTheSetOfWhatWasAdded) {
  for (const std::uint32_t count : {0U, 1U, 4095U, 4096U, 4097U, 20000U, 65536U}) {
    std::vector<std::uint16_t> documents;
    Roaring expected;
    for (std::uint32_t i = 0; i < count; ++i) {
      const auto document = static_cast<std::uint16_t>(65535 - i * (65536 / count));
      documents.push_back(document);
      expected.add(document);
    }
    std::ranges::sort(documents);
    DocumentBits bits;
    bits.add(documents);
    EXPECT_EQ(bits.set(), expected) << count;
    EXPECT_EQ(set_of(documents), expected) << count;
    EXPECT_TRUE(std::ranges::equal(listed(expected), documents)) << count;
    DocumentBits again;
    again.add(expected);
    again.cut(bits);
    EXPECT_EQ(again.set(), expected) << count;
    again.clear();
    EXPECT_TRUE(again.set().isEmpty());
  }
}

TEST(TextMatch, AWordCountsAsANameOfManyToo) {
  TextIndex::Builder builder;
  builder.add(0, TextField::Title, "id", "Ikan");
  builder.add(1, TextField::Title, "id", "Tuna");
  const TextIndex texts(std::move(builder));
  const auto query = parse_text_query("kolaka ikan");
  const Roaring kolaka = Roaring::bitmapOf(3, 0, 1, 7);
  std::vector<WordPlaces> places = {{texts.find(query.words[0]), {{&kolaka, 0.5F}}},
                                    {texts.find(query.words[1]), {}}};
  const float rarities[] = {1, 1};
  EXPECT_THAT(listed(match(places)), ElementsAre(0));
  const auto hits = scored(places, rarities, match(places));
  ASSERT_THAT(hits, testing::SizeIs(1));
  EXPECT_GT(hits[0].score, 0.5F);
  places.pop_back();
  EXPECT_THAT(listed(match(places)), ElementsAre(0, 1, 7));
}

// --- against looking at each document

// Words of which one stands in nearly all documents and another in a handful, in every field.
const std::vector<std::string> kWords = {"ikan",   "perikanan", "tuna", "tunas",
                                         "olahan", "olah",      "laut", "zamrud"};

class LargeIndex {
 public:
  static constexpr std::uint32_t kDocuments = 14000;
  LargeIndex() : index_(build()) {
    for (std::uint32_t i = 0; i < kDocuments; i += 3) some_.add(i);
    for (std::uint32_t i = 5000; i < 12000; ++i) many_.add(i);
  }
  const TextIndex& index() const { return index_; }
  const Roaring& some() const { return some_; }
  const Roaring& many() const { return many_; }

 private:
  static TextIndex build() {
    TextIndex::Builder builder;
    std::uint32_t chance = 1;
    for (std::uint32_t i = 0; i < kDocuments; ++i) {
      std::string title = "potensi", body;
      for (std::size_t word = 0; word < kWords.size(); ++word) {
        chance = chance * 1664525 + 1013904223;
        const auto one_in = std::uint32_t{1} << word;  // ikan in all of some field, zamrud in one of 128
        if (chance >> 8 & (one_in - 1)) continue;
        (chance >> 20 & 1 ? title : body) += " " + kWords[word];
      }
      builder.add(i, TextField::Title, "id", title);
      builder.add(i, TextField::Body, "id", body);
    }
    return TextIndex(std::move(builder));
  }
  TextIndex index_;
  Roaring some_, many_;
};

// What a list has, read the plain way.
std::map<std::uint32_t, float> of_list(const TextPostings& list) {
  std::map<std::uint32_t, float> found;
  std::size_t i = 0;
  for (const auto document : list.documents) found[document] = list.score(i++);
  for (std::uint32_t document = 0; document < list.bits.size() * 64; ++document)
    if (list.bits[document / 64] >> document % 64 & 1) found[document] = list.score(i++);
  RC_ASSERT(i == list.size());
  return found;
}

RC_GTEST_PROP(TextMatchProperty, IsWhatEachDocumentSays, ()) {
  static const LargeIndex large;
  std::string text;
  for (int i = *rc::gen::inRange(1, 4); i > 0; --i) text += *rc::gen::elementOf(kWords) + " ";
  const auto query = parse_text_query(text);
  std::vector<WordPlaces> words;
  std::vector<float> rarities;
  for (const auto& word : query.words) {
    auto& places = words.emplace_back(WordPlaces{large.index().find(word), {}});
    const auto score = static_cast<float>(*rc::gen::inRange(1, 100)) / 100;
    if (*rc::gen::inRange(0, 3) == 0) places.names.emplace_back(&large.some(), score);
    if (*rc::gen::inRange(0, 4) == 0) places.names.emplace_back(&large.many(), score);
    rarities.push_back(rarity(places.size(), LargeIndex::kDocuments));
  }
  std::map<std::uint32_t, float> expected;
  for (std::size_t word = 0; word < words.size(); ++word) {
    std::map<std::uint32_t, float> best;
    const auto raise = [&](std::uint32_t document, float score) {
      best[document] = std::max(best[document], score);
    };
    for (const auto& list : words[word].postings)
      for (const auto& [document, score] : of_list(list)) raise(document, score);
    for (const auto& [set, score] : words[word].names)
      for (const auto document : *set) raise(document, score);
    std::map<std::uint32_t, float> both;
    for (const auto& [document, score] : best)
      if (word == 0 || expected.contains(document))
        both[document] = (word == 0 ? 0 : expected[document]) + score * rarities[word];
    expected = both;
  }
  const auto found = match(words);
  std::vector<std::uint32_t> documents;
  for (const auto& [document, score] : expected) documents.push_back(document);
  RC_ASSERT(listed(found) == documents);
  const auto hits = scored(words, rarities, found);
  RC_ASSERT(hits.size() == expected.size());
  for (const auto& hit : hits) RC_ASSERT(hit.score == expected.at(hit.document));

  // With a bound none of those that reach it is lost.
  if (hits.empty()) return;
  const auto least = expected.at(*rc::gen::elementOf(documents));
  std::map<std::uint32_t, float> enough;
  for (const auto& hit : scored(words, rarities, found, least)) enough[hit.document] = hit.score;
  for (const auto& [document, score] : expected)
    if (score >= least) RC_ASSERT(enough.at(document) == score);
}

}  // namespace
}  // namespace simpul::catalog
