// Well-known binary, the form in which geometries stand in both databases: little endian, ISO numbers, two
// dimensions, no SRID. Used by storage, and by the fuzz target that feeds it rubbish.
#pragma once

#include <string>
#include <string_view>

#include "geo/geometry.hpp"

namespace simpul::geo {

// The bytes of a geometry that passes check().
std::string to_wkb(const Geometry& geometry);

// The geometry of the bytes. Error Invalid: big endian, Z/M/SRID, truncated, bytes left over, a count larger
// than the bytes that follow, and whatever check() refuses.
Geometry from_wkb(std::string_view bytes);

}  // namespace simpul::geo
