#include "catalog/tile_geometry.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace simpul::catalog {

namespace {

constexpr std::int64_t kLow = -kTileBuffer;
constexpr std::int64_t kHigh = geo::kTileExtent + kTileBuffer;

std::int64_t tile_units(std::uint32_t world, int zoom, std::uint32_t tile) {
  if (zoom <= geo::kMaxZoom) return geo::to_tile_units(world, zoom, tile);
  // Finer than the world grid: the position is known to a few units only.
  return (static_cast<std::int64_t>(world) << (zoom - geo::kMaxZoom)) -
         (static_cast<std::int64_t>(tile) << geo::kTileExtentBits);
}

// One of the four edges of the buffer, so that one piece of code cuts at all of them.
struct Edge {
  std::int64_t TilePoint::*across;
  std::int64_t TilePoint::*along;
  std::int64_t limit;
  bool keep_below;
  bool keeps(const TilePoint& p) const { return keep_below ? p.*across <= limit : p.*across >= limit; }
};

constexpr Edge kEdges[] = {{&TilePoint::x, &TilePoint::y, kLow, false},
                           {&TilePoint::x, &TilePoint::y, kHigh, true},
                           {&TilePoint::y, &TilePoint::x, kLow, false},
                           {&TilePoint::y, &TilePoint::x, kHigh, true}};

TilePoint cut(TilePoint a, TilePoint b, const Edge& edge) {
  if (a.*edge.across > b.*edge.across) std::swap(a, b);
  const auto part =
      static_cast<double>(edge.limit - a.*edge.across) / static_cast<double>(b.*edge.across - a.*edge.across);
  TilePoint p;
  p.*edge.across = edge.limit;
  p.*edge.along = a.*edge.along + std::llround(static_cast<double>(b.*edge.along - a.*edge.along) * part);
  return p;
}

// From a to b and straight back towards c.
bool is_spike(const TilePoint& a, const TilePoint& b, const TilePoint& c) {
  const auto ux = b.x - a.x, uy = b.y - a.y, vx = c.x - b.x, vy = c.y - b.y;
  return ux * vy == uy * vx && ux * vx + uy * vy < 0;
}

struct RingEdge {
  TilePoint a;
  TilePoint b;
  std::int64_t min_x, max_x, min_y, max_y;
  std::size_t next = 0;  // number of the edge that goes on from b
};

RingEdge ring_edge(const TilePoint& a, const TilePoint& b) {
  return {a, b, std::min(a.x, b.x), std::max(a.x, b.x), std::min(a.y, b.y), std::max(a.y, b.y), 0};
}

// Above zero: c to one side of a..b, below: to the other, zero: in line.
std::int64_t side(const TilePoint& a, const TilePoint& b, const TilePoint& c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

// Of edges whose boxes meet.
bool meet(const RingEdge& p, const RingEdge& q) {
  const auto sign = [](std::int64_t v) { return v > 0 ? 1 : v < 0 ? -1 : 0; };
  return sign(side(p.a, p.b, q.a)) * sign(side(p.a, p.b, q.b)) <= 0 &&
         sign(side(q.a, q.b, p.a)) * sign(side(q.a, q.b, p.b)) <= 0;
}

// Neighbours share a point; more than that only when the second goes back over the first.
bool folded_back(const RingEdge& p, const RingEdge& q) {
  return p.b == q.a ? is_spike(p.a, p.b, q.b) : is_spike(q.a, q.b, p.b);
}

std::vector<RingEdge> ring_edges(const std::vector<TilePath>& rings) {
  std::vector<RingEdge> edges;
  for (const auto& ring : rings) {
    const auto first = edges.size();
    for (std::size_t i = 1; i < ring.size(); ++i) edges.push_back(ring_edge(ring[i - 1], ring[i]));
    for (auto i = first; i < edges.size(); ++i) edges[i].next = i + 1 < edges.size() ? i + 1 : first;
  }
  return edges;
}

// Whether two edges meet but in the common point of neighbours.
bool clash(const std::vector<RingEdge>& edges, std::size_t i, std::size_t j) {
  const auto &one = edges[i], &other = edges[j];
  if (other.min_x > one.max_x || one.min_x > other.max_x || other.min_y > one.max_y ||
      one.min_y > other.max_y)
    return false;
  return one.next == j || other.next == i ? folded_back(one, other) : meet(one, other);
}

}  // namespace

void WorldBox::add(geo::WorldPoint p) {
  min_x = std::min(min_x, p.x);
  min_y = std::min(min_y, p.y);
  max_x = std::max(max_x, p.x);
  max_y = std::max(max_y, p.y);
}

TilePoint to_tile(geo::WorldPoint point, const TileAddress& tile) {
  return {tile_units(point.x, tile.z, tile.x), tile_units(point.y, tile.z, tile.y)};
}

TilePath to_tile(std::span<const geo::WorldPoint> path, const TileAddress& tile) {
  TilePath out;
  out.reserve(path.size());
  for (const auto p : path) {
    const auto q = to_tile(p, tile);
    if (out.empty() || out.back() != q) out.push_back(q);
  }
  return out;
}

bool meets(const WorldBox& box, const TileAddress& tile) {
  const auto low = to_tile({box.min_x, box.min_y}, tile), high = to_tile({box.max_x, box.max_y}, tile);
  return low.x <= kHigh && low.y <= kHigh && high.x >= kLow && high.y >= kLow;
}

bool inside(const WorldBox& box, const TileAddress& tile) {
  const auto low = to_tile({box.min_x, box.min_y}, tile), high = to_tile({box.max_x, box.max_y}, tile);
  return low.x >= kLow && low.y >= kLow && high.x <= kHigh && high.y <= kHigh;
}

TilePath clip_ring(const TilePath& ring) {
  // Sutherland-Hodgman, one edge after the other.
  TilePath from = ring, to;
  for (const auto& edge : kEdges) {
    if (from.empty()) break;
    to.clear();
    for (std::size_t i = 1; i < from.size(); ++i) {
      const auto &a = from[i - 1], &b = from[i];
      const bool a_in = edge.keeps(a), b_in = edge.keeps(b);
      if (a_in) to.push_back(a);
      if (a_in != b_in) to.push_back(cut(a, b, edge));
    }
    if (!to.empty()) to.push_back(to.front());
    std::swap(from, to);
  }
  return clean_ring(std::move(from));
}

TilePath clean_ring(TilePath ring) {
  if (ring.size() < 4) return {};
  ring.pop_back();
  TilePath out;
  for (const auto& p : ring) {
    while (out.size() >= 2 && is_spike(out[out.size() - 2], out.back(), p)) out.pop_back();
    if (out.empty() || out.back() != p) out.push_back(p);
  }
  // The same across the seam of last and first.
  std::size_t begin = 0;
  while (out.size() - begin >= 3) {
    if (out.back() == out[begin] || is_spike(out[out.size() - 2], out.back(), out[begin]))
      out.pop_back();
    else if (is_spike(out.back(), out[begin], out[begin + 1]))
      ++begin;
    else
      break;
  }
  out.erase(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(begin));
  if (out.size() < 3) return {};
  out.push_back(out.front());
  if (twice_area(out) == 0) return {};
  return out;
}

bool touches_itself(const std::vector<TilePath>& rings) {
  const auto edges = ring_edges(rings);
  // From west to east: an edge is compared with those that begin before it ends.
  std::vector<std::size_t> order(edges.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return edges[i].min_x; });
  for (std::size_t i = 0; i < order.size(); ++i) {
    const auto& one = edges[order[i]];
    for (auto j = i + 1; j < order.size() && edges[order[j]].min_x <= one.max_x; ++j)
      if (clash(edges, order[i], order[j])) return true;
  }
  return false;
}

