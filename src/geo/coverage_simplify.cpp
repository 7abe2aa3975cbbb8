// Fewer points on every arc, and the proof that the map is still the same map: no two arcs meet but where
// they met before, and no end of an arc has changed to the other side of another.
#include <algorithm>
#include <set>

#include "geo/coverage.hpp"
#include "geo/thin_line.hpp"

namespace simpul::geo {
namespace {

using Line = std::vector<GridPoint>;

// Above zero: c lies to the left of a -> b. Exact.
std::int64_t turn(GridPoint a, GridPoint b, GridPoint c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

struct Piece {
  GridPoint a, b;
  std::size_t arc;
  std::int64_t min_x() const { return std::min(a.x, b.x); }
  std::int64_t max_x() const { return std::max(a.x, b.x); }
};

bool between(GridPoint a, GridPoint b, GridPoint p) {  // p on the line through a and b
  return std::min(a.x, b.x) <= p.x && p.x <= std::max(a.x, b.x) && std::min(a.y, b.y) <= p.y &&
         p.y <= std::max(a.y, b.y);
}

int sign(std::int64_t v) {
  return (v > 0) - (v < 0);
}

// Whether two segments meet anywhere but at one common end.
bool clash(const Piece& p, const Piece& q) {
  const auto common = [&](GridPoint shared, GridPoint other_p, GridPoint other_q) {
    if (other_p == other_q) return true;  // the same segment twice
    return turn(shared, other_p, other_q) == 0 &&
           (between(shared, other_p, other_q) || between(shared, other_q, other_p));
  };
  if (p.a == q.a) return common(p.a, p.b, q.b);
  if (p.a == q.b) return common(p.a, p.b, q.a);
  if (p.b == q.a) return common(p.b, p.a, q.b);
  if (p.b == q.b) return common(p.b, p.a, q.a);
  const auto d1 = sign(turn(p.a, p.b, q.a));
  const auto d2 = sign(turn(p.a, p.b, q.b));
  const auto d3 = sign(turn(q.a, q.b, p.a));
  const auto d4 = sign(turn(q.a, q.b, p.b));
  if (d1 * d2 < 0 && d3 * d4 < 0) return true;
  return (d1 == 0 && between(p.a, p.b, q.a)) || (d2 == 0 && between(p.a, p.b, q.b)) ||
         (d3 == 0 && between(q.a, q.b, p.a)) || (d4 == 0 && between(q.a, q.b, p.b));
}

void add_crossings(const std::vector<Arc>& arcs, std::set<std::size_t>& wrong) {
  std::vector<Piece> pieces;
  for (std::size_t i = 0; i < arcs.size(); ++i)
    for (std::size_t k = 0; k + 1 < arcs[i].path.size(); ++k)
      pieces.push_back({arcs[i].path[k], arcs[i].path[k + 1], i});
  std::sort(pieces.begin(), pieces.end(), [](auto& l, auto& r) { return l.min_x() < r.min_x(); });
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const auto& p = pieces[i];
    const auto low = std::min(p.a.y, p.b.y);
    const auto high = std::max(p.a.y, p.b.y);
    for (auto k = i + 1; k < pieces.size() && pieces[k].min_x() <= p.max_x(); ++k) {
      const auto& q = pieces[k];
      if (std::max(q.a.y, q.b.y) < low || std::min(q.a.y, q.b.y) > high || !clash(p, q)) continue;
      wrong.insert(p.arc);
      wrong.insert(q.arc);
    }
  }
}

bool odd_inside(const Line& ring, GridPoint p) {
  bool inside = false;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    const auto a = ring[i];
    const auto b = ring[i + 1];
    if ((a.y > p.y) == (b.y > p.y)) continue;
    if ((turn(a, b, p) > 0) == (b.y > a.y)) inside = !inside;
  }
  return inside;
}

// An arc that swept over the end of another: that end now lies on its other side.
void add_swept(const std::vector<Arc>& before, const std::vector<Arc>& after, std::set<std::size_t>& wrong) {
  std::vector<GridPoint> ends;
  for (const auto& arc : before) {
    ends.push_back(arc.path.front());
    ends.push_back(arc.path.back());
  }
  std::sort(ends.begin(), ends.end());
  ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (after[i].path.size() == before[i].path.size()) continue;
    Line loop = before[i].path;
    loop.insert(loop.end(), after[i].path.rbegin(), after[i].path.rend());
    const auto [left, right] = std::minmax_element(loop.begin(), loop.end());
    const GridPoint first = *left;
    const GridPoint last = *right;
    for (auto end = std::lower_bound(ends.begin(), ends.end(), first); end != ends.end() && *end <= last;
         ++end)
      if (*end != before[i].path.front() && *end != before[i].path.back() && odd_inside(loop, *end))
        wrong.insert(i);
  }
}

}  // namespace

Coverage simplified(const Coverage& coverage, double tolerance) {
  const auto cells = tolerance * coverage.cells_per_degree;
  if (cells <= 0) return coverage;
  Coverage out = coverage;
  std::vector<double> allowed(coverage.arcs.size(), cells);
  for (std::size_t i = 0; i < out.arcs.size(); ++i)
    out.arcs[i].path = thin_line(coverage.arcs[i].path, cells);
  // Less freedom for the arcs that clash, until none does: unthinned arcs never do, so this ends.
  for (;;) {
    std::set<std::size_t> wrong;
    add_crossings(out.arcs, wrong);
    add_swept(coverage.arcs, out.arcs, wrong);
    bool changed = false;
    for (const auto i : wrong) {
      auto& path = out.arcs[i].path;
      if (path.size() == coverage.arcs[i].path.size()) continue;
      allowed[i] /= 2;
      path = allowed[i] < 0.5 ? coverage.arcs[i].path : thin_line(coverage.arcs[i].path, allowed[i]);
      changed = true;
    }
    if (!changed) return out;
  }
}

}  // namespace simpul::geo
