// A foreign file of tables or shapes, looked into and then turned, one layer at a time, into a text that the
// program reads itself: a sheet into CSV, a layer with places into one GeoJSON object a line. All in limited
// children. Used by the imports of the offices.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "foreign/vector_file.hpp"

namespace simpul::foreign {

struct VectorLayer {
  std::string name;
  std::int64_t rows = 0;            // as the file says; a sheet counts its header
  std::string geometry;             // none, point, line, polygon, mixed
  std::string crs;                  // "EPSG:4326"; empty: none, or one without a number
  std::vector<std::string> fields;  // of a layer with places; a sheet has none here
};

struct VectorSummary {
  std::string kind;  // xlsx ods gpkg shp geojson kml gpx fgb
  std::vector<VectorLayer> layers;
  std::vector<std::string> ignored;  // "v_potensi": views of a GeoPackage
};

// Whether the layers of this kind are sheets: rows of cells, the header somewhere among them.
bool is_sheet_kind(std::string_view kind);

// `name`: what the person calls the file, its ending decides; `file`: where it lies. Error Invalid: unknown
// ending, damaged, a DTD inside, unpacks to too much, too slow.
VectorSummary look_into(const std::filesystem::path& file, const std::string& name,
                        const VectorLimits& limits = {});

// The kind of the file by the ending of its name; empty: none that is known. A CSV file is "csv".
std::string vector_kind(const std::string& name);

// Writes the layer to `to`. `crs`: what its coordinates are in when it does not say ("EPSG:32751"; empty: as
// it says). `features`: at most so many, 0: all. `stop` may be empty; asked true, the answer is false and
// nothing is written. Errors as above.
bool convert_layer(const std::filesystem::path& file, const std::string& kind, const std::string& layer,
                   const std::string& crs, std::size_t features, const std::filesystem::path& to,
                   const std::function<bool()>& stop = {}, const VectorLimits& limits = {});

}  // namespace simpul::foreign
