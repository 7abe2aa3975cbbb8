#include "web/site/map_panels.hpp"

#include <algorithm>

#include "web/site/facets.hpp"
#include "web/site/figures.hpp"
#include "web/site/region_map.hpp"
#include "web/site/site.hpp"
#include "web/site/words.hpp"

namespace simpul::web::site {
namespace {

// "74.01:3 74.02:0": what the live map colours by.
std::string classes_text(const ClassedIndicator& chosen) {
  std::string text;
  for (const auto& one : chosen.regions)
    text += (text.empty() ? "" : " ") + one.region->code + ":" + std::to_string(one.shade);
  return text;
}

void fill_years(html::Page& page, const RequestContext& context, const MapState& state,
                const ClassedIndicator& chosen) {
  std::string years;
  for (const auto year : chosen.indicator.years) years += (years.empty() ? "" : ",") + std::to_string(year);
  page.set("YEARS", years);
  if (chosen.indicator.years.size() < 2) return;
  auto& any = page.section("YEAR_ANY");
  for (const auto year : chosen.indicator.years) {
    auto other = state;
    other.year = year;
    auto& item = any.section("YEAR_ITEM");
    item.set("YEAR_TEXT", std::to_string(year));
    item.set("YEAR_URL", address(*context.language, "peta", map_query(other, state.list.filter)));
    item.show("YEAR_CURRENT", year == chosen.year);
  }
}

void fill_classes(html::Page& page, const i18n::Language& language, const ClassedIndicator& chosen) {
  const auto regions = [&language](std::size_t n) {
    return language.trn("{n} region", "{n} regions", static_cast<long long>(n));
  };
  for (std::size_t i = chosen.classes.size(); i-- > 0;) {
    auto& item = page.section("CLASS");
    item.set("CLASS_SHADE", static_cast<long long>(chosen.classes[i].shade));
    item.set("CLASS_TEXT", chosen.classes[i].text);
    item.set("CLASS_COUNT", regions(chosen.classes[i].regions));
  }
  if (chosen.unknown > 0) page.section("UNKNOWN").set("UNKNOWN_COUNT", regions(chosen.unknown));
  page.set("METHOD", class_method(language, chosen));
}

void fill_ranking(html::Page& page, const i18n::Language& language, const ClassedIndicator& chosen) {
  std::vector<const ClassedRegion*> order;
  for (const auto& one : chosen.regions) order.push_back(&one);
  std::ranges::stable_sort(order, [](const auto* a, const auto* b) {
    return a->value.has_value() != b->value.has_value() ? a->value.has_value() : a->value > b->value;
  });
  for (const auto* one : order) {
    auto& row = page.section("ROW");
    row.set("ROW_CODE", one->region->code);
    row.set("ROW_NAME", short_name(*one->region, language));
    row.set("ROW_URL", address(language, "wilayah/" + one->region->code));
    row.set("ROW_VALUE", one->text);
    row.set("ROW_SHADE", static_cast<long long>(one->shade));
  }
}

// From which the style draws them; the tiles have them earlier.
constexpr int kVillageLookZoom = 10;

// One row of the list of layers.
struct Layer {
  std::string key;
  std::string name;
  std::string text;
  std::string source;
  std::string date;
  std::string licence;
  std::string coverage;
  int zoom = 0;            // from which it is drawn; 0: always
  std::optional<bool> on;  // none: it cannot be left out
};

std::string count_text(const i18n::Language& language, std::size_t count) {
  return language.integer(static_cast<long long>(count));
}

Layer potentials_layer(const RequestContext& context, bool on) {
  const auto& language = *context.language;
  const auto& snapshot = *context.snapshot;
  const auto all = snapshot.size();
  catalog::Query query;
  query.limit = 0;
  const auto located = snapshot.find(query).located;
  Layer layer{.key = "potentials", .name = language.tr("Potentials"), .on = on};
  layer.text = language.tr("Badges by region, then clusters, then a mark for each, in the eight groups.");
  layer.source = language.tr(
      "This register; each potential names its own sources. Whoever adds or changes one is "
      "answerable for it.");
  const auto changed = snapshot.last_change();
  layer.date = language.date(changed.microseconds ? wita_day(changed) : snapshot.today());
  layer.licence = language.tr("Facts may be quoted with the source named");
  layer.coverage = language.tr(
      "{located} of {all} have a point of their own; of the others the source names only the "
      "region, and they stand in the list but not on the map.",
      {{"located", count_text(language, located)}, {"all", count_text(language, all)}});
  return layer;
}

Layer boundary_layer(const RequestContext& context, int level) {
  const auto& language = *context.language;
  const auto& set = context.snapshot->data().boundaries;
  std::size_t known = 0, all = 0;
  for (const auto& boundary : set.boundaries) {
    if (boundary.level != level) continue;
    ++all;
    if (!boundary.bands.empty()) ++known;
  }
  Layer layer;
  layer.source = set.indicative
                     ? language.tr("{source}, indicative: not the legal boundaries", {{"source", set.source}})
                     : set.source;
  // The set keeps no day of its own.
  layer.date = language.tr("not stated by the source");
  layer.licence = language.tr(set.licence);
  layer.coverage = language.tr("{known} of {all} have a polygon",
                               {{"known", count_text(language, known)}, {"all", count_text(language, all)}});
  return layer;
}

Layer village_layer(const RequestContext& context, bool on) {
  const auto& language = *context.language;
  const auto& from = context.snapshot->area_source();
  Layer layer{.key = "villages", .name = language.tr("Boundaries of desa and kelurahan"), .on = on};
  layer.text = language.tr("Borders, and names a little later.");
  layer.zoom = kVillageLookZoom;
  layer.source = from.indicative ? language.tr("{source}, indicative: not the legal boundaries",
                                               {{"source", from.source}})
                                 : from.source;
  layer.date = language.tr("not stated by the source");
  layer.licence = language.tr(from.licence);
  layer.coverage = language.tr("Those that the source knows; new and divided ones are missing.");
  return layer;
}

Layer indicator_layer(const RequestContext& context, const ClassedIndicator& chosen, bool on) {
  const auto& language = *context.language;
  Layer layer{.key = "indicator", .name = chosen.indicator.name, .on = on};
  layer.text =
      language.tr("Regions coloured in {n} classes.", {{"n", count_text(language, chosen.classes.size())}});
  for (const auto& source : chosen.sources) {
    const auto name = source_name(source);
    if (layer.source.find(name) == std::string::npos)
      layer.source += (layer.source.empty() ? "" : "; ") + name;
  }
  layer.date = std::to_string(chosen.year);
  layer.licence = language.tr("Facts may be quoted with the source named");
  layer.coverage = language.tr("{known} of {all} regions have a value",
                               {{"known", count_text(language, chosen.regions.size() - chosen.unknown)},
                                {"all", count_text(language, chosen.regions.size())}});
  return layer;
}

}  // namespace

std::string class_method(const i18n::Language& language, const ClassedIndicator& chosen) {
  const auto classes = language.integer(static_cast<long long>(chosen.classes.size()));
  return chosen.indicator.years.size() > 1
             ? language.tr(
                   "Quantiles: {n} classes with about as many values in each, over all years "
                   "together, so that a colour means the same in every year.",
                   {{"n", classes}})
             : language.tr("Quantiles: {n} classes with about as many regions in each.", {{"n", classes}});
}

std::string boundary_note(const RequestContext& context) {
  const auto& language = *context.language;
  const auto& boundaries = context.snapshot->data().boundaries;
  if (boundaries.boundaries.empty()) return language.tr("No boundaries are loaded.");
  return boundaries.indicative
             ? language.tr("Boundaries: {source}, indicative, {licence}",
                           {{"source", boundaries.source}, {"licence", language.tr(boundaries.licence)}})
             : language.tr("Boundaries: {source}", {{"source", boundaries.source}});
}

void fill_indicator_panel(html::Page& page, const RequestContext& context, const MapState& state,
                          const std::optional<ClassedIndicator>& chosen) {
  const auto& language = *context.language;
  fill_hidden(page, state.list, "bbox,sort");
  const auto all = count_text(language, regions_of(*context.snapshot).size());
  for (const auto& one : map_indicators(*context.snapshot, language)) {
    auto& option = page.section("INDICATOR");
    option.set("INDICATOR_KEY", one.key);
    option.set("INDICATOR_NAME",
               language.tr("{indicator} ({n} of {all})",
                           {{"indicator", one.name}, {"n", count_text(language, one.known)}, {"all", all}}));
    option.show("INDICATOR_CHOSEN", chosen && one.key == chosen->indicator.key);
  }
  if (!chosen) {
    page.show("NONE");
    return;
  }
  auto& body = page.section("CHOSEN");
  body.set("KEY", chosen->indicator.key);
  body.set("YEAR", std::to_string(chosen->year));
  body.set("CLASSES", classes_text(*chosen));
  body.set("NAME", chosen->indicator.name);
  fill_years(body, context, state, *chosen);
  fill_classes(body, language, *chosen);
  fill_ranking(body, language, *chosen);
  fill_sources(body, chosen->sources);
  body.set("COMPARE_URL", address(language, "bandingkan"));
  body.set("CSV_URL", address(language, "data/indicators.csv"));
}

void fill_layers_panel(html::Page& page, const RequestContext& context, const MapState& state,
                       const std::optional<ClassedIndicator>& chosen) {
  const auto& language = *context.language;
  const auto on = [&state](std::string_view key, bool usually) {
    return state.layers ? std::ranges::find(*state.layers, key) != state.layers->end() : usually;
  };
  std::vector<Layer> layers;
  if (chosen) layers.push_back(indicator_layer(context, *chosen, on("indicator", true)));
  layers.push_back(potentials_layer(context, on("potentials", !chosen)));
  if (!context.snapshot->data().boundaries.boundaries.empty()) {
    auto regencies = boundary_layer(context, 2);
    regencies.key = "regions";
    regencies.name = language.tr("Boundaries of kabupaten/kota");
    regencies.text = language.tr("Areas, borders and names; they carry the others.");
    layers.push_back(std::move(regencies));
    auto districts = boundary_layer(context, 3);
    districts.key = "districts";
    districts.name = language.tr("Boundaries of kecamatan");
    districts.text = language.tr("Borders, and names a little later.");
    districts.zoom = domain::kDistrictZoom;
    districts.on = on("districts", true);
    layers.push_back(std::move(districts));
  }
  if (!context.snapshot->area_source().source.empty())
    layers.push_back(village_layer(context, on("villages", false)));
  for (const auto& layer : layers) {
    auto& item = page.section("LAYER");
    item.set("LAYER_KEY", layer.key);
    item.set("LAYER_NAME", layer.name);
    if (layer.on)
      item.section("LAYER_CHOICE").show("LAYER_ON", *layer.on);
    else
      item.show("LAYER_ALWAYS");
    item.set("LAYER_TEXT", layer.text);
    if (layer.zoom > 0)
      item.section("LAYER_ZOOM")
          .set("LAYER_ZOOM_TEXT", language.tr("From zoom {n}.", {{"n", language.integer(layer.zoom)}}));
    item.set("LAYER_SOURCE", layer.source);
    item.set("LAYER_DATE", layer.date);
    item.set("LAYER_LICENCE", layer.licence);
    item.set("LAYER_COVERAGE", layer.coverage);
  }
}

}  // namespace simpul::web::site
