#include "catalog/memory_snapshot.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <deque>
#include <mutex>
#include <numbers>

#include "base/error.hpp"
#include "catalog/ordering.hpp"
#include "catalog/point_tiles.hpp"

namespace simpul::catalog {

namespace {

constexpr int kFeatureBits = 16;
static_assert(Segment::kMost == std::size_t{1} << kFeatureBits);

Ordinal ordinal(Place place) {
  return static_cast<Ordinal>(place.part << kFeatureBits | place.feature);
}
Place place(Ordinal ordinal) {
  return {ordinal >> kFeatureBits, static_cast<Segment::Number>(ordinal)};
}

std::vector<Ordinal> ordinals(const std::vector<Place>& places) {
  std::vector<Ordinal> out;
  out.reserve(places.size());
  for (const auto one : places) out.push_back(ordinal(one));
  return out;
}

template <typename T, typename Key>
const T* find_in(const std::vector<T>& list, std::string_view key, Key T::*member) {
  const auto found = std::ranges::find(list, key, member);
  return found != list.end() ? &*found : nullptr;
}

// On the sphere.
double distance_km(geo::Point a, geo::Point b) {
  constexpr double kEarthRadiusKm = 6371.0088;  // mean radius
  constexpr double kRadians = std::numbers::pi / 180;
  const auto half_sine = [](double angle) { return std::sin(angle / 2) * std::sin(angle / 2); };
  const auto h = half_sine((b.y - a.y) * kRadians) +
                 std::cos(a.y * kRadians) * std::cos(b.y * kRadians) * half_sine((b.x - a.x) * kRadians);
  return 2 * kEarthRadiusKm * std::asin(std::min(1.0, std::sqrt(h)));
}

class MemorySnapshot final : public Snapshot {
 public:
  MemorySnapshot(SnapshotParts parts, Date today)
      : reference_(std::move(parts.reference)),
        parts_(std::move(parts.segments)),
        files_(std::move(parts.files)),
        areas_(std::move(parts.areas)),
        last_change_(parts.last_change),
        today_(today),
        version_(std::to_string(parts.sequence) + "-" + to_iso(today)) {
    for (const auto& part : parts_) size_ += part.live();
  }

  std::string_view version() const override { return version_; }
  Date today() const override { return today_; }
  Instant last_change() const override { return last_change_; }
  const domain::PublishedTables& data() const override { return reference_->tables(); }
  std::span<const domain::StoredFile> files() const override { return *files_; }

  std::size_t size() const override { return size_; }
  domain::Potential potential(Ordinal ordinal) const override;
  std::optional<Ordinal> find_potential(std::string_view slug) const override {
    return first_live([&](const Segment& segment) { return segment.find_slug(slug); });
  }
  std::optional<Ordinal> find_potential(std::int64_t id) const override {
    return first_live([&](const Segment& segment) { return segment.find_id(id); });
  }

  const domain::Region* region(std::string_view code) const override {
    const auto number = reference_->number(kRegion, code);
    return number ? &data().regions[*number] : nullptr;
  }
  const domain::Sector* sector(std::string_view code) const override {
    return find_in(data().sectors, code, &domain::Sector::code);
  }
  const domain::Group* group(std::string_view code) const override {
    return find_in(data().groups, code, &domain::Group::code);
  }
  const domain::Commodity* commodity(std::string_view slug) const override {
    const auto number = reference_->number(kCommodity, slug);
    return number ? &data().commodities[*number] : nullptr;
  }
  const ProvinceShapes& shapes() const override { return reference_->shapes(); }
  const RegionTiles& region_tiles() const override { return reference_->region_tiles(); }
  const domain::AreaSource& area_source() const override { return areas_->source(); }
  geo::Box area_bounds() const override { return areas_->bounds(); }

