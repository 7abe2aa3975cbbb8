#include "catalog/text_index.hpp"

#include <libstemmer.h>
#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <memory>
#include <numeric>
#include <utility>

#include "base/error.hpp"

namespace simpul::catalog {

namespace {

// What a word is worth by where it stands: the order title > names > summary > body holds even for a long
// title and a short body.
constexpr float kFieldWeight[kTextFields] = {10, 3.5F, 1.6F, 0.7F};
constexpr float kSaturation = 1.2F;   // k1 of BM25
constexpr float kLengthShare = 0.4F;  // b of BM25
// Words and stems of a usual text. BM25 takes the mean of all documents; a fixed length keeps the scores of
// segments comparable, and those of a record the same when others change.
constexpr float kUsualLength[kTextFields] = {7, 6, 30, 90};
// A stem or a beginning is a weaker sign than the word itself.
constexpr float kStemFactor = 0.8F;
constexpr float kPrefixFactor = 0.6F;

// Bits are kept instead of a list where they take less room: 10 bytes for 64 documents against 2 for each.
constexpr std::size_t kBytesOfBits = sizeof(std::uint64_t) + sizeof(std::uint16_t);
constexpr std::uint32_t kBits = 1U << 31;

// Of a text its first bytes as a number: the order of the numbers is that of the texts as far as they go.
std::uint64_t key_of(std::string_view text) {
  std::uint64_t key = 0;
  for (std::size_t i = 0; i < sizeof key; ++i)
    key = key << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  return key;
}

struct StemLanguage {
  std::string_view language;
  const char* algorithm;
  char mark;  // first character of its stems in the term list: below every letter
};
constexpr StemLanguage kStemLanguages[] = {
    {"id", "indonesian", '\x01'}, {"en", "english", '\x02'}, {"ar", "arabic", '\x03'}};

constexpr std::string_view kCommonWords[] = {"a",      "an", "and",  "at",   "atau", "by",    "dan",  "dari",
                                             "dengan", "di", "for",  "from", "in",   "ke",    "oleh", "of",
                                             "on",     "or", "pada", "the",  "to",   "untuk", "with", "yang"};

void check(UErrorCode status, const char* what) {
  if (U_FAILURE(status))
    throw Error(ErrorKind::Internal, "Text could not be read", {}, {},
                std::string(what) + ": " + u_errorName(status));
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

icu::UnicodeString folded(std::string_view text) {
  // Of ASCII only the capitals change.
  if (is_ascii(text)) {
    icu::UnicodeString plain(static_cast<std::int32_t>(text.size()), 0, 0);
    for (const char c : text) plain.append(static_cast<char16_t>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c));
    return plain;
  }
  UErrorCode status = U_ZERO_ERROR;
  const auto* casefold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const auto* decompose = icu::Normalizer2::getNFDInstance(status);
  const auto* compose = icu::Normalizer2::getNFCInstance(status);
  check(status, "normalizer");
  const auto source =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  const auto decomposed = decompose->normalize(casefold->normalize(source, status), status);
  // Only the marks of Latin, Greek and Cyrillic letters: in Japanese or Arabic a mark makes another letter or
  // word.
  icu::UnicodeString bare;
  for (std::int32_t i = 0; i < decomposed.length(); ++i) {
    const char16_t c = decomposed.charAt(i);
    if (c < 0x0300 || c > 0x036F) bare.append(c);
  }
  auto result = compose->normalize(bare, status);
  check(status, "normalize");
  return result;
}

constexpr bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// Calls each with the words in their order, folded.
template <typename Each>
void each_word(std::string_view text, Each each) {
  // Letters, digits, spaces and what only ever parts words ICU need not be asked about: most texts hold
  // nothing else. A dot, comma, apostrophe, colon or underscore may stand inside of a word.
  constexpr std::string_view kAsks = ".,':;_@";
  if (is_ascii(text) && text.find_first_of(kAsks) == std::string_view::npos) {
    std::string word;
    for (std::size_t i = 0; i < text.size();) {
      if (!is_plain(text[i])) {
        ++i;
        continue;
      }
      word.clear();
      for (; i < text.size() && is_plain(text[i]); ++i)
        word += text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] - 'A' + 'a') : text[i];
      each(std::string_view(word));
    }
    return;
  }
  // Making an iterator costs more than breaking a title; it may not be shared between threads.
  thread_local const auto iterator = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> made(
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    check(status, "word boundaries");
    return made;
  }();
  const auto source = folded(text);
  iterator->setText(source);
  std::string word;
  for (auto begin = iterator->first(), end = iterator->next(); end != icu::BreakIterator::DONE;
       begin = end, end = iterator->next()) {
    if (iterator->getRuleStatus() < UBRK_WORD_NONE_LIMIT) continue;  // spaces and punctuation
    word.clear();
    source.tempSubStringBetween(begin, end).toUTF8String(word);
    each(std::string_view(word));
  }
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  each_word(text, [&](std::string_view word) { words.emplace_back(word); });
  return words;
}

