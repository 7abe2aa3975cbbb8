// What a register asks of a shape: is it valid, mend it, join several, thin it out, a point inside it. GEOS
// does the work. Used by the services that take in geometries and by the builder of boundaries.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "geo/geometry.hpp"

namespace simpul::geo {

// Where and why a geometry breaks the rules of OGC Simple Features (ISO 19125-1, 6.1.11).
struct Invalidity {
  std::string reason;  // GEOS's words, English, for the log: "Self-intersection"
  Point at;            // one place of the fault
};
// Nothing when the rules hold.
std::optional<Invalidity> why_invalid(const Geometry& geometry);
// Error Invalid when they do not: says where, in words for the person who drew it.
void check_valid(const Geometry& geometry);

// The same area made valid; parts that collapse to less than the geometry's own dimension are left out. May
// be empty.
Geometry repaired(const Geometry& geometry);

// The same area made valid with every coordinate a multiple of `cell`, for the whole-number grid of a tile.
// Faster than repaired(); what is covered twice stays covered. May be empty.
Geometry repaired_on_grid(const Geometry& geometry, double cell);

// All of them together as one (multi-)geometry of the first one's dimension. Error Invalid when one is not
// valid.
Geometry united(std::span<const Geometry> geometries);

// Fewer points, moved at most `tolerance` degrees; stays valid. Error Invalid when GEOS cannot.
Geometry simplified(const Geometry& geometry, double tolerance);

// A point that is certainly inside (a polygon's label, the point of a line). Error Invalid when the shape is
// empty.
Point inside_point(const Geometry& geometry);

}  // namespace simpul::geo
