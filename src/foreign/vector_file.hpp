// Reads vector files of any kind that GDAL knows and we allow, through ogr2ogr in a limited child. Used by
// the imports: official boundaries, layers of potentials from an office's GIS.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "foreign/child.hpp"

namespace simpul::foreign {

// Formats, told by the ending of the file's name: csv, xlsx, ods, gpkg, zip (a Shapefile inside), kml, kmz,
// gpx, fgb, geojson, json.
bool is_vector_file_name(const std::filesystem::path& file);

struct VectorLimits {
  std::size_t features = 2'000'000;
  std::size_t feature_bytes = std::size_t{32} << 20;  // one feature as text
  ChildLimits child{std::chrono::milliseconds{120'000}, std::size_t{2} << 30, std::size_t{1} << 30,
                    std::size_t{1} << 20};
};

// Calls `each` with every feature of every layer, in the order of the file, as GeoJSON text (an object of
// type Feature; coordinates in WGS84, seven decimals; values of text formats as text). A CSV file that is not
// UTF-8 is taken for Windows-1252. Error Invalid: unknown ending, damaged, hostile, too large or too slow;
// Error Unavailable: ogr2ogr is not installed. What `each` throws passes through.
void read_vector_file(const std::filesystem::path& file, const std::function<void(std::string_view)>& each,
                      const VectorLimits& limits = {});

}  // namespace simpul::foreign
