#include "foreign/vector_export.hpp"

#include <fstream>

#include "base/error.hpp"
#include "foreign/gdal.hpp"

namespace simpul::foreign {
namespace {

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary | std::ios::ate);
  if (!in) return {};
  std::string bytes(static_cast<std::size_t>(in.tellg()), '\0');
  in.seekg(0);
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return bytes;
}

}  // namespace

std::string to_geopackage(const std::string& geojson, const std::string& layer) {
  const OutputFolder source, target;
  const auto from = source.path() / "records.geojson", to = target.path() / "records.gpkg";
  std::ofstream(from, std::ios::binary) << geojson;
  auto command = gdal_command(
      kOgr2ogr, {"-f", "GPKG", "-nln", layer, "-a_srs", "EPSG:4326", to.string(), from.string()});
  command.input = from;
  command.output_folder = target.path();
  const auto result = run_child(command);
  auto bytes = result.ok() ? bytes_of(to) : std::string();
  if (bytes.empty())
    throw Error(ErrorKind::Unavailable, "The GeoPackage could not be written. Try again in a moment", {}, {},
                result.stderr_text);
  return bytes;
}

}  // namespace simpul::foreign
