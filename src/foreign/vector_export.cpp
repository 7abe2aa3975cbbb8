#include "foreign/vector_export.hpp"

#include <fstream>
#include <vector>

#include "base/error.hpp"
#include "foreign/gdal.hpp"

namespace simpul::foreign {
namespace {

void copy(const OpenFile& file, const std::filesystem::path& to) {
  std::ofstream out(to, std::ios::binary);
  std::vector<char> piece(64 * 1024);
  for (std::uint64_t place = 0; place < file.size();) {
    const auto have = file.read(place, piece.data(), piece.size());
    if (have == 0) return;
    out.write(piece.data(), static_cast<std::streamsize>(have));
    place += have;
  }
}

}  // namespace

std::shared_ptr<const OpenFile> to_geopackage(const OpenFile& geojson, const std::string& layer) {
  const OutputFolder source, target;
  const auto from = source.path() / "records.geojson", to = target.path() / "records.gpkg";
  copy(geojson, from);
  auto command = gdal_command(
      kOgr2ogr, {"-f", "GPKG", "-nln", layer, "-a_srs", "EPSG:4326", to.string(), from.string()});
  command.input = from;
  command.output_folder = target.path();
  const auto result = run_child(command);
  std::shared_ptr<const OpenFile> file;
  if (result.ok() && std::filesystem::exists(to)) file = OpenFile::of(to);
  if (!file || file->size() == 0)
    throw Error(ErrorKind::Unavailable, "The GeoPackage could not be written. Try again in a moment", {}, {},
                result.stderr_text);
  return file;
}

}  // namespace simpul::foreign
