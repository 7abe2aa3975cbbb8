// The map explorer without script: /{lang}/peta, and its list (fragment=list) that the live map asks for.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "web/site/facets.hpp"
#include "web/site/list_state.hpp"
#include "web/site/region_map.hpp"
#include "web/site/routes.hpp"
#include "web/site/site.hpp"
#include "web/site/words.hpp"

namespace simpul::web::site {
namespace {

constexpr std::size_t kListed = 200;
constexpr std::size_t kMostListed = 300;
constexpr std::string_view kOwnNames[] = {"fragment", "limit"};

std::string status_text(const i18n::Language& language, const ListState& state, std::size_t total) {
  const auto n = static_cast<long long>(total);
  return state.filter.bbox
             ? language.trn("{n} potential in the map area", "{n} potentials in the map area", n)
             : language.trn("{n} potential", "{n} potentials", n);
}

catalog::Result find(const RequestContext& context, const ListState& state) {
  catalog::Query query;
  query.filter = state.filter;
  query.sort = state.sort;
  query.language = context.language->code();
  query.limit = kListed;
  if (const auto* text = context.request.parameter("limit")) {
    std::from_chars(text->data(), text->data() + text->size(), query.limit);
    query.limit = std::clamp<std::size_t>(query.limit, 1, kMostListed);
  }
  return context.snapshot->find(query);
}

// Of all that the filter finds when the map area is left aside: where "zoom to results" leads.
std::string found_bounds(const catalog::Snapshot& snapshot, domain::Filter filter) {
  filter.bbox.reset();
  return bounds_text(snapshot.bounds(filter));
}

void fill_list(html::Page& page, const RequestContext& context, const ListState& state,
               const catalog::Result& result) {
  const auto& language = *context.language;
  const auto& snapshot = *context.snapshot;
  auto plain = state.filter;
  plain.bbox.reset();
  page.set("QUERY", domain::to_query(plain));
  page.set("STATUS_TEXT", status_text(language, state, result.total));
  page.set("COUNT", static_cast<long long>(result.total));
  page.set("FOUND_BOUNDS", found_bounds(snapshot, state.filter));
  std::string groups;
  for (const auto& value : result.facets[domain::facet_index("group")])
    groups += (groups.empty() ? "" : " ") + value.code + ":" + std::to_string(value.count);
  page.set("GROUP_COUNTS", groups);
  for (const auto& text : notice_texts(language, state, result.notices))
    page.section("NOTICE").set("NOTICE_TEXT", text);
  if (!plain.empty()) {
    auto& any = page.section("APPLIED_ANY");
    any.set("CLEAR_URL", address(language, "peta"));
    ListState shown = state;
    shown.filter = plain;
    fill_applied(any, context, shown, "peta");
  }
  for (const auto ordinal : result.ordinals) {
    const auto potential = snapshot.potential(ordinal);
    auto& row = page.section("RESULT");
    row.set("SLUG", potential.slug);
    row.set("URL", address(language, "potensi/" + potential.slug));
    row.set("TITLE", name_of(potential.title, language));
    row.set("GROUP", potential.group);
    const auto* group = snapshot.group(potential.group);
    row.set("GROUP_NAME", group ? name_of(group->short_name, language) : potential.group);
    row.set("REGION_NAME", value_name(snapshot, language, "region", potential.region_code));
    if (const auto at = place_of(potential.geometry)) {
      auto& located = row.section("RESULT_LOCATED");
      located.set("LON", fmt::format("{:.5f}", at->x));
      located.set("LAT", fmt::format("{:.5f}", at->y));
    }
    row.show("RESULT_APPROXIMATE", potential.accuracy == domain::LocationAccuracy::Regency);
  }
  if (result.ordinals.size() < result.total) {
    auto& more = page.section("MORE");
    more.set("MORE_TEXT",
             language.tr("The first {n} are listed. Show all {all}",
                         {{"n", language.integer(static_cast<long long>(result.ordinals.size()))},
                          {"all", language.integer(static_cast<long long>(result.total))}}));
    more.set("MORE_URL", address(language, "potensi", domain::to_query(state.filter)));
  }
  if (result.total == 0) page.section("EMPTY").set("CLEAR_URL", address(language, "peta"));
}

html::Fragment poster(const RequestContext& context, const domain::Filter& filter) {
  const auto& language = *context.language;
  const auto& snapshot = *context.snapshot;
  auto plain = filter;
  plain.bbox.reset();
  const auto counts = snapshot.count_by_region(plain);
  std::vector<Area> areas;
  for (std::size_t i = 0; i < snapshot.regions().size(); ++i) {
    const auto& region = snapshot.regions()[i];
    if (region.kind == "province") continue;
    areas.push_back(
        {&region, counts[i],
         short_name(region, language) + ": " + language.trn("{n} potential", "{n} potentials", counts[i]),
         address(language, "wilayah/" + region.code)});
  }
  return region_map(snapshot, language, areas,
                    language.tr("Map of the province: number of potentials in each region"), MapLook::Badges)
      .drawing;
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

}  // namespace

http::Response map_page(const RequestContext& context) {
  const auto& language = *context.language;
  auto state = read_list_state(context.request, kOwnNames);
  const auto result = find(context, state);
  state.filter = known_part(state.filter, result.notices);
  const auto* fragment = context.request.parameter("fragment");
  const bool bare = fragment && *fragment == "list";

  http::Response response;
  if (bare) {
    auto part = page_of(context, "site/map_list.html");
    fill_list(part, context, state, result);
    response = render_part(context, part.render_fragment());
  } else {
    auto page = page_of(context, "site/map.html");
    page.set("QUERY_WORDS", state.filter.q);
    fill_hidden(page, state, "group,q,bbox");
    for (const auto& value : result.facets[domain::facet_index("group")]) {
      const auto* group = context.snapshot->group(value.code);
      auto& option = page.section("GROUP");
      option.set("GROUP_CODE", value.code);
      option.set("GROUP_NAME", group ? name_of(group->short_name, language) : value.code);
      option.set("GROUP_COUNT", language.integer(value.count));
      option.show("GROUP_CHECKED", value.selected);
      option.show("GROUP_EMPTY", value.count == 0 && !value.selected);
    }
    fill_list(page.partial("RESULTS", "site/map_list.html"), context, state, result);
    const auto query = domain::to_query(state.filter);
    page.set("STATUS_TEXT", status_text(language, state, result.total));
    page.set("LIST_URL", address(language, "potensi", query));
    page.set("CSV_URL", address(language, "potensi.csv", query));
    page.set("GEOJSON_URL", address(language, "potensi.geojson", query));
    page.set("XLSX_URL", address(language, "potensi.xlsx", query));
    page.set("POSTER", poster(context, state.filter));
    page.set("BOUNDS", bounds_text(province_bounds(*context.snapshot)));
    page.set("BOUNDARY_NOTE", boundary_note(context));

    PageInfo info;
    info.title = language.tr("Map");
    info.description =
        language.tr("Map of the regional potentials of Southeast Sulawesi with list and filters.");
    info.path = "peta";
    info.query = domain::to_query(state.filter);
    info.index = state.filter.empty();
    info.nav = Nav::Map;
    info.kind = "map";
    info.breadcrumb = false;
    info.styles = {"shared/css/map.css"};
    info.scripts = {"map/map.ts"};
    info.skips.push_back({language.tr("Skip to the results"), "results"});
    response = render_page(context, info, page.render_fragment());
  }
  return response;
}

}  // namespace simpul::web::site