struct StemmerDelete {
  void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};

std::string stem(const std::string& word, const StemLanguage& language) {
  thread_local std::array<std::unique_ptr<sb_stemmer, StemmerDelete>, std::size(kStemLanguages)> stemmers;
  auto& stemmer = stemmers[static_cast<std::size_t>(&language - kStemLanguages)];
  if (!stemmer) stemmer.reset(sb_stemmer_new(language.algorithm, nullptr));
  if (!stemmer) throw Error(ErrorKind::Internal, "Text could not be read", {}, {}, language.algorithm);
  const auto* stemmed = sb_stemmer_stem(stemmer.get(), reinterpret_cast<const sb_symbol*>(word.data()),
                                        static_cast<int>(word.size()));
  if (!stemmed) throw std::bad_alloc();
  return language.mark + std::string(reinterpret_cast<const char*>(stemmed),
                                     static_cast<std::size_t>(sb_stemmer_length(stemmer.get())));
}

bool is_common(const std::string& word) {
  return std::ranges::find(kCommonWords, word) != std::end(kCommonWords);
}

}  // namespace

TextQuery parse_text_query(std::string_view text) {
  auto words = words_of(text);
  TextQuery query;
  if (words.empty()) return query;
  const auto last = words.back();
  if (!std::ranges::all_of(words, is_common)) std::erase_if(words, is_common);
  for (std::size_t i = 0; i < words.size(); ++i) {
    auto& word = query.words.emplace_back();
    word.word = words[i];
    word.prefix = i + 1 == words.size() && words[i] == last;
    for (const auto& language : kStemLanguages) word.stems.push_back(stem(words[i], language));
  }
  return query;
}

void TextIndex::Builder::add(std::uint32_t document, TextField field, std::string_view language,
                             std::string_view text) {
  documents_ = std::max(documents_, document + 1);
  const auto place = document * kTextFields + static_cast<std::uint32_t>(field);
  const auto* known = std::ranges::find(kStemLanguages, language, &StemLanguage::language);
  auto* stems = known == std::end(kStemLanguages) ? nullptr : &stems_[std::string(language)];
  each_word(text, [&](std::string_view word) {
    const auto of_word = number(word);
    entries_.push_back({of_word, place});
    if (!stems) return;
    const auto [found, fresh] = stems->try_emplace(of_word);
    if (fresh) {
      // Most words are their own stem: they are found as that.
      const auto stemmed = stem(std::string(word), *known);
      found->second = std::string_view(stemmed).substr(1) == word ? of_word : number(stemmed);
    }
    if (found->second != of_word) entries_.push_back({found->second, place});
  });
}

std::uint32_t TextIndex::Builder::number(std::string_view term) {
  if (const auto found = numbers_.find(term); found != numbers_.end()) return found->second;
  const auto number = static_cast<std::uint32_t>(numbers_.size());
  numbers_.emplace(term, number);
  return number;
}

TextIndex::TextIndex(Builder&& builder) {
  if (builder.documents_ > kMostDocuments)
    throw Error(ErrorKind::Internal, "Text could not be read", {}, {}, "too many documents for an index");
  // Terms in the order of their bytes, so that a beginning is a range.
  std::vector<std::pair<std::string_view, std::uint32_t>> sorted(builder.numbers_.begin(),
                                                                 builder.numbers_.end());
  std::ranges::sort(sorted);
  std::vector<std::uint32_t> place(sorted.size());
  for (const auto& [term, number] : sorted) {
    place[number] = static_cast<std::uint32_t>(term_begins_.size() - 1);
    letters_ += term;
    term_begins_.push_back(static_cast<std::uint32_t>(letters_.size()));
    term_keys_.push_back(key_of(term));
  }
  const auto terms = sorted.size();
  sorted = {};
  builder.numbers_ = {};
  builder.stems_ = {};

  auto& entries = builder.entries_;
  std::vector<std::array<std::uint32_t, kTextFields>> lengths(builder.documents_);
  for (auto& entry : entries) {
    entry.term = place[entry.term];
    ++lengths[entry.document()][entry.field()];
  }
  // By term, then document. There are as many as there are words in the register: they are not sorted but
  // counted, then put where they belong, those of one term and document together.
  if (!std::ranges::is_sorted(entries, {}, &Builder::Entry::document))
    std::ranges::stable_sort(entries, {}, &Builder::Entry::document);
  constexpr auto kNone = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> last(terms, kNone);  // document of each term
  begins_.assign(terms + 1, 0);
  for (const auto& entry : entries)
    if (std::exchange(last[entry.term], entry.document()) != entry.document()) ++begins_[entry.term + 1];
  std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
  std::vector<float> weights(begins_.back());
  std::vector<std::uint16_t> documents(begins_.back());
  std::ranges::fill(last, kNone);
  std::vector<std::uint32_t> next(begins_.begin(), begins_.end() - 1);
  for (const auto& entry : entries) {
    const auto document = entry.document();
    const auto field = entry.field();
    const float weight = kFieldWeight[field] /
                         (1 - kLengthShare +
                          kLengthShare * static_cast<float>(lengths[document][field]) / kUsualLength[field]);
    if (std::exchange(last[entry.term], document) != document) {
      documents[next[entry.term]] = static_cast<std::uint16_t>(document);
      weights[next[entry.term]++] = weight;
    } else {
      weights[next[entry.term] - 1] += weight;
    }
  }
  weights_.reserve(weights.size());
  for (const auto weight : weights)
    weights_.push_back(
        static_cast<std::uint8_t>(std::clamp(std::lround(255 * weight / (kSaturation + weight)), 1L, 255L)));
  for (std::size_t term = 0; term < terms; ++term)
    most_.push_back(
        *std::max_element(weights_.begin() + begins_[term], weights_.begin() + begins_[term + 1]));
  words_ = (builder.documents_ + 63) / 64;
  places_.reserve(terms);
  for (std::size_t term = 0; term < terms; ++term)
    put_documents(std::span(documents).subspan(begins_[term], begins_[term + 1] - begins_[term]));
  documents_.shrink_to_fit();
  bits_.shrink_to_fit();
  ranks_.shrink_to_fit();
}

