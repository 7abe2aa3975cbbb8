#include "catalog/selection.hpp"

#include <algorithm>

namespace simpul::catalog {

std::size_t Words::size() const {
  std::size_t size = 0;
  for (const auto& of_part : features) size += of_part.cardinality();
  return size;
}

Words find_words(std::string_view text, const Reference& reference, std::span<const Part> parts) {
  Words words;
  words.query = parse_text_query(text);
  const auto& wanted = words.query.words;
  std::size_t documents = 0;
  for (const auto& part : parts) documents += part.segment->size();
  words.places.assign(parts.size(), std::vector<WordPlaces>(wanted.size()));
  for (std::size_t word = 0; word < wanted.size(); ++word) {
    const auto named = reference.names(wanted[word]);
    std::size_t having = 0;
    for (std::size_t part = 0; part < parts.size(); ++part) {
      auto& found = words.places[part][word];
      found.postings = parts[part].segment->text().find(wanted[word]);
      for (const auto& [facet, value, score] : named)
        found.names.emplace_back(&parts[part].segment->members(facet, value), score);
      having += found.size();
    }
    words.rarities.push_back(rarity(having, documents));
  }
  for (std::size_t part = 0; part < parts.size(); ++part) {
    auto& features = words.features.emplace_back(match(words.places[part]));
    if (parts[part].gone) features -= *parts[part].gone;
  }
  return words;
}

Selection::Selection(const domain::Filter& filter, const Reference& reference, std::span<const Part> parts,
                     std::shared_ptr<const Words> words)
    : parts_(parts), words_(std::move(words)), others_(parts.size()) {
  for (int facet = 0; facet < domain::kFacetCount; ++facet)
    for (const auto& code : filter.values[facet]) {
      if (const auto value = reference.number(facet, code))
        values_[facet].push_back(*value);
      else
        notices_.push_back({std::string(domain::kFacets[facet]), code});
    }
  if (words_ ? words_->query.words.empty() : !filter.q.empty() && parse_text_query(filter.q).words.empty()) {
    notices_.push_back({"q", filter.q});
    words_ = nullptr;
  }
  if (filter.bbox)
    for (const auto& part : parts) boxed_.push_back(part.segment->space().within(*filter.bbox));
  for (std::size_t part = 0; part < parts.size(); ++part) {
    if (words_) others_[part].push_back(&words_->features[part]);
    if (filter.bbox) others_[part].push_back(&boxed_[part]);
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
  for (const auto* other : others_[part]) sets.push_back(other);
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

std::vector<std::uint32_t> Selection::within(std::size_t part, std::uint32_t first, std::uint32_t end) const {
  // Fewer are looked up one by one: making whole sets would cost more than they do.
  constexpr std::uint32_t kFew = 4096;
  std::vector<std::uint32_t> found;
  if (end - first > kFew) {
    auto set = all(part);
    Roaring range;
    range.addRange(first, end);
    set &= range;
    return listed(set);
  }
  const auto& segment = *parts_[part].segment;
  // What a feature must be in: one of each group.
  std::vector<std::vector<const Roaring*>> groups;
  for (int facet = 0; facet < domain::kFacetCount; ++facet) {
    if (values_[facet].empty()) continue;
    auto& group = groups.emplace_back();
    for (const auto value : values_[facet]) group.push_back(&segment.members(facet, value));
  }
  for (const auto* other : others_[part]) groups.push_back({other});
  const auto* gone = parts_[part].gone.get();
  // A group of one set is walked, the others are asked.
  const auto walked =
      std::ranges::find(groups, std::size_t{1}, [](const auto& group) { return group.size(); });
  const auto is_in_all = [&](std::uint32_t feature) {
    for (auto group = groups.begin(); group != groups.end(); ++group)
      if (group != walked &&
          std::ranges::none_of(*group, [&](const Roaring* set) { return set->contains(feature); }))
        return false;
    return !gone || !gone->contains(feature);
  };
  if (walked == groups.end()) {
    for (auto feature = first; feature < end; ++feature)
      if (is_in_all(feature)) found.push_back(feature);
    return found;
  }
  auto at = walked->front()->begin();
  for (at.equalorlarger(first); at != walked->front()->end() && *at < end; ++at)
    if (is_in_all(*at)) found.push_back(*at);
  return found;
}

bool Selection::is_whole(std::size_t part) const {
  return !parts_[part].gone && others_[part].empty() &&
         std::ranges::all_of(values_, [](const auto& values) { return values.empty(); });
}

bool Selection::selected(int facet, std::uint32_t value) const {
  return std::ranges::find(values_[facet], value) != values_[facet].end();
}

}  // namespace simpul::catalog
