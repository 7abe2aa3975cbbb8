#include "geo/geojson.hpp"

#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <cmath>

#include "base/error.hpp"
#include "geo/check.hpp"

namespace simpul::geo {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 6> kNames = {"Point",      "LineString",      "Polygon",
                                                    "MultiPoint", "MultiLineString", "MultiPolygon"};

[[noreturn]] void refuse(const char* key) {
  throw Error(ErrorKind::Invalid, key);
}

// --- writing
// --------------------------------------------------------------------------------------------------

// Six decimals at most, no trailing zeros. Whole millionths are exact and much cheaper than shortest doubles.
void append_number(std::string& out, double degrees) {
  auto millionths = std::llround(degrees * 1e6);
  if (millionths < 0) {
    out.push_back('-');
    millionths = -millionths;
  }
  char digits[24];
  auto* end = std::to_chars(digits, digits + sizeof digits, millionths / 1'000'000).ptr;
  out.append(digits, end);
  auto fraction = millionths % 1'000'000;
  if (fraction == 0) return;
  out.push_back('.');
  for (auto unit = 100'000; fraction > 0; unit /= 10) {
    out.push_back(static_cast<char>('0' + fraction / unit));
    fraction %= unit;
  }
}

void append_position(std::string& out, Point p) {
  out.push_back('[');
  append_number(out, p.x);
  out.push_back(',');
  append_number(out, p.y);
  out.push_back(']');
}

template <typename Range, typename Append>
void append_array(std::string& out, const Range& range, Append&& append) {
  out.push_back('[');
  bool first = true;
  for (const auto& item : range) {
    if (!first) out.push_back(',');
    first = false;
    append(item);
  }
  out.push_back(']');
}

void append_path(std::string& out, const Path& path) {
  append_array(out, path, [&](Point p) { append_position(out, p); });
}

// Twice the signed area on the plane: above zero is counter-clockwise.
double turning(const Path& ring) {
  double sum = 0;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i)
    sum += (ring[i].x - ring[0].x) * (ring[i + 1].y - ring[0].y) -
           (ring[i + 1].x - ring[0].x) * (ring[i].y - ring[0].y);
  return sum;
}

void append_polygon(std::string& out, const Part& part) {
  bool outer = true;
  append_array(out, part, [&](const Path& ring) {
    if ((turning(ring) < 0) == outer)
      append_path(out, Path(ring.rbegin(), ring.rend()));
    else
      append_path(out, ring);
    outer = false;
  });
}

void append_part(std::string& out, GeometryKind kind, const Part& part) {
  switch (kind) {
    case GeometryKind::Point:
    case GeometryKind::MultiPoint:
      return append_position(out, part.at(0).at(0));
    case GeometryKind::LineString:
    case GeometryKind::MultiLineString:
      return append_path(out, part.at(0));
    case GeometryKind::Polygon:
    case GeometryKind::MultiPolygon:
      return append_polygon(out, part);
  }
}

// --- reading
// --------------------------------------------------------------------------------------------------

const json::array& array_of(const json::value& value) {
  if (!value.is_array()) refuse("The coordinates of the geometry are not a list.");
  return value.get_array();
}

double number_of(const json::value& value) {
  if (!value.is_number()) refuse("A coordinate is not a number.");
  return value.to_number<double>();
}

class Reader {
 public:
  explicit Reader(SizeLimits limits) : limits_(limits) {}

  Point position(const json::value& value) {
    const auto& numbers = array_of(value);
    if (numbers.size() < 2 || numbers.size() > 4) refuse("A position needs a longitude and a latitude.");
    if (++points_ > limits_.points) refuse_too_large(limits_);
    return {number_of(numbers[0]), number_of(numbers[1])};
  }

  Path path(const json::value& value) {
    Path path;
    for (const auto& item : array_of(value)) path.push_back(position(item));
    return path;
  }

  Part part(GeometryKind kind, const json::value& value) {
    if (kind == GeometryKind::Point) return {{position(value)}};
    if (kind == GeometryKind::LineString) return {path(value)};
    Part part;
    for (const auto& ring : array_of(value)) {
      if (++rings_ > limits_.rings) refuse_too_large(limits_);
      part.push_back(path(ring));
    }
    return part;
  }

 private:
  SizeLimits limits_;
  std::size_t points_ = 0;
  std::size_t rings_ = 0;
};

GeometryKind kind_of(const json::object& object) {
  const auto* type = object.if_contains("type");
  if (type == nullptr || !type->is_string()) refuse("The geometry has no type.");
  const std::string_view name(type->get_string());
  for (std::size_t i = 0; i < kNames.size(); ++i)
    if (kNames[i] == name) return static_cast<GeometryKind>(i + 1);
  throw Error(ErrorKind::Invalid, "The geometry type {type} is not supported.",
              {{"type", std::string(name.substr(0, 40))}});
}

}  // namespace

void append_geojson(std::string& out, const Geometry& geometry) {
  const auto number = static_cast<std::size_t>(geometry.kind);
  out += R"({"type":")";
  out += kNames.at(number - 1);
  out += R"(","coordinates":)";
  if (geometry.kind >= GeometryKind::MultiPoint)
    append_array(out, geometry.parts, [&](const Part& part) { append_part(out, geometry.kind, part); });
  else
    append_part(out, geometry.kind, geometry.parts.at(0));
  out.push_back('}');
}

std::string to_geojson(const Geometry& geometry) {
  std::string out;
  append_geojson(out, geometry);
  return out;
}

Geometry from_geojson(const json::value& value, SizeLimits limits) {
  if (!value.is_object()) refuse("The geometry is not a GeoJSON object.");
  const auto& object = value.get_object();
  Geometry geometry;
  geometry.kind = kind_of(object);
  const auto* coordinates = object.if_contains("coordinates");
  if (coordinates == nullptr) refuse("The geometry has no coordinates.");
  Reader reader(limits);
  if (geometry.kind >= GeometryKind::MultiPoint) {
    const auto kind = static_cast<GeometryKind>(static_cast<int>(geometry.kind) - 3);
    for (const auto& item : array_of(*coordinates)) geometry.parts.push_back(reader.part(kind, item));
  } else {
    geometry.parts.push_back(reader.part(geometry.kind, *coordinates));
  }
  check(geometry, limits);
  return geometry;
}

Geometry from_geojson(std::string_view text) {
  boost::system::error_code error;
  const auto value = json::parse(text, error);
  if (error) throw Error(ErrorKind::Invalid, "The geometry is not valid JSON.", {}, {}, error.message());
  return from_geojson(value);
}

}  // namespace simpul::geo
