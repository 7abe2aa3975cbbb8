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
  return pieces_of(column, ',');
}

std::vector<std::string> pieces_of(std::string_view text, char separator) {
  std::vector<std::string> pieces;
  while (!text.empty()) {
    const auto end = std::min(text.find(separator), text.size());
    if (end > 0) pieces.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return pieces;
}

}  // namespace simpul::storage
