#include "web/site/map_indicator.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "web/site/charts.hpp"
#include "web/site/figures.hpp"
#include "web/site/region_map.hpp"
#include "web/site/words.hpp"

namespace simpul::web::site {
namespace {

// What is asked for most, before the others of the same coverage.
constexpr std::string_view kFirst[] = {"area", "population", "grdp_constant_2010", "grdp_growth", "hdi"};

using Year = std::map<std::string_view, const domain::IndicatorValue*>;  // by region
struct Known {
  std::map<int, Year> years;
  const domain::IndicatorValue* any = nullptr;
};

std::string key_of(const domain::IndicatorValue& value) {
  return value.commodity.empty() ? value.indicator : value.indicator + "." + value.commodity;
}

// The values of the kabupaten/kota, by key. Of a field alone no map is made: its values are shares and
// structures that the region's page explains.
std::map<std::string, Known> known_values(const catalog::Snapshot& snapshot) {
  std::map<std::string, Known> all;
  for (const auto& value : snapshot.data().indicators) {
    if (!value.year || (value.commodity.empty() && !value.sector.empty())) continue;
    const auto* region = snapshot.region(value.region_code);
    if (!region || region->kind == "province") continue;
    auto& known = all[key_of(value)];
    // One unit: of the first.
    if (known.any && known.any->unit != value.unit) continue;
    if (!known.any) known.any = &value;
    known.years[*value.year].emplace(value.region_code, &value);
  }
  return all;
}

std::string name_of_indicator(const catalog::Snapshot& snapshot, const i18n::Language& language,
                              const domain::IndicatorValue& value) {
  const auto name = indicator_name(language, value.indicator);
  if (value.commodity.empty()) return name;
  const auto* commodity = snapshot.commodity(value.commodity);
  return name + ": " + (commodity ? name_of(commodity->name, language) : value.commodity);
}

// nullopt: known for too few.
std::optional<MapIndicator> map_indicator(const catalog::Snapshot& snapshot, const i18n::Language& language,
                                          const std::string& key, const Known& known) {
  const auto all = regions_of(snapshot).size();
  MapIndicator found{key, name_of_indicator(snapshot, language, *known.any), {}, 0};
  for (const auto& [year, values] : known.years) {
    if (2 * values.size() >= all) found.years.push_back(year);
    found.known = std::max(found.known, values.size());
  }
  if (3 * found.known < 2 * all) return std::nullopt;
  return found;
}

// Equal values make fewer classes: their colours are then spread over the whole ramp.
int shade_of(std::size_t number, std::size_t classes) {
  if (classes < 2) return kMapClasses;
  const auto steps = static_cast<double>(kMapClasses - 1) / static_cast<double>(classes - 1);
  return 1 + static_cast<int>(std::lround(steps * static_cast<double>(number)));
}

}  // namespace

std::vector<MapIndicator> map_indicators(const catalog::Snapshot& snapshot, const i18n::Language& language) {
  std::vector<MapIndicator> found;
  for (const auto& [key, known] : known_values(snapshot))
    if (auto one = map_indicator(snapshot, language, key, known)) found.push_back(std::move(*one));
  std::ranges::stable_sort(found, [](const MapIndicator& a, const MapIndicator& b) {
    const auto place = [](const MapIndicator& one) { return std::ranges::find(kFirst, one.key) - kFirst; };
    return a.known != b.known ? a.known > b.known : place(a) < place(b);
  });
  return found;
}

std::optional<ClassedIndicator> classed_indicator(const catalog::Snapshot& snapshot,
                                                  const i18n::Language& language, std::string_view key,
                                                  std::optional<int> year) {
  const auto all = known_values(snapshot);
  const auto known = all.find(std::string(key));
  if (known == all.end()) return std::nullopt;
  auto indicator = map_indicator(snapshot, language, known->first, known->second);
  if (!indicator) return std::nullopt;

  ClassedIndicator out;
  out.year = year && std::ranges::binary_search(indicator->years, *year) ? *year : indicator->years.back();
  std::vector<double> values;
  for (const auto one : indicator->years)
    for (const auto& [code, value] : known->second.years.at(one)) values.push_back(value->value);
  const auto bounds = quantile_bounds(values, kMapClasses);
  const auto text = [&](double value) { return quantity_text(language, value, known->second.any->unit); };
  for (std::size_t i = 0; i < bounds.size(); ++i) {
    double least = 0, greatest = 0;
    bool first = true;
    for (const auto value : values) {
      if (class_of(value, bounds) != static_cast<int>(i) + 1) continue;
      least = first ? value : std::min(least, value);
      greatest = first ? value : std::max(greatest, value);
      first = false;
    }
    // A dash before a minus would be read as one.
    const auto range =
        least == greatest ? text(least)
        : least < 0 ? language.tr("{least} to {most}", {{"least", text(least)}, {"most", text(greatest)}})
                    : text(least) + "–" + text(greatest);
    out.classes.push_back({shade_of(i, bounds.size()), range, 0});
  }

  const auto& of_year = known->second.years.at(out.year);
  for (const auto* region : regions_of(snapshot)) {
    auto& one = out.regions.emplace_back();
    one.region = region;
    const auto found = of_year.find(region->code);
    if (found == of_year.end()) {
      one.text = language.tr("no data");
      ++out.unknown;
      continue;
    }
    const auto& value = *found->second;
    one.value = value.value;
    auto& own = out.classes[static_cast<std::size_t>(class_of(value.value, bounds)) - 1];
    one.shade = own.shade;
    one.text = text(value.value);
    ++own.regions;
    if (std::ranges::find(out.sources, value.source) == out.sources.end())
      out.sources.push_back(value.source);
  }
  out.indicator = std::move(*indicator);
  return out;
}

}  // namespace simpul::web::site
