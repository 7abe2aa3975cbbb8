// A filter as sets of features, segment by segment. Used by the snapshot for lists, counts, map and tiles
// alike, so that they agree.
#pragma once

#include <roaring/roaring.hh>

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "catalog/segment.hpp"
#include "catalog/text_match.hpp"
#include "domain/filter.hpp"

namespace simpul::catalog {

// A segment with those of its features that count no longer: changed since, or no longer published.
struct Part {
  std::shared_ptr<const Segment> segment;
  std::shared_ptr<const Roaring> gone;  // null: none

  std::size_t live() const { return segment->size() - (gone ? gone->cardinality() : 0); }
  bool is_live(Segment::Number feature) const { return !gone || !gone->contains(feature); }
};

// What words find: the same for all tiles of a map. Scores are made later, of those features that are left.
struct Words {
  TextQuery query;
  std::vector<std::vector<WordPlaces>> places;  // by part, then word; lives as long as the parts
  std::vector<float> rarities;                  // by word
  std::vector<Roaring> features;                // by part
  std::size_t size() const;                     // features of all parts
};
Words find_words(std::string_view text, const Reference& reference, std::span<const Part> parts);

class Selection {
 public:
  // Values that do not exist, and words without a letter, become notices and are ignored. `words`: what those
  // of the filter find; null when it has none, or nobody asks for more than the notices.
  Selection(const domain::Filter& filter, const Reference& reference, std::span<const Part> parts,
            std::shared_ptr<const Words> words);

  Roaring all(std::size_t part) const { return without(part, -1); }
  // What satisfies everything but the one facet.
  Roaring without(std::size_t part, int facet) const;
  // Those of all(part) with numbers from first to end.
  std::vector<std::uint32_t> within(std::size_t part, std::uint32_t first, std::uint32_t end) const;
  // Whether all(part) is the whole segment, nothing struck out.
  bool is_whole(std::size_t part) const;
  bool narrows(int facet) const { return !values_[facet].empty(); }

  bool has_words() const { return words_ != nullptr; }
  // Also features that the rest of the filter leaves out.
  const Words& words() const { return *words_; }
  const std::vector<domain::FilterNotice>& notices() const { return notices_; }
  // The values asked for that exist.
  bool selected(int facet, std::uint32_t value) const;

 private:
  std::span<const Part> parts_;
  std::vector<std::uint32_t> values_[domain::kFacetCount];
  std::shared_ptr<const Words> words_;               // null: none
  std::vector<std::vector<const Roaring*>> others_;  // by part: words, box
  std::vector<Roaring> boxed_;                       // by part
  std::vector<domain::FilterNotice> notices_;
};

}  // namespace simpul::catalog
