// The province as SVG: a choropleth whose regions are links, and the small locator of one place. Drawn from
// the boundaries of the snapshot; without any, a ring and a list stand for them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "catalog/snapshot.hpp"
#include "html/page.hpp"
#include "i18n/translator.hpp"

namespace simpul::web::site {

// What the map says of one region; in the order of regions_of().
struct Area {
  const domain::Region* region = nullptr;
  std::optional<double> value;  // none: no data
  std::string text;             // "18 potensi"
  std::string url;
  bool here = false;  // the region of the page
  int shade = 0;      // MapLook::Named: of its class, 0 no data
};

struct RegionMap {
  html::Fragment drawing = html::Fragment::trusted("");
  html::Fragment legend =
      html::Fragment::trusted("");  // empty <ul> never: an empty fragment when there are no classes
};

// The kabupaten/kota of the snapshot, without the province, by code.
std::vector<const domain::Region*> regions_of(const catalog::Snapshot& snapshot);
bool has_boundaries(const catalog::Snapshot& snapshot);

enum class MapLook {
  Classes,  // classes of colour, made of the values
  Badges,   // count and name on each region; the larger picture
  Named     // the classes that the areas bring, and names; the larger picture
};
// `label`: what the picture shows, for people who do not see it.
RegionMap region_map(const catalog::Snapshot& snapshot, const i18n::Language& language,
                     const std::vector<Area>& areas, const std::string& label,
                     MapLook look = MapLook::Classes);

// The outline of a region in its surroundings, with a point when there is one; empty without boundaries.
html::Fragment locator(const catalog::Snapshot& snapshot, const domain::Region& region,
                       const std::optional<geo::Point>& point, const std::string& group,
                       const std::string& label);

// The middle of a geometry's own vertices' box, when it is a place: a point, or the middle of its bounds.
std::optional<geo::Point> place_of(const geo::Geometry& geometry);

// "west,south,east,north" of all kabupaten/kota; of all located potentials when there are no boundaries; ""
// without any.
geo::Box province_bounds(const catalog::Snapshot& snapshot);
std::string bounds_text(const geo::Box& box);

}  // namespace simpul::web::site
