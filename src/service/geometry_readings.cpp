#include "service/geometry_readings.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <cctype>
#include <cmath>
#include <fstream>

#include "base/durable_file.hpp"
#include "base/error.hpp"
#include "domain/cells.hpp"
#include "foreign/vector_layers.hpp"
#include "geo/geojson.hpp"

namespace simpul::service {
namespace {

constexpr std::size_t kAtOnce = 2;      // files read at the same time
constexpr std::size_t kLooked = 1'000;  // features of a layer that are looked at for a shape
constexpr std::size_t kNameBytes = 200;
constexpr std::int64_t kFileBytes = std::int64_t{50} << 20;

constexpr foreign::VectorLimits kLimits{.features = kLooked,
                                        .feature_bytes = std::size_t{16} << 20,
                                        .child = {std::chrono::milliseconds{20'000}, std::size_t{1} << 30,
                                                  std::size_t{200} << 20, std::size_t{1} << 20}};

// One of the few that read at the same time: each keeps a processor busy.
class Turn {
 public:
  explicit Turn(std::atomic<std::size_t>& reading) : reading_(reading) {
    if (reading_.fetch_add(1) < kAtOnce) return;
    --reading_;
    throw Error(ErrorKind::Unavailable, "Other files are being worked on. Please try again in a few seconds");
  }
  ~Turn() { --reading_; }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  std::atomic<std::size_t>& reading_;
};

// GPX repeats its tracks and routes point by point.
bool repeats(const std::string& kind, const std::string& layer) {
  return kind == "gpx" && (layer == "track_points" || layer == "route_points");
}

// What the people who made the file are likely to call the shape; else its first text.
std::string name_in(const boost::json::object& properties) {
  static constexpr std::string_view kNames[] = {"nama", "name", "namobj", "judul", "title", "label"};
  std::string first;
  std::size_t best = std::size(kNames);
  std::string name;
  for (const auto& [key, value] : properties) {
    if (!value.is_string()) continue;
    const auto text = domain::clean_cell(std::string(value.as_string()));
    if (text.empty()) continue;
    std::string lower(key);
    std::ranges::transform(lower, lower.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const auto rank =
        static_cast<std::size_t>(std::ranges::find(kNames, std::string_view(lower)) - std::begin(kNames));
    if (rank < best) {
      best = rank;
      name = text;
    }
    if (first.empty()) first = text;
  }
  if (name.empty()) name = first;
  return name.size() > kNameBytes ? domain::clean_cell(name.substr(0, kNameBytes)) + "…" : name;
}

// Coordinates in metres, which no reference system explains.
bool in_no_degrees(const boost::json::value& geometry) {
  const auto* object = geometry.if_object();
  const auto* at = object ? object->if_contains("coordinates") : nullptr;
  while (at != nullptr && at->is_array() && !at->as_array().empty() && at->as_array().front().is_array())
    at = &at->as_array().front();
  if (at == nullptr || !at->is_array() || at->as_array().size() < 2) return false;
  const auto beyond = [&](std::size_t i, double most) {
    boost::system::error_code not_a_number;
    const auto value = at->as_array()[i].to_number<double>(not_a_number);
    return !not_a_number && std::abs(value) > most;
  };
  return beyond(0, 180) || beyond(1, 90);
}

[[noreturn]] void refuse_system(const std::string& layer) {
  throw Error(
      ErrorKind::Invalid,
      "The layer {layer} does not say in which coordinate system it is. Save it in WGS 84, or put the "
      ".prj file into the ZIP",
      {{"layer", layer}});
}

void read_layer(const std::filesystem::path& text, const foreign::VectorLayer& layer, ReadShapes& found) {
  std::ifstream lines(text, std::ios::binary);
  for (std::string line; std::getline(lines, line);) {
    if (line.empty()) continue;
    boost::system::error_code broken;
    const auto value = boost::json::parse(line, broken);
    const auto* feature = broken || line.size() > kLimits.feature_bytes ? nullptr : value.if_object();
    const auto* shape = feature ? feature->if_contains("geometry") : nullptr;
    if (shape == nullptr || shape->is_null()) {
      ++found.left_out;
      continue;
    }
    if (layer.crs.empty() && in_no_degrees(*shape)) refuse_system(layer.name);
    geo::Geometry geometry;
    try {
      geometry = geo::from_geojson(*shape);
    } catch (const Error&) {
      ++found.left_out;  // a collection, or more positions than a record keeps
      continue;
    }
    if (found.shapes.size() == kMostShapesRead) {
      found.more = true;
      return;
    }
    const auto* properties = feature->if_contains("properties");
    found.shapes.push_back({layer.name,
                            properties && properties->is_object() ? name_in(properties->as_object()) : "",
                            std::move(geometry)});
  }
}

ReadShapes read_file(const std::filesystem::path& file, const std::string& name) {
  const auto summary = foreign::look_into(file, name, kLimits);
  ReadShapes found;
  for (const auto& layer : summary.layers) {
    if (layer.geometry == "none" || repeats(summary.kind, layer.name)) continue;
    if (found.more) break;
    if (layer.rows == 0) continue;
    const foreign::OutputFolder folder;
    const auto text = folder.path() / "shapes.geojsonl";
    // As it says itself; what has a system without a number is turned into WGS 84 all the same.
    foreign::convert_layer(file, summary.kind, layer.name, "", kLooked, text, {}, kLimits);
    read_layer(text, layer, found);
    if (layer.rows > static_cast<std::int64_t>(kLooked)) found.more = true;
  }
  if (found.shapes.empty())
    throw Error(ErrorKind::Invalid, "There is no point, line or area in the file that can be taken over");
  return found;
}

}  // namespace

GeometryReadings::GeometryReadings(Uploads& uploads, std::filesystem::path folder)
    : uploads_(uploads), folder_(std::move(folder)) {
  std::error_code failed;
  std::filesystem::remove_all(folder_, failed);  // what a process left that was killed
  std::filesystem::create_directories(folder_, failed);
  if (failed)
    throw Error(ErrorKind::Unavailable, "The folder {folder} cannot be made: {reason}",
                {{"folder", folder_.string()}, {"reason", failed.message()}});
}

ReadShapes GeometryReadings::read(const domain::Actor& actor, const std::string& upload) {
  if (!actor.rights.has(domain::Right::Edit)) throw Error(ErrorKind::NotFound, "There is no such page");
  uploads_.look(actor, upload);  // complete, and the actor's own
  const auto sent = uploads_.get(actor, upload);
  const Turn turn(reading_);
  struct Used {
    Uploads& uploads;
    const domain::Actor& actor;
    const std::string& id;
    ~Used() {
      try {
        uploads.remove(actor, id);
      } catch (const std::exception&) {
        // It goes within a day, as all that nobody takes.
      }
    }
  } used{uploads_, actor, upload};
  if (sent.bytes > kFileBytes)
    throw Error(ErrorKind::TooLarge, "The file is larger than {most} MB",
                {{"most", std::to_string(kFileBytes >> 20)}});
  const auto kind = foreign::vector_kind(sent.name);
  if (kind.empty() || foreign::is_sheet_kind(kind))
    throw Error(ErrorKind::Invalid,
                "Choose a file of shapes: GeoJSON, KML, GPX, GeoPackage, or a Shapefile as ZIP");
  // Under a name with its ending: GDAL opens some kinds by that alone.
  const ScratchFolder scratch(folder_, "file-");
  auto ending = std::filesystem::path(sent.name).extension().string();
  std::ranges::transform(ending, ending.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const auto file = scratch.path() / ("shapes" + ending);
  uploads_.lend(actor, upload, file);
  return read_file(file, sent.name);
}

}  // namespace simpul::service
