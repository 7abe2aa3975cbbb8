// Where the names and badges of the kabupaten/kota stand on the map, set by hand (reference/regions.toml): a
// computed point would put Muna and Muna Barat, or the islands around Baubau, on top of each other. Used by
// the tile maker.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "geo/geometry.hpp"

namespace simpul::catalog {

struct RegionPoints {
  geo::Point label;
  geo::Point badge;
};

// By code. Throws Error Internal with file and line when the text is not of that form:
//   [[region]]
//   code = "74.01"
//   label = [121.45, -4.02]
//   badge = [121.50, -4.00]
std::map<std::string, RegionPoints, std::less<>> parse_region_points(std::string_view toml);

}  // namespace simpul::catalog
