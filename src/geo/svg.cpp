#include "geo/svg.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "geo/mercator.hpp"

namespace simpul::geo {
namespace {

// A position in tenths of a user unit.
struct Tenths {
  std::int64_t x = 0;
  std::int64_t y = 0;
  bool operator==(const Tenths&) const = default;
};

// 0, 12, -.5, 3.4; a sign or a point parts numbers where it can, a space where it must.
void append_number(std::string& out, std::int64_t tenths, bool separate) {
  const bool negative = tenths < 0;
  const auto whole = std::abs(tenths) / 10;
  const auto rest = std::abs(tenths) % 10;
  if (negative)
    out.push_back('-');
  else if (separate)
    out.push_back(' ');
  if (whole != 0 || rest == 0) out += std::to_string(whole);
  if (rest != 0) {
    out.push_back('.');
    out.push_back(static_cast<char>('0' + rest));
  }
}

void append_pair(std::string& out, Tenths p, bool separate) {
  append_number(out, p.x, separate);
  append_number(out, p.y, true);
}

bool straight(Tenths a, Tenths b, Tenths c) {
  const auto abx = b.x - a.x;
  const auto aby = b.y - a.y;
  const auto bcx = c.x - b.x;
  const auto bcy = c.y - b.y;
  return abx * bcy == aby * bcx && abx * bcx + aby * bcy >= 0;
}

std::vector<Tenths> visible(const Path& path, const MapFrame& frame) {
  std::vector<Tenths> out;
  for (const auto p : path) {
    const auto q = frame.project(p);
    const Tenths t{std::llround(q.x * 10), std::llround(q.y * 10)};
    if (!out.empty() && out.back() == t) continue;
    if (out.size() >= 2 && straight(out[out.size() - 2], out.back(), t)) out.pop_back();
    out.push_back(t);
  }
  return out;
}

void append_path(std::string& out, const Path& path, bool ring, const MapFrame& frame) {
  auto points = visible(path, frame);
  if (ring) {
    if (points.size() > 1 && points.front() == points.back()) points.pop_back();
    if (points.size() < 3) return;
  }
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

std::string svg_path(const Geometry& geometry, const MapFrame& frame) {
  const bool rings = geometry.kind == GeometryKind::Polygon || geometry.kind == GeometryKind::MultiPolygon;
  std::string out;
  for (const auto& part : geometry.parts)
    for (const auto& path : part) append_path(out, path, rings, frame);
  return out;
}

}  // namespace simpul::geo
