// Fewer points on a line whose points are whole numbers (Douglas and Peucker 1973). Used where borders are
// simplified: by coverages and by the areas of the map.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace simpul::geo {

// The point between two others of the line that is farthest from the straight way, and how far.
template <typename Point>
std::pair<std::size_t, double> farthest_point(const std::vector<Point>& line, std::size_t from,
                                              std::size_t to) {
  const auto& a = line[from];
  const auto dx = static_cast<double>(line[to].x - a.x), dy = static_cast<double>(line[to].y - a.y);
  const auto length = dx * dx + dy * dy;
  std::size_t at = from;
  double most = -1;
  for (auto i = from + 1; i < to; ++i) {
    const auto px = static_cast<double>(line[i].x - a.x), py = static_cast<double>(line[i].y - a.y);
    const auto t = length > 0 ? std::clamp((px * dx + py * dy) / length, 0.0, 1.0) : 0;
    if (const auto distance = std::hypot(px - t * dx, py - t * dy); distance > most) at = i, most = distance;
  }
  return {at, most};
}

// What is left of a line of at least one point: none of those left out is farther than `tolerance`, in the
// unit of its points, from what is kept. Ends stay; a closed line keeps at least a triangle, so that an
// island is not lost.
template <typename Point>
std::vector<Point> thin_line(const std::vector<Point>& line, double tolerance) {
  std::vector<bool> keep(line.size(), false);
  keep.front() = keep.back() = true;
  std::vector<std::pair<std::size_t, std::size_t>> open{{0, line.size() - 1}};
  if (line.front() == line.back() && line.size() > 3) {
    const auto middle = farthest_point(line, 0, line.size() - 1).first;
    const auto first = farthest_point(line, 0, middle);
    const auto second = farthest_point(line, middle, line.size() - 1);
    keep[middle] = true;
    keep[first.second > second.second ? first.first : second.first] = true;
    open = {{0, middle}, {middle, line.size() - 1}};
  }
  while (!open.empty()) {
    const auto [from, to] = open.back();
    open.pop_back();
    if (to - from < 2) continue;
    const auto [at, most] = farthest_point(line, from, to);
    if (most <= tolerance) continue;
    keep[at] = true;
    open.emplace_back(from, at);
    open.emplace_back(at, to);
  }
  std::vector<Point> out;
  for (std::size_t i = 0; i < line.size(); ++i)
    if (keep[i]) out.push_back(line[i]);
  return out;
}

}  // namespace simpul::geo
