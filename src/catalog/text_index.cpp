#include "catalog/text_index.hpp"

#include <libstemmer.h>
#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
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
// A stem or a beginning is a weaker sign than the word itself.
constexpr float kStemFactor = 0.8F;
constexpr float kPrefixFactor = 0.6F;

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

icu::UnicodeString folded(std::string_view text) {
  // Of ASCII only the capitals change.
  if (std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
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

std::vector<std::string> words_of(std::string_view text) {
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
  std::vector<std::string> words;
  for (auto begin = iterator->first(), end = iterator->next(); end != icu::BreakIterator::DONE;
       begin = end, end = iterator->next()) {
    if (iterator->getRuleStatus() < UBRK_WORD_NONE_LIMIT) continue;  // spaces and punctuation
    words.emplace_back();
    source.tempSubStringBetween(begin, end).toUTF8String(words.back());
  }
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

// Keeps the best score of each document.
void sort_and_merge(std::vector<TextHit>& hits) {
  std::ranges::sort(hits, [](const TextHit& a, const TextHit& b) {
    return a.document != b.document ? a.document < b.document : a.score > b.score;
  });
  const auto same = [](const TextHit& a, const TextHit& b) { return a.document == b.document; };
  hits.erase(std::unique(hits.begin(), hits.end(), same), hits.end());
}

}  // namespace

std::string fold(std::string_view text) {
  std::string out;
  folded(text).toUTF8String(out);
  return out;
}

TextIndex::Builder::Terms TextIndex::Builder::terms(std::string_view language, std::string_view text) {
  const auto* known = std::ranges::find(kStemLanguages, language, &StemLanguage::language);
  auto* stems = known == std::end(kStemLanguages) ? nullptr : &stems_[std::string(language)];
  Terms terms;
  for (const auto& word : words_of(text)) {
    const auto of_word = number(word);
    terms.push_back(of_word);
    if (!stems) continue;
    const auto [found, fresh] = stems->try_emplace(of_word);
    if (fresh) found->second = number(stem(word, *known));
    terms.push_back(found->second);
  }
  return terms;
}

void TextIndex::Builder::add(std::uint32_t document, TextField field, const Terms& terms) {
  documents_ = std::max(documents_, document + 1);
  const auto place = document * kTextFields + static_cast<std::uint32_t>(field);
  for (const auto term : terms) entries_.push_back({term, place});
}

std::uint32_t TextIndex::Builder::number(std::string_view term) {
  if (const auto found = numbers_.find(term); found != numbers_.end()) return found->second;
  const auto number = static_cast<std::uint32_t>(numbers_.size());
  numbers_.emplace(term, number);
  return number;
}

TextIndex::TextIndex(Builder&& builder) : documents_(builder.documents_) {
  // Terms in the order of their bytes, so that a beginning is a range.
  std::vector<std::pair<std::string, std::uint32_t>> sorted(std::make_move_iterator(builder.numbers_.begin()),
                                                            std::make_move_iterator(builder.numbers_.end()));
  // Gone before the rest needs its room.
  builder.numbers_ = {};
  builder.stems_ = {};
  std::ranges::sort(sorted);
  std::vector<std::uint32_t> place(sorted.size());
  terms_.reserve(sorted.size());
  for (auto& [term, number] : sorted) {
    place[number] = static_cast<std::uint32_t>(terms_.size());
    terms_.push_back(std::move(term));
  }
  sorted = {};
  auto& entries = builder.entries_;
  for (auto& entry : entries) entry.term = place[entry.term];

  // Lengths are counted in words and stems alike: only their ratio to the average matters.
  std::vector<std::array<float, kTextFields>> lengths(documents_);
  std::array<double, kTextFields> total{};
  std::array<std::size_t, kTextFields> having{};
  for (const auto& entry : entries) {
    auto& length = lengths[entry.document()][entry.field()];
    if (length == 0) ++having[entry.field()];
    ++length;
    ++total[entry.field()];
  }

  // By term, then document. There are as many as there are words in the register: they are not sorted but
  // counted, then put where they belong, those of one term and document together.
  if (!std::ranges::is_sorted(entries, {}, &Builder::Entry::document))
    std::ranges::stable_sort(entries, {}, &Builder::Entry::document);
  constexpr auto kNone = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> last(terms_.size(), kNone);  // document of each term
  begins_.assign(terms_.size() + 1, 0);
  for (const auto& entry : entries)
    if (std::exchange(last[entry.term], entry.document()) != entry.document()) ++begins_[entry.term + 1];
  std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
  postings_.resize(begins_.back());
  std::ranges::fill(last, kNone);
  std::vector<std::uint32_t> next(begins_.begin(), begins_.end() - 1);
  for (const auto& entry : entries) {
    const auto document = entry.document();
    const auto field = entry.field();
    const auto average = static_cast<float>(total[field] / static_cast<double>(having[field]));
    const float weight =
        kFieldWeight[field] / (1 - kLengthShare + kLengthShare * lengths[document][field] / average);
    if (std::exchange(last[entry.term], document) != document)
      postings_[next[entry.term]++] = {document, weight};
    else
      postings_[next[entry.term] - 1].weight += weight;
  }
}

void TextIndex::add_term(std::size_t term, float factor, Hits& hits) const {
  for (auto i = begins_[term]; i < begins_[term + 1]; ++i) {
    const auto weight = postings_[i].weight;
    hits.push_back({postings_[i].document, factor * weight / (kSaturation + weight)});
  }
}

TextIndex::Hits TextIndex::find_word(const std::string& word, bool prefix) const {
  Hits hits;
  auto term = std::ranges::lower_bound(terms_, word);
  if (term != terms_.end() && *term == word)
    add_term(static_cast<std::size_t>(term++ - terms_.begin()), 1, hits);
  for (; prefix && term != terms_.end() && term->starts_with(word); ++term)
    add_term(static_cast<std::size_t>(term - terms_.begin()), kPrefixFactor, hits);
  for (const auto& language : kStemLanguages) {
    const auto wanted = stem(word, language);
    const auto found = std::ranges::lower_bound(terms_, wanted);
    if (found != terms_.end() && *found == wanted)
      add_term(static_cast<std::size_t>(found - terms_.begin()), kStemFactor, hits);
  }
  sort_and_merge(hits);
  const auto n = static_cast<float>(hits.size());
  const float rarity = std::log(1 + (static_cast<float>(documents_) - n + 0.5F) / (n + 0.5F));
  for (auto& hit : hits) hit.score *= rarity;
  return hits;
}

TextMatch TextIndex::find(std::string_view text) const {
  auto words = words_of(text);
  if (words.empty()) return {};
  const auto last = words.back();
  if (!std::ranges::all_of(words, is_common)) std::erase_if(words, is_common);
  TextMatch match;
  match.has_words = true;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool prefix = i + 1 == words.size() && words[i] == last;
    auto found = find_word(words[i], prefix);
    if (i == 0) {
      match.hits = std::move(found);
      continue;
    }
    Hits both;
    auto other = found.begin();
    for (const auto& hit : match.hits) {
      while (other != found.end() && other->document < hit.document) ++other;
      if (other == found.end()) break;
      if (other->document == hit.document) both.push_back({hit.document, hit.score + other->score});
    }
    match.hits = std::move(both);
  }
  return match;
}

}  // namespace simpul::catalog
