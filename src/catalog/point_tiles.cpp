#include "catalog/point_tiles.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/tile_encode.hpp"

namespace simpul::catalog {

namespace {

constexpr std::size_t kCells = kCellsPerTile * kCellsPerTile;

// The features of one segment that the tile shows.
struct Found {
  std::uint32_t first = 0, end = 0;  // of the tile
  bool whole = false;                // all of them
  std::vector<std::uint32_t> features;
  std::size_t count() const { return whole ? end - first : features.size(); }
  template <typename Each>
  void each(Each each) const {
    if (whole)
      for (auto i = first; i < end; ++i) each(i);
    else
      for (const auto i : features) each(i);
  }
};

Found find(const TileAddress& tile, const Selection& selection, const Segment& segment, std::size_t part) {
  Found found;
  std::tie(found.first, found.end) = segment.space().range(tile);
  if (found.first == found.end) return found;
  found.whole = selection.is_whole(part);
  if (found.whole) return found;
  found.features = selection.within(part, found.first, found.end);
  return found;
}

class PointLayer {
 public:
  PointLayer(const TileAddress& tile, const Reference& reference, std::string_view language, bool titles)
      : tile_(tile),
        reference_(reference),
        language_(language),
        titles_(titles),
        region_names_(reference.values(kRegion).size(), kNew) {
    for (const auto facet : {kGroup, kRegion, kStatus}) {
      keys_[facet] = layer_.key(domain::kFacets[facet]);
      values_[facet].resize(reference.values(facet).size(), kNew);
    }
  }

  void add(const Segment& segment, std::uint32_t i) {
    const auto feature = static_cast<Segment::Number>(i);
    layer_.begin(static_cast<std::uint64_t>(segment.facts(feature).id));
    layer_.point(to_tile(segment.space()[i], tile_));
    const auto& row = segment.row(feature);
    code(kGroup, row.group);
    code(kRegion, row.region);
    auto& name = region_names_[row.region];
    if (name == kNew) name = layer_.new_text(short_name(reference_.tables().regions[row.region], language_));
    layer_.tag(region_name_, name);
    code(kStatus, row.status);
    // Hardly any two have the same.
    if (titles_) layer_.tag("title", layer_.new_text(segment.title(feature, language_)));
    layer_.end();
  }

  std::string bytes() const { return layer_.bytes(); }

 private:
  static constexpr std::uint32_t kNew = UINT32_MAX;
  void code(Facet facet, std::uint16_t value) {
    auto& number = values_[facet][value];
    if (number == kNew) number = layer_.new_text(reference_.values(facet)[value]);
    layer_.tag(keys_[facet], number);
  }

  TileLayer layer_{"potentials"};
  const TileAddress& tile_;
  const Reference& reference_;
  std::string_view language_;
  bool titles_;
  std::uint32_t keys_[kAllFacets] = {};
  std::uint32_t region_name_ = layer_.key("region_name");
  std::vector<std::uint32_t> values_[kAllFacets];  // number in the layer of each value of a facet
  std::vector<std::uint32_t> region_names_;
};

// What lies in each cell of the tile's grid.
class Clusters {
 public:
  Clusters(const TileAddress& tile, std::size_t groups)
      : tile_(tile), groups_(groups), counts_(kCells * groups) {}

  void add(const Segment& segment, std::size_t part, const Found& found) {
    const auto& space = segment.space();
    const auto one = [&](std::uint32_t i) {
      const auto at = cell_of(space[i]);
      auto& cell = cells_[at];
      ++cell.count;
      cell.sum_x += space[i].x;
      cell.sum_y += space[i].y;
      cell.box.add(space[i]);
      cell.part = part;
      cell.feature = i;
      ++counts_[at * groups_ + segment.row(static_cast<Segment::Number>(i)).group];
    };
    if (!found.whole) {
      found.each(one);
      return;
    }
    // Where all of a block lies in one cell, it is added as one.
    for (auto i = found.first; i < found.end;) {
      const auto number = i / SpatialIndex::kBlock;
      const auto end = (number + 1) * SpatialIndex::kBlock;
      const auto& block = space.blocks()[number];
      const auto at = cell_of({block.box.min_x, block.box.min_y});
      if (i % SpatialIndex::kBlock != 0 || end > found.end ||
          at != cell_of({block.box.max_x, block.box.max_y})) {
        for (; i < std::min(end, found.end); ++i) one(i);
        continue;
      }
      auto& cell = cells_[at];
      cell.count += SpatialIndex::kBlock;
      cell.sum_x += block.sum_x;
      cell.sum_y += block.sum_y;
      cell.box.add({block.box.min_x, block.box.min_y});
      cell.box.add({block.box.max_x, block.box.max_y});
      const auto of_block = segment.groups_of_block(number);
      for (std::size_t group = 0; group < groups_; ++group) counts_[at * groups_ + group] += of_block[group];
      i = end;
    }
  }

