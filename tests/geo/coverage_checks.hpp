// What must hold for every coverage, on drawn worlds and on the real one. Used by the tests of geo and of
// service.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "geo/measure.hpp"
#include "geo/operations.hpp"

namespace simpul::geo {

inline double sum_of_areas(const std::vector<Geometry>& areas) {
  double sum = 0;
  for (const auto& area : areas) sum += area_km2(area);
  return sum;
}

// Each is there and valid, and none lies over another: together they cover as much as one by one.
inline void expect_no_overlap(const std::vector<Geometry>& areas) {
  for (std::size_t i = 0; i < areas.size(); ++i) {
    EXPECT_FALSE(areas[i].empty()) << "area " << i;
    if (areas[i].empty()) return;
    const auto reason = why_invalid(areas[i]);
    EXPECT_FALSE(reason.has_value()) << "area " << i << ": " << reason->reason;
  }
  const auto together = united(areas);
  EXPECT_NEAR(area_km2(together), sum_of_areas(areas), 1e-6 * sum_of_areas(areas));
}

inline std::size_t holes_in(const Geometry& geometry) {
  std::size_t holes = 0;
  for (const auto& part : geometry.parts) holes += part.size() - 1;
  return holes;
}

// Where two areas meet, they meet at the same points: a segment that one walks forward, another walks
// backward, and no segment is walked twice the same way. The segments walked once are the coast; they are
// returned.
inline std::size_t expect_shared_borders(const std::vector<Geometry>& areas) {
  std::map<std::pair<std::pair<double, double>, std::pair<double, double>>, int> walked;
  for (const auto& area : areas)
    for (const auto& part : area.parts)
      for (const auto& ring : part)
        for (std::size_t i = 0; i + 1 < ring.size(); ++i)
          ++walked[{{ring[i].x, ring[i].y}, {ring[i + 1].x, ring[i + 1].y}}];
  std::size_t coast = 0;
  for (const auto& [segment, times] : walked) {
    EXPECT_EQ(times, 1);
    if (!walked.contains({segment.second, segment.first})) ++coast;
  }
  return coast;
}

}  // namespace simpul::geo
