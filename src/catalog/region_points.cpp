#include "catalog/region_points.hpp"

#include <toml++/toml.h>

#include "base/error.hpp"

namespace simpul::catalog {

namespace {

[[noreturn]] void incomplete(const std::string& what) {
  throw Error(ErrorKind::Internal, "The program is incomplete", {}, {}, "reference/regions.toml: " + what);
}

geo::Point point(const toml::table& table, std::string_view key, const std::string& code) {
  const auto* pair = table[key].as_array();
  const auto x = pair && pair->size() == 2 ? pair->get(0)->value<double>() : std::nullopt;
  const auto y = pair && pair->size() == 2 ? pair->get(1)->value<double>() : std::nullopt;
  if (!x || !y) incomplete(code + ": " + std::string(key) + " is not [longitude, latitude]");
  return {*x, *y};
}

}  // namespace

std::map<std::string, RegionPoints, std::less<>> parse_region_points(std::string_view text) {
  std::map<std::string, RegionPoints, std::less<>> points;
  try {
    const auto file = toml::parse(text);
    const auto* list = file["region"].as_array();
    if (!list) incomplete("no [[region]]");
    for (const auto& one : *list) {
      const auto* table = one.as_table();
      const auto code = table ? (*table)["code"].value<std::string>() : std::nullopt;
      if (!code) incomplete("a region without its code");
      points[*code] = {point(*table, "label", *code), point(*table, "badge", *code)};
    }
  } catch (const toml::parse_error& fault) {
    incomplete("line " + std::to_string(fault.source().begin.line) + ": " + std::string(fault.description()));
  }
  return points;
}

}  // namespace simpul::catalog
