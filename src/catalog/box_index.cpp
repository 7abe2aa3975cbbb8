#include "catalog/box_index.hpp"

#include <algorithm>
#include <numeric>

#include "catalog/spatial_index.hpp"

namespace simpul::catalog {

void GridBox::add(const GridBox& other) {
  min_x = std::min(min_x, other.min_x);
  min_y = std::min(min_y, other.min_y);
  max_x = std::max(max_x, other.max_x);
  max_y = std::max(max_y, other.max_y);
}

std::vector<std::uint32_t> box_order(const std::vector<GridBox>& boxes) {
  std::vector<std::uint64_t> codes;
  codes.reserve(boxes.size());
  for (const auto& box : boxes)
    codes.push_back(z_order({static_cast<std::uint32_t>(box.min_x + (box.max_x - box.min_x) / 2),
                             static_cast<std::uint32_t>(box.min_y + (box.max_y - box.min_y) / 2)}));
  std::vector<std::uint32_t> order(boxes.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, {}, [&](std::uint32_t i) { return codes[i]; });
  return order;
}

BoxIndex::BoxIndex(std::vector<GridBox> boxes) {
  levels_.front() = std::move(boxes);
  while (levels_.back().size() > kTogether) {
    std::vector<GridBox> around((levels_.back().size() + kTogether - 1) / kTogether);
    for (std::size_t i = 0; i < levels_.back().size(); ++i) around[i / kTogether].add(levels_.back()[i]);
    levels_.push_back(std::move(around));
  }
}

}  // namespace simpul::catalog
