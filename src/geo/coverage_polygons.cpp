// From arcs back to polygons: the arcs with a group on one side are traced into rings, rings are paired into
// outer rings and holes.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "geo/coverage.hpp"
#include "geo/measure.hpp"

namespace simpul::geo {
namespace {

using Line = std::vector<GridPoint>;

// An arc walked so that the group is on the left.
struct Walk {
  const Arc* arc;
  bool forward;
  bool used = false;
  GridPoint at(std::size_t i) const { return forward ? arc->path[i] : arc->path[arc->path.size() - 1 - i]; }
  GridPoint start() const { return at(0); }
  GridPoint end() const { return at(arc->path.size() - 1); }
};

double direction(GridPoint from, GridPoint to) {
  return std::atan2(static_cast<double>(to.y - from.y), static_cast<double>(to.x - from.x));
}

// The next walk around the face on the left: the first one clockwise from the way we came.
std::size_t next_walk(const std::vector<Walk>& walks, const std::vector<std::size_t>& leaving,
                      const Walk& arrived) {
  const auto node = arrived.end();
  const auto back = direction(node, arrived.at(arrived.arc->path.size() - 2));
  std::size_t best = leaving.front();
  double least = 10;
  for (const auto i : leaving) {
    if (walks[i].used) continue;
    auto clockwise = back - direction(node, walks[i].at(1));
    while (clockwise <= 1e-12) clockwise += 2 * M_PI;  // straight back is the last choice
    if (clockwise < least) best = i, least = clockwise;
  }
  return best;
}

double turned_area(const Line& ring) {
  double sum = 0;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i)
    sum += static_cast<double>((ring[i].x - ring[0].x) * (ring[i + 1].y - ring[0].y) -
                               (ring[i + 1].x - ring[0].x) * (ring[i].y - ring[0].y));
  return sum / 2;
}

// A ring that passes a point twice becomes two rings that touch there: OGC allows no other form.
void split(const Line& ring, std::vector<Line>& out) {
  std::map<GridPoint, std::size_t> seen;
  Line open;
  for (const auto p : ring) {
    const auto found = seen.find(p);
    if (found == seen.end()) {
      seen[p] = open.size();
      open.push_back(p);
      continue;
    }
    const auto from = open.begin() + static_cast<std::ptrdiff_t>(found->second);
    Line closed(from, open.end());
    closed.push_back(p);
    if (closed.size() >= 4) out.push_back(std::move(closed));
    for (auto q = from + 1; q != open.end(); ++q) seen.erase(*q);
    open.erase(from + 1, open.end());
  }
}

std::vector<Line> trace(std::vector<Walk> walks) {
  std::map<GridPoint, std::vector<std::size_t>> leaving;
  for (std::size_t i = 0; i < walks.size(); ++i) leaving[walks[i].start()].push_back(i);
  std::vector<Line> rings;
  for (std::size_t start = 0; start < walks.size(); ++start) {
    if (walks[start].used) continue;
    Line ring{walks[start].start()};
    for (auto i = start;;) {
      auto& walk = walks[i];
      walk.used = true;
      for (std::size_t k = 1; k < walk.arc->path.size(); ++k) ring.push_back(walk.at(k));
      if (walk.end() == ring.front()) break;
      i = next_walk(walks, leaving.at(walk.end()), walk);
    }
    split(ring, rings);
  }
  return rings;
}

Path to_path(const Line& ring, double cells) {
  Path path;
  path.reserve(ring.size());
  for (const auto p : ring)
    path.push_back({static_cast<double>(p.x) / cells, static_cast<double>(p.y) / cells});
  return path;
}

// A hole may touch its outer ring at points: one of its points that is not on the outer ring decides.
bool holds(const Line& outer, const std::set<GridPoint>& outer_points, const Line& hole, double cells) {
  for (const auto p : hole)
    if (!outer_points.contains(p))
      return contains({GeometryKind::Polygon, {{to_path(outer, cells)}}}, to_path({p}, cells).front());
  return false;
}

Geometry assemble(const std::vector<Line>& rings, double cells) {
  std::vector<const Line*> outers;
  std::vector<const Line*> holes;
  for (const auto& ring : rings) (turned_area(ring) > 0 ? outers : holes).push_back(&ring);
  std::sort(outers.begin(), outers.end(), [](auto* l, auto* r) { return turned_area(*l) > turned_area(*r); });
  Geometry geometry{GeometryKind::MultiPolygon, {}};
  for (const auto* outer : outers) geometry.parts.push_back({to_path(*outer, cells)});
  for (const auto* hole : holes)
    for (auto i = outers.size(); i-- > 0;)  // the smallest that holds it
      if (holds(*outers[i], {outers[i]->begin(), outers[i]->end()}, *hole, cells)) {
        geometry.parts[i].push_back(to_path(*hole, cells));
        break;
      }
  return geometry;
}

int group_at(std::span<const int> group_of, int area) {
  return area == kOutside ? kOutside : group_of[static_cast<std::size_t>(area)];
}

}  // namespace

std::vector<Geometry> polygons(const Coverage& coverage, std::span<const int> group_of, int groups) {
  std::vector<std::vector<Walk>> walks(static_cast<std::size_t>(groups));
  for (const auto& arc : coverage.arcs) {
    const auto left = group_at(group_of, arc.left);
    const auto right = group_at(group_of, arc.right);
    if (left == right) continue;
    if (left != kOutside) walks[static_cast<std::size_t>(left)].push_back({&arc, true});
    if (right != kOutside) walks[static_cast<std::size_t>(right)].push_back({&arc, false});
  }
  std::vector<Geometry> out;
  for (auto& of_group : walks) out.push_back(assemble(trace(std::move(of_group)), coverage.cells_per_degree));
  return out;
}

std::vector<std::pair<int, int>> neighbours(const Coverage& coverage, std::span<const int> group_of) {
  std::set<std::pair<int, int>> pairs;
  for (const auto& arc : coverage.arcs) {
    const auto left = group_at(group_of, arc.left);
    const auto right = group_at(group_of, arc.right);
    if (left != right && left != kOutside && right != kOutside) pairs.insert(std::minmax(left, right));
  }
  return {pairs.begin(), pairs.end()};
}

}  // namespace simpul::geo
