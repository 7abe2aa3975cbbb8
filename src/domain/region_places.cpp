#include "domain/region_places.hpp"

#include <toml++/toml.h>

#include <algorithm>

#include "base/assets.hpp"
#include "base/error.hpp"

namespace simpul::domain {
namespace {

constexpr std::string_view kFile = "reference/regions.toml";

[[noreturn]] void refuse(const toml::source_region& where, std::string what) {
  throw Error(
      ErrorKind::Invalid, "{file}, line {line}: {what}",
      {{"file", std::string(kFile)}, {"line", std::to_string(where.begin.line)}, {"what", std::move(what)}});
}

geo::Point position(const toml::table& table, std::string_view key) {
  const auto* array = table[key].as_array();
  if (array == nullptr || array->size() != 2)
    refuse(table.source(), std::string(key) + " is not [longitude, latitude]");
  const auto x = array->get(0)->value<double>();
  const auto y = array->get(1)->value<double>();
  if (!x || !y || *x < -180 || *x > 180 || *y < -90 || *y > 90)
    refuse(array->source(), std::string(key) + " is not [longitude, latitude]");
  return {*x, *y};
}

RegionPlace read_place(const toml::table& table) {
  for (const auto& [key, value] : table)
    if (key != "code" && key != "label" && key != "badge" && key != "adjacent")
      refuse(key.source(), "unknown key \"" + std::string(key.str()) + "\"");
  RegionPlace place;
  const auto code = table["code"].value<std::string>();
  if (!code || code->empty()) refuse(table.source(), "\"code\" is missing or no text");
  place.code = *code;
  place.label = position(table, "label");
  place.badge = position(table, "badge");
  const auto* adjacent = table["adjacent"].as_array();
  if (adjacent == nullptr) refuse(table.source(), "\"adjacent\" is missing or no list");
  for (const auto& node : *adjacent) {
    const auto other = node.value<std::string>();
    if (!other) refuse(node.source(), "a neighbour is not a code");
    place.adjacent.push_back(*other);
  }
  return place;
}

bool names(const RegionPlace& place, std::string_view code) {
  return std::ranges::find(place.adjacent, code) != place.adjacent.end();
}

}  // namespace

std::vector<RegionPlace> parse_region_places(std::string_view text) {
  toml::table root;
  try {
    root = toml::parse(text);
  } catch (const toml::parse_error& error) {
    refuse(error.source(), std::string(error.description()));
  }
  const auto* list = root["region"].as_array();
  if (list == nullptr || root.size() != 1) refuse(root.source(), "there must be [[region]] and nothing else");
  std::vector<RegionPlace> places;
  for (const auto& node : *list) {
    if (!node.is_table()) refuse(node.source(), "[[region]] is not a table");
    places.push_back(read_place(*node.as_table()));
    const auto& code = places.back().code;
    if (std::ranges::count(places, code, &RegionPlace::code) > 1)
      refuse(node.source(), code + " is there twice");
  }
  for (const auto& place : places)
    for (const auto& other : place.adjacent) {
      const auto found = std::ranges::find(places, other, &RegionPlace::code);
      if (found == places.end() || found->code == place.code || !names(*found, place.code))
        refuse(root.source(),
               place.code + " names " + other + " as its neighbour, but not the other way round");
    }
  return places;
}

const std::vector<RegionPlace>& region_places() {
  static const auto places = [] {
    const auto* asset = find_asset(kFile);
    if (asset == nullptr)
      throw Error(ErrorKind::Internal, "{file} is missing.", {{"file", std::string(kFile)}});
    return parse_region_places(asset->bytes);
  }();
  return places;
}

}  // namespace simpul::domain
