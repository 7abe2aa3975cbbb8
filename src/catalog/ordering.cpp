#include "catalog/ordering.hpp"

#include <algorithm>
#include <bit>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>

namespace simpul::catalog {

namespace {

using Number = Segment::Number;

// When one in so many of a segment's features counts, its order is walked and the others are passed over;
// else those that count are sorted.
constexpr std::size_t kWalk = 32;

// The features of one part that count, one after the other in the order of the part.
class Walk {
 public:
  // `less` is the order that `order` was made by.
  template <typename Less>
  Walk(const Segment::Order& order, const Roaring& matches, std::size_t wanted, Less less,
       std::size_t start = 0)
      : matches_(&matches), order_(&order), at_(start) {
    const auto count = matches.cardinality();
    if (count * kWalk >= order.size()) return;
    own_ = sorted(matches, wanted, less);
    order_ = &own_;
    matches_ = nullptr;
    // Of a list of its own the start is where the order's would be.
    at_ = start == 0 ? 0
          : start == order.size()
              ? own_.size()
              : static_cast<std::size_t>(std::ranges::lower_bound(own_, order[start], less) - own_.begin());
  }
  // Of features that are in their order already.
  explicit Walk(Segment::Order own) : own_(std::move(own)), order_(&own_) {}
  Walk(Walk&&) = delete;

  std::optional<Number> next() {
    for (; at_ < order_->size(); ++at_)
      if (!matches_ || matches_->contains((*order_)[at_])) return (*order_)[at_++];
    return std::nullopt;
  }

  template <typename Less>
  static Segment::Order sorted(const Roaring& matches, std::size_t wanted, Less less) {
    const auto features = listed(matches);
    Segment::Order order(features.begin(), features.end());
    const auto end = order.begin() + static_cast<std::ptrdiff_t>(std::min(wanted, order.size()));
    std::partial_sort(order.begin(), end, order.end(), less);
    order.erase(end, order.end());
    return order;
  }

 private:
  const Roaring* matches_ = nullptr;  // null: all
  Segment::Order own_;
  const Segment::Order* order_;
  std::size_t at_ = 0;
};

// Merges the walks of all parts: `key` gives of a feature what `before` compares.
template <typename Key, typename Before>
std::vector<Place> merged(std::vector<std::unique_ptr<Walk>>& walks, std::size_t offset, std::size_t limit,
                          Key key, Before before) {
  using Head = std::pair<decltype(key(std::size_t{}, Number{})), Place>;
  std::vector<Head> heads;
  const auto advance = [&](std::size_t part) {
    if (const auto feature = walks[part]->next())
      heads.emplace_back(key(part, *feature), Place{part, *feature});
  };
  const auto after = [&](const Head& a, const Head& b) {
    if (before(b.first, a.first)) return true;
    return !before(a.first, b.first) && b.second.part < a.second.part;
  };
  for (std::size_t part = 0; part < walks.size(); ++part) advance(part);
  std::ranges::make_heap(heads, after);
  std::vector<Place> found;
  for (std::size_t at = 0; !heads.empty() && found.size() < limit; ++at) {
    std::ranges::pop_heap(heads, after);
    const auto place = heads.back().second;
    heads.pop_back();
    if (at >= offset) found.push_back(place);
    const auto waiting = heads.size();
    advance(place.part);
    if (heads.size() > waiting) std::ranges::push_heap(heads, after);
  }
  return found;
}

std::size_t sum(std::size_t offset, std::size_t limit) {
  return offset > std::numeric_limits<std::size_t>::max() - limit ? std::numeric_limits<std::size_t>::max()
                                                                  : offset + limit;
}

const i18n::Language& language_of(std::string_view code) {
  const auto* language = i18n::find_language(code);
  return language ? *language : i18n::languages().front();
}

// What two titles are compared by, made only where a segment's own order does not tell.
auto title_key(std::span<const Part> parts, const i18n::Language& language) {
  return [parts, &language](std::size_t part, Number feature) {
    return language.sort_key(parts[part].segment->title(feature, language.code()));
  };
}

}  // namespace

std::vector<Place> by_title(std::span<const Part> parts, std::span<const Roaring> matches,
                            std::string_view code, std::size_t offset, std::size_t limit) {
  const auto& language = language_of(code);
  std::vector<std::unique_ptr<Walk>> walks;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    const auto& segment = *parts[part].segment;
    const auto& rank = segment.title_rank(language.code());
    walks.push_back(std::make_unique<Walk>(segment.by_title(language.code()), matches[part],
                                           sum(offset, limit),
                                           [&rank](Number a, Number b) { return rank[a] < rank[b]; }));
  }
  return merged(walks, offset, limit, title_key(parts, language), std::less<>());
}

namespace {

// By what a number tells of a feature, then title.
template <typename Of>
std::vector<Place> by_number(std::span<const Part> parts, std::span<const Roaring> matches,
                             std::string_view code, std::size_t offset, std::size_t limit, Of number) {
  const auto& language = language_of(code);
  std::vector<std::unique_ptr<Walk>> walks;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    const auto& segment = *parts[part].segment;
    const auto& rank = segment.title_rank(language.code());
    const auto less = [&](Number a, Number b) {
      const auto of_a = number(segment, a), of_b = number(segment, b);
      return of_a != of_b ? of_a < of_b : rank[a] < rank[b];
    };
    walks.push_back(std::make_unique<Walk>(Walk::sorted(matches[part], sum(offset, limit), less)));
  }
  const auto title = title_key(parts, language);
  return merged(
      walks, offset, limit,
      [&](std::size_t part, Number feature) {
        return std::pair(number(*parts[part].segment, feature), title(part, feature));
      },
      std::less<>());
}

}  // namespace

