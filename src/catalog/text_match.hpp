// Puts together what the words of a query found in one index. Used by the snapshot, segment by segment.
#pragma once

#include <roaring/roaring.hh>

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "catalog/document_bits.hpp"
#include "catalog/text_index.hpp"

namespace simpul::catalog {

// Where one word stands: in the texts of documents and, as the name of something that many documents refer
// to, in whole sets of them.
struct WordPlaces {
  std::vector<TextPostings> postings;
  std::vector<std::pair<const Roaring*, float>> names;  // with the score
  std::size_t size() const;                             // documents, those found twice counted twice
  float most() const;                                   // no document has a higher score
};

// How much it tells that a document has a word that `having` of `documents` have (BM25's idf).
float rarity(std::size_t having, std::size_t documents);

// The documents that have every word.
Roaring match(std::span<const WordPlaces> words);

struct TextHit {
  std::uint32_t document = 0;
  float score = 0;
};

// How much each of the documents counts, in their order. All of them have every word; a word counts where it
// counts most, times its rarity. Those that count less than `least` may be left out.
std::vector<TextHit> scored(std::span<const WordPlaces> words, std::span<const float> rarities,
                            const Roaring& documents, float least = 0);

}  // namespace simpul::catalog
