#include "catalog/selection.hpp"

#include <algorithm>

namespace simpul::catalog {

std::vector<std::vector<TextHit>> find_words(const TextQuery& query, const Reference& reference,
                                             std::span<const Part> parts) {
  std::size_t documents = 0;
  for (const auto& part : parts) documents += part.segment->size();
  // By part, then word.
  std::vector<std::vector<WordPlaces>> places(parts.size(), std::vector<WordPlaces>(query.words.size()));
  std::vector<float> rarities;
  for (std::size_t word = 0; word < query.words.size(); ++word) {
    const auto named = reference.names(query.words[word]);
    std::size_t having = 0;
    for (std::size_t part = 0; part < parts.size(); ++part) {
      auto& found = places[part][word];
      found.postings = parts[part].segment->text().find(query.words[word]);
      for (const auto& [facet, value, score] : named)
        found.names.emplace_back(&parts[part].segment->members(facet, value), score);
      having += found.size();
    }
    rarities.push_back(rarity(having, documents));
  }
  std::vector<std::vector<TextHit>> hits;
  hits.reserve(parts.size());
  for (std::size_t part = 0; part < parts.size(); ++part) {
    auto& found = hits.emplace_back(match(places[part], rarities));
    if (parts[part].gone)
      std::erase_if(found, [&](const TextHit& hit) { return parts[part].gone->contains(hit.document); });
  }
  return hits;
}

Selection::Selection(const domain::Filter& filter, const Reference& reference, std::span<const Part> parts)
    : parts_(parts), hits_(parts.size()), others_(parts.size()) {
  for (int facet = 0; facet < domain::kFacetCount; ++facet)
    for (const auto& code : filter.values[facet]) {
      if (const auto value = reference.number(facet, code))
        values_[facet].push_back(*value);
      else
        notices_.push_back({std::string(domain::kFacets[facet]), code});
    }
  if (!filter.q.empty()) {
    query_ = parse_text_query(filter.q);
    if (query_.words.empty())
      notices_.push_back({"q", filter.q});
    else
      hits_ = catalog::find_words(query_, reference, parts);
  }
  for (std::size_t part = 0; part < parts.size(); ++part) {
    if (has_words()) {
      std::vector<std::uint32_t> features;
      features.reserve(hits_[part].size());
      for (const auto& hit : hits_[part]) features.push_back(hit.document);
      others_[part].emplace_back(features.size(), features.data());
    }
    if (filter.bbox) others_[part].push_back(parts[part].segment->space().within(*filter.bbox));
  }
}

Roaring Selection::without(std::size_t part, int left_out) const {
  const auto& segment = *parts_[part].segment;
  std::vector<Roaring> unions;  // of facets with several values
  std::vector<const Roaring*> sets;
  unions.reserve(domain::kFacetCount);
  for (int facet = 0; facet < domain::kFacetCount; ++facet) {
    if (facet == left_out || values_[facet].empty()) continue;
    if (values_[facet].size() == 1) {
      sets.push_back(&segment.members(facet, values_[facet].front()));
      continue;
    }
    auto& any = unions.emplace_back();
    for (const auto value : values_[facet]) any |= segment.members(facet, value);
    sets.push_back(&any);
  }
  for (const auto& other : others_[part]) sets.push_back(&other);
  Roaring result;
  if (sets.empty()) {
    result.addRange(0, segment.size());
  } else {
    // The smallest first: what is left never grows.
    std::ranges::sort(sets, {}, [](const Roaring* set) { return set->cardinality(); });
    result = *sets[0];
    for (std::size_t i = 1; i < sets.size(); ++i) result &= *sets[i];
  }
  if (parts_[part].gone) result -= *parts_[part].gone;
  return result;
}

bool Selection::is_whole(std::size_t part) const {
  return !parts_[part].gone && others_[part].empty() &&
         std::ranges::all_of(values_, [](const auto& values) { return values.empty(); });
}

bool Selection::selected(int facet, std::uint32_t value) const {
  return std::ranges::find(values_[facet], value) != values_[facet].end();
}

}  // namespace simpul::catalog
