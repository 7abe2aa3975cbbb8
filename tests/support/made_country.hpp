// Areas that fill a square without gaps, with crooked borders that neighbours share: made, always the same
// for a seed. Used by the tests of the areas' tiles.
#pragma once

#include <cstdint>
#include <vector>

#include "domain/area.hpp"

namespace simpul::test {

struct MadeCountry {
  std::uint64_t seed = 1;
  int side = 6;          // areas along a side of the square
  int points = 12;       // on each side of an area
  double degrees = 0.5;  // of the square, from kWest, kNorth (small_register.hpp) to the south-east
  double crooked = 0.3;  // how far a border strays, as a part of an area's width; below 0.5
  int level = 4;
  bool lake = false;  // a hole in the first area, filled by an area of its own
};

// With shapes; codes "X.1", "X.2", ..., in rows from the north-west.
std::vector<domain::Area> made_country(const MadeCountry& country);

// Makes their shapes, together.
void shape(std::vector<domain::Area>& areas);

}  // namespace simpul::test
