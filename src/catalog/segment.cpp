#include "catalog/segment.hpp"

#include <algorithm>
#include <numeric>

#include "base/error.hpp"
#include "geo/operations.hpp"

namespace simpul::catalog {

namespace {

// The place of a mark: the point itself, or a point inside of a line or an area.
geo::Point mark(const geo::Geometry& geometry) {
  if (geometry.kind == geo::GeometryKind::Point || geometry.kind == geo::GeometryKind::MultiPoint)
    return geometry.parts.front().front().front();
  return geo::inside_point(geometry);
}

WorldBox world_box(const geo::Geometry& geometry) {
  const auto box = geo::bounds(geometry);
  WorldBox world;
  world.add(geo::to_world({box.min_x, box.max_y}));
  world.add(geo::to_world({box.max_x, box.min_y}));
  return world;
}

std::int32_t packed(const std::optional<Date>& date) {
  return date ? (date->year * 16 + date->month) * 32 + date->day + 1 : 0;
}

template <typename Less>
Segment::Order sorted(std::size_t size, Less less) {
  Segment::Order order(size);
  std::iota(order.begin(), order.end(), Segment::Number{0});
  std::ranges::stable_sort(order, less);
  return order;
}

}  // namespace

struct Segment::Builder::Entry {
  Row row;
  Facts facts;
  bool located = false;
  geo::WorldPoint point;
  std::optional<WorldBox> box;  // of a line or an area
  std::uint16_t category = kNone;
  std::uint8_t accuracy = 0;
  bool without_year = false, with_files = false;
};

Segment::Builder::Builder(std::shared_ptr<const Reference> reference) : reference_(std::move(reference)) {}
Segment::Builder::~Builder() = default;
Segment::Builder::Builder(Builder&&) noexcept = default;
Segment::Builder& Segment::Builder::operator=(Builder&&) noexcept = default;

std::size_t Segment::Builder::size() const {
  return entries_.size();
}

std::uint16_t Segment::Builder::number(Facet facet, std::string_view code,
                                       const domain::Potential& potential) const {
  if (const auto found = reference_->number(facet, code)) return static_cast<std::uint16_t>(*found);
  throw Error(ErrorKind::Internal, "The register contradicts itself", {}, {},
              "potential " + potential.slug + ": " + std::string(domain::kFacets[facet]) + " '" +
                  std::string(code) + "' is not in the register");
}

void Segment::Builder::add(const domain::Potential& potential) {
  Entry entry;
  auto& row = entry.row;
  entry.facts.id = potential.id;
  entry.facts.changed = potential.changed.microseconds;
  entry.facts.confirmed = packed(potential.confirmed);
  entry.facts.missing = domain::missing_mask(potential);
  row.region = number(kRegion, potential.region_code, potential);
  row.commodity = potential.commodity.empty() ? kNone : number(kCommodity, potential.commodity, potential);
  row.group = static_cast<std::uint8_t>(number(kGroup, potential.group, potential));
  row.sector = static_cast<std::uint8_t>(number(kSector, potential.sector, potential));
  row.status = number(kStatus, domain::word(potential.status), potential) & 15;
  row.maturity = number(kMaturity, domain::word(potential.maturity), potential) & 15;
  unsigned forms = 0;
  for (const auto& form : potential.forms) forms |= 1U << number(kForm, form, potential);
  row.forms = static_cast<std::uint8_t>(forms);
  // A point known by its region only is no place of the potential, even if the register should hold one.
  entry.located = potential.accuracy != domain::LocationAccuracy::Regency && !potential.geometry.empty();
  if (entry.located) {
    entry.point = geo::to_world(mark(potential.geometry));
    if (potential.geometry.kind != geo::GeometryKind::Point) entry.box = world_box(potential.geometry);
  }
  if (const auto category = reference_->number(kCategory, potential.category))
    entry.category = static_cast<std::uint16_t>(*category);
  entry.accuracy = static_cast<std::uint8_t>(number(kAccuracy, domain::word(potential.accuracy), potential));
  entry.without_year =
      std::ranges::any_of(potential.figures, [](const auto& figure) { return !figure.year; });
  entry.with_files = !potential.attachments.empty();
  entries_.push_back(entry);
  packed_.add(potential);
}

std::shared_ptr<const Segment> Segment::Builder::finish() {
  return std::shared_ptr<const Segment>(new Segment(std::move(*this)));
}

Segment::Segment(Builder&& builder)
    : reference_(std::move(builder.reference_)),
      packed_(std::move(builder.packed_)),
      groups_(reference_->values(kGroup).size()) {
  if (builder.entries_.size() > kMost)
    throw Error(ErrorKind::Internal, "The register is too large", {}, {}, "too many potentials in a segment");
  // By place, those without one last.
  const auto& from = builder.entries_;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> places;
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < from.size(); ++i)
    if (from[i].located) places.emplace_back(z_order(from[i].point), i);
  std::ranges::sort(places);
  order.reserve(from.size());
  for (const auto& [place, i] : places) order.push_back(i);
  for (std::uint32_t i = 0; i < from.size(); ++i)
    if (!from[i].located) order.push_back(i);
  packed_.finish(order);