  Result find(const Query& query) const override;
  std::vector<Ordinal> all(const domain::Filter& filter, std::string_view from,
                           std::size_t limit) const override {
    return ordinals(by_slug(parts_, matches(select(filter)), from, limit));
  }
  std::vector<std::uint32_t> count_by_region(const domain::Filter& filter) const override {
    return count_values(matches(select(filter)), std::array{static_cast<int>(kRegion)})[kRegion];
  }
  std::size_t count(std::string_view facet, std::string_view code) const override;
  Quality quality(const domain::Filter& filter) const override;
  std::vector<Ordinal> without_year() const override {
    return ordinals(by_slug(parts_, with(kTrait, kWithoutYear), {}, SIZE_MAX));
  }
  std::optional<Ordinal> potential_of_file(std::string_view hash) const override;
  std::vector<Placed> placed(const domain::Filter& filter) const override;
  geo::Box bounds(const domain::Filter& filter) const override;
  std::vector<domain::FilterNotice> unknown(const domain::Filter& filter) const override {
    return Selection(filter, *reference_, {}, nullptr).notices();
  }
  std::vector<Hit> search(std::string_view words, std::string_view language,
                          std::size_t limit) const override;
  std::vector<std::pair<Ordinal, double>> nearest(geo::Point from, std::size_t limit,
                                                  std::optional<Ordinal> except) const override;
  std::string tile(std::string_view layer, int z, std::uint32_t x, std::uint32_t y,
                   const domain::Filter& filter, std::string_view language) const override;

 private:
  Selection select(const domain::Filter& filter) const {
    return {filter, *reference_, parts_, filter.q.empty() ? nullptr : words_of(filter.q)};
  }
  // What was looked for last is remembered.
  std::shared_ptr<const Words> words_of(const std::string& text) const;
  template <typename Find>
  std::optional<Ordinal> first_live(Find find) const {
    for (std::size_t part = 0; part < parts_.size(); ++part)
      if (const auto found = find(*parts_[part].segment); found && parts_[part].is_live(*found))
        return ordinal({part, *found});
    return std::nullopt;
  }
  // By part.
  std::vector<Roaring> matches(const Selection& selection, int left_out = -1) const {
    std::vector<Roaring> sets;
    for (std::size_t part = 0; part < parts_.size(); ++part)
      sets.push_back(selection.without(part, left_out));
    return sets;
  }
  std::vector<Roaring> with(int facet, std::uint32_t value) const;
  std::size_t count_of(int facet, std::uint32_t value) const;  // of all potentials
  std::vector<Ordinal> page(const std::vector<Roaring>& matches, const Selection& selection,
                            const Query& query) const;
  // How many of the sets' features have each value of each of the facets of the filter; by facet.
  using Counts = std::vector<std::vector<std::uint32_t>>;
  Counts count_values(const std::vector<Roaring>& sets, std::span<const int> facets) const;

