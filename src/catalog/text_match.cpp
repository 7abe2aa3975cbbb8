#include "catalog/text_match.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace simpul::catalog {

namespace {

// A list that has so many times more documents than are asked about is searched, not walked.
constexpr std::size_t kSearchFrom = 12;
// Of so few documents each is looked up in the lists of the other words.
constexpr std::size_t kFew = 128;

bool has(const WordPlaces& word, std::uint16_t document) {
  const auto in_list = [&](const TextPostings& list) {
    if (list.bits.empty()) return std::ranges::binary_search(list.documents, document);
    return document / 64U < list.bits.size() && (list.bits[document / 64] >> document % 64 & 1) != 0;
  };
  return std::ranges::any_of(word.postings, in_list) ||
         std::ranges::any_of(word.names, [&](const auto& name) { return name.first->contains(document); });
}

// Of a word that is in few documents.
std::vector<std::uint16_t> documents_of(const WordPlaces& word) {
  std::vector<std::uint16_t> documents;
  for (const auto& list : word.postings) {
    documents.insert(documents.end(), list.documents.begin(), list.documents.end());
    for (std::size_t i = 0; i < list.bits.size(); ++i)
      for (auto bits = list.bits[i]; bits != 0; bits &= bits - 1)
        documents.push_back(
            static_cast<std::uint16_t>(i * 64 + static_cast<std::size_t>(std::countr_zero(bits))));
  }
  for (const auto& [set, score] : word.names)
    for (const auto document : *set) documents.push_back(static_cast<std::uint16_t>(document));
  std::ranges::sort(documents);
  documents.erase(std::unique(documents.begin(), documents.end()), documents.end());
  return documents;
}

void add(DocumentBits& bits, const WordPlaces& word) {
  for (const auto& list : word.postings) {
    bits.add(list.bits);
    bits.add(list.documents);
  }
  for (const auto& [set, score] : word.names) bits.add(*set);
}

// Where one word stands: a list or, as a name, a set.
struct Source {
  float most;
  const TextPostings* list;
  const Roaring* set;
};

// Documents with the best score of one word so far.
struct Weighing {
  std::span<const std::uint32_t> documents;
  std::span<float> best;
  std::vector<std::uint32_t> open;  // those that more may be found for, by their place in `documents`

  void raise(std::size_t i, float score) { best[i] = std::max(best[i], score); }
  // Only those that `most` would raise go on.
  void narrow(float most) {
    std::size_t kept = 0;
    for (const auto i : open) {
      open[kept] = i;
      kept += best[i] < most;
    }
    open.resize(kept);
  }

  void weigh(const TextPostings& list) {
    if (!list.bits.empty()) {
      for (const auto i : open) {
        const auto document = documents[i], word = document / 64;
        if (word >= list.bits.size()) break;
        const auto bit = std::uint64_t{1} << document % 64;
        if (list.bits[word] & bit) raise(i, list.score(list.ranks[word] + ones(list.bits[word] & (bit - 1))));
      }
      return;
    }
    const bool search = list.size() > kSearchFrom * open.size();
    auto at = list.documents.begin();
    const auto end = list.documents.end();
    for (const auto i : open) {
      if (search)
        at = std::lower_bound(at, end, documents[i]);
      else
        while (at != end && *at < documents[i]) ++at;
      if (at == end) break;
      if (*at == documents[i]) raise(i, list.score(static_cast<std::size_t>(at - list.documents.begin())));
    }
  }
  void weigh(const Roaring& set, float score) {
    for (const auto i : open)
      if (set.contains(documents[i])) raise(i, score);
  }
};

}  // namespace

std::size_t WordPlaces::size() const {
  std::size_t size = 0;
  for (const auto& list : postings) size += list.size();
  for (const auto& [set, score] : names) size += set->cardinality();
  return size;
}

float WordPlaces::most() const {
  float most = 0;
  for (const auto& list : postings) most = std::max(most, list.most);
  for (const auto& [set, score] : names) most = std::max(most, score);
  return most;
}

float rarity(std::size_t having, std::size_t documents) {
  const auto n = static_cast<float>(std::min(having, documents));
  return std::log(1 + (static_cast<float>(documents) - n + 0.5F) / (n + 0.5F));
}

Roaring match(std::span<const WordPlaces> words) {
  if (words.empty()) return {};
  const auto* rarest = &*std::ranges::min_element(words, {}, &WordPlaces::size);
  if (rarest->size() <= kFew) {
    auto documents = documents_of(*rarest);
    for (const auto& word : words)
      if (&word != rarest) std::erase_if(documents, [&](auto document) { return !has(word, document); });
    return set_of(documents);
  }
  thread_local DocumentBits found, of_word;
  found.clear();
  add(found, words.front());
  for (const auto& word : words.subspan(1)) {
    of_word.clear();
    add(of_word, word);
    found.cut(of_word);
  }
  return found.set();
}

std::vector<TextHit> scored(std::span<const WordPlaces> words, std::span<const float> rarities,
                            const Roaring& set, float least) {
  // What the words after each may still give. A sum in another order may differ by a little.
  constexpr float kRounding = 1.0001F;
  std::vector<float> rest(words.size() + 1, 0);
  for (auto word = words.size(); word-- > 0;)
    rest[word] = rest[word + 1] + words[word].most() * rarities[word] * kRounding;
  auto documents = listed(set);
  std::vector<float> scores(documents.size(), 0), best;
  for (std::size_t word = 0; word < words.size(); ++word) {
    best.assign(documents.size(), 0);
    Weighing weighing{documents, best, std::vector<std::uint32_t>(documents.size())};
    std::iota(weighing.open.begin(), weighing.open.end(), 0U);
    // Where it counts most first: most documents are done with then.
    std::vector<Source> sources;
    for (const auto& list : words[word].postings) sources.push_back({list.most, &list, nullptr});
    for (const auto& [set, score] : words[word].names) sources.push_back({score, nullptr, set});
    std::ranges::stable_sort(sources, std::ranges::greater(), &Source::most);
    for (const auto& source : sources) {
      weighing.narrow(source.most);
      if (source.list)
        weighing.weigh(*source.list);
      else
        weighing.weigh(*source.set, source.most);
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < documents.size(); ++i) {
      documents[kept] = documents[i];
      scores[kept] = scores[i] + best[i] * rarities[word];
      kept += scores[kept] + rest[word + 1] >= least;
    }
    documents.resize(kept);
  }
  std::vector<TextHit> hits(documents.size());
  for (std::size_t i = 0; i < documents.size(); ++i) hits[i] = {documents[i], scores[i]};
  return hits;
}

}  // namespace simpul::catalog
