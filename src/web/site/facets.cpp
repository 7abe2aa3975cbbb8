#include "web/site/facets.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "web/site/site.hpp"
#include "web/site/words.hpp"

namespace simpul::web::site {
namespace {

constexpr std::size_t kLong = 12;  // more options than this stand in a box that scrolls

bool among(std::string_view names, std::string_view name) {
  while (!names.empty()) {
    const auto comma = std::min(names.find(','), names.size());
    if (names.substr(0, comma) == name) return true;
    names.remove_prefix(std::min(comma + 1, names.size()));
  }
  return false;
}

// Long lists that nobody knows by heart are easier to read by name; the short ones keep the order of the
// register.
std::vector<std::pair<std::string, const catalog::FacetValue*>> named(
    const RequestContext& context, std::string_view facet, const std::vector<catalog::FacetValue>& values) {
  std::vector<std::pair<std::string, const catalog::FacetValue*>> list;
  for (const auto& value : values)
    list.emplace_back(value_name(*context.snapshot, *context.language, facet, value.code), &value);
  if (facet == "commodity")
    std::ranges::stable_sort(
        list, [&](const auto& a, const auto& b) { return context.language->compare(a.first, b.first) < 0; });
  return list;
}

}  // namespace

void fill_facets(html::Page& page, const RequestContext& context, const catalog::Result& result) {
  for (int i = 0; i < domain::kFacetCount; ++i) {
    const auto& values = result.facets[i];
    if (values.size() < 2) continue;  // nothing to choose from
    const std::string_view facet = domain::kFacets[i];
    auto& box = page.section("FACET");
    box.set("FACET_NAME", facet);
    box.set("FACET_LABEL", facet_name(*context.language, facet));
    box.show("FACET_LONG", values.size() > kLong);
    for (const auto& [name, value] : named(context, facet, values)) {
      auto& option = box.section("OPTION");
      option.set("OPTION_VALUE", value->code);
      option.set("OPTION_NAME", name);
      option.set("OPTION_COUNT", context.language->integer(value->count));
      option.show("OPTION_CHECKED", value->selected);
      option.show("OPTION_DISABLED", value->count == 0 && !value->selected);
      if (facet == "group") option.section("OPTION_MARK").set("GROUP", value->code);
    }
  }
}

void fill_applied(html::Page& page, const RequestContext& context, const ListState& state,
                  std::string_view path) {
  for (const auto& applied : applied_filters(*context.snapshot, *context.language, state.filter)) {
    auto& chip = page.section("APPLIED");
    chip.set("APPLIED_KIND", applied.kind);
    chip.set("APPLIED_NAME", applied.name);
    chip.set("REMOVE_URL",
             address(*context.language, path, list_query(without(state.filter, applied), state)));
  }
}

void fill_hidden(html::Page& page, const ListState& state, std::string_view leave_out) {
  const auto hide = [&](std::string_view name, const std::string& value) {
    if (value.empty() || among(leave_out, name)) return;
    auto& field = page.section("HIDDEN");
    field.set("HIDDEN_NAME", name);
    field.set("HIDDEN_VALUE", value);
  };
  for (int i = 0; i < domain::kFacetCount; ++i) {
    std::string joined;
    for (const auto& value : state.filter.values[i]) joined += (joined.empty() ? "" : ",") + value;
    hide(domain::kFacets[i], joined);
  }
  hide("q", state.filter.q);
  if (state.filter.bbox) {
    const auto& box = *state.filter.bbox;
    hide("bbox", fmt::format("{},{},{},{}", box.min_x, box.min_y, box.max_x, box.max_y));
  }
  if (state.sorted) hide("sort", std::string(word(state.sort)));
}

void fill_pages(html::Page& page, const RequestContext& context, const ListState& state, std::size_t total) {
  const std::size_t last = (total + kPageSize - 1) / kPageSize;
  if (last < 2) return;
  const std::size_t here = std::min(state.page, last);
  const auto url = [&](std::size_t number) {
    return address(*context.language, "potensi", list_query(state.filter, state, number));
  };
  auto& pages = page.section("PAGES");
  if (here > 1) pages.section("PREVIOUS").set("PAGE_URL", url(here - 1));
  if (here < last) pages.section("NEXT").set("PAGE_URL", url(here + 1));
  std::size_t shown = 0;
  for (std::size_t number = 1; number <= last; ++number) {
    if (number != 1 && number != last && (number + 2 < here || number > here + 2)) continue;
    if (number > shown + 1) pages.section("PAGE_ITEM").show("PAGE_GAP");
    auto& item = pages.section("PAGE_ITEM");
    auto& mark = item.section(number == here ? "PAGE_HERE" : "PAGE_LINK");
    mark.set("PAGE_NUMBER", context.language->integer(static_cast<long long>(number)));
    mark.set("PAGE_URL", url(number));
    shown = number;
  }
}

}  // namespace simpul::web::site
