#include "catalog/snapshot.hpp"

#include <algorithm>
#include <future>
#include <limits>

#include "base/error.hpp"
#include "catalog/documents.hpp"
#include "catalog/facet_index.hpp"
#include "catalog/selection.hpp"
#include "catalog/spatial_index.hpp"
#include "catalog/tile.hpp"
#include "catalog/title_order.hpp"

namespace simpul::catalog {

namespace {

template <typename T, typename Key>
const T* find_sorted(const std::vector<T>& list, std::string_view key, Key T::*member) {
  const auto found = std::ranges::lower_bound(list, key, {}, member);
  return found != list.end() && (*found).*member == key ? &*found : nullptr;
}

template <typename T, typename Key>
const T* find_any(const std::vector<T>& list, std::string_view key, Key T::*member) {
  const auto found = std::ranges::find(list, key, member);
  return found != list.end() ? &*found : nullptr;
}

// A point known by its region only is no place of the potential, even if the register should hold one.
std::vector<geo::Box> places(const std::vector<domain::Potential>& potentials) {
  std::vector<geo::Box> boxes;
  boxes.reserve(potentials.size());
  for (const auto& potential : potentials)
    boxes.push_back(potential.accuracy == domain::LocationAccuracy::Regency
                        ? geo::Box{}
                        : geo::bounds(potential.geometry));
  return boxes;
}

Roaring located(const std::vector<geo::Box>& boxes) {
  Roaring set;
  for (Ordinal i = 0; i < boxes.size(); ++i)
    if (!boxes[i].empty()) set.add(i);
  return set;
}

domain::PublishedRegister sorted(domain::PublishedRegister content, const Date& today) {
  for (auto& potential : content.potentials)
    potential.overdue =
        domain::is_overdue(potential.confirmed, content.freshness.months_of(potential.region_code), today);
  std::ranges::stable_sort(content.regions, {}, &domain::Region::code);
  std::ranges::stable_sort(content.potentials, {}, &domain::Potential::slug);
  return content;
}

class MemorySnapshot final : public Snapshot {
 public:
  MemorySnapshot(domain::PublishedRegister content, Date today)
      : data_(sorted(std::move(content), today)),
        today_(today),
        version_(std::to_string(data_.audit_sequence) + "-" + to_iso(today)),
        boxes_(places(data_.potentials)),
        reading_(std::async(std::launch::async, [this] { return index_documents(data_); })),
        facets_(data_),
        space_(boxes_),
        titles_(data_.potentials),
        located_(located(boxes_)),
        tiles_(data_, space_, located_),
        shapes_(data_),
        text_(reading_.get()) {}

  std::string_view version() const override { return version_; }
  Date today() const override { return today_; }
  const domain::PublishedRegister& data() const override { return data_; }

  const domain::Potential* potential(std::string_view slug, Ordinal* ordinal) const override {
    const auto* found = find_sorted(data_.potentials, slug, &domain::Potential::slug);
    if (found && ordinal) *ordinal = static_cast<Ordinal>(found - data_.potentials.data());
    return found;
  }
  const domain::Region* region(std::string_view code) const override {
    return find_sorted(data_.regions, code, &domain::Region::code);
  }
  const domain::Sector* sector(std::string_view code) const override {
    return find_any(data_.sectors, code, &domain::Sector::code);
  }
  const domain::Group* group(std::string_view code) const override {
    return find_any(data_.groups, code, &domain::Group::code);
  }
  const domain::Commodity* commodity(std::string_view slug) const override {
    return find_any(data_.commodities, slug, &domain::Commodity::slug);
  }

  const ProvinceShapes& shapes() const override { return shapes_; }

  Result find(const Query& query) const override;
  std::vector<Ordinal> all(const domain::Filter& filter) const override;
  std::vector<std::uint32_t> count_by_region(const domain::Filter& filter) const override;
  std::vector<Hit> search(std::string_view words, std::string_view language,
                          std::size_t limit) const override;
  std::vector<std::pair<Ordinal, double>> nearest(geo::Point place, std::size_t limit,
                                                  std::optional<Ordinal> except) const override;
  std::string tile(std::string_view layer, int z, std::uint32_t x, std::uint32_t y,
                   const domain::Filter& filter, std::string_view language) const override;

 private:
  Selection select(const domain::Filter& filter) const {
    return {filter, facets_, text_, space_, static_cast<std::uint32_t>(data_.potentials.size())};
  }
  // The ordinals from `offset`, at most `limit`, in the order asked for.
  std::vector<Ordinal> page(const Roaring& matches, const Selection& selection, const Query& query) const;

