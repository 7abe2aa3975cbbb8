// Positions in metres of the UTM grid (WGS84, zones 50 to 52 south cover eastern Indonesia) as degrees. Used
// by the imports of tables; layers of a GIS are turned by the foreign program that reads them.
#pragma once

#include <optional>
#include <string_view>

#include "geo/geometry.hpp"

namespace simpul::geo {

// Within a millimetre for up to 6 degrees from the middle of the zone. `zone` 1 to 60.
Point from_utm(double easting, double northing, int zone, bool south);

// "EPSG:32751" -> 51 south, "EPSG:32650" -> 50 north; nullopt: another reference system.
struct UtmZone {
  int zone = 51;
  bool south = true;
};
std::optional<UtmZone> utm_zone(std::string_view crs);

}  // namespace simpul::geo
