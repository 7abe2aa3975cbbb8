// What the vector tiles of the map show. Built with the snapshot from its records; used by the snapshot only.
//
// Tile layer "regions", at every zoom:
//   regions         areas: code, name, level (2; from zoom 8 also 3)
//   region_borders  lines, each once: level, kind (coast | border)
//   region_labels   points: code, name ("Kolaka", "Kota Kendari"), level, count (potentials under the
//   filter), badge; the
//                   badges (badge 1) to zoom 7, labels (badge 0) from zoom 7, kecamatan from zoom 9 without
//                   count
// Tile layer "potentials", from zoom 7 (below it the map shows the badges of the regions); never those that
// are known by their region only:
//   potentials      points: slug, title, group, region, region_name, status; id = ordinal + 1. Below zoom 10
//   those alone in
//                   their cell of the cluster grid
//   clusters        below zoom 10, points for cells with two or more: count, group (of most of them), bbox
//   "w,s,e,n"
#pragma once

#include <roaring/roaring.hh>

#include <string>
#include <string_view>
#include <vector>

#include "catalog/map_shapes.hpp"
#include "catalog/spatial_index.hpp"
#include "catalog/tile_geometry.hpp"
#include "domain/register.hpp"

namespace simpul::catalog {

inline constexpr int kDistrictZoom = 8;
inline constexpr int kDistrictLabelZoom = 9;
inline constexpr int kBadgeZoom = 7;      // the last with badges, the first with labels
inline constexpr int kPotentialZoom = 7;  // the first with potentials
inline constexpr int kPointZoom = 10;     // the first without clusters
inline constexpr int kCellsPerTile = 11;  // of the cluster grid: 47 px of a tile of 512

class TileMaker {
 public:
  // The parts live as long as the maker; `located` are the ordinals that have a point of their own.
  TileMaker(const domain::PublishedRegister& content, const SpatialIndex& space, const Roaring& located);

  // `counts` as Snapshot::count_by_region gives them, `matches` the ordinals under the filter.
  std::string regions(const TileAddress& tile, const std::vector<std::uint32_t>& counts,
                      std::string_view language) const;
  std::string potentials(const TileAddress& tile, const Roaring& matches, std::string_view language) const;

 private:
  struct Label {
    std::uint32_t area = 0;  // number of the boundary, or of the region
    std::string code;
    domain::LocalText name;
    int level = 2;
    std::uint32_t region = 0;  // number of the region; kecamatan: none
    geo::WorldPoint label;
    geo::WorldPoint badge;
  };
  void add_labels();

  const domain::PublishedRegister& content_;
  const SpatialIndex& space_;
  Roaring located_;
  MapShapes shapes_;
  std::vector<Label> labels_;
  std::vector<geo::WorldPoint> points_;         // of each located potential, by ordinal
  std::vector<const domain::Region*> regions_;  // of each potential
  std::vector<std::uint8_t> groups_;            // of each potential, place in the display order
};

// The name on the map: "Kolaka", and "Kota Kendari" or "Kendari City" for a city.
std::string_view short_name(const domain::Region& region, std::string_view language);

}  // namespace simpul::catalog
