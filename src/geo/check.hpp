// The rules every geometry from outside must meet before anything else touches it. Used by the readers of
// this folder (WKB, GeoJSON) and by whoever builds a geometry by hand.
#pragma once

#include <cstddef>

#include "geo/geometry.hpp"

namespace simpul::geo {

// Limits of one geometry, all its parts together.
inline constexpr std::size_t kMaxPoints = 100'000;
inline constexpr std::size_t kMaxRings = 1'000;  // rings of polygons; lines of a multi-line count the same

// The limits of what comes from a person; a file of official boundaries may hold more before it is
// simplified.
struct SizeLimits {
  std::size_t points = kMaxPoints;
  std::size_t rings = kMaxRings;
};

// Throws Error Invalid: no part, wrong number of points for the kind, a ring that is not closed or has fewer
// than four points, a coordinate that is not finite or outside -180..180 / -90..90, or more than the limits.
void check(const Geometry& geometry, SizeLimits limits = {});

// The checks of one coordinate and of the sizes, for a reader that wants to stop early.
void check_coordinate(double longitude, double latitude);
[[noreturn]] void refuse_too_large(SizeLimits limits = {});

}  // namespace simpul::geo
