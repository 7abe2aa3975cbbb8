#include "catalog/region_tiles.hpp"

#include <algorithm>
#include <unordered_map>

#include "catalog/tile_encode.hpp"
#include "domain/region_places.hpp"
#include "geo/operations.hpp"

namespace simpul::catalog {

namespace {

bool holds(const TileAddress& tile, geo::WorldPoint p) {
  return geo::tile_of(p.x, tile.z) == tile.x && geo::tile_of(p.y, tile.z) == tile.y;
}

// Adds the polygon as far as it lies in the tile. Rounding and cutting can make a ring touch or cross itself,
// which the format forbids: such a polygon is mended.
void add_polygon(TileLayer& layer, const MapBand& band, const AreaPart& part, const TileAddress& tile) {
  const bool whole = inside(part.box, tile);
  std::vector<TilePath> rings;
  for (auto ring = part.first_ring; ring < part.end_ring; ++ring) {
    auto path = to_tile(band.rings[ring], tile);
    path = whole ? clean_ring(std::move(path)) : clip_ring(path);
    if (path.empty() && rings.empty()) return;
    if (!path.empty()) rings.push_back(std::move(path));
  }
  for (const auto& polygon : mended(std::move(rings))) layer.polygon(polygon);
}

// Whether both places are on or near the finest of the bands; true when there is no polygon to judge by. A
// badge may stand on the sea beside a small region.
bool is_near(const std::vector<geo::Geometry>& bands, const domain::RegionPlace& places) {
  constexpr double kFarDegrees = 0.2;
  if (bands.empty() || bands.back().empty()) return true;
  const auto box = geo::bounds(bands.back());
  const auto near = [&box](geo::Point p) {
    return p.x >= box.min_x - kFarDegrees && p.x <= box.max_x + kFarDegrees &&
           p.y >= box.min_y - kFarDegrees && p.y <= box.max_y + kFarDegrees;
  };
  return near(places.label) && near(places.badge);
}

}  // namespace

std::string_view short_name(const domain::Region& region, std::string_view language) {
  auto name = domain::text_in(region.name, language).text;
  for (const std::string_view prefix : {"Kabupaten ", "Provinsi "})
    if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
  for (const std::string_view suffix : {" Regency", " Province"})
    if (name.ends_with(suffix)) name.remove_suffix(suffix.size());
  return name;
}

RegionTiles::RegionTiles(const domain::PublishedTables& tables)
    : tables_(tables), shapes_(make_map_shapes(tables.boundaries)) {
  add_labels();
}

void RegionTiles::add_labels() {
  std::unordered_map<std::string_view, const domain::Boundary*> areas;
  for (const auto& boundary : tables_.boundaries.boundaries) areas.emplace(boundary.code, &boundary);
  const auto middle = [](const domain::Boundary& boundary) -> std::optional<geo::Point> {
    // The second band is detailed enough for the middle of an area.
    const auto band = std::min<std::size_t>(1, boundary.bands.size() - 1);
    if (boundary.bands.empty() || boundary.bands[band].empty()) return std::nullopt;
    return geo::inside_point(boundary.bands[band]);
  };
  for (std::uint32_t i = 0; i < tables_.regions.size(); ++i) {
    const auto& region = tables_.regions[i];
    if (region.kind == "province") continue;
    Label label;
    label.code = region.code;
    for (const auto& [language, name] : region.name)
      label.name.emplace(language, short_name(region, language));
    label.region = i;
    const auto area = areas.find(region.code);
    const auto set = std::ranges::find(domain::region_places(), region.code, &domain::RegionPlace::code);
    // A place far from the area was set for other boundaries.
    if (set != domain::region_places().end() && (area == areas.end() || is_near(area->second->bands, *set))) {
      label.label = geo::to_world(set->label);
      label.badge = geo::to_world(set->badge);
    } else {
      std::optional<geo::Point> place = region.capital_point;
      if (area != areas.end())
        if (const auto inside = middle(*area->second)) place = inside;
      if (!place) continue;
      label.label = label.badge = geo::to_world(*place);
    }
    const auto inside = area != areas.end() ? middle(*area->second) : std::nullopt;
    label.inside = inside ? geo::to_world(*inside) : label.label;
    labels_.push_back(std::move(label));
  }
  for (const auto& boundary : tables_.boundaries.boundaries) {
    if (boundary.level != 3) continue;
    const auto place = middle(boundary);
    if (!place) continue;
    Label label;
    label.code = boundary.code;
    label.name.emplace("id", boundary.name);
    label.level = 3;
    label.label = label.inside = geo::to_world(*place);
    labels_.push_back(std::move(label));
  }
}

std::string RegionTiles::tile(const TileAddress& tile, const std::vector<std::uint32_t>& counts,
                              std::string_view language) const {
  const auto& band = shapes_.bands[band_of(tile.z)];
  TileLayer areas("regions"), borders("region_borders"), labels("region_labels");

  std::unordered_map<std::string_view, const domain::Region*> regions;
  for (const auto& region : tables_.regions) regions.emplace(region.code, &region);
  // An area's parts stand together: they are one feature.
  for (std::size_t i = 0; i < band.parts.size();) {
    const auto area = band.parts[i].area;
    const auto& boundary = tables_.boundaries.boundaries[area];
    const bool shown = boundary.level == 2 || tile.z >= kDistrictZoom;
    areas.begin();
    for (; i < band.parts.size() && band.parts[i].area == area; ++i)
      if (shown && meets(band.parts[i].box, tile)) add_polygon(areas, band, band.parts[i], tile);
    const auto region = regions.find(boundary.code);
    areas.text("code", boundary.code);
    areas.text("name", region != regions.end() ? short_name(*region->second, language) : boundary.name);
    areas.number("level", static_cast<std::uint64_t>(boundary.level));
    areas.end();
  }

  for (std::size_t i = 0; i < band.borders.size(); ++i) {
    const auto& border = band.borders[i];
    if ((border.level > 2 && tile.z < kDistrictZoom) || !meets(border.box, tile)) continue;
    for (const auto& piece : clip_line(to_tile(band.border_paths[i], tile))) {
      borders.begin();
      borders.line(piece);
      borders.number("level", border.level);
      borders.text("kind", border.kind == BorderKind::Coast ? "coast" : "border");
      borders.end();
    }
  }

  for (const auto& label : labels_) {
    const auto add = [&](geo::WorldPoint place, bool badge) {
      if (!holds(tile, place)) return;
      labels.begin();
      labels.point(to_tile(place, tile));
      labels.text("code", label.code);
      labels.text("name", domain::text_in(label.name, language).text);
      labels.number("level", static_cast<std::uint64_t>(label.level));
      if (label.level == 2) {
        labels.number("count", counts[label.region]);
        labels.number("badge", badge ? 1 : 0);
      }
      labels.end();
    };
    if (label.level == 2 && tile.z <= kBadgeZoom) add(label.badge, true);
    if (label.level == 2 || tile.z >= kDistrictLabelZoom)
      add(tile.z >= kInsideZoom ? label.inside : label.label, false);
  }
  return areas.bytes() + borders.bytes() + labels.bytes();
}

}  // namespace simpul::catalog
