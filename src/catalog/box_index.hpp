// Finds the boxes that meet a window: they stand in Z order of their middles, sixteen of them in a box around
// them, sixteen of those in the next, and so on. Used by the tiles of areas.
#pragma once

#include <cstdint>
#include <vector>

namespace simpul::catalog {

// Edges belong to it.
struct GridBox {
  std::int32_t min_x = INT32_MAX;
  std::int32_t min_y = INT32_MAX;
  std::int32_t max_x = INT32_MIN;
  std::int32_t max_y = INT32_MIN;
  void add(const GridBox& other);
  bool meets(const GridBox& other) const {
    return min_x <= other.max_x && other.min_x <= max_x && min_y <= other.max_y && other.min_y <= max_y;
  }
};

// The order that makes an index of boxes quick: numbers of the boxes.
std::vector<std::uint32_t> box_order(const std::vector<GridBox>& boxes);

class BoxIndex {
 public:
  BoxIndex() = default;
  // Of boxes in box_order(); coordinates from 0.
  explicit BoxIndex(std::vector<GridBox> boxes);

  const std::vector<GridBox>& boxes() const { return levels_.front(); }
  // Calls each(number) for those that meet the window, in their order.
  template <typename Each>
  void find(const GridBox& window, Each each) const {
    if (!levels_.front().empty()) find(levels_.size() - 1, 0, levels_.back().size(), window, each);
  }

 private:
  static constexpr std::size_t kTogether = 16;
  template <typename Each>
  void find(std::size_t level, std::size_t begin, std::size_t end, const GridBox& window, Each& each) const {
    const auto& boxes = levels_[level];
    end = end < boxes.size() ? end : boxes.size();
    for (auto i = begin; i < end; ++i) {
      if (!boxes[i].meets(window)) continue;
      if (level == 0)
        each(static_cast<std::uint32_t>(i));
      else
        find(level - 1, i * kTogether, (i + 1) * kTogether, window, each);
    }
  }

  std::vector<std::vector<GridBox>> levels_{{}};  // the boxes, those around them, ...
};

}  // namespace simpul::catalog
