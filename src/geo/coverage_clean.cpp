// From polygons to arcs: the linework of all of them is noded on the grid, its faces are given to areas, and
// what remains between two areas is an arc.
#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "geo/coverage.hpp"
#include "geo/geos.hpp"
#include "geo/measure.hpp"

namespace simpul::geo {
namespace {

// A face narrower than this is a drawing fault of the source, not a piece of land. In cells: the grid is
// chosen by how finely the source is drawn. On that of GADM (0.0001 degrees) it is 150 m.
constexpr double kThinCells = 13.5;
// A piece cut off from its area and smaller than this goes to the neighbour it hangs on: 0.5 km2 on the same
// grid.
constexpr double kShredSquareCells = 4'000;

struct Face {
  std::vector<std::vector<GridPoint>>
      rings;                      // outer ring counter-clockwise, holes clockwise: the face is on the left
  double area = 0;                // square cells
  double width = 0;               // 2 x area / length of border, cells
  std::vector<int> claimed_by;    // areas that hold it
  std::map<int, double> borders;  // other faces (kOutside: none) and the length shared, in cells
  int owner = kOutside;
};

struct Segment {
  GridPoint a, b;  // a < b
  auto operator<=>(const Segment&) const = default;
};

struct SegmentHash {
  std::size_t operator()(const Segment& s) const {
    std::uint64_t h = 0;
    for (const auto v : {s.a.x, s.a.y, s.b.x, s.b.y})
      h = (h ^ static_cast<std::uint64_t>(v)) * 0x9E3779B97F4A7C15U, h ^= h >> 29;
    return h;
  }
};

struct Sides {
  int left = kOutside;  // face to the left of a -> b
  int right = kOutside;
};

using Segments = std::unordered_map<Segment, Sides, SegmentHash>;

double length(GridPoint a, GridPoint b) {
  return std::hypot(static_cast<double>(b.x - a.x), static_cast<double>(b.y - a.y));
}

double signed_area(const std::vector<GridPoint>& ring) {
  double sum = 0;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    const auto a = ring[i];
    const auto b = ring[i + 1];
    sum += static_cast<double>((a.x - ring[0].x) * (b.y - ring[0].y) - (b.x - ring[0].x) * (a.y - ring[0].y));
  }
  return sum / 2;
}

class Cleaner {
 public:
  Cleaner(std::span<const Geometry> areas, double cells) : areas_(areas), cells_(cells) {}

  Coverage run() {
    make_faces();
    make_segments();
    give_claimed_faces();
    give_gaps();
    give_shreds();
    return {cells_, chain_arcs()};
  }

 private:
  GridPoint to_grid(Point p) const { return {std::llround(p.x * cells_), std::llround(p.y * cells_)}; }

  void make_faces() {
    const Geos geos;
    std::vector<Geos::Owned> lines;
    std::vector<Box> boxes;
    for (const auto& area : areas_) {
      boxes.push_back(bounds(area));
      for (const auto& part : area.parts)
        for (const auto& ring : part) lines.push_back(geos.line(ring));
    }
    const auto all = geos.collection(GEOS_MULTILINESTRING, std::move(lines));
    const auto noded = geos.own(GEOSUnaryUnionPrec_r(geos.context(), all.get(), 1 / cells_));
    const GEOSGeometry* input[] = {noded.get()};
    const auto polygonized = geos.own(GEOSPolygonize_r(geos.context(), input, 1));
    for (int i = 0; i < GEOSGetNumGeometries_r(geos.context(), polygonized.get()); ++i) {
      const auto* polygon = GEOSGetGeometryN_r(geos.context(), polygonized.get(), i);
      const auto inside = geos.own(GEOSPointOnSurface_r(geos.context(), polygon));
      const auto at = geos.to(inside.get(), 0).parts.at(0).at(0).at(0);
      Face face = make_face(geos.to(polygon, 2).parts.at(0));
      for (std::size_t a = 0; a < areas_.size(); ++a)
        if (at.x >= boxes[a].min_x && at.x <= boxes[a].max_x && at.y >= boxes[a].min_y &&
            at.y <= boxes[a].max_y && contains(areas_[a], at))
          face.claimed_by.push_back(static_cast<int>(a));
      faces_.push_back(std::move(face));
    }
  }

  Face make_face(const Part& part) const {
    Face face;
    double border = 0;
    for (std::size_t i = 0; i < part.size(); ++i) {
      std::vector<GridPoint> ring;
      for (const auto p : part[i]) ring.push_back(to_grid(p));
      const auto area = signed_area(ring);
      if ((area < 0) == (i == 0)) std::reverse(ring.begin(), ring.end());
      face.area += i == 0 ? std::abs(area) : -std::abs(area);
      for (std::size_t k = 0; k + 1 < ring.size(); ++k) border += length(ring[k], ring[k + 1]);
      face.rings.push_back(std::move(ring));
    }
    face.width = 2 * face.area / border;
    return face;
  }

  void make_segments() {
    for (std::size_t f = 0; f < faces_.size(); ++f)
      for (const auto& ring : faces_[f].rings)
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
          const bool forward = ring[i] < ring[i + 1];
          auto& sides = segments_[forward ? Segment{ring[i], ring[i + 1]} : Segment{ring[i + 1], ring[i]}];
          (forward ? sides.left : sides.right) = static_cast<int>(f);
        }
    for (const auto& [segment, sides] : segments_) {
      const auto shared = length(segment.a, segment.b);
      if (sides.left != kOutside) face(sides.left).borders[sides.right] += shared;
      if (sides.right != kOutside) face(sides.right).borders[sides.left] += shared;
    }
  }

  Face& face(int number) { return faces_[static_cast<std::size_t>(number)]; }
  int owner_of(int number) { return number == kOutside ? kOutside : face(number).owner; }

