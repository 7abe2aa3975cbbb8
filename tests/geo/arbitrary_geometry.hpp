// Random geometries that pass check(), for the properties of this folder. Coordinates are whole millionths of
// a degree, so that GeoJSON text holds them without loss.
#pragma once

#include <rapidcheck.h>

#include "geo/geometry.hpp"

namespace simpul::geo {

inline rc::Gen<Point> arbitrary_point() {
  return rc::gen::map(
      rc::gen::pair(rc::gen::inRange(-180'000'000, 180'000'001), rc::gen::inRange(-90'000'000, 90'000'001)),
      [](auto pair) {
        return Point{pair.first / 1e6, pair.second / 1e6};
      });
}

// A ring that turns counter-clockwise (outer) or clockwise: a box, which is all the text form depends on.
inline rc::Gen<Path> arbitrary_ring(bool outer) {
  return rc::gen::exec([outer] {
    const auto x = *rc::gen::inRange(-179'000'000, 178'000'000);
    const auto y = *rc::gen::inRange(-89'000'000, 88'000'000);
    const auto at = [&](int dx, int dy) { return Point{(x + dx * 500'000) / 1e6, (y + dy * 500'000) / 1e6}; };
    Path ring{at(0, 0), at(1, 0), at(1, 1), at(0, 1), at(0, 0)};
    if (!outer) ring = Path(ring.rbegin(), ring.rend());
    return ring;
  });
}

inline rc::Gen<Part> arbitrary_part(GeometryKind kind) {
  return rc::gen::exec([kind]() -> Part {
    if (kind == GeometryKind::Point) return {{*arbitrary_point()}};
    if (kind == GeometryKind::LineString) {
      const auto n = *rc::gen::inRange(2, 9);
      return {*rc::gen::container<Path>(static_cast<std::size_t>(n), arbitrary_point())};
    }
    Part part{*arbitrary_ring(true)};
    for (auto holes = *rc::gen::inRange(0, 3); holes > 0; --holes) part.push_back(*arbitrary_ring(false));
    return part;
  });
}

inline rc::Gen<Geometry> arbitrary_geometry() {
  return rc::gen::exec([] {
    const auto number = *rc::gen::inRange(1, 7);
    Geometry geometry;
    geometry.kind = static_cast<GeometryKind>(number);
    const auto single = static_cast<GeometryKind>((number - 1) % 3 + 1);
    const auto parts = number > 3 ? *rc::gen::inRange(1, 5) : 1;
    for (int i = 0; i < parts; ++i) geometry.parts.push_back(*arbitrary_part(single));
    return geometry;
  });
}

}  // namespace simpul::geo
