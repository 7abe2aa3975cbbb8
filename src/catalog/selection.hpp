// A filter as sets of ordinals. Used by the snapshot for lists, counts, map and tiles alike, so that they
// agree.
#pragma once

#include <roaring/roaring.hh>

#include <optional>
#include <string_view>
#include <vector>

#include "catalog/facet_index.hpp"
#include "catalog/spatial_index.hpp"
#include "catalog/text_index.hpp"
#include "domain/filter.hpp"

namespace simpul::catalog {

class Selection {
 public:
  // Values that do not exist, and words without a letter, become notices and are ignored.
  Selection(const domain::Filter& filter, const FacetIndex& facets, const TextIndex& text,
            const SpatialIndex& space, std::uint32_t potentials);

  Roaring all() const { return without(-1); }
  // What satisfies everything but the one facet.
  Roaring without(int facet) const;

  bool has_words() const { return has_words_; }
  // Hits of the words, by ordinal; potentials only.
  const std::vector<TextHit>& hits() const { return hits_; }
  const std::vector<domain::FilterNotice>& notices() const { return notices_; }
  // The values asked for that exist.
  bool selected(int facet, std::string_view code) const;

 private:
  std::uint32_t potentials_;
  std::optional<Roaring> facets_[domain::kFacetCount];
  std::vector<std::string_view> values_[domain::kFacetCount];  // of the index
  std::vector<Roaring> others_;                                // words, box
  bool has_words_ = false;
  std::vector<TextHit> hits_;
  std::vector<domain::FilterNotice> notices_;
};

}  // namespace simpul::catalog
