// Features of all segments in one order: each segment has its own order made, so that only their heads are
// compared, and only as far as the page that was asked for. Used by the snapshot.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/selection.hpp"

namespace simpul::catalog {

// A feature of one of the parts.
struct Place {
  std::size_t part;
  Segment::Number feature;
};

// `matches`: the features of each part that count. At most `limit` of them, from the `offset`-th.
std::vector<Place> by_title(std::span<const Part> parts, std::span<const Roaring> matches,
                            std::string_view language, std::size_t offset, std::size_t limit);
// By region, then title.
std::vector<Place> by_region(std::span<const Part> parts, std::span<const Roaring> matches,
                             std::string_view language, std::size_t offset, std::size_t limit);
// The newest change first, those of one moment by slug.
std::vector<Place> by_newest(std::span<const Part> parts, std::span<const Roaring> matches,
                             std::size_t offset, std::size_t limit);
// What is kept most completely first, equals by title.
std::vector<Place> by_completeness(std::span<const Part> parts, std::span<const Roaring> matches,
                                   std::string_view language, std::size_t offset, std::size_t limit);
// What counts most by the words first, with its score; equals by title. All of `matches` have all words.
std::vector<std::pair<Place, float>> by_score(std::span<const Part> parts, std::span<const Roaring> matches,
                                              const Words& words, std::string_view language,
                                              std::size_t offset, std::size_t limit);
// From the first whose slug is not less than `from`.
std::vector<Place> by_slug(std::span<const Part> parts, std::span<const Roaring> matches,
                           std::string_view from, std::size_t limit);

}  // namespace simpul::catalog
