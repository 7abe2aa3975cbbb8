// Our own records as a file for a GIS, through ogr2ogr in a limited child. Used by the exports of the
// offices.
#pragma once

#include <memory>
#include <string>

#include "base/open_file.hpp"

namespace simpul::foreign {

// A GeoPackage with one layer, of a GeoJSON feature collection in WGS84. Error Unavailable: ogr2ogr is not
// installed or the disk is full.
std::shared_ptr<const OpenFile> to_geopackage(const OpenFile& geojson, const std::string& layer);

}  // namespace simpul::foreign
