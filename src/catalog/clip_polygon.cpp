// Cuts polygons at the buffer's edge. Where a ring leaves the tile and comes back, its pieces are joined
// along the edge to rings of their own, so that what comes out is valid without a look at all its lines; only
// what is ambiguous (two cuts that fall together) goes the slow way.
#include <algorithm>
#include <cmath>
#include <optional>

#include "catalog/tile_geometry.hpp"
#include "geo/operations.hpp"

namespace simpul::catalog {

namespace {

constexpr std::int64_t kLow = -kTileBuffer;
constexpr std::int64_t kHigh = geo::kTileExtent + kTileBuffer;
constexpr std::int64_t kSide = kHigh - kLow;
// In the order of place_on_edge().
constexpr TilePoint kCorners[] = {{kLow, kLow}, {kHigh, kLow}, {kHigh, kHigh}, {kLow, kHigh}};

bool visible(const TilePoint& p) {
  return p.x >= kLow && p.x <= kHigh && p.y >= kLow && p.y <= kHigh;
}

// How far along the edge, from the upper left corner, so that what lies inside is on the side where a ring of
// positive area has it. Nothing: not on the edge.
std::optional<std::int64_t> place_on_edge(const TilePoint& p) {
  if (p.y == kLow && p.x < kHigh) return p.x - kLow;
  if (p.x == kHigh && p.y < kHigh) return kSide + (p.y - kLow);
  if (p.y == kHigh && p.x > kLow) return 2 * kSide + (kHigh - p.x);
  if (p.x == kLow) return 3 * kSide + (kHigh - p.y);
  return std::nullopt;
}

// Even-odd; a point on the ring may be either.
bool holds(const TilePath& ring, const TilePoint& p) {
  bool inside = false;
  for (std::size_t i = 1; i < ring.size(); ++i) {
    const auto &a = ring[i - 1], &b = ring[i];
    if ((a.y > p.y) == (b.y > p.y)) continue;
    const auto turn = (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
    if ((turn > 0) == (b.y > a.y)) inside = !inside;
  }
  return inside;
}

// What of the rings lies inside: pieces that begin and end on the edge, and whole rings.
struct Pieces {
  std::vector<TilePath> chains;
  std::vector<TilePath> whole;
  std::vector<const TilePath*> around;  // rings that lie outside, or hold all of it
};

void take_apart(const TilePath& ring, Pieces& pieces) {
  const auto edges = ring.size() - 1;
  std::size_t start = 0;
  while (start < edges && visible(ring[start])) ++start;
  if (start == edges) {
    pieces.whole.push_back(ring);
    return;
  }
  const auto before = pieces.chains.size();
  TilePath chain;
  const auto end = [&] {
    if (chain.size() > 1) pieces.chains.push_back(std::move(chain));
    chain.clear();
  };
  for (std::size_t n = 0; n < edges; ++n) {
    const auto i = start + n < edges ? start + n : start + n - edges;
    const auto &a = ring[i], &b = ring[i + 1];
    const bool a_in = visible(a), b_in = visible(b);
    if (a_in && b_in) {
      chain.push_back(b);
    } else {
      const auto seen = clip_segment(a, b);
      if (!seen) continue;
      if (!a_in) chain.assign(1, seen->first);
      if (seen->second != chain.back()) chain.push_back(seen->second);
    }
    if (!b_in) {
      end();
    } else if (place_on_edge(b)) {  // it touches the edge: whether the rings part here is seen when joining
      end();
      chain.assign(1, b);
    }
  }
  if (pieces.chains.size() == before) pieces.around.push_back(&ring);
}

// The end of a chain on the edge.
struct End {
  std::int64_t place;
  std::size_t chain;
  bool enters;
};

// Joins the chains along the edge. Nothing: it cannot be told how.
std::optional<std::vector<TilePath>> join(std::vector<TilePath>& chains) {
  std::vector<End> ends;
  for (std::size_t i = 0; i < chains.size(); ++i) {
    const auto in = place_on_edge(chains[i].front()), out = place_on_edge(chains[i].back());
    if (!in || !out) return std::nullopt;
    ends.push_back({*in, i, true});
    ends.push_back({*out, i, false});
  }
  std::ranges::sort(ends, {}, &End::place);
  // Where one leaves and another enters at the same place, the order is the one by which they go on taking
  // turns.
  const auto alone = std::ranges::adjacent_find(ends, std::ranges::not_equal_to(), &End::place);
  if (alone == ends.end()) return std::nullopt;
  std::rotate(ends.begin(), alone + 1, ends.end());
  const auto tied = [&](std::size_t i) { return i + 1 < ends.size() && ends[i].place == ends[i + 1].place; };
  std::size_t first = 0;
  while (first < ends.size() && tied(first)) first += 2;
  if (first >= ends.size()) return std::nullopt;
  const bool begins = ends[first].enters == (first % 2 == 0);
  for (std::size_t i = 0; i < ends.size(); ++i) {
    const bool enters = begins == (i % 2 == 0);
    if (ends[i].enters != enters && tied(i)) std::swap(ends[i], ends[i + 1]);
    if (ends[i].enters != enters) return std::nullopt;
  }
  // From where a chain leaves, along the edge to the next that enters.
  std::vector<std::size_t> place_of_exit(chains.size());
  for (std::size_t i = 0; i < ends.size(); ++i)
    if (!ends[i].enters) place_of_exit[ends[i].chain] = i;
  std::vector<TilePath> rings;
  std::vector<bool> used(chains.size(), false);
  for (std::size_t first = 0; first < chains.size(); ++first) {
    if (used[first]) continue;
    TilePath ring;
    for (auto chain = first; !used[chain];) {
      used[chain] = true;
      ring.insert(ring.end(), chains[chain].begin(), chains[chain].end());
      const auto& leave = ends[place_of_exit[chain]];
      const auto& enter = ends[(place_of_exit[chain] + 1) % ends.size()];
      const auto until = enter.place >= leave.place ? enter.place : enter.place + 4 * kSide;
      for (auto corner = leave.place / kSide + 1; corner * kSide < until; ++corner)
        ring.push_back(kCorners[corner % 4]);
      chain = enter.chain;
    }
    ring.push_back(ring.front());
    rings.push_back(clean_ring(std::move(ring)));
    if (rings.back().empty()) rings.pop_back();
  }
  return rings;
}

// As a polygon in tile units.
geo::Geometry on_grid(const std::vector<TilePath>& rings) {
  geo::Part part;
  for (const auto& ring : rings) {
    auto& path = part.emplace_back();
    path.reserve(ring.size());
    for (const auto& p : ring) path.push_back({static_cast<double>(p.x), static_cast<double>(p.y)});
  }
  return {geo::GeometryKind::Polygon, {std::move(part)}};
}

std::vector<std::vector<TilePath>> clip_slowly(const std::vector<TilePath>& rings) {
  std::vector<TilePath> cut;
  for (const auto& ring : rings) {
    auto path = clip_ring(ring);
    if (path.empty() && cut.empty()) return {};
    if (!path.empty()) cut.push_back(std::move(path));
  }
  return mended(std::move(cut));
}

}  // namespace

std::vector<std::vector<TilePath>> mended(std::vector<TilePath> rings) {
  if (rings.empty()) return {};
  std::vector<std::vector<TilePath>> polygons;
  if (!touches_itself(rings)) {
    polygons.push_back(std::move(rings));
    return polygons;
  }
  for (const auto& piece : geo::repaired_on_grid(on_grid(rings), 1).parts) {
    auto& polygon = polygons.emplace_back();
    for (const auto& path : piece) {
      auto& ring = polygon.emplace_back();
      for (const auto p : path) ring.push_back({std::llround(p.x), std::llround(p.y)});
    }
  }
  return polygons;
}

std::vector<std::vector<TilePath>> clip_polygon(const std::vector<TilePath>& rings) {
  if (rings.empty()) return {};
  // Chains are joined by the side on which rings have their inside.
  for (std::size_t i = 0; i < rings.size(); ++i)
    if ((twice_area(rings[i]) > 0) != (i == 0)) {
      auto turned = rings;
      for (std::size_t k = 0; k < turned.size(); ++k)
        if ((twice_area(turned[k]) > 0) != (k == 0)) std::ranges::reverse(turned[k]);
      return clip_polygon(turned);
    }
  Pieces pieces;
  for (const auto& ring : rings) take_apart(ring, pieces);
  const bool outer_whole = !pieces.whole.empty() && twice_area(pieces.whole.front()) > 0;
  std::vector<std::vector<TilePath>> polygons;
  if (outer_whole) {
    polygons.push_back(std::move(pieces.whole));
    pieces.whole.clear();
  } else if (pieces.chains.empty()) {
    // All of the tile, or nothing of it: no ring goes through its middle.
    constexpr TilePoint kMiddle{geo::kTileExtent / 2, geo::kTileExtent / 2};
    if (!holds(rings.front(), kMiddle)) return {};
    for (const auto* ring : pieces.around)
      if (ring != rings.data() && holds(*ring, kMiddle)) return {};
    polygons.push_back({{kCorners[0], kCorners[1], kCorners[2], kCorners[3], kCorners[0]}});
  } else {
    auto joined = join(pieces.chains);
    if (!joined) return clip_slowly(rings);
    for (auto& ring : *joined) {
      if (twice_area(ring) < 0) return clip_slowly(rings);
      polygons.push_back({std::move(ring)});
    }
  }
  for (auto& hole : pieces.whole) {
    const auto around =
        polygons.size() == 1 ? polygons.begin() : std::ranges::find_if(polygons, [&](const auto& polygon) {
          return holds(polygon.front(), hole.front());
        });
    if (around == polygons.end()) return clip_slowly(rings);
    around->push_back(std::move(hole));
  }
  for (const auto& polygon : polygons)
    if (touches_itself_at_the_edge(polygon)) return clip_slowly(rings);
  return polygons;
}

}  // namespace simpul::catalog
