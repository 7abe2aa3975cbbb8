#include "foreign/vector_file.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include "base/error.hpp"
#include "foreign/text_encoding.hpp"

namespace simpul::foreign {
namespace {

namespace fs = std::filesystem;

constexpr const char* kOgr2ogr = "/usr/bin/ogr2ogr";
constexpr const char* kOgrinfo = "/usr/bin/ogrinfo";
constexpr std::size_t kMaxLayers = 50;

// The drivers that may open a file. All others are skipped by name: what GDAL recognises by content (a VRT
// that names other files, a web service description) must not be reached by renaming it.
constexpr std::array<std::string_view, 9> kDrivers = {
    "CSV", "XLSX", "ODS", "GPKG", "ESRI Shapefile", "GPX", "FlatGeobuf", "GeoJSON", "GeoJSONSeq"};
// KML is read by LIBKML: it knows KMZ, too.
constexpr std::string_view kKmlDriver = "LIBKML";

constexpr std::array<std::string_view, 11> kEndings = {".csv", ".xlsx", ".ods", ".gpkg", ".zip",    ".kml",
                                                       ".kmz", ".gpx",  ".fgb", ".json", ".geojson"};

std::string ending_of(const fs::path& file) {
  auto ending = file.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return ending;
}

[[noreturn]] void refuse(const fs::path& file, std::string detail) {
  throw Error(ErrorKind::Invalid, "The file {file} cannot be read: it is damaged or not what its name says.",
              {{"file", file.filename().string()}}, {}, std::move(detail));
}

[[noreturn]] void refuse_too_much(const fs::path& file) {
  throw Error(ErrorKind::Invalid, "The file {file} is too large or takes too long to read.",
              {{"file", file.filename().string()}});
}

void check_end(const ChildResult& result, const fs::path& file) {
  if (result.end == ChildEnd::TimedOut || result.end == ChildEnd::TooMuchOutput) refuse_too_much(file);
  if (!result.ok()) refuse(file, result.stderr_text);
}

bool allowed(std::string_view driver) {
  return driver == kKmlDriver || std::find(kDrivers.begin(), kDrivers.end(), driver) != kDrivers.end();
}

// Everything `ogr2ogr --formats` lists ("  NAME -vector- (rw+v): Long name") but ours, for --config OGR_SKIP.
std::string skipped_drivers() {
  ChildCommand command;
  command.program = kOgr2ogr;
  command.arguments = {"--formats"};
  const auto result = run_child(command);
  std::istringstream lines(result.stdout_text);
  std::string skipped;
  for (std::string line; std::getline(lines, line);) {
    const auto end = line.find(" -");
    if (!line.starts_with("  ") || end == std::string::npos || line.find('(', end) == std::string::npos)
      continue;
    const auto driver = line.substr(2, end - 2);
    if (allowed(driver)) continue;
    if (!skipped.empty()) skipped.push_back(',');
    skipped += driver;
  }
  if (!result.ok() || skipped.empty())
    throw Error(ErrorKind::Unavailable, "The program {program} cannot be started.", {{"program", kOgr2ogr}},
                {}, result.stderr_text);
  return skipped;
}

const std::string& skip_list() {
  static const std::string list = skipped_drivers();
  return list;
}

// What stands before every command: which drivers may open, and that a spreadsheet's first row is its header
// and its cells are text (GDAL guesses both otherwise, and 74.10 is a code).
std::vector<std::string> gdal_options() {
  std::vector<std::string> options;
  for (const auto& [name, value] :
       std::initializer_list<std::pair<const char*, std::string>>{{"OGR_SKIP", skip_list()},
                                                                  {"OGR_XLSX_HEADERS", "FORCE"},
                                                                  {"OGR_XLSX_FIELD_TYPES", "STRING"},
                                                                  {"OGR_ODS_HEADERS", "FORCE"},
                                                                  {"OGR_ODS_FIELD_TYPES", "STRING"}})
    options.insert(options.end(), {"--config", name, value});
  return options;
}

ChildCommand gdal_command(const char* program, std::initializer_list<std::string> arguments) {
  ChildCommand command;
  command.program = program;
  command.arguments = gdal_options();
  command.arguments.insert(command.arguments.end(), arguments);
  return command;
}

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

bool is_vector_file_name(const fs::path& file) {
  return std::find(kEndings.begin(), kEndings.end(), ending_of(file)) != kEndings.end();
}

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
