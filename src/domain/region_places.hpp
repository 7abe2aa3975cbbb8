// Where the names and badges of the 17 kabupaten/kota stand on small maps, their order of protocol and their
// land neighbours, as data (reference/regions.toml). Used by the catalogue, the server's own maps and the
// importer of boundaries.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "geo/geometry.hpp"

namespace simpul::domain {

struct RegionPlace {
  std::string code;                   // "74.01"
  geo::Point label;                   // middle of the name where there is no badge
  geo::Point badge;                   // middle of the badge; may lie on the sea
  std::vector<std::string> adjacent;  // codes of regions with a common land border
};

// In the order of protocol, from the text of reference/regions.toml. Error Invalid names the line of a text
// that is no TOML, an unknown or missing key, a code given twice, a position that is none, or a neighbour
// that does not name the region in return.
std::vector<RegionPlace> parse_region_places(std::string_view toml);

// Those embedded in the program.
const std::vector<RegionPlace>& region_places();

}  // namespace simpul::domain
