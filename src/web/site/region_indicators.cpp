#include "web/site/region_indicators.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "web/site/charts.hpp"
#include "web/site/figures.hpp"
#include "web/site/words.hpp"

namespace simpul::web::site {
namespace {

// Years at the least that make a line.
constexpr std::size_t kSeries = 3;
constexpr std::size_t kFields = 4;
// Values that are a structure, not a fact for the table of indicators.
bool by_field_only(std::string_view indicator) {
  return indicator == "grdp_irio" || indicator.starts_with("grdp_share_current_");
}

std::string year_text(const domain::IndicatorValue& value) {
  return std::to_string(value.year.value_or(0));
}

std::string detail_of(const catalog::Snapshot& snapshot, const i18n::Language& language,
                      const IndicatorSeries& one) {
  if (!one.commodity.empty()) {
    const auto* commodity = snapshot.commodity(one.commodity);
    return commodity ? name_of(commodity->name, language) : one.commodity;
  }
  if (!one.sector.empty()) {
    const auto* sector = snapshot.sector(one.sector);
    return sector ? name_of(sector->name, language) : one.sector;
  }
  return {};
}

std::vector<SeriesPoint> points_of(const i18n::Language& language, const IndicatorSeries& one) {
  std::vector<SeriesPoint> points;
  for (const auto* value : one.values)
    points.push_back({*value->year, value->value, quantity_text(language, value->value, value->unit)});
  return points;
}

std::string sources_of(const std::vector<const domain::IndicatorValue*>& values) {
  std::string text;
  std::vector<std::string> seen;
  for (const auto* value : values) {
    const auto name = source_name(value->source);
    if (std::ranges::find(seen, name) != seen.end()) continue;
    seen.push_back(name);
    text += (text.empty() ? "" : "; ") + name;
  }
  return text;
}

}  // namespace

std::vector<IndicatorSeries> indicator_series(const catalog::Snapshot& snapshot,
                                              std::string_view region_code) {
  std::map<std::tuple<std::string, std::string, std::string>, IndicatorSeries> found;
  for (const auto& value : snapshot.data().indicators) {
    if (value.region_code != region_code || !value.year) continue;
    auto& series = found[{value.indicator, value.sector, value.commodity}];
    series.indicator = value.indicator;
    series.sector = value.sector;
    series.commodity = value.commodity;
    series.values.push_back(&value);
  }
  std::vector<IndicatorSeries> all;
  for (auto& [key, series] : found) {
    std::ranges::stable_sort(series.values, {}, [](const auto* value) { return *value->year; });
    all.push_back(std::move(series));
  }
  return all;
}

void fill_indicators(html::Page& page, const catalog::Snapshot& snapshot, const i18n::Language& language,
                     const std::vector<IndicatorSeries>& series) {
  html::Page* table = nullptr;
  for (const auto& one : series) {
    const bool structure =
        by_field_only(one.indicator) || (one.indicator.starts_with("grdp_") && !one.sector.empty());
    if (structure) continue;
    if (!table) table = &page.section("INDICATORS");
    const auto& latest = *one.values.back();
    auto& row = table->section("ROW");
    row.set("ROW_NAME", indicator_name(language, one.indicator));
    const auto detail = detail_of(snapshot, language, one);
    if (!detail.empty()) row.section("DETAIL").set("ROW_DETAIL", detail);
    row.set("ROW_VALUE", quantity_text(language, latest.value, latest.unit));
    row.set("ROW_YEAR", year_text(latest));
    row.set("ROW_SOURCE", source_name(latest.source));
    row.set("ROW_SERIES",
            one.values.size() >= kSeries ? sparkline(points_of(language, one)) : html::Fragment::trusted(""));
  }
}

void fill_series_charts(html::Page& page, const i18n::Language& language,
                        const std::vector<IndicatorSeries>& series) {
  constexpr std::size_t kMost = 6;
  html::Page* box = nullptr;
  std::size_t count = 0;
  for (const auto& one : series) {
    if (one.values.size() < kSeries || !one.sector.empty() || !one.commodity.empty() || count == kMost)
      continue;
    ++count;
    const auto points = points_of(language, one);
    ChartFigure figure;
    figure.title = indicator_name(language, one.indicator);
    figure.subtitle = std::to_string(points.front().year) + "–" + std::to_string(points.back().year);
    figure.drawing = line_chart(points, figure.title + ", " + figure.subtitle);
    figure.columns = {language.tr("Year"), figure.title};
    for (const auto& point : points) figure.rows.push_back({std::to_string(point.year), point.text});
    figure.source = sources_of(one.values);
    if (!box) box = &page.section("SERIES_CHARTS");
    box->section("SERIES_CHART").set("CHART", chart_figure(language, figure));
  }
}

void fill_grdp(html::Page& page, const catalog::Snapshot& snapshot, const i18n::Language& language,
               const std::vector<IndicatorSeries>& series) {
  // Rupiah before shares; of each, the latest year that is told by enough business fields.
  for (const std::string_view indicator : {"grdp_current", "grdp_share_current"}) {
    std::map<int, std::vector<const domain::IndicatorValue*>> by_year;
    for (const auto& one : series)
      if (one.indicator == indicator && !one.sector.empty())
        for (const auto* value : one.values) by_year[*value->year].push_back(value);
    for (auto year = by_year.rbegin(); year != by_year.rend(); ++year) {
      auto& values = year->second;
      if (values.size() < kFields) continue;
      std::ranges::stable_sort(values, std::ranges::greater(),
                               [](const auto* value) { return value->value; });
      ChartFigure figure;
      figure.title = language.tr("GRDP by business field");
      figure.subtitle = indicator_name(language, indicator) + ", " + std::to_string(year->first);
      figure.columns = {language.tr("Business field"), indicator_name(language, indicator)};
      std::vector<Bar> list;
      for (const auto* value : values) {
        const auto* sector = snapshot.sector(value->sector);
        const auto name = sector ? name_of(sector->name, language) : value->sector;
        const auto text = quantity_text(language, value->value, value->unit);
        list.push_back({name, value->value, text});
        figure.rows.push_back({name, text});
      }
      figure.drawing = bars(list);
      figure.source = sources_of(values);
      auto& box = page.section("GRDP");
      box.set("GRDP_CHART", chart_figure(language, figure));
      if (values.size() < snapshot.data().sectors.size())
        box.section("GRDP_PARTIAL")
            .set("GRDP_PARTIAL_TEXT",
                 language.trn(
                     "Only {n} of {all} business fields are known for this year.",
                     "Only {n} of {all} business fields are known for this year.",
                     static_cast<long long>(values.size()),
                     {{"all", language.integer(static_cast<long long>(snapshot.data().sectors.size()))}}));
      return;
    }
  }
}

}  // namespace simpul::web::site
