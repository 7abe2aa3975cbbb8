// All regions: /{lang}/wilayah, the province as a choropleth and a card for each.
#include <algorithm>

#include "web/site/charts.hpp"
#include "web/site/figures.hpp"
#include "web/site/list_state.hpp"
#include "web/site/region_map.hpp"
#include "web/site/routes.hpp"
#include "web/site/site.hpp"
#include "web/site/words.hpp"

namespace simpul::web::site {
namespace {

struct Row {
  const domain::Region* region;
  std::size_t segment;  // of the ring
  std::uint32_t potentials;
};

struct Order {
  std::string_view code;
  const char* name;
};
constexpr Order kOrders[] = {{"code", msgid("Official order")},
                             {"name", msgid("Name")},
                             {"potentials", msgid("Potentials")},
                             {"population", msgid("Population")},
                             {"area", msgid("Area")}};

std::string_view order_of(const http::Request& request) {
  const auto* asked = request.parameter("sort");
  for (const auto& order : kOrders)
    if (asked && *asked == order.code) return order.code;
  return kOrders[0].code;
}

void sort_rows(std::vector<Row>& rows, std::string_view order, const i18n::Language& language) {
  std::ranges::stable_sort(rows, [&](const Row& a, const Row& b) {
    if (order == "name")
      return language.compare(short_name(*a.region, language), short_name(*b.region, language)) < 0;
    if (order == "potentials") return a.potentials > b.potentials;
    if (order == "population") return a.region->population.value_or(0) > b.region->population.value_or(0);
    if (order == "area") return a.region->area_km2.value_or(0) > b.region->area_km2.value_or(0);
    return false;
  });
}

html::Fragment map_of(const RequestContext& context, const std::vector<Row>& rows) {
  const auto& language = *context.language;
  std::vector<Area> areas;
  ChartFigure figure;
  figure.title = language.tr("Potentials per region");
  figure.subtitle = language.tr("Number of published potentials, five classes of equal size (quantiles)");
  figure.columns = {language.tr("Region"), language.tr("Potentials")};
  for (const auto& row : rows) {
    const auto name = short_name(*row.region, language);
    areas.push_back({row.region, row.potentials,
                     name + ": " + language.trn("{n} potential", "{n} potentials", row.potentials),
                     address(language, "wilayah/" + row.region->code)});
    figure.rows.push_back({name, language.integer(row.potentials)});
  }
  const auto map = region_map(*context.snapshot, language, areas,
                              language.tr("Map of the province: number of potentials in each region"));
  figure.drawing = html::Fragment::trusted(map.drawing.html() + map.legend.html());
  const auto& boundaries = context.snapshot->data().boundaries;
  figure.source = language.tr("this register");
  if (has_boundaries(*context.snapshot))
    figure.source +=
        "; " + (boundaries.indicative
                    ? language.tr("Boundaries: {source}, indicative", {{"source", boundaries.source}})
                    : language.tr("Boundaries: {source}", {{"source", boundaries.source}}));
  return chart_figure(language, figure);
}

void add_card(html::Page& page, const RequestContext& context, const Row& row, std::size_t regions) {
  const auto& language = *context.language;
  auto& card = page.section("REGION");
  std::vector<Segment> segments(regions, Segment::Off);
  segments[row.segment] = Segment::Lit;
  card.set("RING", ring(segments, ""));
  card.set("REGION_NAME", name_of(row.region->name, language));
  card.set("REGION_URL", address(language, "wilayah/" + row.region->code));
  card.set("REGION_CODE", row.region->code);
  if (row.region->population && row.region->population_year) {
    auto& box = card.section("POPULATION");
    box.set("POPULATION_TEXT",
            quantity_text(language, static_cast<double>(*row.region->population), "person"));
    box.set("POPULATION_YEAR", std::to_string(*row.region->population_year));
  }
  if (row.region->area_km2)
    card.section("AREA").set("AREA_TEXT", quantity_text(language, *row.region->area_km2, "km2"));
  card.set("COUNT", language.integer(row.potentials));
  card.set("COUNT_WORD", row.potentials == 1 ? language.tr("potential") : language.tr("potentials"));
}

}  // namespace

http::Response regions_page(const RequestContext& context) {
  const auto& language = *context.language;
  const auto& snapshot = *context.snapshot;
  const auto counts = snapshot.count_by_region({});
  std::vector<Row> rows;
  for (std::size_t i = 0; i < snapshot.regions().size(); ++i)
    if (snapshot.regions()[i].kind != "province")
      rows.push_back({&snapshot.regions()[i], rows.size(), counts[i]});

  auto page = page_of(context, "site/regions.html");
  page.set("MAP", map_of(context, rows));
  page.set("COMPARE_URL", address(language, "bandingkan"));
  const auto order = order_of(context.request);
  for (const auto& one : kOrders) {
    auto& tab = page.section("ORDER");
    tab.set("ORDER_NAME", language.tr(one.name));
    tab.set("ORDER_URL",
            address(language, "wilayah", one.code == kOrders[0].code ? "" : "sort=" + std::string(one.code)));
    tab.show("ORDER_CURRENT", one.code == order);
  }
  sort_rows(rows, order, language);
  for (const auto& row : rows) add_card(page, context, row, rows.size());
  page.set("COUNT_TEXT", language.trn("{n} regency or city", "{n} regencies and cities",
                                      static_cast<long long>(rows.size())));
  for (const auto& region : snapshot.regions())
    if (region.kind == "province") {
      auto& link = page.section("PROVINCE");
      link.set("PROVINCE_NAME", name_of(region.name, language));
      link.set("PROVINCE_URL", address(language, "wilayah/" + region.code));
      link.section("PROVINCE_SOURCE").set("SOURCE_NAME", source_name(region.source));
    }

  PageInfo info;
  info.title = language.tr("Regions");
  info.description =
      language.tr("The regencies and cities of Southeast Sulawesi with population, area and potentials.");
  info.path = "wilayah";
  if (order != kOrders[0].code) info.query = "sort=" + std::string(order);
  info.index = info.query.empty();
  info.nav = Nav::Regions;
  info.kind = "regions";
  return render_page(context, info, page.render_fragment());
}

}  // namespace simpul::web::site
