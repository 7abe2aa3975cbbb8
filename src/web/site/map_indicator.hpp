// The indicators that the map can colour, and one of them in classes: for the live map's tab, the drawn map,
// the printed one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/snapshot.hpp"
#include "i18n/translator.hpp"

namespace simpul::web::site {

inline constexpr int kMapClasses = 5;

// Known for at least two thirds of the kabupaten/kota in one year: with less a map says more about what is
// not known.
struct MapIndicator {
  std::string key;   // its name in addresses: "area", "livestock_population.buffalo"
  std::string name;  // "Livestock: Buffalo"
  // Ascending: those in which at least half of the kabupaten/kota have a value.
  std::vector<int> years;
  std::size_t known = 0;  // kabupaten/kota with a value, in the year with the most
};

// Those known for all kabupaten/kota first.
std::vector<MapIndicator> map_indicators(const catalog::Snapshot& snapshot, const i18n::Language& language);

struct ClassedRegion {
  const domain::Region* region = nullptr;
  std::optional<double> value;  // none: no data
  int shade = 0;                // of its class: 1 the lightest to kMapClasses; 0 no data
  std::string text;             // "2.958 km²"; "no data"
};

struct MapClass {
  int shade = 0;
  std::string text;         // "2.958 km²–5.286 km²": the least and the greatest value of all years in it
  std::size_t regions = 0;  // in this year
};

// Quantile classes over the values of all years together, so that a colour means the same in each of them.
struct ClassedIndicator {
  MapIndicator indicator;
  int year = 0;
  std::vector<ClassedRegion> regions;  // all kabupaten/kota, by code
  std::vector<MapClass> classes;       // at most kMapClasses, the lowest first
  std::size_t unknown = 0;             // kabupaten/kota without a value in this year
  std::vector<std::string> sources;    // statements of the year's values, each once
};

// `year`: the last one when it is none of the indicator's. nullopt: the map has no such indicator.
std::optional<ClassedIndicator> classed_indicator(const catalog::Snapshot& snapshot,
                                                  const i18n::Language& language, std::string_view key,
                                                  std::optional<int> year);

}  // namespace simpul::web::site
