// The map explorer without script: /{lang}/peta, and the parts of it that the live map asks for: its list
// (fragment=list), an indicator (fragment=indicator), the layers (fragment=layers).
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "web/site/facets.hpp"
#include "web/site/map_panels.hpp"
#include "web/site/map_state.hpp"
#include "web/site/qr.hpp"
#include "web/site/region_map.hpp"
#include "web/site/routes.hpp"
#include "web/site/site.hpp"
#include "web/site/words.hpp"

namespace simpul::web::site {
namespace {

constexpr std::size_t kListed = 200;
constexpr std::size_t kListedInLowData = 60;
constexpr std::size_t kMostListed = 300;
constexpr std::string_view kOwnNames[] = {"fragment", "limit"};

std::string status_text(const i18n::Language& language, const ListState& state, std::size_t total) {
  const auto n = static_cast<long long>(total);
  return state.filter.bbox
             ? language.trn("{n} potential in the map area", "{n} potentials in the map area", n)
             : language.trn("{n} potential", "{n} potentials", n);
}

// `listed`: how many of them at the most, unless the request says.
catalog::Result find(const RequestContext& context, const ListState& state, std::size_t listed) {
  catalog::Query query;
  query.filter = state.filter;
  query.sort = state.sort;
  query.language = context.language->code();
  query.limit = listed;
  if (const auto* text = context.request.parameter("limit")) {
    std::from_chars(text->data(), text->data() + text->size(), query.limit);
    query.limit = std::clamp<std::size_t>(query.limit, 1, kMostListed);
  }
  query.facets = domain::facet_set({"group"});
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
    row.set("ID", static_cast<long long>(potential.id));
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

html::Fragment poster(const RequestContext& context, const domain::Filter& filter,
                      const std::optional<ClassedIndicator>& chosen) {
  const auto& language = *context.language;
  const auto& snapshot = *context.snapshot;
  std::vector<Area> areas;
  if (chosen) {
    for (const auto& one : chosen->regions) {
      Area area{one.region, one.value, short_name(*one.region, language) + ": " + one.text,
                address(language, "wilayah/" + one.region->code)};
      area.shade = one.shade;
      areas.push_back(std::move(area));
    }
    return region_map(
               snapshot, language, areas,
               language.tr("Map of the province: {indicator}, {year}",
                           {{"indicator", chosen->indicator.name}, {"year", std::to_string(chosen->year)}}),
               MapLook::Named)
        .drawing;
  }
  auto plain = filter;
  plain.bbox.reset();
  const auto counts = snapshot.count_by_region(plain);
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

void fill_tabs(html::Page& page, const RequestContext& context, const MapState& state,
               const std::optional<ClassedIndicator>& chosen) {
  const auto& language = *context.language;
  struct Tab {
    MapPanel panel;
    const char* key;
    std::string name;
  };
  for (const auto& tab : {Tab{MapPanel::Potentials, "potentials", language.tr("Potentials")},
                          Tab{MapPanel::Indicator, "indicator", language.tr("Indicators")},
                          Tab{MapPanel::Layers, "layers", language.tr("Layers")}}) {
    auto other = state;
    other.panel = tab.panel;
    if (tab.panel == MapPanel::Potentials) other.indicator.clear();
    if (tab.panel == MapPanel::Indicator && !chosen) {
      const auto all = map_indicators(*context.snapshot, language);
      if (all.empty()) continue;
      other.indicator = all.front().key;
      other.year.reset();
    }
    auto& item = page.section("TAB");
    item.set("TAB_KEY", tab.key);
    item.set("TAB_NAME", tab.name);
    item.set("TAB_URL", address(language, "peta", map_query(other, state.list.filter)));
    item.show("TAB_CURRENT", tab.panel == state.panel);
  }
}

html::Fragment panel(const RequestContext& context, const MapState& state,
                     const std::optional<ClassedIndicator>& chosen) {
  const bool layers = state.panel == MapPanel::Layers;
  auto part = page_of(context, layers ? "site/map_layers.html" : "site/map_indicator.html");
  if (layers)
    fill_layers_panel(part, context, state, chosen);
  else
    fill_indicator_panel(part, context, state, chosen);
  return part.render_fragment();
}

void fill_potentials(html::Page& page, const RequestContext& context, const ListState& state,
                     const catalog::Result& result) {
  page.set("QUERY_WORDS", state.filter.q);
  fill_hidden(page, state, "group,q,bbox");
  for (const auto& value : result.facets[domain::facet_index("group")]) {
    const auto* group = context.snapshot->group(value.code);
    auto& option = page.section("GROUP");
    option.set("GROUP_CODE", value.code);
    option.set("GROUP_NAME", group ? name_of(group->short_name, *context.language) : value.code);
    option.set("GROUP_COUNT", context.language->integer(value.count));
    option.show("GROUP_CHECKED", value.selected);
    option.show("GROUP_EMPTY", value.count == 0 && !value.selected);
  }
  fill_list(page.partial("RESULTS", "site/map_list.html"), context, state, result);
}

}  // namespace

http::Response map_page(const RequestContext& context) {
  const auto& language = *context.language;
  auto state = read_map_state(context.request, kOwnNames);
  const auto* fragment = context.request.parameter("fragment");
  if (fragment && *fragment == "list") {
    const auto result = find(context, state.list, kListed);
    state.list.filter = known_part(state.list.filter, result.notices);
    auto part = page_of(context, "site/map_list.html");
    fill_list(part, context, state.list, result);
    return render_part(context, part.render_fragment());
  }
  std::optional<ClassedIndicator> chosen;
  if (!state.indicator.empty())
    chosen = classed_indicator(*context.snapshot, language, state.indicator, state.year);
  if (fragment && *fragment == "indicator") {
    state.panel = MapPanel::Indicator;
    return render_part(context, panel(context, state, chosen));
  }
  if (fragment && *fragment == "layers") {
    state.panel = MapPanel::Layers;
    return render_part(context, panel(context, state, chosen));
  }

  // The list is not seen beside another panel; the live map asks for it when it is.
  const auto result =
      find(context, state.list,
           state.panel == MapPanel::Potentials ? context.view.low_data ? kListedInLowData : kListed : 0);
  state.list.filter = known_part(state.list.filter, result.notices);
  auto page = page_of(context, "site/map.html");
  fill_tabs(page, context, state, chosen);
  fill_potentials(page, context, state.list, result);
  page.show("POTENTIALS_HIDDEN", state.panel != MapPanel::Potentials);
  page.show("OTHER_HIDDEN", state.panel == MapPanel::Potentials);
  if (state.panel != MapPanel::Potentials) page.section("OTHER").set("PANEL", panel(context, state, chosen));
  const auto query = domain::to_query(state.list.filter);
  page.set("STATUS_TEXT", status_text(language, state.list, result.total));
  page.set("LIST_URL", address(language, "potensi", query));
  page.set("CSV_URL", address(language, "potensi.csv", query));
  page.set("GEOJSON_URL", address(language, "potensi.geojson", query));
  page.set("XLSX_URL", address(language, "potensi.xlsx", query));
  auto shared = state;
  shared.embedded = false;
  const auto whole = map_query(shared, state.list.filter);
  page.set("SHARE_URL", address(language, "peta/bagikan", whole));
  page.set("PDF_URL", address(language, "peta.pdf", whole));
  page.set("SVG_URL", address(language, "peta.svg", whole));
  if (state.embedded) page.section("EMBEDDED").set("WHOLE_URL", address(language, "peta", whole));
  page.set("POSTER", poster(context, state.list.filter, chosen));
  page.set("BOUNDS", bounds_text(province_bounds(*context.snapshot)));
  page.set("BOUNDARY_NOTE", boundary_note(context));

  PageInfo info;
  info.title =
      chosen ? language.tr("Map: {indicator}", {{"indicator", chosen->indicator.name}}) : language.tr("Map");
  info.description =
      language.tr("Map of the regional potentials of Southeast Sulawesi with list and filters.");
  info.path = "peta";
  info.query = whole;
  info.index = state.list.filter.empty() && !state.embedded && state.panel != MapPanel::Layers;
  info.nav = Nav::Map;
  info.kind = "map";
  info.breadcrumb = false;
  info.framed = state.embedded;
  info.styles = {"shared/css/map.css"};
  info.scripts = {"map/map.ts"};
  info.skips.push_back({language.tr("Skip to the results"), "results"});
  return render_page(context, info, page.render_fragment());
}

http::Response share_map_page(const RequestContext& context) {
  constexpr std::string_view kFragment[] = {"fragment"};
  const auto& language = *context.language;
  auto state = read_map_state(context.request, kFragment);
  state.embedded = false;
  std::optional<ClassedIndicator> chosen;
  if (!state.indicator.empty())
    chosen = classed_indicator(*context.snapshot, language, state.indicator, state.year);
  state.list.filter = known_part(state.list.filter, context.snapshot->unknown(state.list.filter));
  state.list.filter.bbox.reset();
  const auto query = map_query(state, state.list.filter);
  const auto link = absolute(context, address(language, "peta", query));

  auto part = page_of(context, "site/map_share.html");
  std::string words = chosen ? chosen->indicator.name + ", " + std::to_string(chosen->year)
                             : language.tr("Potentials of Southeast Sulawesi");
  for (const auto& applied : applied_filters(*context.snapshot, language, state.list.filter))
    words += " · " + applied.name;
  part.set("VIEW_TEXT", words);
  part.set("LINK", link);
  part.set("WHATSAPP_URL", "https://wa.me/?text=" + http::percent_encode(words + "\n" + link));
  part.set("MAIL_LINK", html::Fragment::trusted("<a class=\"button secondary\" href=\"mailto:?subject=" +
                                                http::percent_encode(words) +
                                                "&amp;body=" + http::percent_encode(link) + "\">"));
  auto framed = state;
  framed.embedded = true;
  part.set("EMBED_CODE",
           "<iframe src=\"" +
               absolute(context, address(language, "peta", map_query(framed, state.list.filter))) +
               "\" title=\"" + words +
               "\" width=\"100%\" height=\"560\" loading=\"lazy\" style=\"border:0\" "
               "allow=\"geolocation; fullscreen\"></iframe>");
  if (link.size() <= kQrBytes)
    part.section("QR_ANY").set("QR", qr_code(link, language.tr("QR code of the address")));
  part.set("PDF_URL", address(language, "peta.pdf", query));
  part.set("SVG_URL", address(language, "peta.svg", query));
  part.set("BACK_URL", address(language, "peta", query));
  if (context.request.parameter("fragment")) return render_part(context, part.render_fragment());

  auto page = page_of(context, "site/map_share_page.html");
  page.set("TITLE", language.tr("Share the map"));
  page.set("PART", part.render_fragment());
  PageInfo info;
  info.title = language.tr("Share the map");
  info.description = language.tr("Address, QR code, code for other websites, and the map on paper.");
  info.path = "peta/bagikan";
  info.query = query;
  info.index = false;
  info.nav = Nav::Map;
  info.trail.push_back({language.tr("Map"), address(language, "peta", query)});
  info.styles = {"shared/css/map.css"};
  return render_page(context, info, page.render_fragment());
}

}  // namespace simpul::web::site
