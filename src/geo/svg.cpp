#include "geo/svg.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace simpul::geo {
namespace {

// A position in steps.
struct Steps {
  std::int64_t x = 0;
  std::int64_t y = 0;
  bool operator==(const Steps&) const = default;
};

// The sign parts a number from the one before where it can, a space where it must.
void append_number(std::string& out, std::int64_t steps, bool separate) {
  if (separate && steps >= 0) out.push_back(' ');
  out += std::to_string(steps);
}

void append_pair(std::string& out, Steps p, bool separate) {
  append_number(out, p.x, separate);
  append_number(out, p.y, true);
}

bool straight(Steps a, Steps b, Steps c) {
  const auto abx = b.x - a.x;
  const auto aby = b.y - a.y;
  const auto bcx = c.x - b.x;
  const auto bcy = c.y - b.y;
  return abx * bcy == aby * bcx && abx * bcx + aby * bcy >= 0;
}

// What of a ring lies on one side of a line across the frame (Sutherland and Hodgman 1974): `inside` is the
// distance from the line, negative beyond it. A ring that leaves and comes back keeps an edge along the line.
template <typename Inside>
void clip(std::vector<Point>& ring, Inside inside) {
  std::vector<Point> kept;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const auto a = ring[i == 0 ? ring.size() - 1 : i - 1], b = ring[i];
    const double da = inside(a), db = inside(b);
    if ((da < 0) != (db < 0)) {
      const double t = da / (da - db);
      kept.push_back({a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t});
    }
    if (db >= 0) kept.push_back(b);
  }
  ring = std::move(kept);
}

// User units outside the frame where no stroke shows any more.
constexpr double kOutside = 8;

// The ring, closed, cut off there.
std::vector<Point> clipped(std::vector<Point> ring, const MapFrame& frame) {
  if (ring.size() > 1 && ring.front() == ring.back()) ring.pop_back();
  clip(ring, [](Point p) { return p.x + kOutside; });
  clip(ring, [](Point p) { return p.y + kOutside; });
  clip(ring, [&](Point p) { return frame.width() + kOutside - p.x; });
  clip(ring, [&](Point p) { return frame.height() + kOutside - p.y; });
  if (!ring.empty()) ring.push_back(ring.front());
  return ring;
}

std::vector<Steps> visible(const std::vector<Point>& path) {
  std::vector<Steps> out;
  for (const auto p : path) {
    const Steps t{std::llround(p.x * kSvgSteps), std::llround(p.y * kSvgSteps)};
    if (!out.empty() && out.back() == t) continue;
    if (out.size() >= 2 && straight(out[out.size() - 2], out.back(), t)) out.pop_back();
    out.push_back(t);
  }
  return out;
}

std::vector<Point> projected(std::span<const Point> path, const MapFrame& frame) {
  std::vector<Point> out;
  out.reserve(path.size());
  for (const auto p : path) out.push_back(frame.project(p));
  return out;
}

std::vector<Point> projected(std::span<const WorldPoint> path, const MapFrame& frame) {
  std::vector<Point> out;
  out.reserve(path.size());
  for (const auto p : path) out.push_back(frame.project_world(p));
  return out;
}

void append_path(std::string& out, std::vector<Point> path, bool ring, const MapFrame& frame) {
  auto points = visible(ring ? clipped(std::move(path), frame) : path);
  if (ring) {
    if (points.size() > 1 && points.front() == points.back()) points.pop_back();
    if (points.size() < 3) return;
  }
  if (points.empty()) return;
  out.push_back('M');
  append_pair(out, points.front(), false);
  if (points.size() == 1) out += "h0";
  for (std::size_t i = 1; i < points.size(); ++i) {
    if (i == 1) out.push_back('l');
    append_pair(out, {points[i].x - points[i - 1].x, points[i].y - points[i - 1].y}, i > 1);
  }
  if (ring) out.push_back('z');
}

}  // namespace

MapFrame::MapFrame(const Box& lonlat, double width, double height, double margin)
    : width_(width), height_(height) {
  const auto a = to_unit_square({lonlat.min_x, lonlat.max_y});
  const auto b = to_unit_square({lonlat.max_x, lonlat.min_y});
  // A box without extent still gives a frame: as if it were a ten-thousandth of the world (about 4 km)
  // across.
  const double w = std::max(b.x - a.x, 1e-4);
  const double h = std::max(b.y - a.y, 1e-4);
  scale_ = std::min((width - 2 * margin) / w, (height - 2 * margin) / h);
  origin_ = {(a.x + b.x) / 2 - width / 2 / scale_, (a.y + b.y) / 2 - height / 2 / scale_};
}

Point MapFrame::project(Point lonlat) const {
  const auto unit = to_unit_square(lonlat);
  return {(unit.x - origin_.x) * scale_, (unit.y - origin_.y) * scale_};
}

Point MapFrame::project_world(WorldPoint point) const {
  return {((point.x + 0.5) / kWorldSize - origin_.x) * scale_,
          ((point.y + 0.5) / kWorldSize - origin_.y) * scale_};
}

Point MapFrame::unproject(Point p) const {
  return from_unit_square({p.x / scale_ + origin_.x, p.y / scale_ + origin_.y});
}

std::string svg_path(const Geometry& geometry, const MapFrame& frame) {
  const bool rings = geometry.kind == GeometryKind::Polygon || geometry.kind == GeometryKind::MultiPolygon;
  std::string out;
  for (const auto& part : geometry.parts)
    for (const auto& path : part) append_path(out, projected(path, frame), rings, frame);
  return out;
}

std::string svg_ring(std::span<const WorldPoint> ring, const MapFrame& frame) {
  std::string out;
  append_path(out, projected(ring, frame), true, frame);
  return out;
}

std::string svg_line(std::span<const WorldPoint> line, const MapFrame& frame) {
  const auto points = projected(line, frame);
  const auto shows = [&](Point a, Point b) {
    return std::max(a.x, b.x) >= -kOutside && std::max(a.y, b.y) >= -kOutside &&
           std::min(a.x, b.x) <= frame.width() + kOutside && std::min(a.y, b.y) <= frame.height() + kOutside;
  };
  std::string out;
  std::vector<Point> piece;
  for (std::size_t i = 1; i <= points.size(); ++i) {
    if (i < points.size() && shows(points[i - 1], points[i])) {
      if (piece.empty()) piece.push_back(points[i - 1]);
      piece.push_back(points[i]);
    } else if (!piece.empty()) {
      append_path(out, std::move(piece), false, frame);
      piece.clear();
    }
  }
  return out;
}

}  // namespace simpul::geo