  domain::PublishedRegister data_;
  Date today_;
  std::string version_;
  std::vector<geo::Box> boxes_;     // by ordinal; empty: not located
  std::future<TextIndex> reading_;  // two thirds of the work: beside the rest of it
  FacetIndex facets_;
  SpatialIndex space_;
  TitleOrder titles_;
  Roaring located_;
  TileMaker tiles_;
  ProvinceShapes shapes_;
  TextIndex text_;
};

std::vector<Ordinal> to_vector(const Roaring& set) {
  std::vector<Ordinal> ordinals(set.cardinality());
  set.toUint32Array(ordinals.data());
  return ordinals;
}

std::vector<Ordinal> MemorySnapshot::page(const Roaring& matches, const Selection& selection,
                                          const Query& query) const {
  auto ordinals = to_vector(matches);
  if (query.offset >= ordinals.size()) return {};
  const auto end =
      ordinals.begin() +
      static_cast<std::ptrdiff_t>(query.offset + std::min(query.limit, ordinals.size() - query.offset));
  const auto& rank = titles_.ranks(query.language);
  const auto sort = [&](auto before) {
    std::partial_sort(ordinals.begin(), end, ordinals.end(), [&](Ordinal a, Ordinal b) {
      const int order = before(a, b);
      return order != 0 ? order < 0 : rank[a] < rank[b];
    });
  };
  const auto compare = [](const auto& a, const auto& b) { return a < b ? -1 : b < a ? 1 : 0; };
  switch (query.sort) {
    case Sort::Relevance:
      if (selection.has_words()) {
        std::vector<float> score(data_.potentials.size());
        for (const auto& hit : selection.hits()) score[hit.document] = hit.score;
        sort([&](Ordinal a, Ordinal b) { return compare(score[b], score[a]); });
        break;
      }
      [[fallthrough]];
    case Sort::Title:
      sort([](Ordinal, Ordinal) { return 0; });
      break;
    case Sort::Region:
      sort([&](Ordinal a, Ordinal b) {
        return compare(data_.potentials[a].region_code, data_.potentials[b].region_code);
      });
      break;
    case Sort::Newest:
      sort([&](Ordinal a, Ordinal b) {
        return compare(data_.potentials[b].changed, data_.potentials[a].changed);
      });
      break;
  }
  return {ordinals.begin() + static_cast<std::ptrdiff_t>(query.offset), end};
}

Result MemorySnapshot::find(const Query& query) const {
  const auto selection = select(query.filter);
  const auto matches = selection.all();
  Result result;
  result.total = matches.cardinality();
  result.located = matches.and_cardinality(located_);
  result.notices = selection.notices();
  result.ordinals = page(matches, selection, query);
  for (int facet = 0; facet < domain::kFacetCount; ++facet) {
    const auto others = selection.without(facet);
    for (const auto& value : facets_.values(facet)) {
      const bool selected = selection.selected(facet, value.code);
      if (!selected && !value.listed) continue;
      result.facets[facet].push_back(
          {value.code, static_cast<std::uint32_t>(others.and_cardinality(value.members)), selected});
    }
  }
  return result;
}

std::vector<Ordinal> MemorySnapshot::all(const domain::Filter& filter) const {
  return to_vector(select(filter).all());
}

std::vector<std::uint32_t> MemorySnapshot::count_by_region(const domain::Filter& filter) const {
  const auto matches = select(filter).all();
  std::vector<std::uint32_t> counts;
  counts.reserve(data_.regions.size());
  // The index lists regions in the register's order.
  for (const auto& region : facets_.values(domain::facet_index("region")))
    counts.push_back(static_cast<std::uint32_t>(matches.and_cardinality(region.members)));
  return counts;
}

std::vector<Hit> MemorySnapshot::search(std::string_view words, std::string_view language,
                                        std::size_t limit) const {
  // The page of a region or commodity is a better first answer to its name than one of its potentials.
  constexpr double kVocabularyFactor = 1.5;
  const auto& rank = titles_.ranks(language);
  std::vector<Hit> hits;
  for (const auto& found : text_.find(words).hits) {
    auto hit = document(data_, found.document);
    hit.score = found.score * (hit.kind == Hit::Kind::Potential ? 1 : kVocabularyFactor);
    hits.push_back(hit);
  }
  const auto end = hits.begin() + static_cast<std::ptrdiff_t>(std::min(limit, hits.size()));
  std::partial_sort(hits.begin(), end, hits.end(), [&](const Hit& a, const Hit& b) {
    if (a.score != b.score) return a.score > b.score;
    if (a.kind != b.kind) return a.kind > b.kind;
    if (a.kind == Hit::Kind::Potential) return rank[a.index] < rank[b.index];
    return a.index < b.index;
  });
  hits.erase(end, hits.end());
  return hits;
}

std::vector<std::pair<Ordinal, double>> MemorySnapshot::nearest(geo::Point place, std::size_t limit,
                                                                std::optional<Ordinal> except) const {
  return space_.nearest(place, limit, except.value_or(std::numeric_limits<Ordinal>::max()));
}

std::string MemorySnapshot::tile(std::string_view layer, int z, std::uint32_t x, std::uint32_t y,
                                 const domain::Filter& filter, std::string_view language) const {
  constexpr int kMaxTileZoom = 22;
  if (layer != "regions" && layer != "potentials")
    throw Error(ErrorKind::NotFound, "There is no map layer “{layer}”", {{"layer", std::string(layer)}});
  if (z < 0 || z > kMaxTileZoom || x >> z != 0 || y >> z != 0)
    throw Error(ErrorKind::Invalid, "There is no tile {z}/{x}/{y}",
                {{"z", std::to_string(z)}, {"x", std::to_string(x)}, {"y", std::to_string(y)}});
  const TileAddress address{z, x, y};
  if (layer == "regions") return tiles_.regions(address, count_by_region(filter), language);
  return tiles_.potentials(address, select(filter).all(), language);
}

}  // namespace

std::shared_ptr<const Snapshot> build_snapshot(domain::PublishedRegister content, Date today) {
  return std::make_shared<const MemorySnapshot>(std::move(content), today);
}

}  // namespace simpul::catalog
