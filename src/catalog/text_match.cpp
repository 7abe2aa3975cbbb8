#include "catalog/text_match.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace simpul::catalog {

namespace {

// From this many times on it is cheaper to look documents up than to go through all that have the word.
constexpr std::size_t kLookUpFrom = 12;

// The best score of each document of one index; cleaned after use, so that a query costs no more than what it
// finds.
class Scores {
 public:
  Scores() : of_(TextIndex::kMostDocuments, 0), seen_(TextIndex::kMostDocuments / 64, 0) {}
  void add(std::uint32_t document, float score) {
    auto& best = of_[document];
    seen_[document / 64] |= std::uint64_t{1} << document % 64;
    best = std::max(best, score);
  }
  float operator[](std::uint32_t document) const { return of_[document]; }
  // In their order.
  template <typename Each>
  void each(Each each) const {
    for (std::size_t i = 0; i < seen_.size(); ++i)
      for (auto word = seen_[i]; word != 0; word &= word - 1)
        each(static_cast<std::uint32_t>(i * 64 + static_cast<std::size_t>(std::countr_zero(word))));
  }
  void clear() {
    each([this](std::uint32_t document) { of_[document] = 0; });
    std::ranges::fill(seen_, 0);
  }

 private:
  std::vector<float> of_;
  std::vector<std::uint64_t> seen_;
};

void collect(const WordPlaces& word, Scores& scores) {
  for (const auto& list : word.postings)
    for (std::size_t i = 0; i < list.documents.size(); ++i) scores.add(list.documents[i], list.score(i));
  for (const auto& [set, score] : word.names)
    for (const auto document : *set) scores.add(document, score);
}

void take(std::vector<TextHit>& hits, const TextPostings& list, float rarity) {
  hits.reserve(list.documents.size());
  for (std::size_t i = 0; i < list.documents.size(); ++i)
    hits.push_back({list.documents[i], list.score(i) * rarity});
}

void intersect(std::vector<TextHit>& hits, const TextPostings& list, float rarity) {
  std::size_t kept = 0, at = 0;
  const auto size = list.documents.size();
  for (std::size_t i = 0; i < hits.size(); ++i) {
    const auto wanted = hits[i].document;
    while (at < size && list.documents[at] < wanted) ++at;
    if (at == size) break;
    if (list.documents[at] == wanted) hits[kept++] = {wanted, hits[i].score + list.score(at) * rarity};
  }
  hits.resize(kept);
}

float look_up(const WordPlaces& word, std::uint32_t document) {
  float best = 0;
  for (const auto& list : word.postings) {
    const auto found = std::ranges::lower_bound(list.documents, document);
    if (found != list.documents.end() && *found == document)
      best = std::max(best, list.score(static_cast<std::size_t>(found - list.documents.begin())));
  }
  for (const auto& [set, score] : word.names)
    if (score > best && set->contains(document)) best = score;
  return best;
}

}  // namespace

std::size_t WordPlaces::size() const {
  std::size_t size = 0;
  for (const auto& list : postings) size += list.documents.size();
  for (const auto& [set, score] : names) size += set->cardinality();
  return size;
}

float rarity(std::size_t having, std::size_t documents) {
  const auto n = static_cast<float>(std::min(having, documents));
  return std::log(1 + (static_cast<float>(documents) - n + 0.5F) / (n + 0.5F));
}

std::vector<TextHit> match(std::span<const WordPlaces> words, std::span<const float> rarities) {
  thread_local Scores scores;
  std::vector<std::size_t> sizes;
  for (const auto& word : words) sizes.push_back(word.size());
  // The rarest first: what is left never grows.
  std::vector<std::size_t> order(words.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t word) { return sizes[word]; });
  std::vector<TextHit> hits;
  for (const auto word : order) {
    const bool first = word == order.front();
    if (!first && hits.empty()) break;
    if (!first && sizes[word] > kLookUpFrom * hits.size()) {
      std::erase_if(hits, [&](TextHit& hit) {
        const auto score = look_up(words[word], hit.document);
        hit.score += score * rarities[word];
        return score == 0;
      });
      continue;
    }
    // One list is in its order already.
    if (words[word].names.empty() && words[word].postings.size() == 1) {
      const auto& list = words[word].postings.front();
      if (first)
        take(hits, list, rarities[word]);
      else
        intersect(hits, list, rarities[word]);
      continue;
    }
    collect(words[word], scores);
    if (first) {
      hits.reserve(sizes[word]);
      scores.each([&](std::uint32_t document) {
        hits.push_back({document, scores[document] * rarities[word]});
      });
    } else {
      std::erase_if(hits, [&](TextHit& hit) {
        hit.score += scores[hit.document] * rarities[word];
        return scores[hit.document] == 0;
      });
    }
    scores.clear();
  }
  return hits;
}

}  // namespace simpul::catalog
