#include "web/site/map_state.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace simpul::web::site {
namespace {

constexpr std::size_t kMostNames = 20;
constexpr std::size_t kLongestName = 120;

template <class Number>
std::optional<Number> number_of(std::string_view text) {
  Number value{};
  const auto* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || at != end) return std::nullopt;
  return value;
}

// A name of our own making: small letters, digits, '-', '_', '.'.
bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= kLongestName && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  });
}

std::vector<std::string> names_of(std::string_view list) {
  std::vector<std::string> names;
  while (!list.empty() && names.size() < kMostNames) {
    const auto end = std::min(list.find(','), list.size());
    if (const auto name = list.substr(0, end); is_name(name)) names.emplace_back(name);
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace

std::optional<MapView> parse_map_view(std::string_view text) {
  double parts[3];
  for (int i = 0; i < 3; ++i) {
    const auto end = i < 2 ? text.find('/') : text.size();
    if (end == text.npos) return std::nullopt;
    const auto value = number_of<double>(text.substr(0, end));
    if (!value || !std::isfinite(*value)) return std::nullopt;
    parts[i] = *value;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (parts[0] < 0 || parts[0] > 22 || std::abs(parts[1]) > 85 || std::abs(parts[2]) > 180)
    return std::nullopt;
  return MapView{parts[0], {parts[2], parts[1]}};
}

MapState read_map_state(const http::Request& request, std::span<const std::string_view> own) {
  MapState state{.list = read_list_state(request, own)};
  const auto text = [&request](std::string_view name) -> std::string_view {
    const auto* value = request.parameter(name);
    return value ? std::string_view(*value) : std::string_view();
  };
  if (is_name(text("i"))) state.indicator = text("i");
  state.year = number_of<int>(text("year"));
  if (request.parameter("layers")) state.layers = names_of(text("layers"));
  state.view = parse_map_view(text("m"));
  if (is_name(text("sel")) && text("sel").find('.') == std::string_view::npos) state.selected = text("sel");
  state.embedded = text("embed") == "1";
  state.panel = text("panel") == "layers"  ? MapPanel::Layers
                : !state.indicator.empty() ? MapPanel::Indicator
                                           : MapPanel::Potentials;
  return state;
}

std::string map_query(const MapState& state, const domain::Filter& filter) {
  std::string query = domain::to_query(filter);
  const auto add = [&query](const std::string& part) { query += (query.empty() ? "" : "&") + part; };
  if (!state.indicator.empty()) {
    add("i=" + state.indicator);
    if (state.year) add("year=" + std::to_string(*state.year));
  }
  if (state.panel == MapPanel::Layers) add("panel=layers");
  if (state.layers) add(fmt::format("layers={}", fmt::join(*state.layers, ",")));
  if (state.view)
    add(fmt::format("m={:.2f}/{:.4f}/{:.4f}", state.view->zoom, state.view->middle.y, state.view->middle.x));
  if (!state.selected.empty()) add("sel=" + state.selected);
  if (state.embedded) add("embed=1");
  return query;
}

}  // namespace simpul::web::site
