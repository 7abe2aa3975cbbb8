#include "storage/record_filter.hpp"

#include <algorithm>

namespace simpul::storage {

std::string listed(const std::vector<std::string>& codes) {
  if (codes.empty()) return {};
  std::string text = ",";
  for (const auto& code : codes)
    if (!code.empty() && code.find_first_of(",%_\\") == code.npos) text += code + ',';
  return text;
}

std::string contains(std::string_view words) {
  if (words.empty()) return {};
  std::string pattern = "%";
  for (const char c : words) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + '%';
}

std::string tags_text(const std::vector<std::string>& tags) {
  return listed(tags);
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

std::string tag_pattern(std::string_view tag) {
  if (tag.empty()) return {};
  if (tag.find_first_of(",%_\\") != tag.npos) return ",";  // no record has such a tag
  return "%," + std::string(tag) + ",%";
}

}  // namespace simpul::storage
