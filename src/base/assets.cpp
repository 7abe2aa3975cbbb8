#include "base/assets.hpp"

#include <algorithm>

namespace simpul {

const Asset* find_asset(std::string_view path) {
  const auto assets = all_assets();
  const auto found = std::ranges::lower_bound(assets, path, {}, &Asset::path);
  return found != assets.end() && found->path == path ? &*found : nullptr;
}

}  // namespace simpul
