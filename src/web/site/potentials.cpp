// The list of potentials with its facets: /{lang}/potensi, and its bare list (fragment=list).
#include <algorithm>
#include <charconv>

#include "web/site/cards.hpp"
#include "web/site/facets.hpp"
#include "web/site/list_state.hpp"
#include "web/site/routes.hpp"
#include "web/site/site.hpp"
#include "web/site/words.hpp"

namespace simpul::web::site {
namespace {

constexpr std::size_t kMostOfFragment = 300;
constexpr std::string_view kOwnNames[] = {"fragment", "limit"};

// Of the bare list only: 1..300, else the length of a page.
std::size_t fragment_limit(const http::Request& request) {
  const auto* text = request.parameter("limit");
  std::size_t limit = kPageSize;
  if (text) std::from_chars(text->data(), text->data() + text->size(), limit);
  return std::clamp<std::size_t>(limit, 1, kMostOfFragment);
}

void fill_results(html::Page& page, const RequestContext& context, const catalog::Result& result) {
  const auto found = context.snapshot->potentials(result.ordinals);
  add_items(page, "RESULT", "site/result.html", context, found);
  page.show("SOME", !found.empty());
  if (found.empty()) page.section("EMPTY").set("CLEAR_URL", address(*context.language, "potensi"));
}

void fill_bar(html::Page& page, const RequestContext& context, const ListState& state,
              const catalog::Result& result) {
  const auto& language = *context.language;
  const auto total = static_cast<long long>(result.total);
  const auto all = static_cast<long long>(context.snapshot->size());
  page.set("COUNT_TEXT", language.trn("{n} potential", "{n} potentials", total));
  if (total != all)
    page.section("OF_ALL").set("OF_ALL_TEXT", language.tr("of {n}", {{"n", language.integer(all)}}));
  const auto unlocated = total - static_cast<long long>(result.located);
  if (unlocated > 0)
    page.section("UNLOCATED")
        .set("UNLOCATED_TEXT",
             language.trn(
                 "{n} of them is known by its region only: it has no point of its own on the map.",
                 "{n} of them are known by their region only: they have no point of their own on the map.",
                 unlocated));
  long long used = static_cast<long long>(applied_filters(*context.snapshot, language, state.filter).size());
  page.set("FILTER_BUTTON",
           used ? language.tr("Filters ({n})", {{"n", language.integer(used)}}) : language.tr("Filters"));
  const bool words = !state.filter.q.empty();
  for (const auto sort :
       {catalog::Sort::Relevance, catalog::Sort::Title, catalog::Sort::Region, catalog::Sort::Newest}) {
    if (sort == catalog::Sort::Relevance && !words) continue;
    auto& option = page.section("SORT");
    option.set("SORT_VALUE", word(sort));
    option.set("SORT_NAME", sort_name(language, word(sort)));
    option.show("SORT_CHOSEN",
                sort == state.sort || (!words && !state.sorted && sort == catalog::Sort::Title));
  }
  auto query = domain::to_query(state.filter);
  page.set("MAP_URL", address(language, "peta", query));
  page.set("CSV_URL", address(language, "potensi.csv", query));
  page.set("XLSX_URL", address(language, "potensi.xlsx", query));
  page.set("GEOJSON_URL", address(language, "potensi.geojson", query));
}

}  // namespace

http::Response potentials_page(const RequestContext& context) {
  const auto& language = *context.language;
  auto state = read_list_state(context.request, kOwnNames);
  const auto* fragment = context.request.parameter("fragment");
  const bool bare = fragment && *fragment == "list";

  catalog::Query query;
  query.filter = state.filter;
  query.sort = state.sort;
  query.language = language.code();
  query.limit = bare ? fragment_limit(context.request) : kPageSize;
  query.offset = bare ? 0 : (state.page - 1) * kPageSize;
  if (!bare) query.facets.set();
  auto result = context.snapshot->find(query);
  if (!bare && result.ordinals.empty() && result.total > 0) {  // a page after the last: the last
    state.page = (result.total + kPageSize - 1) / kPageSize;
    query.offset = (state.page - 1) * kPageSize;
    result = context.snapshot->find(query);
  }
  const auto notices = notice_texts(language, state, result.notices);
  state.filter = known_part(state.filter, result.notices);

  if (bare) {
    auto part = page_of(context, "site/potentials_list.html");
    part.set("COUNT", static_cast<long long>(result.total));
    part.set("COUNT_TEXT",
             language.trn("{n} potential", "{n} potentials", static_cast<long long>(result.total)));
    fill_results(part, context, result);
    return render_part(context, part.render_fragment());
  }

  auto page = page_of(context, "site/potentials.html");
  page.set("Q", state.filter.q);
  auto& search = page.section("SEARCH");
  fill_hidden(search, state, "q");
  auto& narrow = page.section("NARROW");
  fill_hidden(narrow, state, "group,sector,region,commodity,form,status,maturity");
  auto& order = page.section("ORDER");
  fill_hidden(order, state, "sort");
  fill_facets(page, context, result);
  fill_bar(page, context, state, result);
  fill_results(page, context, result);
  fill_pages(page, context, state, result.total);
  if (!state.filter.empty()) {
    auto& chips = page.section("APPLIED_ANY");
    chips.set("CLEAR_URL", address(language, "potensi", list_query({}, state)));
    fill_applied(chips, context, state, "potensi");
  }
  if (!notices.empty()) {
    auto& box = page.section("NOTICES");
    for (const auto& text : notices) box.section("NOTICE").set("NOTICE_TEXT", text);
  }

  PageInfo info;
  info.title = language.tr("Potentials");
  const auto applied = applied_filters(*context.snapshot, language, state.filter);
  if (applied.size() == 1) info.title += ": " + applied.front().name;
  page.set("TITLE", info.title);
  info.here = language.tr("Potentials");
  info.description = language.tr(
      "Regional potentials of Southeast Sulawesi, to be narrowed by group, region and commodity.");
  info.path = "potensi";
  info.query = list_query(state.filter, state, state.page);
  info.nav = Nav::Potentials;
  info.kind = "list";
  // Search engines take the whole list and single filters, not every combination.
  info.index = applied.size() <= 1 && state.page == 1 && !state.sorted;
  info.skips.push_back({language.tr("Skip to the results"), "results"});
  return render_page(context, info, page.render_fragment());
}

}  // namespace simpul::web::site
