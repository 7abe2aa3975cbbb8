// Puts together what the words of a query found in one index. Used by the snapshot, segment by segment.
#pragma once

#include <roaring/roaring.hh>

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "catalog/text_index.hpp"

namespace simpul::catalog {

struct TextHit {
  std::uint32_t document = 0;
  float score = 0;
};

// Where one word stands: in the texts of documents and, as the name of something that many documents refer
// to, in whole sets of them.
struct WordPlaces {
  std::vector<TextPostings> postings;
  std::vector<std::pair<const Roaring*, float>> names;  // with the score
  std::size_t size() const;                             // documents, those found twice counted twice
};

// How much it tells that a document has a word that `having` of `documents` have (BM25's idf).
float rarity(std::size_t having, std::size_t documents);

// The documents that have every word, in their order. A word counts where it counts most, times its rarity.
std::vector<TextHit> match(std::span<const WordPlaces> words, std::span<const float> rarities);

}  // namespace simpul::catalog