std::vector<Place> by_region(std::span<const Part> parts, std::span<const Roaring> matches,
                             std::string_view language, std::size_t offset, std::size_t limit) {
  return by_number(parts, matches, language, offset, limit,
                   [](const Segment& segment, Number feature) { return segment.row(feature).region; });
}

std::vector<Place> by_completeness(std::span<const Part> parts, std::span<const Roaring> matches,
                                   std::string_view language, std::size_t offset, std::size_t limit) {
  return by_number(parts, matches, language, offset, limit, [](const Segment& segment, Number feature) {
    return std::popcount(segment.facts(feature).missing);
  });
}

std::vector<Place> by_newest(std::span<const Part> parts, std::span<const Roaring> matches,
                             std::size_t offset, std::size_t limit) {
  std::vector<std::unique_ptr<Walk>> walks;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    const auto& segment = *parts[part].segment;
    walks.push_back(std::make_unique<Walk>(segment.by_newest(), matches[part], sum(offset, limit),
                                           [&segment](Number a, Number b) {
                                             return segment.facts(a).changed != segment.facts(b).changed
                                                        ? segment.facts(a).changed > segment.facts(b).changed
                                                        : segment.slug(a) < segment.slug(b);
                                           }));
  }
  return merged(
      walks, offset, limit,
      [&](std::size_t part, Number feature) {
        return std::pair(-parts[part].segment->facts(feature).changed, parts[part].segment->slug(feature));
      },
      std::less<>());
}

namespace {

// What a hit is ordered by. The title is read only where scores do not tell.
struct ScoreKey {
  float score;
  Place place;
  mutable std::string title = {};
};

}  // namespace

std::vector<std::pair<Place, float>> by_score(std::span<const Part> parts, std::span<const Roaring> matches,
                                              const Words& words, std::string_view code, std::size_t offset,
                                              std::size_t limit) {
  const auto& language = language_of(code);
  const auto wanted = sum(offset, limit);
  if (wanted == 0) return {};
  std::vector<std::unique_ptr<Walk>> walks;
  std::vector<std::vector<TextHit>> best(parts.size());
  float least = 0;  // as many as are wanted have at least this
  for (std::size_t part = 0; part < parts.size(); ++part) {
    const auto hits = scored(words.places[part], words.rarities, matches[part], least);
    const auto& rank = parts[part].segment->title_rank(language.code());
    const auto before = [&](const TextHit& a, const TextHit& b) {
      return a.score != b.score ? a.score > b.score : rank[a.document] < rank[b.document];
    };
    // A heap with the last of them in front.
    auto& own = best[part];
    for (const auto& hit : hits) {
      if (hit.score < least) continue;
      if (own.size() == wanted) {
        if (!before(hit, own.front())) continue;
        std::ranges::pop_heap(own, before);
        own.pop_back();
      }
      own.push_back(hit);
      std::ranges::push_heap(own, before);
      if (own.size() == wanted) least = std::max(least, own.front().score);
    }
    std::ranges::sort_heap(own, before);
    Segment::Order order;
    for (const auto& hit : own) order.push_back(static_cast<Number>(hit.document));
    walks.push_back(std::make_unique<Walk>(std::move(order)));
  }
  // Walks go forward: the next head of a part is its next hit.
  std::vector<std::size_t> at(parts.size());
  const auto title_of = title_key(parts, language);
  const auto title = [&](const ScoreKey& key) -> const std::string& {
    if (key.title.empty()) key.title = title_of(key.place.part, key.place.feature);
    return key.title;
  };
  const auto places = merged(
      walks, 0, wanted,
      [&](std::size_t part, Number feature) {
        return ScoreKey{best[part][at[part]++].score, {part, feature}};
      },
      [&](const ScoreKey& a, const ScoreKey& b) {
        return a.score != b.score ? a.score > b.score : title(a) < title(b);
      });
  std::ranges::fill(at, 0);
  std::vector<std::pair<Place, float>> found;
  for (const auto& place : places) {
    const auto score = best[place.part][at[place.part]++].score;
    if (offset > 0)
      --offset;
    else
      found.emplace_back(place, score);
  }
  return found;
}

std::vector<Place> by_slug(std::span<const Part> parts, std::span<const Roaring> matches,
                           std::string_view from, std::size_t limit) {
  std::vector<std::unique_ptr<Walk>> walks;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    const auto& segment = *parts[part].segment;
    const auto& order = segment.by_slug();
    const auto start =
        std::ranges::lower_bound(order, from, {}, [&](Number i) { return segment.slug(i); }) - order.begin();
    walks.push_back(std::make_unique<Walk>(
        order, matches[part], std::numeric_limits<std::size_t>::max(),
        [&segment](Number a, Number b) { return segment.slug(a) < segment.slug(b); },
        static_cast<std::size_t>(start)));
  }
  return merged(
      walks, 0, limit, [&](std::size_t part, Number feature) { return parts[part].segment->slug(feature); },
      std::less<>());
}

}  // namespace simpul::catalog
