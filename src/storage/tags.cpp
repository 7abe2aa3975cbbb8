#include "storage/tags.hpp"

#include <algorithm>

namespace simpul::storage {

std::string tags_text(const std::vector<std::string>& tags) {
  if (tags.empty()) return {};
  std::string text = ",";
  for (const auto& tag : tags) text += tag + ',';
  return text;
}

std::vector<std::string> tags_of(std::string_view column) {
  std::vector<std::string> tags;
  while (!column.empty()) {
    const auto end = std::min(column.find(','), column.size());
    if (end > 0) tags.emplace_back(column.substr(0, end));
    column.remove_prefix(std::min(end + 1, column.size()));
  }
  return tags;
}

}  // namespace simpul::storage
