#include "geo/check.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/error.hpp"

namespace simpul::geo {
namespace {

[[noreturn]] void refuse(const char* key) {
  throw Error(ErrorKind::Invalid, key);
}

bool is_multi(GeometryKind kind) {
  return kind >= GeometryKind::MultiPoint;
}

bool is_polygon(GeometryKind kind) {
  return kind == GeometryKind::Polygon || kind == GeometryKind::MultiPolygon;
}

bool is_line(GeometryKind kind) {
  return kind == GeometryKind::LineString || kind == GeometryKind::MultiLineString;
}

void check_path(GeometryKind kind, const Path& path) {
  if (is_polygon(kind)) {
    if (path.size() < 4) refuse("A ring needs at least four points.");
    if (path.front() != path.back()) refuse("A ring must end at the point where it begins.");
  } else if (is_line(kind)) {
    if (path.size() < 2) refuse("A line needs at least two points.");
  } else if (path.size() != 1) {
    refuse("A point needs exactly one position.");
  }
  for (const auto p : path) check_coordinate(p.x, p.y);
}

}  // namespace

void check_coordinate(double longitude, double latitude) {
  if (!std::isfinite(longitude) || !std::isfinite(latitude)) refuse("A coordinate is not a number.");
  if (longitude < -180 || longitude > 180 || latitude < -90 || latitude > 90)
    throw Error(
        ErrorKind::Invalid,
        "The coordinate {longitude}, {latitude} is not on Earth: longitude goes from -180 to 180, latitude "
        "from -90 to 90.",
        {{"longitude", fmt::format("{}", longitude)}, {"latitude", fmt::format("{}", latitude)}});
}

void refuse_too_large(SizeLimits limits) {
  throw Error(ErrorKind::Invalid, "The geometry is too large: at most {points} points and {rings} rings.",
              {{"points", std::to_string(limits.points)}, {"rings", std::to_string(limits.rings)}});
}

void check(const Geometry& geometry, SizeLimits limits) {
  if (geometry.kind < GeometryKind::Point || geometry.kind > GeometryKind::MultiPolygon)
    refuse("This kind of geometry is not supported.");
  if (geometry.parts.empty()) refuse("The geometry is empty.");
  if (!is_multi(geometry.kind) && geometry.parts.size() != 1)
    refuse("A geometry of a single kind has exactly one part.");
  std::size_t points = 0;
  std::size_t paths = 0;
  for (const auto& part : geometry.parts) {
    if (part.empty()) refuse("The geometry is empty.");
    if (!is_polygon(geometry.kind) && part.size() != 1) refuse("Only a polygon has holes.");
    paths += part.size();
    for (const auto& path : part) {
      points += path.size();
      if (points > limits.points) refuse_too_large(limits);
      check_path(geometry.kind, path);
    }
  }
  // A multi-point has as many paths as points; the limit of rings is not meant for it.
  if (geometry.kind != GeometryKind::MultiPoint && paths > limits.rings) refuse_too_large(limits);
}

}  // namespace simpul::geo