void TextIndex::put_documents(std::span<const std::uint16_t> documents) {
  if (documents.size_bytes() <= words_ * kBytesOfBits) {
    places_.push_back(static_cast<std::uint32_t>(documents_.size()));
    documents_.insert(documents_.end(), documents.begin(), documents.end());
    return;
  }
  places_.push_back(kBits | static_cast<std::uint32_t>(bits_.size() / words_));
  const auto begin = bits_.size();
  bits_.resize(begin + words_);
  for (const auto document : documents) bits_[begin + document / 64] |= std::uint64_t{1} << document % 64;
  std::uint16_t rank = 0;
  for (auto word = begin; word < bits_.size(); ++word) {
    ranks_.push_back(rank);
    rank = static_cast<std::uint16_t>(rank + std::popcount(bits_[word]));
  }
}

std::size_t TextIndex::first_not_before(std::string_view word) const {
  const auto key = key_of(word);
  const auto first = std::ranges::lower_bound(term_keys_, key);
  auto low = static_cast<std::size_t>(first - term_keys_.begin());
  if (first == term_keys_.end() || *first != key) return low;
  auto high = static_cast<std::size_t>(std::upper_bound(first, term_keys_.end(), key) - term_keys_.begin());
  while (low < high) {
    const auto middle = (low + high) / 2;
    if (term(middle) < word)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

TextPostings TextIndex::postings(std::size_t term, float factor) const {
  const auto begin = begins_[term], count = begins_[term + 1] - begin;
  TextPostings found;
  found.scale = factor / 255;
  found.most = found.scale * static_cast<float>(most_[term]);
  found.weights = std::span(weights_).subspan(begin, count);
  if (const auto place = places_[term]; place & kBits) {
    found.bits = std::span(bits_).subspan((place & ~kBits) * words_, words_);
    found.ranks = std::span(ranks_).subspan((place & ~kBits) * words_, words_);
  } else {
    found.documents = std::span(documents_).subspan(place, count);
  }
  return found;
}

std::vector<TextPostings> TextIndex::find(const TextQuery::Word& word) const {
  std::vector<TextPostings> found;
  found.reserve(4);
  const auto terms = term_begins_.size() - 1;
  auto at = first_not_before(word.word);
  if (at < terms && term(at) == word.word) found.push_back(postings(at++, 1));
  for (; word.prefix && at < terms && term(at).starts_with(word.word); ++at)
    found.push_back(postings(at, kPrefixFactor));
  const auto add = [&](std::string_view wanted) {
    if (const auto i = first_not_before(wanted); i < terms && term(i) == wanted)
      found.push_back(postings(i, kStemFactor));
  };
  for (std::size_t i = 0; i < word.stems.size(); ++i) {
    add(word.stems[i]);
    // Words that are the stem itself stand there as words.
    const auto bare = std::string_view(word.stems[i]).substr(1);
    const auto same = [&](const std::string& other) { return std::string_view(other).substr(1) == bare; };
    if (bare != word.word &&
        std::none_of(word.stems.begin(), word.stems.begin() + static_cast<std::ptrdiff_t>(i), same))
      add(bare);
  }
  return found;
}

}  // namespace simpul::catalog
