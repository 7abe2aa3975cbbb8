// Finds documents by words: folded, in every language they are written in, by stem, and by the beginning of
// the last word. Used by the snapshot for potentials (document number = ordinal) and, behind them, regions,
// commodities and sectors.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace simpul::catalog {

// Where a word stands in a document. A word in the title weighs more than in the names, and so on.
enum class TextField : std::uint8_t { Title, Names, Summary, Body };
inline constexpr int kTextFields = 4;

// Compatibility forms, case and diacritics removed: "Wakatobi é" -> "wakatobi e". Bad UTF-8 becomes U+FFFD.
std::string fold(std::string_view text);

struct TextHit {
  std::uint32_t document = 0;
  float score = 0;
};

struct TextMatch {
  bool has_words = false;     // false: nothing to look for (punctuation only), and no hits
  std::vector<TextHit> hits;  // by document number; each holds every word
};

class TextIndex {
 public:
  // Collects the texts, any order. `language`: "id", "en", ...; words of a language without a stemmer are not
  // stemmed.
  class Builder {
   public:
    // The words and stems of a text, by number. Several documents may have them.
    using Terms = std::vector<std::uint32_t>;
    Terms terms(std::string_view language, std::string_view text);
    void add(std::uint32_t document, TextField field, const Terms& terms);
    void add(std::uint32_t document, TextField field, std::string_view language, std::string_view text) {
      add(document, field, terms(language, text));
    }

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

  // All words must be in the document; the last may be the beginning of one. Short common words ("di", "of")
  // count only when there is no other.
  TextMatch find(std::string_view words) const;

 private:
  struct Posting {
    std::uint32_t document;
    float weight;  // term frequency over the fields, each by its weight and length
  };
  using Hits = std::vector<TextHit>;
  void add_term(std::size_t term, float factor, Hits& hits) const;
  Hits find_word(const std::string& word, bool prefix) const;

  std::vector<std::string> terms_;     // sorted; stems begin with a control character
  std::vector<std::uint32_t> begins_;  // of the postings of each term, one more than terms
  std::vector<Posting> postings_;      // by term, then document
  std::uint32_t documents_ = 0;
};

}  // namespace simpul::catalog
