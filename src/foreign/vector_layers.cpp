#include "foreign/vector_layers.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>

#include "base/error.hpp"
#include "foreign/gdal.hpp"

namespace simpul::foreign {
namespace {

namespace fs = std::filesystem;

constexpr const char* kUnzip = "/usr/bin/unzip";
constexpr const char* kZipinfo = "/usr/bin/zipinfo";
constexpr std::size_t kMaxLayers = 50;
constexpr std::uint64_t kUnpacked = std::uint64_t{1} << 30;  // bytes that a packed file may become
constexpr std::uint64_t kRatio = 150;                        // and how many times its size, from 64 MiB on
constexpr std::size_t kXmlLooked = 1 << 20;                  // a DTD stands before everything else

constexpr std::pair<std::string_view, std::string_view> kKinds[] = {
    {".csv", "csv"},      {".txt", "csv"}, {".tsv", "csv"}, {".xlsx", "xlsx"}, {".ods", "ods"},
    {".gpkg", "gpkg"},    {".zip", "shp"}, {".kml", "kml"}, {".kmz", "kml"},   {".geojson", "geojson"},
    {".json", "geojson"}, {".gpx", "gpx"}, {".fgb", "fgb"}};

[[noreturn]] void refuse_dtd(const std::string& name) {
  throw Error(ErrorKind::Invalid,
              "The file {file} holds a document type definition (DTD). Save it without one.",
              {{"file", name}});
}

bool holds_dtd(std::string_view xml) {
  return xml.find("<!DOCTYPE") != std::string_view::npos || xml.find("<!ENTITY") != std::string_view::npos;
}

std::string first_bytes(const fs::path& file, std::size_t most) {
  std::ifstream in(file, std::ios::binary);
  std::string bytes(most, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(most));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

ChildResult run_on(const fs::path& file, const char* program, std::vector<std::string> arguments) {
  ChildCommand command;
  command.program = program;
  command.arguments = std::move(arguments);
  command.input = file;
  command.limits.time = std::chrono::seconds(5);
  return run_child(command);
}

// Packed files say how large they become before anything unpacks them.
void check_packed(const fs::path& file, const std::string& name, const std::string& kind) {
  const auto totals = run_on(file, kZipinfo, {"-t", file.string()});
  // "5 files, 10485760 bytes uncompressed, 10240 bytes compressed:  99.9%"
  const auto at = totals.stdout_text.find(", ");
  std::uint64_t unpacked = 0;
  if (!totals.ok() || at == std::string::npos) refuse(name, totals.stderr_text + totals.stdout_text);
  const auto* digits = totals.stdout_text.c_str() + at + 2;
  std::from_chars(digits, totals.stdout_text.c_str() + totals.stdout_text.size(), unpacked);
  const auto packed = std::max<std::uint64_t>(fs::file_size(file), 1);
  if (unpacked > kUnpacked || (unpacked > (std::uint64_t{64} << 20) && unpacked / packed > kRatio))
    throw Error(ErrorKind::Invalid, "The file {file} unpacks to {bytes} bytes: that is too much.",
                {{"file", name}, {"bytes", std::to_string(unpacked)}});
  if (kind == "shp") return;
  // What was given out before the limit is enough: each part of a workbook is XML.
  const auto parts = run_on(file, kUnzip, {"-p", file.string(), "*.xml", "*.kml", "*.rels"});
  if (holds_dtd(parts.stdout_text)) refuse_dtd(name);
}

// As GDAL is to open it, whatever the file is called on our disk.
std::string opened_as(const fs::path& file, const std::string& kind) {
  return (kind == "shp" ? "/vsizip/" : "") + file.string();
}

std::string geometry_word(std::string_view gdal) {
  if (gdal.starts_with("None")) return "none";
  if (gdal.find("Point") != std::string_view::npos) return "point";
  if (gdal.find("Line") != std::string_view::npos || gdal.find("Curve") != std::string_view::npos)
    return "line";
  if (gdal.find("Polygon") != std::string_view::npos || gdal.find("Surface") != std::string_view::npos)
    return "polygon";
  return "mixed";
}

// The number of the outermost reference system: the last ID of its text.
std::string epsg_of(const std::string& wkt) {
  constexpr std::string_view kId = "ID[\"EPSG\",";
  const auto at = wkt.rfind(kId);
  // It must close the whole text, else it belongs to a part.
  const auto end = at == std::string::npos ? at : wkt.find("]]", at);
  if (end == std::string::npos || wkt.find_first_not_of(" \n\r", end + 2) != std::string::npos) return {};
  return "EPSG:" + wkt.substr(at + kId.size(), end - at - kId.size());
}

// What `ogrinfo -so -al` prints.
std::vector<VectorLayer> read_summary(const std::string& text) {
  std::vector<VectorLayer> layers;
  std::istringstream lines(text);
  std::string wkt;
  bool in_wkt = false;
  const auto end_wkt = [&] {
    if (in_wkt && !layers.empty()) layers.back().crs = epsg_of(wkt);
    in_wkt = false;
    wkt.clear();
  };
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("Layer name: ")) {
      end_wkt();
      layers.push_back({line.substr(12), 0, "none", {}, {}});
      continue;
    }
    if (layers.empty()) continue;
    auto& layer = layers.back();
    if (line.starts_with("Geometry: ")) {
      layer.geometry = geometry_word(line.substr(10));
    } else if (line.starts_with("Feature Count: ")) {
      layer.rows = std::strtoll(line.c_str() + 15, nullptr, 10);
    } else if (line.starts_with("Layer SRS WKT:")) {
      in_wkt = true;
    } else if (line.starts_with("Data axis to CRS axis mapping") || line.starts_with("(unknown)")) {
      end_wkt();
    } else if (in_wkt) {
      wkt += line + "\n";
    } else if (!line.starts_with("Extent") && !line.starts_with("FID Column") &&
               !line.starts_with("Geometry Column") && !line.starts_with("Metadata") &&
               !line.starts_with("  ")) {
      // "nama: String (80.0)"
      const auto colon = line.rfind(": ");
      if (colon != std::string::npos && line.ends_with(')')) layer.fields.push_back(line.substr(0, colon));
    }
  }
  end_wkt();
  return layers;
}

std::vector<std::string> views_of(const fs::path& file) {
  auto command = gdal_command(
      kOgrinfo, {"-ro", "-q", "-sql", "SELECT name FROM sqlite_master WHERE type = 'view'", file.string()});
  command.input = file;
  command.limits.time = std::chrono::seconds(5);
  const auto result = run_child(command);
  std::vector<std::string> views;
  std::istringstream lines(result.stdout_text);
  constexpr std::string_view kName = "  name (String) = ";
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with(kName)) views.push_back(line.substr(kName.size()));
  return views;
}

}  // namespace

