#include "foreign/vector_file.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include "base/error.hpp"
#include "foreign/gdal.hpp"
#include "foreign/text_encoding.hpp"

namespace simpul::foreign {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxLayers = 50;

// A file as GDAL is to open it, and as the sandbox must show it.
struct Source {
  fs::path file;
  std::string name;
};

// Text that is not UTF-8 is rewritten into the folder under the same ending.
Source prepare(const fs::path& file, const std::string& ending, const OutputFolder& folder) {
  if (ending == ".csv") {
    std::ifstream in(file, std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(in), {});
    if (!is_utf8(text)) {
      const auto copy = folder.path() / "input.csv";
      std::ofstream(copy, std::ios::binary) << utf8_from_windows_1252(text);
      return {copy, copy.string()};
    }
  }
  return {file, (ending == ".zip" ? "/vsizip/" : "") + file.string()};
}

std::vector<std::string> layers_of(const Source& source, const fs::path& file, const VectorLimits& limits) {
  auto command = gdal_command(kOgrinfo, {"-ro", "-q", source.name});
  command.input = source.file;
  command.limits = limits.child;
  const auto result = run_child(command);
  check_end(result, file);
  // "1: kabupaten (Multi Polygon)"; a layer without geometry ends with "(None)", some formats say nothing.
  std::vector<std::string> layers;
  std::istringstream lines(result.stdout_text);
  for (std::string line; std::getline(lines, line);) {
    const auto colon = line.find(": ");
    if (colon == std::string::npos || line.find_first_not_of("0123456789") != colon) continue;
    auto name = line.substr(colon + 2);
    const auto bracket = name.rfind(" (");
    if (bracket != std::string::npos && name.ends_with(')')) name.resize(bracket);
    layers.push_back(name);
  }
  if (layers.empty()) refuse(file, "no layer: " + result.stdout_text.substr(0, 200));
  if (layers.size() > kMaxLayers) refuse_too_much(file);
  return layers;
}

void read_features(const fs::path& text, const fs::path& file,
                   const std::function<void(std::string_view)>& each, const VectorLimits& limits,
                   std::size_t& features) {
  std::ifstream in(text, std::ios::binary);
  for (std::string line; std::getline(in, line);) {
    if (line.empty()) continue;
    if (++features > limits.features || line.size() > limits.feature_bytes) refuse_too_much(file);
    each(line);
  }
}

}  // namespace

void read_vector_file(const fs::path& file, const std::function<void(std::string_view)>& each,
                      const VectorLimits& limits) {
  std::error_code error;
  const auto whole = fs::canonical(file, error);  // through links: the sandbox shows this one file
  if (error || !fs::is_regular_file(whole))
    throw Error(ErrorKind::Invalid, "The file {file} cannot be read.", {{"file", file.string()}});
  const auto ending = ending_of(whole);
  if (!is_vector_file_name(whole))
    throw Error(ErrorKind::Invalid,
                "{file}: this kind of file is not read here. Known are {endings} (a Shapefile as zip).",
                {{"file", file.filename().string()},
                 {"endings", "csv, xlsx, ods, gpkg, zip, kml, kmz, gpx, fgb, geojson, json"}});
  const OutputFolder folder;
  const auto source = prepare(whole, ending, folder);
  const auto text = folder.path() / "features.geojsonl";
  std::size_t features = 0;
  for (const auto& layer : layers_of(source, file, limits)) {
    auto command = gdal_command(
        kOgr2ogr, {"-f", "GeoJSONSeq", "-lco", "COORDINATE_PRECISION=7", text.string(), source.name, layer});
    command.input = source.file;
    command.output_folder = folder.path();
    command.limits = limits.child;
    check_end(run_child(command), file);
    read_features(text, file, each, limits, features);
    fs::remove(text, error);
  }
}

}  // namespace simpul::foreign
