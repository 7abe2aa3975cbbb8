#include "web/site/indicator_tables.hpp"

#include <algorithm>
#include <map>

#include "web/site/figures.hpp"
#include "web/site/site.hpp"
#include "web/site/words.hpp"

namespace simpul::web::site {
namespace {

using domain::IndicatorValue;
using Values = std::vector<const IndicatorValue*>;

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

}  // namespace simpul::web::site
