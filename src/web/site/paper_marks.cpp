#include "web/site/paper_marks.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>

namespace simpul::web::site {
namespace {

void join(PaperMark& mark, const PaperMark& other) {
  const auto a = static_cast<double>(mark.count), b = static_cast<double>(other.count);
  mark.at = {(mark.at.x * a + other.at.x * b) / (a + b), (mark.at.y * a + other.at.y * b) / (a + b)};
  mark.count += other.count;
  if (mark.group != other.group) mark.group = PaperMark::kSeveral;
}

std::vector<PaperMark> by_squares(const std::vector<PaperMark>& points) {
  std::map<std::pair<std::int64_t, std::int64_t>, PaperMark> squares;
  for (const auto& point : points) {
    const std::pair square{static_cast<std::int64_t>(std::floor(point.at.x / kSquareSide)),
                           static_cast<std::int64_t>(std::floor(point.at.y / kSquareSide))};
    if (const auto [at, fresh] = squares.try_emplace(square, point); !fresh) join(at->second, point);
  }
  std::vector<PaperMark> marks;
  for (auto& [square, mark] : squares) marks.push_back(mark);
  return marks;
}

double least_distance(const PaperMark& a, const PaperMark& b) {
  // Single marks may stand a little over each other, counts must be read.
  return a.count == 1 && b.count == 1 ? kNearest : 0.9 * (a.radius() + b.radius());
}

// Joins neighbours once; whether any were.
bool join_near(std::vector<PaperMark>& marks) {
  std::ranges::sort(marks, {}, [](const PaperMark& mark) { return std::pair(mark.at.x, mark.at.y); });
  double widest = 0;
  for (const auto& mark : marks) widest = std::max(widest, mark.radius());
  bool any = false;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    if (marks[i].count == 0) continue;
    for (std::size_t j = i + 1; j < marks.size() && marks[j].at.x - marks[i].at.x < 2 * widest; ++j) {
      if (marks[j].count == 0) continue;
      if (std::hypot(marks[j].at.x - marks[i].at.x, marks[j].at.y - marks[i].at.y) >=
          least_distance(marks[i], marks[j]))
        continue;
      join(marks[i], marks[j]);
      widest = std::max(widest, marks[i].radius());
      marks[j].count = 0;
      any = true;
    }
  }
  std::erase_if(marks, [](const PaperMark& mark) { return mark.count == 0; });
  return any;
}

}  // namespace

double PaperMark::radius() const {
  if (count == 1) return kMarkSize / 2;
  // Grows with the root of the count, as the live map's clusters do, to three digits and more.
  return std::min(2.1 + 0.28 * std::sqrt(static_cast<double>(count)), 5.5);
}

std::vector<PaperMark> paper_marks(std::vector<PaperMark> points, bool crowded) {
  auto marks = crowded || points.size() > kMostMarks ? by_squares(points) : std::move(points);
  while (join_near(marks)) {
  }
  std::ranges::sort(marks, {}, [](const PaperMark& mark) { return std::pair(mark.at.y, mark.at.x); });
  return marks;
}

}  // namespace simpul::web::site