  // What is alone in its cell goes to `points`.
  std::string bytes(PointLayer& points, std::span<const Part> parts, const Reference& reference) const {
    TileLayer layer("clusters");
    for (std::size_t at = 0; at < kCells; ++at) {
      const auto& cell = cells_[at];
      if (cell.count == 0) continue;
      if (cell.count == 1) {
        points.add(*parts[cell.part].segment, cell.feature);
        continue;
      }
      const auto of_group = std::span(counts_).subspan(at * groups_, groups_);
      const auto most = std::ranges::max_element(of_group) - of_group.begin();
      const auto north_west = geo::from_world({cell.box.min_x, cell.box.min_y});
      const auto south_east = geo::from_world({cell.box.max_x, cell.box.max_y});
      layer.begin();
      layer.point(to_tile({static_cast<std::uint32_t>(cell.sum_x / cell.count),
                           static_cast<std::uint32_t>(cell.sum_y / cell.count)},
                          tile_));
      layer.number("count", cell.count);
      layer.text("group", reference.values(kGroup)[static_cast<std::size_t>(most)]);
      layer.tag("bbox", layer.new_text(fmt::format("{:.5f},{:.5f},{:.5f},{:.5f}", north_west.x, south_east.y,
                                                   south_east.x, north_west.y)));
      layer.end();
    }
    return layer.bytes();
  }

 private:
  struct Cell {
    std::uint64_t count = 0, sum_x = 0, sum_y = 0;
    WorldBox box;
    std::size_t part = 0;
    std::uint32_t feature = 0;  // the last one
  };
  std::size_t cell_of(geo::WorldPoint place) const {
    const auto p = to_tile(place, tile_);
    const auto along = [](std::int64_t v) {
      return static_cast<std::size_t>(v * kCellsPerTile >> geo::kTileExtentBits);
    };
    return along(p.y) * kCellsPerTile + along(p.x);
  }

  const TileAddress& tile_;
  std::size_t groups_;
  std::vector<Cell> cells_ = std::vector<Cell>(kCells);
  std::vector<std::uint32_t> counts_;  // by cell, then group
};

}  // namespace

std::string point_tile(const TileAddress& tile, const Selection& selection, std::span<const Part> parts,
                       const Reference& reference, std::string_view language) {
  for (const auto& part : parts) part.segment->space().fetch(tile);
  std::vector<Found> found;
  std::size_t count = 0;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    found.push_back(find(tile, selection, *parts[part].segment, part));
    count += found.back().count();
  }
  if (count == 0) return {};
  PointLayer points(tile, reference, language, tile.z >= kTitleZoom || count <= kMostTitles);
  if (tile.z >= kPointZoom && count <= kMostPoints) {
    for (std::size_t part = 0; part < parts.size(); ++part)
      found[part].each([&](std::uint32_t i) { parts[part].segment->fetch(static_cast<Segment::Number>(i)); });
    for (std::size_t part = 0; part < parts.size(); ++part)
      found[part].each([&](std::uint32_t i) { points.add(*parts[part].segment, i); });
    return points.bytes();
  }
  Clusters clusters(tile, reference.values(kGroup).size());
  for (std::size_t part = 0; part < parts.size(); ++part)
    clusters.add(*parts[part].segment, part, found[part]);
  const auto of_clusters = clusters.bytes(points, parts, reference);
  return points.bytes() + of_clusters;
}

}  // namespace simpul::catalog
