#include "geo/measure.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace simpul::geo {
namespace {

constexpr double kRadiusKm = 6371.0088;    // mean radius of the Earth
constexpr double kMajorAxisKm = 6378.137;  // WGS84
constexpr double kFlattening = 1 / 298.257223563;
constexpr double kRadian = std::numbers::pi / 180;

bool is_polygon(GeometryKind kind) {
  return kind == GeometryKind::Polygon || kind == GeometryKind::MultiPolygon;
}

// Snyder's q: the area between the equator and a latitude, over a radian of longitude, is a * a * q / 2.
double equal_area(double latitude) {
  const double e2 = kFlattening * (2 - kFlattening);
  const double e = std::sqrt(e2);
  const double s = std::sin(latitude * kRadian);
  return (1 - e2) * (s / (1 - e2 * s * s) + std::atanh(e * s) / e);
}

double ring_area_km2(const Path& ring) {
  double sum = 0;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i)
    sum += (ring[i + 1].x - ring[i].x) * kRadian * (equal_area(ring[i].y) + equal_area(ring[i + 1].y)) / 2;
  return std::abs(sum) * kMajorAxisKm * kMajorAxisKm / 2;
}

bool in_ring(const Path& ring, Point p) {
  bool inside = false;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    const auto a = ring[i];
    const auto b = ring[i + 1];
    if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

// From the origin to the segment ab, on the plane.
double from_origin(Point a, Point b) {
  const double dx = b.x - a.x;
  const double dy = b.y - a.y;
  const double length = dx * dx + dy * dy;
  const double t = length > 0 ? std::clamp(-(a.x * dx + a.y * dy) / length, 0.0, 1.0) : 0;
  return std::hypot(a.x + t * dx, a.y + t * dy);
}

}  // namespace

double area_km2(const Geometry& geometry) {
  if (!is_polygon(geometry.kind)) return 0;
  double sum = 0;
  for (const auto& part : geometry.parts)
    for (std::size_t i = 0; i < part.size(); ++i) sum += (i == 0 ? 1 : -1) * ring_area_km2(part[i]);
  return sum;
}

double distance_km(Point a, Point b) {
  const double s = std::sin((b.y - a.y) * kRadian / 2);
  const double t = std::sin((b.x - a.x) * kRadian / 2);
  const double h = s * s + std::cos(a.y * kRadian) * std::cos(b.y * kRadian) * t * t;
  return 2 * kRadiusKm * std::asin(std::min(1.0, std::sqrt(h)));
}

double length_km(const Geometry& geometry) {
  double sum = 0;
  for (const auto& part : geometry.parts)
    for (const auto& path : part)
      for (std::size_t i = 0; i + 1 < path.size(); ++i) sum += distance_km(path[i], path[i + 1]);
  return sum;
}

bool contains(const Geometry& polygons, Point p) {
  if (!is_polygon(polygons.kind)) return false;
  for (const auto& part : polygons.parts) {
    bool inside = false;
    for (const auto& ring : part)
      if (in_ring(ring, p)) inside = !inside;
    if (inside) return true;
  }
  return false;
}

double distance_km(const Geometry& geometry, Point p) {
  if (contains(geometry, p)) return 0;
  // A plane that touches the Earth at p: right where it matters, near p.
  const double scale = kRadiusKm * kRadian;
  const double narrowing = std::cos(p.y * kRadian);
  const auto local = [&](Point q) { return Point{(q.x - p.x) * scale * narrowing, (q.y - p.y) * scale}; };
  double nearest = std::numeric_limits<double>::infinity();
  for (const auto& part : geometry.parts)
    for (const auto& path : part) {
      auto a = local(path.front());
      nearest = std::min(nearest, std::hypot(a.x, a.y));
      for (std::size_t i = 1; i < path.size(); ++i) {
        const auto b = local(path[i]);
        nearest = std::min(nearest, from_origin(a, b));
        a = b;
      }
    }
  return nearest;
}

}  // namespace simpul::geo
