// Our own records as a file for a GIS, through ogr2ogr in a limited child. Used by the exports of the
// offices.
#pragma once

#include <filesystem>
#include <string>

namespace simpul::foreign {

// A GeoPackage with one layer, of a GeoJSON feature collection in WGS84. Error Unavailable: ogr2ogr is not
// installed or the disk is full.
std::string to_geopackage(const std::string& geojson, const std::string& layer);

}  // namespace simpul::foreign
