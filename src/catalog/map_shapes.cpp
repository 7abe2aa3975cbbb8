#include "catalog/map_shapes.hpp"

#include <algorithm>
#include <compare>
#include <optional>

namespace simpul::catalog {

namespace {

constexpr std::uint32_t kNobody = UINT32_MAX;

// A straight piece of an outline, without direction: `low` is the lesser end.
struct Segment {
  std::uint64_t low;
  std::uint64_t high;
  std::uint32_t area;
  auto operator<=>(const Segment&) const = default;
};

std::uint64_t packed(geo::WorldPoint p) {
  return static_cast<std::uint64_t>(p.x) << 32 | p.y;
}

Segment segment(geo::WorldPoint a, geo::WorldPoint b, std::uint32_t area) {
  const auto first = packed(a), second = packed(b);
  return {std::min(first, second), std::max(first, second), area};
}

class Segments {
 public:
  void add(const Segment& segment) { list_.push_back(segment); }
  void sort() { std::ranges::sort(list_); }
  // The area on the other side, or kNobody.
  std::uint32_t neighbour(const Segment& wanted) const {
    for (auto at = first(wanted); at != list_.end() && at->low == wanted.low && at->high == wanted.high; ++at)
      if (at->area != wanted.area) return at->area;
    return kNobody;
  }
  bool contains(const Segment& wanted) const {
    const auto at = first(wanted);
    return at != list_.end() && at->low == wanted.low && at->high == wanted.high;
  }

 private:
  std::vector<Segment>::const_iterator first(const Segment& wanted) const {
    return std::ranges::lower_bound(list_, Segment{wanted.low, wanted.high, 0});
  }
  std::vector<Segment> list_;
};

template <typename Each>
void each_segment(const MapBand& band, const domain::BoundarySet& set, int level, Each each) {
  for (const auto& part : band.parts) {
    if (set.boundaries[part.area].level != level) continue;
    for (auto ring = part.first_ring; ring < part.end_ring; ++ring) {
      const auto path = band.rings[ring];
      for (std::size_t i = 1; i < path.size(); ++i) each(segment(path[i - 1], path[i], part.area));
    }
  }
}

void add_border(MapBand& band, int level, BorderKind kind, std::span<const geo::WorldPoint> path) {
  Border border;
  border.level = static_cast<std::uint8_t>(level);
  border.kind = kind;
  for (const auto p : path) border.box.add(p);
  band.borders.push_back(border);
  band.border_paths.add(path);
}

// Cuts the outline into the stretches along which `side_of` stays the same and hands each on, except those it
// does not want (nullopt). Begins where the side changes, so that no stretch is cut in two by the ring's
// first point.
template <typename SideOf, typename Take>
void each_stretch(std::span<const geo::WorldPoint> ring, SideOf side_of, Take take) {
  const auto edges = ring.size() - 1;
  std::vector<std::optional<std::uint32_t>> sides(edges);
  for (std::size_t i = 0; i < edges; ++i) sides[i] = side_of(ring[i], ring[i + 1]);
  std::size_t start = 0;
  while (start < edges && sides[start] == sides[(start + edges - 1) % edges]) ++start;
  start %= edges;
  std::vector<geo::WorldPoint> path;
  for (std::size_t n = 0; n < edges; ++n) {
    const auto i = (start + n) % edges;
    if (path.empty()) path.push_back(ring[i]);
    path.push_back(ring[i + 1]);
    if (n + 1 == edges || sides[i] != sides[(i + 1) % edges]) {
      if (sides[i]) take(*sides[i], path);
      path.clear();
    }
  }
}

void add_borders(MapBand& band, const domain::BoundarySet& set) {
  Segments regencies, districts;
  each_segment(band, set, 2, [&](const Segment& s) { regencies.add(s); });
  each_segment(band, set, 3, [&](const Segment& s) { districts.add(s); });
  regencies.sort();
  districts.sort();
  for (const auto& part : band.parts) {
    const auto& self = set.boundaries[part.area];
    // The coast, and each shared border from the side of the lesser number only.
    const auto regency_side = [&](geo::WorldPoint a, geo::WorldPoint b) -> std::optional<std::uint32_t> {
      const auto other = regencies.neighbour(segment(a, b, part.area));
      if (other != kNobody && other < part.area) return std::nullopt;
      return other;
    };
    // Inside one kabupaten only; its own border is drawn already, even where the two do not meet exactly.
    const auto district_side = [&](geo::WorldPoint a, geo::WorldPoint b) -> std::optional<std::uint32_t> {
      const auto s = segment(a, b, part.area);
      const auto other = districts.neighbour(s);
      if (other == kNobody || other < part.area || regencies.contains(s)) return std::nullopt;
      const auto regency = [](std::string_view code) { return code.substr(0, code.rfind('.')); };
      if (regency(set.boundaries[other].code) != regency(self.code)) return std::nullopt;
      return other;
    };
    const auto take = [&](std::uint32_t other, std::span<const geo::WorldPoint> path) {
      add_border(band, self.level, other == kNobody ? BorderKind::Coast : BorderKind::Border, path);
    };
    for (auto ring = part.first_ring; ring < part.end_ring; ++ring) {
      if (self.level == 2)
        each_stretch(band.rings[ring], regency_side, take);
      else
        each_stretch(band.rings[ring], district_side, take);
    }
  }
}

}  // namespace

void PathList::add(std::span<const geo::WorldPoint> path) {
  points.insert(points.end(), path.begin(), path.end());
  begins.push_back(static_cast<std::uint32_t>(points.size()));
}

MapShapes make_map_shapes(const domain::BoundarySet& boundaries) {
  MapShapes shapes;
  std::vector<geo::WorldPoint> ring;
  for (int number = 0; number < domain::kBoundaryBands; ++number) {
    auto& band = shapes.bands[number];
    for (std::uint32_t area = 0; area < boundaries.boundaries.size(); ++area) {
      const auto& bands = boundaries.boundaries[area].bands;
      if (bands.size() <= static_cast<std::size_t>(number)) continue;  // no polygon known
      for (const auto& polygon : bands[static_cast<std::size_t>(number)].parts) {
        AreaPart part;
        part.area = area;
        part.first_ring = static_cast<std::uint32_t>(band.rings.size());
        for (const auto& path : polygon) {
          ring.clear();
          for (const auto p : path) {
            const auto world = geo::to_world(p);
            if (ring.empty() || ring.back() != world) ring.push_back(world);
          }
          if (ring.size() < 4) {
            if (part.first_ring == band.rings.size()) break;  // smaller than the grid: no holes either
            continue;
          }
          for (const auto p : ring) part.box.add(p);
          band.rings.add(ring);
        }
        part.end_ring = static_cast<std::uint32_t>(band.rings.size());
        if (part.first_ring == part.end_ring) continue;
        band.parts.push_back(part);
        shapes.box.add({part.box.min_x, part.box.min_y});
        shapes.box.add({part.box.max_x, part.box.max_y});
      }
    }
    add_borders(band, boundaries);
    band.rings.points.shrink_to_fit();
    band.border_paths.points.shrink_to_fit();
  }
  return shapes;
}

int band_of(int zoom) {
  int band = 0;
  while (band + 1 < domain::kBoundaryBands && zoom > domain::kBoundaryBandZoom[band]) ++band;
  return band;
}

}  // namespace simpul::catalog