  std::shared_ptr<const Reference> reference_;
  std::vector<Part> parts_;
  std::shared_ptr<const std::vector<domain::StoredFile>> files_;
  std::shared_ptr<const AreaTiles> areas_;
  Instant last_change_;
  Date today_;
  std::string version_;
  std::size_t size_ = 0;
  mutable std::mutex mutex_;
  mutable std::deque<std::pair<std::string, std::shared_ptr<const Words>>> remembered_;  // the newest first
};

std::shared_ptr<const Words> MemorySnapshot::words_of(const std::string& text) const {
  constexpr std::size_t kMostRemembered = 32, kMostHits = 4'000'000;  // at most 2 bytes each
  {
    std::lock_guard lock(mutex_);
    for (const auto& [known, words] : remembered_)
      if (known == text) return words;
  }
  auto words = std::make_shared<const Words>(find_words(text, *reference_, parts_));
  std::lock_guard lock(mutex_);
  remembered_.emplace_front(text, words);
  std::size_t hits = 0;
  for (std::size_t i = 0; i < remembered_.size(); ++i) {
    hits += remembered_[i].second->size();
    if (i > 0 && (i == kMostRemembered || hits > kMostHits)) {
      remembered_.resize(i);
      break;
    }
  }
  return words;
}

domain::Potential MemorySnapshot::potential(Ordinal ordinal) const {
  const auto [part, feature] = place(ordinal);
  auto potential = parts_[part].segment->potential(feature);
  potential.overdue =
      domain::is_overdue(potential.confirmed, data().freshness.months_of(potential.region_code), today_);
  return potential;
}

std::vector<Roaring> MemorySnapshot::with(int facet, std::uint32_t value) const {
  std::vector<Roaring> sets;
  for (const auto& part : parts_) {
    sets.push_back(part.segment->members(facet, value));
    if (part.gone) sets.back() -= *part.gone;
  }
  return sets;
}

MemorySnapshot::Counts MemorySnapshot::count_values(const std::vector<Roaring>& sets,
                                                    std::span<const int> facets) const {
  Counts counts(kAllFacets);
  for (const auto facet : facets) counts[facet].resize(reference_->values(facet).size());
  for (std::size_t part = 0; part < parts_.size(); ++part) {
    const auto& segment = *parts_[part].segment;
    const auto size = sets[part].cardinality();
    if (size == 0) continue;
    bool looked_at[kAllFacets] = {}, any = false;
    for (const auto facet : facets) {
      auto& of_facet = counts[facet];
      if (size == segment.size()) {
        for (std::uint32_t value = 0; value < of_facet.size(); ++value)
          of_facet[value] += static_cast<std::uint32_t>(segment.members(facet, value).cardinality());
      } else if (size > segment.cut_from(facet)) {
        for (std::uint32_t value = 0; value < of_facet.size(); ++value)
          of_facet[value] +=
              static_cast<std::uint32_t>(sets[part].and_cardinality(segment.members(facet, value)));
      } else {
        any = looked_at[facet] = true;
      }
    }
    if (!any) continue;
    std::vector<std::uint32_t> own(reference_->values(kRegion).size());
    const auto features = listed(sets[part]);
    constexpr std::size_t kAhead = 16;  // so far ahead a row is asked for, as it takes to arrive
    for (std::size_t at = 0; at < features.size(); ++at) {
      __builtin_prefetch(
          &segment.row(static_cast<Segment::Number>(features[std::min(at + kAhead, size - 1)])));
      const auto& row = segment.row(static_cast<Segment::Number>(features[at]));
      if (looked_at[kGroup]) ++counts[kGroup][row.group];
      if (looked_at[kSector]) ++counts[kSector][row.sector];
      if (looked_at[kRegion]) ++own[row.region];
      if (looked_at[kCommodity] && row.commodity != Segment::kNone) ++counts[kCommodity][row.commodity];
      if (looked_at[kStatus]) ++counts[kStatus][row.status];
      if (looked_at[kMaturity]) ++counts[kMaturity][row.maturity];
      if (looked_at[kForm])
        for (unsigned forms = row.forms; forms != 0; forms &= forms - 1)
          ++counts[kForm][static_cast<std::size_t>(std::countr_zero(forms))];
    }
    if (!looked_at[kRegion]) continue;
    for (std::uint32_t region = 0; region < own.size(); ++region) {
      counts[kRegion][region] += own[region];
      for (const auto wider : reference_->wider(region)) counts[kRegion][wider] += own[region];
    }
  }
  return counts;
}

std::vector<Ordinal> MemorySnapshot::page(const std::vector<Roaring>& matches, const Selection& selection,
                                          const Query& query) const {
  if (query.limit == 0) return {};
  switch (query.sort) {
    case Sort::Relevance:
      if (selection.has_words()) {
        std::vector<Ordinal> found;
        for (const auto& [at, score] :
             by_score(parts_, matches, selection.words(), query.language, query.offset, query.limit))
          found.push_back(ordinal(at));
        return found;
      }
      [[fallthrough]];
    case Sort::Title:
      return ordinals(by_title(parts_, matches, query.language, query.offset, query.limit));
    case Sort::Region:
      return ordinals(by_region(parts_, matches, query.language, query.offset, query.limit));
    case Sort::Newest:
      return ordinals(by_newest(parts_, matches, query.offset, query.limit));
    case Sort::Fullest:
      return ordinals(by_completeness(parts_, matches, query.language, query.offset, query.limit));
  }
  return {};
}

Result MemorySnapshot::find(const Query& query) const {
  const auto selection = select(query.filter);
  const auto found = matches(selection);
  Result result;
  for (std::size_t part = 0; part < parts_.size(); ++part) {
    result.total += found[part].cardinality();
    if (const auto located = parts_[part].segment->located(); located > 0)
      result.located += found[part].rank(located - 1);
  }
  result.notices = selection.notices();
  result.ordinals = page(found, selection, query);
  const auto is_asked = [&](int facet) { return query.facets[static_cast<std::size_t>(facet)]; };
  std::vector<int> together;
  for (int facet = 0; facet < domain::kFacetCount; ++facet)
    if (is_asked(facet) && !selection.narrows(facet)) together.push_back(facet);
  const auto of_found = count_values(found, together);
  for (int facet = 0; facet < domain::kFacetCount; ++facet) {
    if (!is_asked(facet)) continue;
    const auto counts = selection.narrows(facet)
                            ? count_values(matches(selection, facet), std::array{facet})[facet]
                            : of_found[facet];
    const auto& codes = reference_->values(facet);
    for (std::uint32_t value = 0; value < codes.size(); ++value) {
      const bool selected = selection.selected(facet, value);
      // Listed are the values that some potential has, and every region but the province, which holds the
      // potentials of all its regions.
      const bool listed = facet == kRegion ? data().regions[value].kind != "province"
                                           : counts[value] > 0 || count_of(facet, value) > 0;
      if (selected || listed)
        result.facets[facet].push_back({std::string(codes[value]), counts[value], selected});
    }
  }
  return result;
}

std::size_t MemorySnapshot::count(std::string_view facet, std::string_view code) const {
  const auto index = domain::facet_index(facet);
  const auto value = reference_->number(index, code);
  return value ? count_of(index, *value) : 0;
}

std::size_t MemorySnapshot::count_of(int facet, std::uint32_t value) const {
  std::size_t count = 0;
  for (const auto& part : parts_) {
    const auto& members = part.segment->members(facet, value);
    count += members.cardinality() - (part.gone ? members.and_cardinality(*part.gone) : 0);
  }
  return count;
}

Quality MemorySnapshot::quality(const domain::Filter& filter) const {
  const auto selection = select(filter);
  Quality quality;
  std::vector<int> months;
  for (const auto& region : data().regions) months.push_back(data().freshness.months_of(region.code));
  for (std::size_t part = 0; part < parts_.size(); ++part) {
    const auto& segment = *parts_[part].segment;
    const auto set = selection.all(part);
    for (std::uint32_t value = 0; value < std::size(quality.accuracy); ++value)
      quality.accuracy[value] += set.and_cardinality(segment.members(kAccuracy, value));
    quality.unconfirmed += set.and_cardinality(segment.members(kTrait, kUnconfirmed));
    for (const auto i : set) {
      const auto feature = static_cast<Segment::Number>(i);
      const auto missing = segment.facts(feature).missing;
      ++quality.count;
      quality.percent += static_cast<std::uint64_t>(domain::percent_without(missing));
      for (int bit = 0; bit < domain::kRecordPartCount; ++bit) quality.lacking[bit] += missing >> bit & 1;
      if (const auto confirmed = segment.confirmed(feature))
        quality.confirmed += !domain::is_overdue(confirmed, months[segment.row(feature).region], today_);
    }
  }
  return quality;
}

std::optional<Ordinal> MemorySnapshot::potential_of_file(std::string_view hash) const {
  const auto sets = with(kTrait, kWithFiles);
  for (std::size_t part = 0; part < parts_.size(); ++part)
    for (const auto i : sets[part]) {
      const auto feature = static_cast<Segment::Number>(i);
      const auto potential = parts_[part].segment->potential(feature);
      if (std::ranges::find(potential.attachments, hash, &domain::Attachment::file) !=
          potential.attachments.end())
        return ordinal({part, feature});
    }
  return std::nullopt;
}

std::vector<Placed> MemorySnapshot::placed(const domain::Filter& filter) const {
  const auto selection = select(filter);
  std::vector<Placed> found;
  for (std::size_t part = 0; part < parts_.size(); ++part) {
    const auto& segment = *parts_[part].segment;
    for (const auto i : selection.all(part)) {
      if (i >= segment.located()) break;
      const auto feature = static_cast<Segment::Number>(i);
      found.push_back({segment.space()[i], segment.row(feature).group, ordinal({part, feature})});
    }
  }
  return found;
}

geo::Box MemorySnapshot::bounds(const domain::Filter& filter) const {
  const auto selection = select(filter);
  WorldBox world;
  for (std::size_t part = 0; part < parts_.size(); ++part) {
    const auto& space = parts_[part].segment->space();
    if (selection.is_whole(part)) {
      for (const auto& block : space.blocks()) {
        world.add({block.box.min_x, block.box.min_y});
        world.add({block.box.max_x, block.box.max_y});
      }
      continue;
    }
    // A block that lies in what was found already adds nothing.
    std::uint32_t skipped_to = 0;
    for (const auto i : listed(selection.all(part))) {
      if (i >= space.size()) break;
      if (i < skipped_to) continue;
      const auto block = i / SpatialIndex::kBlock;
      if (world.holds(space.blocks()[block].box))
        skipped_to = (block + 1) * SpatialIndex::kBlock;
      else
        world.add(space[i]);
    }
  }
  geo::Box box;
  if (world.min_x > world.max_x) return box;
  box.add(geo::from_world({world.min_x, world.min_y}));
  box.add(geo::from_world({world.max_x, world.max_y}));
  return box;
}

std::vector<Hit> MemorySnapshot::search(std::string_view words, std::string_view language,
                                        std::size_t limit) const {
  // The page of a region or commodity is a better first answer to its name than one of its potentials.
  constexpr double kNamedFactor = 1.5;
  const auto found = words_of(std::string(words));
  if (found->query.words.empty()) return {};
  std::vector<Hit> hits;
  for (const auto& [at, score] : by_score(parts_, found->features, *found, language, 0, limit))
    hits.push_back({Hit::Kind::Potential, ordinal(at), score});
  for (const auto& hit : reference_->search(found->query)) {
    auto index = hit.document;
    auto kind = Hit::Kind::Region;
    if (index >= data().regions.size()) {
      index -= static_cast<std::uint32_t>(data().regions.size());
      kind = Hit::Kind::Commodity;
      if (index >= data().commodities.size()) {
        index -= static_cast<std::uint32_t>(data().commodities.size());
        kind = Hit::Kind::Sector;
      }
    }
    hits.push_back({kind, index, hit.score * kNamedFactor});
  }
  // Potentials are in the order of their titles already.
  std::ranges::stable_sort(hits, [](const Hit& a, const Hit& b) {
    return a.score != b.score ? a.score > b.score : a.kind > b.kind;
  });
  if (hits.size() > limit) hits.resize(limit);
  return hits;
}

std::vector<std::pair<Ordinal, double>> MemorySnapshot::nearest(geo::Point from, std::size_t limit,
                                                                std::optional<Ordinal> except) const {
  // The tile around the place and those about it, from a zoom on which they hold enough; what lies outside of
  // them is farther off than a tile is wide.
  constexpr int kFirstZoom = 16;
  constexpr double kEquatorKm = 40030;  // of the sphere
  std::vector<std::pair<Ordinal, double>> found;
  if (limit == 0) return found;
  const auto world = geo::to_world(from);
  const auto excluded = except ? place(*except) : Place{parts_.size(), 0};
  for (int zoom = kFirstZoom; zoom >= 0; --zoom) {
    const auto last = (std::uint32_t{1} << zoom) - 1;
    const auto x = geo::tile_of(world.x, zoom), y = geo::tile_of(world.y, zoom);
    std::size_t held = 0;
    std::vector<std::tuple<std::size_t, std::uint32_t, std::uint32_t>> ranges;
    for (auto column = x - (x > 0); column <= std::min(last, x + 1); ++column)
      for (auto row = y - (y > 0); row <= std::min(last, y + 1); ++row)
        for (std::size_t part = 0; part < parts_.size(); ++part) {
          const auto [first, end] = parts_[part].segment->space().range({zoom, column, row});
          held += end - first;
          if (first != end) ranges.emplace_back(part, first, end);
        }
    if (held <= limit && zoom > 0) continue;
    found.clear();
    for (const auto& [part, first, end] : ranges)
      for (auto i = first; i < end; ++i) {
        const auto feature = static_cast<Segment::Number>(i);
        if (!parts_[part].is_live(feature) || (part == excluded.part && feature == excluded.feature))
          continue;
        found.emplace_back(ordinal({part, feature}),
                           distance_km(from, geo::from_world(parts_[part].segment->space()[i])));
      }
    std::ranges::sort(found, [](const auto& a, const auto& b) {
      return a.second != b.second ? a.second < b.second : a.first < b.first;
    });
    // The rows nearest to a pole are the narrowest.
    const auto edge = [&](std::uint32_t row) {
      return geo::from_unit_square(
                 {0, static_cast<double>(row) / static_cast<double>(std::uint64_t{1} << zoom)})
          .y;
    };
    const auto latitude = std::max(std::abs(edge(y - (y > 0))), std::abs(edge(std::min(last, y + 1) + 1)));
    const auto width = kEquatorKm / static_cast<double>(std::uint64_t{1} << zoom) *
                       std::cos(latitude * std::numbers::pi / 180);
    if (zoom == 0 || (found.size() >= limit && found[limit - 1].second <= width)) break;
  }
  if (found.size() > limit) found.resize(limit);
  return found;
}

std::string MemorySnapshot::tile(std::string_view layer, int z, std::uint32_t x, std::uint32_t y,
                                 const domain::Filter& filter, std::string_view language) const {
  constexpr int kMaxTileZoom = 22;
  if (layer != "regions" && layer != "potentials" && layer != "areas")
    throw Error(ErrorKind::NotFound, "There is no map layer “{layer}”", {{"layer", std::string(layer)}});
  if (z < 0 || z > kMaxTileZoom || x >> z != 0 || y >> z != 0)
    throw Error(ErrorKind::Invalid, "There is no tile {z}/{x}/{y}",
                {{"z", std::to_string(z)}, {"x", std::to_string(x)}, {"y", std::to_string(y)}});
  const TileAddress address{z, x, y};
  if (layer == "areas") return areas_->tile(address);
  if (layer == "regions") return reference_->region_tiles().tile(address, count_by_region(filter), language);
  return point_tile(address, select(filter), parts_, *reference_, language);
}

}  // namespace

std::optional<domain::Potential> Snapshot::potential(std::string_view slug) const {
  const auto found = find_potential(slug);
  return found ? std::optional(potential(*found)) : std::nullopt;
}

std::vector<domain::Potential> Snapshot::potentials(std::span<const Ordinal> ordinals) const {
  std::vector<domain::Potential> unpacked;
  unpacked.reserve(ordinals.size());
  for (const auto one : ordinals) unpacked.push_back(potential(one));
  return unpacked;
}

std::shared_ptr<const Snapshot> make_snapshot(SnapshotParts parts, Date today) {
  return std::make_shared<const MemorySnapshot>(std::move(parts), today);
}

}  // namespace simpul::catalog
