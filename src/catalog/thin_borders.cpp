#include "catalog/thin_borders.hpp"

#include <algorithm>

#include "geo/thin_line.hpp"

namespace simpul::catalog {

namespace {

constexpr int kMostTries = 3;  // halvings of the tolerance before all points are kept

std::uint64_t key_of(const TilePoint& p) {
  return static_cast<std::uint64_t>(p.x) << 32 | static_cast<std::uint64_t>(p.y);
}

}  // namespace

void ThinBorders::add(const TilePath& ring) {
  const auto edges = ring.size() - 1;
  for (std::size_t i = 0; i < edges; ++i) {
    const auto before = key_of(ring[i == 0 ? edges - 1 : i - 1]), behind = key_of(ring[i + 1]);
    const auto one = std::min(before, behind), other = std::max(before, behind);
    const auto [place, is_new] = places_.try_emplace(key_of(ring[i]), Place{one, other, false});
    if (!is_new && (place->second.one != one || place->second.other != other)) place->second.joint = true;
  }
}

// Hands on each stretch as a line from its lesser end, and whether the ring runs the other way. One without
// an end begins at its lesser point.
template <typename Each>
void ThinBorders::each_stretch(const TilePath& ring, Each each) const {
  const auto edges = ring.size() - 1;
  const auto joint = [&](std::size_t i) {
    const auto place = places_.find(key_of(ring[i]));
    return place == places_.end() || place->second.joint;
  };
  std::size_t start = 0;
  while (start < edges && !joint(start)) ++start;
  if (start == edges)
    start = static_cast<std::size_t>(std::ranges::min_element(ring.begin(), ring.end() - 1, {}, key_of) -
                                     ring.begin());
  TilePath line{ring[start]};
  for (std::size_t n = 1; n <= edges; ++n) {
    const auto i = (start + n) % edges;
    line.push_back(ring[i]);
    if (n < edges && !joint(i)) continue;
    const auto front = key_of(line.front()), back = key_of(line.back());
    const bool turned = front != back ? back < front : key_of(line[line.size() - 2]) < key_of(line[1]);
    if (turned) std::ranges::reverse(line);
    each(line, turned, Stretch{key_of(line[0]), key_of(line[1])});
    line.assign(1, ring[i]);
  }
}

TilePath ThinBorders::thinned(const TilePath& ring, double tolerance) const {
  TilePath out, part;
  each_stretch(ring, [&](const TilePath& line, bool turned, const Stretch& stretch) {
    const auto found = more_.find(stretch);
    const auto tries = found == more_.end() ? 0 : found->second;
    part = tries > kMostTries ? line : geo::thin_line(line, tolerance / (1 << tries));
    if (turned) std::ranges::reverse(part);
    if (!out.empty()) out.pop_back();  // where the last one ended
    out.insert(out.end(), part.begin(), part.end());
  });
  return out;
}

bool ThinBorders::keep_more(const TilePath& ring) {
  bool any = false;
  each_stretch(ring, [&](const TilePath& line, bool, const Stretch& stretch) {
    if (line.size() < 3) return;
    auto& tries = more_[stretch];
    // Not twice for the two sides of one border.
    if (tries > kMostTries || !changed_.insert(stretch).second) return;
    ++tries;
    any = true;
  });
  return any;
}

bool ThinBorders::touched(const TilePath& ring) const {
  if (changed_.empty()) return false;
  bool any = false;
  each_stretch(
      ring, [&](const TilePath&, bool, const Stretch& stretch) { any = any || changed_.contains(stretch); });
  return any;
}

}  // namespace simpul::catalog
