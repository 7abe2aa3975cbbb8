// Makes the boundaries of the regions from files: the indicative ones from two public packages, the official
// ones from any vector file. Used by `simpul import boundaries`; storing what comes out is the caller's.
#pragma once

#include <filesystem>

#include "domain/boundary.hpp"

namespace simpul::service {

// The indicative boundaries: polygons of GADM 4.1 level 3 (the kecamatan of the old 12 kabupaten/kota)
// matched by name to today's codes (the folder with regencies.csv and districts.csv of idn-area-data),
// cleaned, dissolved to the 17 of today and simplified. Error Invalid says which file or kecamatan does not
// fit.
domain::BoundarySet build_indicative_boundaries(const std::filesystem::path& gadm_geojson,
                                                const std::filesystem::path& areas_folder);

// Official boundaries from any vector file that the reader of foreign files knows (GeoPackage, zipped
// Shapefile, GeoJSON, KML ...), in any coordinate system. Features carry the Kemendagri code of a
// kabupaten/kota or of a kecamatan in a column found by its content. Error Invalid: no such column, a code
// outside the province, a kabupaten/kota that is missing.
domain::BoundarySet boundaries_from_file(const std::filesystem::path& file);

}  // namespace simpul::service