  // The owner among the faces around that shares the longest border; kOutside when none qualifies.
  template <typename Qualifies>
  int longest_border(const Face& of, Qualifies&& qualifies) {
    std::map<int, double> shared;
    for (const auto& [other, border] : of.borders) {
      const auto owner = owner_of(other);
      if (owner != kOutside && qualifies(owner)) shared[owner] += border;
    }
    int best = kOutside;
    double longest = 0;
    for (const auto& [owner, border] : shared)
      if (border > longest) best = owner, longest = border;
    return best;
  }

  void give_claimed_faces() {
    for (auto& f : faces_)
      if (f.claimed_by.size() == 1) f.owner = f.claimed_by.front();
    for (auto& f : faces_) {
      if (f.claimed_by.size() < 2) continue;
      f.owner = longest_border(f, [&](int owner) {
        return std::find(f.claimed_by.begin(), f.claimed_by.end(), owner) != f.claimed_by.end();
      });
      if (f.owner == kOutside) f.owner = f.claimed_by.front();
    }
  }

  // Gaps may border gaps: again until nothing more can be given.
  void give_gaps() {
    for (bool moved = true; moved;) {
      moved = false;
      for (auto& f : faces_) {
        if (f.owner != kOutside || f.width >= kThinCells) continue;
        f.owner = longest_border(f, [](int) { return true; });
        moved = moved || f.owner != kOutside;
      }
    }
  }

  // Pieces of one area that hang together, as lists of faces.
  std::vector<std::vector<int>> pieces() {
    std::vector<std::vector<int>> found;
    std::vector<bool> seen(faces_.size(), false);
    for (std::size_t start = 0; start < faces_.size(); ++start) {
      if (seen[start] || faces_[start].owner == kOutside) continue;
      std::vector<int> piece{static_cast<int>(start)};
      seen[start] = true;
      for (std::size_t i = 0; i < piece.size(); ++i)
        for (const auto& [other, border] : face(piece[i]).borders)
          if (other != kOutside && !seen[static_cast<std::size_t>(other)] &&
              face(other).owner == faces_[start].owner) {
            seen[static_cast<std::size_t>(other)] = true;
            piece.push_back(other);
          }
      found.push_back(std::move(piece));
    }
    return found;
  }

  double area_of(const std::vector<int>& piece) {
    double sum = 0;
    for (const auto number : piece) sum += face(number).area;
    return sum;
  }

  // A small piece that is not its area's largest and borders another area goes there; islands border none.
  void give_shreds() {
    const auto all = pieces();
    std::map<int, double> largest;
    for (const auto& piece : all) {
      auto& most = largest[face(piece.front()).owner];
      most = std::max(most, area_of(piece));
    }
    for (const auto& piece : all) {
      const auto own = face(piece.front()).owner;
      const auto area = area_of(piece);
      if (area >= largest[own] || area >= kShredSquareCells) continue;
      Face together;
      for (const auto number : piece)
        for (const auto& [other, border] : face(number).borders) together.borders[other] += border;
      const auto neighbour = longest_border(together, [&](int owner) { return owner != own; });
      if (neighbour == kOutside) continue;
      for (const auto number : piece) face(number).owner = neighbour;
    }
  }

  // --- arcs
  // ---------------------------------------------------------------------------------------------------

  std::vector<Arc> chain_arcs() {
    std::vector<Border> borders;
    for (const auto& [segment, sides] : segments_) {
      const auto left = owner_of(sides.left);
      const auto right = owner_of(sides.right);
      if (left != right) borders.push_back({segment, left, right});
    }
    // The hash table's order is nobody's order: the same input gives the same arcs.
    std::sort(borders.begin(), borders.end(), [](auto& l, auto& r) { return l.segment < r.segment; });
    std::map<GridPoint, std::vector<std::size_t>> at;
    for (std::size_t i = 0; i < borders.size(); ++i) {
      at[borders[i].segment.a].push_back(i);
      at[borders[i].segment.b].push_back(i);
    }
    std::vector<bool> used(borders.size(), false);
    std::vector<Arc> arcs;
    for (const auto& [node, meeting] : at)
      if (meeting.size() != 2)
        for (const auto i : meeting)
          if (!used[i]) arcs.push_back(follow(node, i, borders, at, used));
    for (const auto& [start, meeting] : at)  // what is left are rings without a node
      if (!used[meeting.front()]) arcs.push_back(follow(start, meeting.front(), borders, at, used));
    return arcs;
  }

  struct Border {
    Segment segment;
    int left;
    int right;
  };

  static Arc follow(GridPoint from, std::size_t first, const std::vector<Border>& borders,
                    const std::map<GridPoint, std::vector<std::size_t>>& at, std::vector<bool>& used) {
    const bool forward = borders[first].segment.a == from;
    Arc arc{{from}, borders[first].left, borders[first].right};
    if (!forward) std::swap(arc.left, arc.right);
    for (auto i = first;;) {
      used[i] = true;
      const auto& segment = borders[i].segment;
      arc.path.push_back(segment.a == arc.path.back() ? segment.b : segment.a);
      const auto& meeting = at.at(arc.path.back());
      if (meeting.size() != 2) break;
      const auto next = meeting[0] == i ? meeting[1] : meeting[0];
      if (used[next]) break;
      i = next;
    }
    return arc;
  }

  std::span<const Geometry> areas_;
  double cells_;
  std::vector<Face> faces_;
  Segments segments_;
};

}  // namespace

Coverage make_coverage(std::span<const Geometry> areas, double cells_per_degree) {
  if (areas.empty()) return {cells_per_degree, {}};
  return Cleaner(areas, cells_per_degree).run();
}

}  // namespace simpul::geo
