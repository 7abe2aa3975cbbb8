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

class Selection {
 public:
  // Values that do not exist, and words without a letter, become notices and are ignored.
  Selection(const domain::Filter& filter, const Reference& reference, std::span<const Part> parts);

  Roaring all(std::size_t part) const { return without(part, -1); }
  // What satisfies everything but the one facet.
  Roaring without(std::size_t part, int facet) const;
  // Whether all(part) is the whole segment, nothing struck out.
  bool is_whole(std::size_t part) const;
  bool narrows(int facet) const { return !values_[facet].empty(); }

  bool has_words() const { return !query_.words.empty(); }
  // Hits of the words, by feature; also those that the rest of the filter leaves out.
  const std::vector<std::vector<TextHit>>& hits() const { return hits_; }  // by part
  const std::vector<domain::FilterNotice>& notices() const { return notices_; }
  // The values asked for that exist.
  bool selected(int facet, std::uint32_t value) const;

 private:
  std::span<const Part> parts_;
  std::vector<std::uint32_t> values_[domain::kFacetCount];
  TextQuery query_;
  std::vector<std::vector<TextHit>> hits_;    // by part
  std::vector<std::vector<Roaring>> others_;  // by part: words, box
  std::vector<domain::FilterNotice> notices_;
};

// The potentials of each part that have every word, with their scores.
std::vector<std::vector<TextHit>> find_words(const TextQuery& query, const Reference& reference,
                                             std::span<const Part> parts);

}  // namespace simpul::catalog
