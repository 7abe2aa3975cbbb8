#include "web/site/indicator_tables.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "web/site/charts.hpp"
#include "web/site/figures.hpp"
#include "web/site/site.hpp"
#include "web/site/words.hpp"

namespace simpul::web::site {
namespace {

using domain::IndicatorValue;
using Values = std::vector<const IndicatorValue*>;

constexpr std::size_t kCompared = 3;  // fewer regions are no comparison
constexpr std::string_view kNation = "00", kProvince = "74";

void fill_row(html::Page& row, const RequestContext& context, const IndicatorValue& value) {
  const auto& language = *context.language;
  const auto* region = context.snapshot->region(value.region_code);
  if (region) {
    auto& link = row.section("REGION");
    link.set("REGION_URL", address(language, "wilayah/" + region->code));
    link.set("REGION_NAME", name_of(region->name, language));
  } else {
    row.section("PLAIN").set("REGION_NAME",
                             value.region_code == kNation ? language.tr("Indonesia") : value.region_code);
  }
  row.set("YEAR", static_cast<long long>(*value.year));
  row.set("VALUE", quantity_text(language, value.value, value.unit));
  fill_sources(row, {value.source});
}

std::string years_of(const Values& values) {
  const auto newest = *values.front()->year, oldest = *values.back()->year;
  return oldest == newest ? std::to_string(newest) : std::to_string(oldest) + "–" + std::to_string(newest);
}

}  // namespace

html::Fragment indicator_tables(const RequestContext& context, std::vector<const IndicatorValue*> values) {
  const auto& language = *context.language;
  std::erase_if(values, [](const auto* value) { return !value->year; });
  std::stable_sort(values.begin(), values.end(), [](const auto* a, const auto* b) {
    if (a->year != b->year) return *a->year > *b->year;
    const bool whole_a = a->region_code == kProvince, whole_b = b->region_code == kProvince;
    if (whole_a != whole_b) return whole_a;
    return a->value > b->value;
  });
  std::map<std::string, Values> by_indicator;
  for (const auto* value : values) by_indicator[value->indicator].push_back(value);

  std::vector<const Values*> tables;
  for (const auto& [name, list] : by_indicator) tables.push_back(&list);
  const auto has_province = [](const Values* list) {
    return std::any_of(list->begin(), list->end(), [](const auto* v) { return v->region_code == kProvince; });
  };
  std::stable_sort(tables.begin(), tables.end(), [&](const auto* a, const auto* b) {
    if (has_province(a) != has_province(b)) return has_province(a);
    return indicator_name(language, a->front()->indicator) < indicator_name(language, b->front()->indicator);
  });

  auto page = page_of(context, "site/indicator_tables.html");
  long long number = 0;
  for (const auto* list : tables) {
    auto& table = page.section("TABLE");
    table.set("NUMBER", ++number);
    table.set("INDICATOR", indicator_name(language, list->front()->indicator));
    table.set("YEARS", years_of(*list));
    table.set("VALUES", language.trn("{n} value", "{n} values", static_cast<long long>(list->size())));
    table.show("OPEN", tables.size() <= 2);
    for (const auto* value : *list) fill_row(table.section("ROW"), context, *value);
  }
  return page.render_fragment();
}

html::Fragment regions_compared(const RequestContext& context, const Values& values,
                                const std::string& group) {
  const auto& language = *context.language;
  std::map<std::tuple<int, std::string, std::string>, Values> sets;  // year, indicator, unit
  for (const auto* value : values)
    if (value->year && value->region_code != kProvince && value->region_code != kNation)
      sets[{*value->year, value->indicator, value->unit}].push_back(value);
  const Values* best = nullptr;
  for (const auto& [key, set] : sets)
    if (set.size() >= kCompared && (!best || set.size() >= best->size())) best = &set;
  if (!best) return html::Fragment::trusted("");

  auto sorted = *best;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto* a, const auto* b) { return a->value > b->value; });
  std::vector<Bar> list;
  ChartFigure figure;
  figure.title =
      indicator_name(language, sorted.front()->indicator) + ", " + std::to_string(*sorted.front()->year);
  figure.subtitle = language.tr("Regions that a source names; the others are not known");
  figure.columns = {language.tr("Region"), language.tr("Value")};
  std::vector<std::string> sources;
  for (const auto* value : sorted) {
    const auto* region = context.snapshot->region(value->region_code);
    const auto name = region ? name_of(region->name, language) : value->region_code;
    const auto text = quantity_text(language, value->value, value->unit);
    list.push_back({name, value->value, text, group, address(language, "wilayah/" + value->region_code)});
    figure.rows.push_back({name, text});
    const auto source = source_name(value->source);
    if (std::find(sources.begin(), sources.end(), source) == sources.end()) sources.push_back(source);
  }
  for (const auto& source : sources) figure.source += (figure.source.empty() ? "" : "; ") + source;
  figure.drawing = bars(list);
  return chart_figure(language, figure);
}

}  // namespace simpul::web::site
