// The map's tiles of areas. Built with the reference; used by the snapshot only.
//
// Tile layer "regions", at every zoom:
//   regions         areas: code, name, level (2; from zoom 8 also 3)
//   region_borders  lines, each once: level, kind (coast | border)
//   region_labels   points: code, name ("Kolaka", "Kota Kendari"), level, count (potentials under the
//                   filter), badge; badges (badge 1) to zoom 7; labels (badge 0) of kabupaten/kota always,
//                   from zoom 10 inside of the area wherever they were set by hand for the whole province;
//                   kecamatan from zoom 8, without count
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catalog/map_shapes.hpp"
#include "catalog/tile_geometry.hpp"
#include "domain/register.hpp"

namespace simpul::catalog {

using domain::kDistrictZoom;
inline constexpr int kDistrictLabelZoom = 8;
inline constexpr int kBadgeZoom = 7;    // the last with badges
inline constexpr int kInsideZoom = 10;  // the first with names inside of their area

class RegionTiles {
 public:
  // The tables live as long as this.
  explicit RegionTiles(const domain::PublishedTables& tables);

  // `counts`: potentials of each region, in the order of the table. Empty: nothing there.
  std::string tile(const TileAddress& address, const std::vector<std::uint32_t>& counts,
                   std::string_view language) const;

  // What the tiles are cut from, for maps on paper.
  const MapShapes& shapes() const { return shapes_; }
  struct Label {
    std::string code;
    domain::LocalText name;
    int level = 2;
    std::uint32_t region = 0;  // number of the region; kecamatan: none
    geo::WorldPoint label;
    geo::WorldPoint inside;  // for the near view; the same where there is no area
    geo::WorldPoint badge;   // level 2 only
  };
  const std::vector<Label>& labels() const { return labels_; }

 private:
  void add_labels();

  const domain::PublishedTables& tables_;
  MapShapes shapes_;
  std::vector<Label> labels_;
};

// The name on the map: "Kolaka", and "Kota Kendari" or "Kendari City" for a city.
std::string_view short_name(const domain::Region& region, std::string_view language);

}  // namespace simpul::catalog
