// Geometry as the program holds it: plain coordinates in WGS84 (longitude, latitude, degrees). Used by every
// floor above; operations that need an engine stand beside it in this folder.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

namespace simpul::geo {

struct Point {
  double x = 0;  // longitude, degrees east
  double y = 0;  // latitude, degrees north
  bool operator==(const Point&) const = default;
};

struct Box {
  double min_x = std::numeric_limits<double>::infinity();
  double min_y = std::numeric_limits<double>::infinity();
  double max_x = -std::numeric_limits<double>::infinity();
  double max_y = -std::numeric_limits<double>::infinity();
  bool empty() const { return min_x > max_x; }
  void add(Point p) {
    if (p.x < min_x) min_x = p.x;
    if (p.y < min_y) min_y = p.y;
    if (p.x > max_x) max_x = p.x;
    if (p.y > max_y) max_y = p.y;
  }
  bool operator==(const Box&) const = default;
};

// The OGC simple features that a register needs, with their WKB numbers.
enum class GeometryKind : std::uint8_t {
  Point = 1,
  LineString = 2,
  Polygon = 3,
  MultiPoint = 4,
  MultiLineString = 5,
  MultiPolygon = 6
};

using Path = std::vector<Point>;  // a point (1), a line, or a closed ring (first == last)
using Part = std::vector<Path>;   // a point or line: one path; a polygon: outer ring, then holes

struct Geometry {
  GeometryKind kind = GeometryKind::Point;
  std::vector<Part> parts;
  bool empty() const { return parts.empty(); }
  bool operator==(const Geometry&) const = default;
};

inline Geometry point(double x, double y) {
  return {GeometryKind::Point, {{{{x, y}}}}};
}

inline Box bounds(const Geometry& geometry) {
  Box box;
  for (const auto& part : geometry.parts)
    for (const auto& path : part)
      for (const auto p : path) box.add(p);
  return box;
}

}  // namespace simpul::geo
