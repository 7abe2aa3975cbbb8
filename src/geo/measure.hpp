// Area, length, containment and distance on the Earth, in kilometres. Plain arithmetic, no engine: cheap
// enough for every row of an import. Used by validation ("warn within 25 km of the region, refuse beyond"),
// by the catalogue and by analysis.
#pragma once

#include "geo/geometry.hpp"

namespace simpul::geo {

// The area of the polygons, holes taken away, in km2 on the WGS84 ellipsoid (equal-area latitude; edges are
// straight in the equal-area map: below 0.01 % for edges under 50 km). 0 for points and lines.
double area_km2(const Geometry& geometry);

// The length of the lines or of all rings, in km on a sphere of 6371 km: within 0.5 %.
double length_km(const Geometry& geometry);

// Great-circle distance in km on that sphere.
double distance_km(Point a, Point b);

// Whether a point is inside one of the polygons (not in a hole). On the border: either answer.
bool contains(const Geometry& polygons, Point p);

// How far a point is from the geometry in km, 0 inside a polygon. Within 1 % up to 500 km; infinity for an
// empty geometry.
double distance_km(const Geometry& geometry, Point p);

}  // namespace simpul::geo
