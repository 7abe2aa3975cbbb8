#include "foreign/gdal.hpp"

#include <algorithm>
#include <array>
#include <sstream>

#include "base/error.hpp"
#include "foreign/vector_file.hpp"

namespace simpul::foreign {
namespace {

namespace fs = std::filesystem;

// The drivers that may open a file. All others are skipped by name: what GDAL recognises by content (a VRT
// that names other files, a web service description) must not be reached by renaming it.
constexpr std::array<std::string_view, 9> kDrivers = {
    "CSV", "XLSX", "ODS", "GPKG", "ESRI Shapefile", "GPX", "FlatGeobuf", "GeoJSON", "GeoJSONSeq"};
// KML is read by LIBKML: it knows KMZ, too.
constexpr std::string_view kKmlDriver = "LIBKML";

constexpr std::array<std::string_view, 11> kEndings = {".csv", ".xlsx", ".ods", ".gpkg", ".zip",    ".kml",
                                                       ".kmz", ".gpx",  ".fgb", ".json", ".geojson"};

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

}  // namespace

std::string ending_of(const fs::path& file) {
  auto ending = file.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return ending;
}

void refuse(const fs::path& file, std::string detail) {
  throw Error(ErrorKind::Invalid, "The file {file} cannot be read: it is damaged or not what its name says.",
              {{"file", file.filename().string()}}, {}, std::move(detail));
}

void refuse_too_much(const fs::path& file) {
  throw Error(ErrorKind::Invalid, "The file {file} is too large or takes too long to read.",
              {{"file", file.filename().string()}});
}

void check_end(const ChildResult& result, const fs::path& file) {
  if (result.end == ChildEnd::TimedOut || result.end == ChildEnd::TooMuchOutput) refuse_too_much(file);
  if (!result.ok()) refuse(file, result.stderr_text);
}

// GDAL would guess whether a spreadsheet's first row is its header and make numbers of cells: 74.10 is a
// code.
ChildCommand gdal_command(const char* program, std::vector<std::string> arguments, SheetHeaders headers) {
  const std::string rows = headers == SheetHeaders::First ? "FORCE" : "DISABLE";
  ChildCommand command;
  command.program = program;
  for (const auto& [name, value] :
       std::initializer_list<std::pair<const char*, std::string>>{{"OGR_SKIP", skip_list()},
                                                                  {"OGR_XLSX_HEADERS", rows},
                                                                  {"OGR_XLSX_FIELD_TYPES", "STRING"},
                                                                  {"OGR_ODS_HEADERS", rows},
                                                                  {"OGR_ODS_FIELD_TYPES", "STRING"}})
    command.arguments.insert(command.arguments.end(), {"--config", name, value});
  command.arguments.insert(command.arguments.end(), std::make_move_iterator(arguments.begin()),
                           std::make_move_iterator(arguments.end()));
  return command;
}

bool is_vector_file_name(const fs::path& file) {
  return std::find(kEndings.begin(), kEndings.end(), ending_of(file)) != kEndings.end();
}

}  // namespace simpul::foreign
