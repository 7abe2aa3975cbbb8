#include "web/site/counts.hpp"

#include <algorithm>

#include "web/site/charts.hpp"
#include "web/site/list_state.hpp"
#include "web/site/site.hpp"
#include "web/site/words.hpp"

namespace simpul::web::site {
namespace {

constexpr std::uint32_t kBarsFrom = 4;

}  // namespace

html::Fragment potentials_by_region(const RequestContext& context, const domain::Filter& filter,
                                    const std::string& group) {
  const auto& language = *context.language;
  const auto& snapshot = *context.snapshot;
  const auto counts = snapshot.count_by_region(filter);
  std::vector<std::pair<std::uint32_t, const domain::Region*>> found;
  for (std::size_t at = 0; at < counts.size(); ++at)
    if (counts[at] && snapshot.regions()[at].kind != "province")
      found.emplace_back(counts[at], &snapshot.regions()[at]);
  if (found.empty()) return html::Fragment::trusted("");
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });

  const auto url_of = [&](const domain::Region& region) {
    auto narrowed = filter;
    narrowed.values[domain::facet_index("region")] = {region.code};
    return address(language, "potensi", domain::to_query(narrowed));
  };
  if (found.front().first < kBarsFrom) {  // bars of one and two tell nothing that the numbers do not
    auto page = page_of(context, "site/region_counts.html");
    for (const auto& [count, region] : found) {
      auto& item = page.section("REGION");
      item.set("REGION_URL", url_of(*region));
      item.set("REGION_NAME", name_of(region->name, language));
      item.set("REGION_COUNT", language.integer(count));
    }
    return page.render_fragment();
  }

  std::vector<Bar> list;
  ChartFigure figure;
  figure.title = language.tr("Potentials by region");
  figure.subtitle = language.tr("Number of entries in this register");
  figure.columns = {language.tr("Region"), language.tr("Potentials")};
  for (const auto& [count, region] : found) {
    const auto name = name_of(region->name, language);
    list.push_back({name, static_cast<double>(count), language.integer(count), group, url_of(*region)});
    figure.rows.push_back({name, language.integer(count)});
  }
  figure.drawing = bars(list);
  figure.source = language.tr("this register, {date}", {{"date", language.date(snapshot.today())}});
  return chart_figure(language, figure);
}

std::vector<domain::Potential> first_potentials(const RequestContext& context, const domain::Filter& filter,
                                                std::size_t limit, std::size_t* total) {
  catalog::Query query;
  query.filter = filter;
  query.language = context.language->code();
  query.limit = limit;
  const auto result = context.snapshot->find(query);
  if (total) *total = result.total;
  return context.snapshot->potentials(result.ordinals);
}

}  // namespace simpul::web::site
