// The profile of a region or of the province: /{lang}/wilayah/{code}.
#include <algorithm>
#include <map>
#include <ranges>
#include <string_view>

#include "domain/region_places.hpp"
#include "web/site/cards.hpp"
#include "web/site/charts.hpp"
#include "web/site/figures.hpp"
#include "web/site/list_state.hpp"
#include "web/site/region_indicators.hpp"
#include "web/site/region_map.hpp"
#include "web/site/routes.hpp"
#include "web/site/site.hpp"
#include "web/site/words.hpp"

namespace simpul::web::site {
namespace {

constexpr std::size_t kTop = 6;
constexpr std::size_t kAgreements = 20;

bool is_province(const domain::Region& region) {
  return region.kind == "province";
}

domain::Filter filter_of(const domain::Region& region) {
  return is_province(region) ? domain::Filter{} : only("region", region.code);
}

void fact(html::Page& page, const std::string& label, const std::string& value, const std::string& small) {
  auto& box = page.section("HEAD_FACT");
  box.set("FACT_LABEL", label);
  box.set("FACT_VALUE", value);
  if (!small.empty()) box.section("FACT_SMALL").set("FACT_NOTE", small);
}

// The year of the area stands with the indicator of that name.
std::string area_year(const catalog::Snapshot& snapshot, const domain::Region& region) {
  for (const auto& value : snapshot.data().indicators)
    if (value.indicator == "area" && value.region_code == region.code && value.year)
      return std::to_string(*value.year);
  return {};
}

void fill_head(html::Page& page, const RequestContext& context, const domain::Region& region) {
  const auto& language = *context.language;
  const auto& snapshot = *context.snapshot;
  std::vector<Segment> segments;
  for (const auto* other : regions_of(snapshot))
    segments.push_back(is_province(region) ? Segment::On : other == &region ? Segment::Lit : Segment::Off);
  page.set("RING", ring(segments, ""));
  page.set("REGION_NAME", name_of(region.name, language));
  page.set("CODES",
           language.tr("Kemendagri {code} · BPS {bps}", {{"code", region.code}, {"bps", region.bps_code}}));

  const auto source = source_name(region.source);
  const auto dated = [&](const std::string& year) { return year.empty() ? source : year + " · " + source; };
  if (region.population && region.population_year)
    fact(page, language.tr("Population"),
         quantity_text(language, static_cast<double>(*region.population), "person"),
         dated(std::to_string(*region.population_year)));
  if (region.area_km2) {
    const auto year = area_year(snapshot, region);
    fact(page, language.tr("Area"), quantity_text(language, *region.area_km2, "km2"), dated(year));
    if (region.population && region.population_year && *region.area_km2 > 0)
      fact(page, language.tr("People per km²"),
           language.number(static_cast<double>(*region.population) / *region.area_km2, 1),
           language.tr("worked out from the two figures above"));
  }
  if (!region.capital.empty()) fact(page, language.tr("Capital"), region.capital, "");
  if (region.established_year)
    fact(page, language.tr("Founded by law in"), std::to_string(*region.established_year), "");
  if (region.website.starts_with("https://") || region.website.starts_with("http://")) {
    auto& link = page.section("WEBSITE");
    link.set("WEBSITE_URL", region.website);
    const auto host = region.website.substr(region.website.find("//") + 2);
    link.set("WEBSITE_HOST", host.substr(0, host.find('/')));
  }
}

void fill_potentials(html::Page& page, const RequestContext& context, const domain::Region& region) {
  const auto& language = *context.language;
  const auto& snapshot = *context.snapshot;
  catalog::Query query;
  query.filter = filter_of(region);
  query.language = language.code();
  query.sort = catalog::Sort::Fullest;
  query.limit = is_province(region) ? 0 : kTop;
  query.facets = domain::facet_set({"group"});
  const auto found = snapshot.find(query);
  const auto total = static_cast<long long>(found.total);
  page.set("POTENTIALS_TEXT", language.trn("{n} potential", "{n} potentials", total));
  page.set("POTENTIALS_URL", address(language, "potensi", domain::to_query(query.filter)));
  page.set("MAP_URL", address(language, "peta", domain::to_query(query.filter)));

  std::vector<Bar> list;
  ChartFigure figure;
  figure.columns = {language.tr("Group"), language.tr("Potentials")};
  for (const auto& value : found.facets[domain::facet_index("group")]) {
    if (value.count == 0) continue;
    auto filter = query.filter;
    filter.values[domain::facet_index("group")] = {value.code};
    const auto name = value_name(snapshot, language, "group", value.code);
    list.push_back({name, static_cast<double>(value.count), language.integer(value.count), value.code,
                    address(language, "potensi", domain::to_query(filter))});
    figure.rows.push_back({name, language.integer(value.count)});
  }
  if (!list.empty()) {
    figure.title = language.tr("Potentials by group");
    figure.subtitle = language.trn("{n} potential", "{n} potentials", total);
    figure.drawing = bars(list);
    figure.source = language.tr("this register");
    page.section("BY_GROUP").set("GROUP_CHART", chart_figure(language, figure));
  }

  const auto unlocated = total - static_cast<long long>(found.located);
  if (unlocated > 0)
    page.section("UNLOCATED")
        .set("UNLOCATED_TEXT",
             language.trn(
                 "{n} of them is known by its region only: it has no point of its own on the map.",
                 "{n} of them are known by their region only: they have no point of their own on the map.",
                 unlocated));

  const auto top = snapshot.potentials(found.ordinals);
  if (!top.empty()) add_items(page.section("TOP"), "TOP_ITEM", "site/result.html", context, top);
}

void fill_agreements(html::Page& page, const RequestContext& context, const domain::Region& region) {
  const auto& language = *context.language;
  std::vector<const domain::Agreement*> own;
  for (const auto& agreement : context.snapshot->data().agreements)
    if (agreement.region_code == region.code) own.push_back(&agreement);
  if (own.empty()) return;
  std::ranges::stable_sort(own, [](const auto* a, const auto* b) {
    return a->signed_on.value_or(Date{}) > b->signed_on.value_or(Date{});
  });
  if (own.size() > kAgreements) own.resize(kAgreements);
  auto& box = page.section("AGREEMENTS");
  for (const auto* agreement : own) {
    auto& row = box.section("AGREEMENT");
    row.set("AGREEMENT_TITLE", name_of(agreement->title, language));
    if (agreement->signed_on) {
      auto& date = row.section("AGREEMENT_DATED");
      date.set("AGREEMENT_DATE", language.date(*agreement->signed_on));
      date.set("AGREEMENT_ISO", to_iso(*agreement->signed_on));
    }
    std::string parties;
    for (const auto& party : agreement->parties) parties += (parties.empty() ? "" : " · ") + party;
    row.set("AGREEMENT_PARTIES", parties);
    row.set("AGREEMENT_TYPE", form_name(language, agreement->type));
    row.set("AGREEMENT_KIND", document_kind_name(language, agreement->document_kind));
    row.set("AGREEMENT_SOURCE", source_name(agreement->source));
  }
}

// By the table of reference/regions.toml: polygons alone cannot tell who borders whom among islands.
std::vector<const domain::Region*> neighbours(const catalog::Snapshot& snapshot,
                                              const domain::Region& region) {
  std::vector<const domain::Region*> found;
  for (const auto& place : domain::region_places())
    if (place.code == region.code)
      for (const auto& code : place.adjacent)
        if (const auto* other = snapshot.region(code)) found.push_back(other);
  return found;
}

void fill_neighbours(html::Page& page, const RequestContext& context, const domain::Region& region) {
  const auto& language = *context.language;
  const auto list =
      is_province(region) ? regions_of(*context.snapshot) : neighbours(*context.snapshot, region);
  if (list.empty()) return;
  auto& box = page.section("NEIGHBOURS");
  box.set("NEIGHBOURS_TITLE",
          is_province(region) ? language.tr("Its regencies and cities") : language.tr("Borders on land"));
  for (const auto* other : list) {
    auto& item = box.section("NEIGHBOUR");
    item.set("NEIGHBOUR_NAME", short_name(*other, language));
    item.set("NEIGHBOUR_URL", address(language, "wilayah/" + other->code));
  }
  if (is_province(region)) return;
  constexpr std::size_t kMostCompared = 4;
  std::vector<std::string> codes{region.code};
  for (const auto* other : list)
    if (codes.size() < kMostCompared) codes.push_back(other->code);
  std::ranges::sort(codes);
  std::string query;
  for (const auto& code : codes) query += (query.empty() ? "region=" : ",") + code;
  box.section("COMPARE").set("COMPARE_URL", address(language, "bandingkan", query));
}

void fill_districts(html::Page& page, const RequestContext& context, const domain::Region& region) {
  std::vector<std::string> names;
  for (const auto& boundary : context.snapshot->data().boundaries.boundaries)
    if (boundary.level == 3 && boundary.code.starts_with(region.code + ".")) names.push_back(boundary.name);
  if (names.empty() || is_province(region)) return;
  const auto& language = *context.language;
  std::ranges::sort(names, [&](const auto& a, const auto& b) { return language.compare(a, b) < 0; });
  auto& box = page.section("DISTRICTS");
  box.set("DISTRICTS_TITLE", language.trn("{n} district (kecamatan)", "{n} districts (kecamatan)",
                                          static_cast<long long>(names.size())));
  std::string list;
  for (const auto& name : names) list += (list.empty() ? "" : ", ") + name;
  box.set("DISTRICTS_LIST", list);
}

html::Fragment picture(const RequestContext& context, const domain::Region& region) {
  const auto& language = *context.language;
  const auto& snapshot = *context.snapshot;
  if (!has_boundaries(snapshot)) return html::Fragment::trusted("");
  if (!is_province(region))
    return locator(snapshot, region, std::nullopt, "",
                   language.tr("Outline of {region}", {{"region", short_name(region, language)}}));
  std::vector<Area> areas;
  const auto counts = snapshot.count_by_region({});
  for (std::size_t i = 0; i < snapshot.regions().size(); ++i) {
    const auto& one = snapshot.regions()[i];
    if (!is_province(one))
      areas.push_back(
          {&one, counts[i],
           short_name(one, language) + ": " + language.trn("{n} potential", "{n} potentials", counts[i]),
           address(language, "wilayah/" + one.code)});
  }
  const auto map = region_map(snapshot, language, areas,
                              language.tr("Map of the province: number of potentials in each region"));
  return html::Fragment::trusted(map.drawing.html() + map.legend.html());
}

html::Fragment provenance_of(const RequestContext& context, const domain::Region& region) {
  const auto& language = *context.language;
  Provenance provenance;
  provenance.sources = {region.source};
  provenance.licence = language.tr("Facts may be quoted with the source named.");
  // How full the records of its potentials are, and what most of them lack.
  const auto quality = context.snapshot->quality(filter_of(region));
  const auto count = static_cast<long long>(quality.count);
  const auto confirmed = static_cast<long long>(quality.confirmed);
  if (count > 0) {
    provenance.completeness = static_cast<int>(quality.percent / quality.count);
    std::vector<std::pair<std::size_t, std::string_view>> most;
    for (int part = 0; part < domain::kRecordPartCount; ++part)
      if (quality.lacking[part] > 0) most.emplace_back(quality.lacking[part], domain::kRecordParts[part]);
    std::ranges::sort(most, std::ranges::greater());
    for (const auto& [times, part] : most)
      provenance.missing.push_back(
          language.tr("{part} ({n} of {all})", {{"part", missing_name(language, part)},
                                                {"n", language.integer(static_cast<long long>(times))},
                                                {"all", language.integer(count)}}));
  }
  if (confirmed > 0)
    provenance.confirmed = language.tr(
        "{n} of {all} potentials", {{"n", language.integer(confirmed)}, {"all", language.integer(count)}});
  return provenance_box(context, provenance);
}

}  // namespace

http::Response region_page(const RequestContext& context) {
  const auto* region = context.snapshot->region(context.captured);
  if (!region) throw Error(ErrorKind::NotFound, "There is no region of that code.");
  const auto& language = *context.language;
  const auto& snapshot = *context.snapshot;
  const auto series = indicator_series(snapshot, region->code);

  auto page = page_of(context, "site/region.html");
  fill_head(page, context, *region);
  fill_potentials(page, context, *region);
  fill_grdp(page, snapshot, language, series);
  fill_series_charts(page, language, series);
  fill_indicators(page, snapshot, language, series);
  fill_agreements(page, context, *region);
  fill_neighbours(page, context, *region);
  fill_districts(page, context, *region);
  if (const auto map = picture(context, *region); !map.html().empty()) {
    auto& box = page.section("PICTURE");
    box.set("PICTURE_SVG", map);
    const auto& boundaries = snapshot.data().boundaries;
    box.set("BOUNDARY_SOURCE",
            boundaries.indicative
                ? language.tr("Boundaries: {source}, indicative", {{"source", boundaries.source}})
                : language.tr("Boundaries: {source}", {{"source", boundaries.source}}));
  }
  page.set("PROVENANCE", provenance_of(context, *region));

  PageInfo info;
  info.title = name_of(region->name, language);
  info.description = language.tr("{region}: potentials, indicators and agreements, each with its source.",
                                 {{"region", info.title}});
  info.path = "wilayah/" + region->code;
  info.trail = {{language.tr("Regions"), address(language, "wilayah")}};
  info.nav = Nav::Regions;
  info.kind = "region";
  info.scripts = {"shared/chart.ts"};
  info.structured.push_back({{"@context", "https://schema.org"},
                             {"@type", "AdministrativeArea"},
                             {"name", info.title},
                             {"identifier", region->code},
                             {"url", absolute(context, address(language, info.path))}});
  return render_page(context, info, page.render_fragment());
}

}  // namespace simpul::web::site
