// Finds documents by words: folded, in every language they are written in, by stem, and by the beginning of
// the last word. One index holds at most 65,536 documents: a segment of the catalogue, or the names that
// potentials refer to. Used by the snapshot.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace simpul::catalog {

// Where a word stands in a document. A word in the title weighs more than in the names, and so on.
enum class TextField : std::uint8_t { Title, Names, Summary, Body };
inline constexpr int kTextFields = 4;

// What is looked for, taken apart once for all indexes: without compatibility forms, case and diacritics
// ("Wakatobi é" -> "wakatobi", "e"). Short common words ("di", "of") count only when there
// is no other.
struct TextQuery {
  struct Word {
    std::string word;
    bool prefix = false;             // may be the beginning of a word
    std::vector<std::string> stems;  // as they stand in an index, in every language that has a stemmer
  };
  std::vector<Word> words;  // empty: nothing to look for (punctuation only)
};
TextQuery parse_text_query(std::string_view text);

// Where a word stands: documents in their order, and how much it counts in each, 1..255 for up to `factor`.
// The documents of a common word are bits, a lookup is then as cheap as a step through a list.
struct TextPostings {
  std::span<const std::uint16_t> documents;  // empty when there are bits
  std::span<const std::uint64_t> bits;       // 64 documents each
  std::span<const std::uint16_t> ranks;      // how many documents stand before those of each of the bits
  std::span<const std::uint8_t> weights;
  float scale = 1;  // the factor by weight: weights[i] * scale is the score
  float most = 0;   // score

  std::size_t size() const { return weights.size(); }
  float score(std::size_t i) const { return scale * static_cast<float>(weights[i]); }
};

class TextIndex {
 public:
  static constexpr std::size_t kMostDocuments = 65536;

  // Collects the texts, any order. `language`: "id", "en", ...; words of a language without a stemmer are not
  // stemmed.
  class Builder {
   public:
    void add(std::uint32_t document, TextField field, std::string_view language, std::string_view text);

   private:
    friend class TextIndex;
    // A word at one place: of a large register there are millions, so it is kept small.
    struct Entry {
      std::uint32_t term;
      std::uint32_t place;  // document and field
      std::uint32_t document() const { return place / kTextFields; }
      std::size_t field() const { return place % kTextFields; }
    };
    std::uint32_t number(std::string_view term);
    struct Hash {
      using is_transparent = void;
      std::size_t operator()(std::string_view term) const { return std::hash<std::string_view>()(term); }
    };
    // term -> its number, in order of appearance
    std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers_;
    // By language: the number of a word -> the number of its stem, so that no word is stemmed twice.
    std::map<std::string, std::unordered_map<std::uint32_t, std::uint32_t>, std::less<>> stems_;
    std::deque<Entry> entries_;  // grows without moving what is there
    std::uint32_t documents_ = 0;
  };

  TextIndex() = default;
  explicit TextIndex(Builder&& builder);

  // Everywhere that the word, its stem or a word that begins with it stands.
  std::vector<TextPostings> find(const TextQuery::Word& word) const;

 private:
  std::string_view term(std::size_t i) const {
    return std::string_view(letters_).substr(term_begins_[i], term_begins_[i + 1] - term_begins_[i]);
  }
  std::size_t first_not_before(std::string_view word) const;
  TextPostings postings(std::size_t term, float factor) const;
  void put_documents(std::span<const std::uint16_t> documents);

  std::string letters_;                        // of all terms, sorted; stems begin with a control character
  std::vector<std::uint32_t> term_begins_{0};  // one more than terms
  std::vector<std::uint64_t> term_keys_;       // first bytes of each, as a number: what is searched first
  std::vector<std::uint32_t> begins_{0};       // of the weights of each term, one more than terms
  std::vector<std::uint8_t> weights_;          // by term, then document
  std::vector<std::uint8_t> most_;             // weight of each term
  // Of each term the number of its bits, with kBits, or where its documents begin.
  std::vector<std::uint32_t> places_;
  std::vector<std::uint16_t> documents_;
  std::size_t words_ = 0;  // 64 documents each, as many as all documents take
  std::vector<std::uint64_t> bits_;
  std::vector<std::uint16_t> ranks_;
};

}  // namespace simpul::catalog
