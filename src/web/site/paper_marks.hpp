// The potentials of a printed map as marks: what would cover each other on paper becomes one mark with a
// count, and a crowd is counted by squares first, so that a million potentials are no more than a few hundred
// marks. Used by the printed map.
#pragma once

#include <cstddef>
#include <vector>

#include "catalog/snapshot.hpp"

namespace simpul::web::site {

// Millimetres of the page.
inline constexpr double kMarkSize = 4.4;   // of a single potential, side of its box
inline constexpr double kSquareSide = 10;  // of the squares in which a crowd is counted
inline constexpr double kNearest = 2.6;    // nearer marks become one
// More points than that in the picture are counted by squares.
inline constexpr std::size_t kMostMarks = 2000;

struct PaperMark {
  static constexpr int kSeveral = -1;
  geo::Point at;  // millimetres of the page; the mean of its potentials
  std::size_t count = 1;
  int group = kSeveral;      // the group of all of them
  catalog::Ordinal one = 0;  // one of them
  // From its middle to its rim.
  double radius() const;
};

// `points` are places on the page, a mark each. `crowded`: count by squares also when there are few. In the
// order in which they are drawn, the southernmost last.
std::vector<PaperMark> paper_marks(std::vector<PaperMark> points, bool crowded);

}  // namespace simpul::web::site
