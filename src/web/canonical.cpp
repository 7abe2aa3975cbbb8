#include "web/canonical.hpp"

#include <algorithm>

#include "domain/filter.hpp"

namespace simpul::web {

namespace {

// Of the map, carried along by links to a list, which has no use for them; and what campaigns append.
bool harmless(std::string_view name) {
  constexpr std::string_view kNames[] = {"m", "sel", "i", "year", "embed", "fbclid", "gclid"};
  return std::ranges::find(kNames, name) != std::end(kNames) || name.starts_with("utm_");
}

bool declared(std::string_view names, std::string_view name) {
  while (!names.empty()) {
    const auto comma = std::min(names.find(','), names.size());
    if (names.substr(0, comma) == name) return true;
    names.remove_prefix(std::min(comma + 1, names.size()));
  }
  return false;
}

}  // namespace

std::optional<std::string> canonical_query(const Route& route, const http::Request& request) {
  if (request.query.empty()) return "";
  std::string canonical;
  if (route.filtered) {
    std::vector<domain::FilterNotice> notices;
    canonical = domain::to_query(domain::parse_filter(request.query, notices));
    if (!notices.empty()) return std::nullopt;
    if (route.cache == Cache::Page)
      for (const auto& [name, value] : request.query)
        if (domain::facet_index(name) < 0 && name != "q" && name != "bbox" && !harmless(name) &&
            !declared(route.parameters, name))
          return std::nullopt;
  }
  for (auto names = route.parameters; !names.empty();) {
    const auto comma = std::min(names.find(','), names.size());
    const auto name = names.substr(0, comma);
    names.remove_prefix(std::min(comma + 1, names.size()));
    const auto* value = request.parameter(name);
    if (value == nullptr) continue;
    if (!canonical.empty()) canonical += '&';
    canonical.append(name).append("=").append(http::percent_encode(*value));
  }
  return canonical;
}

View view_of(const http::Request& request) {
  View view;
  const auto theme = request.cookie("theme");
  if (theme == "light") view.theme = Theme::Light;
  if (theme == "dark") view.theme = Theme::Dark;
  const auto low_data = request.cookie("lowdata");
  view.low_data = low_data == "1" || (low_data.empty() && request.header("save-data") == "on");
  return view;
}

bool names_etag(std::string_view list, std::string_view etag) {
  if (etag.empty()) return false;
  while (!list.empty()) {
    const auto comma = std::min(list.find(','), list.size());
    auto item = list.substr(0, comma);
    list.remove_prefix(std::min(comma + 1, list.size()));
    while (!item.empty() && item.front() == ' ') item.remove_prefix(1);
    while (!item.empty() && item.back() == ' ') item.remove_suffix(1);
    if (item.starts_with("W/")) item.remove_prefix(2);
    if (item == etag || item == "*") return true;
  }
  return false;
}

}  // namespace simpul::web
