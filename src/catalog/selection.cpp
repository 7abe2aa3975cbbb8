#include "catalog/selection.hpp"

#include <algorithm>

namespace simpul::catalog {

Selection::Selection(const domain::Filter& filter, const FacetIndex& facets, const TextIndex& text,
                     const SpatialIndex& space, std::uint32_t potentials)
    : potentials_(potentials) {
  for (int facet = 0; facet < domain::kFacetCount; ++facet) {
    for (const auto& code : filter.values[facet]) {
      const auto* value = facets.find(facet, code);
      if (!value) {
        notices_.push_back({std::string(domain::kFacets[facet]), code});
        continue;
      }
      values_[facet].push_back(value->code);
      if (facets_[facet])
        *facets_[facet] |= value->members;
      else
        facets_[facet] = value->members;
    }
  }
  if (!filter.q.empty()) {
    auto match = text.find(filter.q);
    has_words_ = match.has_words;
    if (has_words_) {
      hits_ = std::move(match.hits);
      std::erase_if(hits_, [&](const TextHit& hit) { return hit.document >= potentials; });
      std::vector<std::uint32_t> ordinals;
      ordinals.reserve(hits_.size());
      for (const auto& hit : hits_) ordinals.push_back(hit.document);
      others_.emplace_back(ordinals.size(), ordinals.data());
    } else {
      notices_.push_back({"q", filter.q});
    }
  }
  if (filter.bbox) others_.push_back(space.within(*filter.bbox));
}

Roaring Selection::without(int facet) const {
  std::vector<const Roaring*> sets;
  for (int i = 0; i < domain::kFacetCount; ++i)
    if (i != facet && facets_[i]) sets.push_back(&*facets_[i]);
  for (const auto& other : others_) sets.push_back(&other);
  Roaring result;
  if (sets.empty()) {
    result.addRange(0, potentials_);
    return result;
  }
  // The smallest first: what is left never grows.
  std::ranges::sort(sets, {}, [](const Roaring* set) { return set->cardinality(); });
  result = *sets[0];
  for (std::size_t i = 1; i < sets.size(); ++i) result &= *sets[i];
  return result;
}

bool Selection::selected(int facet, std::string_view code) const {
  return std::ranges::find(values_[facet], code) != values_[facet].end();
}

}  // namespace simpul::catalog