  for (int facet = 0; facet < kAllFacets; ++facet) members_[facet].resize(reference_->values(facet).size());
  std::vector<geo::WorldPoint> points;
  std::vector<SpatialIndex::Extent> extents;
  rows_.reserve(from.size());
  facts_.reserve(from.size());
  points.reserve(places.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    const auto& entry = from[order[i]];
    const auto& row = rows_.emplace_back(entry.row);
    const auto& facts = facts_.emplace_back(entry.facts);
    if (entry.located) points.push_back(entry.point);
    if (entry.box) extents.push_back({i, *entry.box});
    members_[kGroup][row.group].add(i);
    members_[kSector][row.sector].add(i);
    members_[kRegion][row.region].add(i);
    for (const auto wider : reference_->wider(row.region)) members_[kRegion][wider].add(i);
    if (row.commodity != kNone) members_[kCommodity][row.commodity].add(i);
    for (std::uint32_t form = 0; form < members_[kForm].size(); ++form)
      if (row.forms >> form & 1) members_[kForm][form].add(i);
    members_[kStatus][row.status].add(i);
    members_[kMaturity][row.maturity].add(i);
    if (entry.category != kNone) members_[kCategory][entry.category].add(i);
    members_[kAccuracy][entry.accuracy].add(i);
    if (facts.confirmed == 0) members_[kTrait][kUnconfirmed].add(i);
    if (entry.without_year) members_[kTrait][kWithoutYear].add(i);
    if (entry.with_files) members_[kTrait][kWithFiles].add(i);
  }
  // A set of more than so many is kept as bits: two of those are cut as fast as so many features are looked
  // at. A list is never cut with several sets faster than it is walked.
  constexpr std::size_t kBits = 4096, kCostOfBits = 100;
  for (int facet = 0; facet < kAllFacets; ++facet) {
    cut_from_[facet] = kBits;
    for (auto& set : members_[facet]) {
      set.runOptimize();
      set.shrinkToFit();
      const auto size = set.cardinality();
      cut_from_[facet] += size > kBits ? kCostOfBits : size;
    }
  }
  builder.entries_ = {};
  space_ = SpatialIndex(std::move(points), std::move(extents));
  block_groups_.resize(space_.blocks().size() * groups_);
  for (std::uint32_t i = 0; i < space_.size(); ++i)
    ++block_groups_[i / SpatialIndex::kBlock * groups_ + rows_[i].group];
  index_texts();
  put_in_order();
}

void Segment::index_texts() {
  TextIndex::Builder index;
  for (std::uint32_t i = 0; i < size(); ++i) {
    const auto potential = packed_[i];
    const auto add = [&](TextField field, const domain::LocalText& text) {
      for (const auto& [language, words] : text) index.add(i, field, language, words);
    };
    add(TextField::Title, potential.title);
    add(TextField::Summary, potential.summary);
    add(TextField::Body, potential.description);
  }
  text_ = TextIndex(std::move(index));
}

void Segment::put_in_order() {
  for (const auto& language : i18n::languages()) {
    // Each title is read once, not once for every other title it is compared with.
    std::vector<std::string> keys;
    keys.reserve(size());
    for (std::size_t i = 0; i < size(); ++i)
      keys.push_back(language.sort_key(packed_.title(i, language.code())));
    auto& titles = titles_.emplace_back();
    titles.order = sorted(size(), [&](Number a, Number b) {
      const auto order = keys[a].compare(keys[b]);
      return order != 0 ? order < 0 : packed_.slug(a) < packed_.slug(b);
    });
    titles.rank.resize(size());
    for (std::size_t i = 0; i < size(); ++i) titles.rank[titles.order[i]] = static_cast<Number>(i);
  }
  by_slug_ = sorted(size(), [&](Number a, Number b) { return packed_.slug(a) < packed_.slug(b); });
  by_id_ = sorted(size(), [&](Number a, Number b) { return facts_[a].id < facts_[b].id; });
  // Those of one moment by slug.
  by_newest_ = by_slug_;
  std::ranges::stable_sort(by_newest_, std::ranges::greater(), [&](Number i) { return facts_[i].changed; });
}

const Segment::Titles& Segment::titles_of(std::string_view language) const {
  const auto& languages = i18n::languages();
  for (std::size_t i = 0; i < languages.size(); ++i)
    if (languages[i].code() == language) return titles_[i];
  return titles_.front();
}

std::optional<Date> Segment::confirmed(Number feature) const {
  auto value = facts_[feature].confirmed;
  if (value == 0) return std::nullopt;
  --value;
  return Date{value / 512, value / 32 % 16, value % 32};
}

std::optional<Segment::Number> Segment::find_slug(std::string_view slug) const {
  const auto of = [this](Number i) { return packed_.slug(i); };
  const auto found = std::ranges::lower_bound(by_slug_, slug, {}, of);
  return found != by_slug_.end() && of(*found) == slug ? std::optional(*found) : std::nullopt;
}

std::optional<Segment::Number> Segment::find_id(std::int64_t id) const {
  const auto of = [this](Number i) { return facts_[i].id; };
  const auto found = std::ranges::lower_bound(by_id_, id, {}, of);
  return found != by_id_.end() && of(*found) == id ? std::optional(*found) : std::nullopt;
}

Roaring Segment::with_ids(std::int64_t first, std::int64_t last) const {
  Roaring found;
  const auto of = [this](Number i) { return facts_[i].id; };
  for (auto at = std::ranges::lower_bound(by_id_, first, {}, of); at != by_id_.end() && of(*at) <= last; ++at)
    found.add(*at);
  return found;
}

}  // namespace simpul::catalog