bool touches_itself_at_the_edge(const std::vector<TilePath>& rings) {
  const auto on_edge = [](const TilePoint& p) {
    return p.x == kLow || p.x == kHigh || p.y == kLow || p.y == kHigh;
  };
  const auto edges = ring_edges(rings);
  for (std::size_t i = 0; i < edges.size(); ++i) {
    if (!on_edge(edges[i].a) && !on_edge(edges[i].b)) continue;
    for (std::size_t j = 0; j < edges.size(); ++j)
      if (i != j && clash(edges, i, j)) return true;
  }
  return false;
}

std::optional<std::pair<TilePoint, TilePoint>> clip_segment(TilePoint a, TilePoint b) {
  for (const auto& edge : kEdges) {
    const bool a_in = edge.keeps(a), b_in = edge.keeps(b);
    if (!a_in && !b_in) return std::nullopt;
    if (!a_in) a = cut(a, b, edge);
    if (!b_in) b = cut(a, b, edge);
  }
  return std::pair(a, b);
}

std::vector<TilePath> clip_line(const TilePath& line) {
  std::vector<TilePath> pieces;
  for (std::size_t i = 1; i < line.size(); ++i) {
    const auto seen = clip_segment(line[i - 1], line[i]);
    if (!seen || seen->first == seen->second) continue;
    const auto [a, b] = *seen;
    if (pieces.empty() || pieces.back().back() != a) pieces.push_back({a});
    pieces.back().push_back(b);
  }
  return pieces;
}

std::int64_t twice_area(const TilePath& ring) {
  std::int64_t sum = 0;
  for (std::size_t i = 1; i < ring.size(); ++i) sum += ring[i - 1].x * ring[i].y - ring[i].x * ring[i - 1].y;
  return sum;
}

}  // namespace simpul::catalog
