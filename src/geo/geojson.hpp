// Geometries as GeoJSON (RFC 7946) text. Used by downloads, the OGC faces and the REST API, and by the reader
// of foreign vector files.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>

#include "geo/check.hpp"
#include "geo/geometry.hpp"

namespace simpul::geo {

// Appends the geometry object. Coordinates have at most six decimals (0.1 m); rings turn as RFC 7946 asks
// (outer ring counter-clockwise, holes clockwise).
void append_geojson(std::string& out, const Geometry& geometry);
std::string to_geojson(const Geometry& geometry);

// The geometry of a GeoJSON geometry object; heights are dropped, members other than type and coordinates are
// ignored. Error Invalid: not JSON, not a geometry, a GeometryCollection, and whatever check() refuses.
Geometry from_geojson(std::string_view text);
Geometry from_geojson(const boost::json::value& value, SizeLimits limits = {});

}  // namespace simpul::geo