bool is_sheet_kind(std::string_view kind) {
  return kind == "csv" || kind == "xlsx" || kind == "ods";
}

std::string vector_kind(const std::string& name) {
  const auto ending = ending_of(name);
  for (const auto& [known, kind] : kKinds)
    if (ending == known) return std::string(kind);
  return {};
}

VectorSummary look_into(const fs::path& file, const std::string& name, const VectorLimits& limits) {
  VectorSummary summary;
  summary.kind = vector_kind(name);
  const auto ending = ending_of(name);
  if (ending == ".xlsx" || ending == ".ods" || ending == ".zip" || ending == ".kmz") {
    if (!first_bytes(file, 4).starts_with("PK")) refuse(name, "not packed");
    check_packed(file, name, summary.kind);
  }
  if ((ending == ".kml" || ending == ".gpx") && holds_dtd(first_bytes(file, kXmlLooked))) refuse_dtd(name);
  if (summary.kind == "gpkg") summary.ignored = views_of(file);
  auto command =
      gdal_command(kOgrinfo, {"-ro", "-so", "-al", opened_as(file, summary.kind)}, SheetHeaders::None);
  command.input = file;
  command.limits = limits.child;
  const auto result = run_child(command);
  check_end(result, name);
  summary.layers = read_summary(result.stdout_text);
  std::erase_if(summary.layers, [&](const VectorLayer& layer) {
    return std::ranges::find(summary.ignored, layer.name) != summary.ignored.end();
  });
  if (summary.layers.empty()) refuse(name, "no layer: " + result.stdout_text.substr(0, 200));
  if (summary.layers.size() > kMaxLayers) refuse_too_much(name);
  return summary;
}

bool convert_layer(const fs::path& file, const std::string& kind, const std::string& layer,
                   const std::string& crs, std::size_t features, const fs::path& to,
                   const std::function<bool()>& stop, const VectorLimits& limits) {
  const OutputFolder folder;
  const auto out = folder.path() / (is_sheet_kind(kind) ? "rows.csv" : "rows.geojsonl");
  std::vector<std::string> arguments;
  if (is_sheet_kind(kind)) {
    arguments = {"-f", "CSV"};
  } else {
    arguments = {"-f", "GeoJSONSeq", "-lco", "COORDINATE_PRECISION=7"};
    if (!crs.empty()) arguments.insert(arguments.end(), {"-s_srs", crs, "-t_srs", "EPSG:4326"});
  }
  if (features) arguments.insert(arguments.end(), {"-limit", std::to_string(features)});
  arguments.insert(arguments.end(), {out.string(), opened_as(file, kind), layer});
  auto command = gdal_command(kOgr2ogr, std::move(arguments), SheetHeaders::None);
  command.input = file;
  command.output_folder = folder.path();
  command.limits = limits.child;
  command.stop = stop;
  const auto result = run_child(command);
  if (result.end == ChildEnd::Stopped) return false;
  check_end(result, file);
  std::error_code error;
  if (!fs::exists(out, error)) refuse(file, "nothing was written: " + result.stderr_text);
  fs::rename(out, to, error);
  if (error) {
    // Another file system.
    error.clear();
    fs::copy_file(out, to, fs::copy_options::overwrite_existing, error);
    if (error)
      throw Error(ErrorKind::Unavailable,
                  "The disk is full: nothing was changed. Free some space and try again", {}, {},
                  error.message());
  }
  return true;
}

}  // namespace simpul::foreign
