#include "web/site/list_state.hpp"

#include <algorithm>
#include <charconv>

#include "web/site/words.hpp"

namespace simpul::web::site {
namespace {

// Names of the shared vocabulary that a list has no use for, but which a link from the map may carry along.
constexpr std::string_view kMapState[] = {"m",      "sel",   "i",      "year", "panel",
                                          "layers", "embed", "fbclid", "gclid"};

bool listed(std::span<const std::string_view> names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

bool read_page(const std::string& text, std::size_t& page) {
  const auto* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, page);
  return error == std::errc() && at == end && page >= 1 && page <= 1'000'000;
}

}  // namespace

std::string_view word(catalog::Sort sort) {
  switch (sort) {
    case catalog::Sort::Title:
      return "title";
    case catalog::Sort::Region:
      return "region";
    case catalog::Sort::Newest:
      return "newest";
    case catalog::Sort::Relevance:
    case catalog::Sort::Fullest:  // no list offers it
      break;
  }
  return "relevance";
}

ListState read_list_state(const http::Request& request, std::span<const std::string_view> own) {
  ListState state;
  state.filter = domain::parse_filter(request.query, state.notices);
  for (const auto& [name, value] : request.query) {
    if (domain::facet_index(name) >= 0 || name == "q" || name == "bbox" || listed(own, name) ||
        listed(kMapState, name) || name.starts_with("utm_"))
      continue;
    if (name == "page") {
      if (!read_page(value, state.page)) {
        state.page = 1;
        state.notices.push_back({name, value});
      }
    } else if (name == "sort") {
      bool found = false;
      for (const auto sort :
           {catalog::Sort::Relevance, catalog::Sort::Title, catalog::Sort::Region, catalog::Sort::Newest})
        if (value == word(sort)) {
          state.sort = sort;
          state.sorted = found = true;
        }
      if (!found && !value.empty()) state.notices.push_back({name, value});
    } else if (!listed(std::vector<std::string_view>(state.unknown.begin(), state.unknown.end()), name)) {
      state.unknown.push_back(name);
    }
  }
  return state;
}

std::string list_query(const domain::Filter& filter, const ListState& state, std::size_t page) {
  std::string query = domain::to_query(filter);
  const auto add = [&](const std::string& part) { query += (query.empty() ? "" : "&") + part; };
  if (state.sorted && state.sort != catalog::Sort::Relevance) add("sort=" + std::string(word(state.sort)));
  if (page > 1) add("page=" + std::to_string(page));
  return query;
}

domain::Filter only(std::string_view facet, std::string value) {
  domain::Filter filter;
  const int at = domain::facet_index(facet);
  if (at >= 0) filter.values[at].push_back(std::move(value));
  return filter;
}

domain::Filter without(domain::Filter filter, std::string_view facet, std::string_view value) {
  const int at = domain::facet_index(facet);
  if (at >= 0) std::erase(filter.values[at], value);
  if (facet == "q") filter.q.clear();
  if (facet == "bbox") filter.bbox.reset();
  return filter;
}

domain::Filter without(const domain::Filter& filter, const AppliedFilter& applied) {
  return without(filter, applied.facet, applied.value);
}

std::string value_name(const catalog::Snapshot& snapshot, const i18n::Language& language,
                       std::string_view facet, const std::string& value) {
  if (facet == "group") {
    if (const auto* group = snapshot.group(value)) return name_of(group->name, language);
  } else if (facet == "sector") {
    if (const auto* sector = snapshot.sector(value)) return name_of(sector->name, language);
  } else if (facet == "region") {
    if (const auto* region = snapshot.region(value)) return short_name(*region, language);
  } else if (facet == "commodity") {
    if (const auto* commodity = snapshot.commodity(value)) return name_of(commodity->name, language);
  } else if (facet == "form") {
    return form_name(language, value);
  } else if (facet == "status") {
    for (const auto status : {domain::PotentialStatus::Existing, domain::PotentialStatus::Offered,
                              domain::PotentialStatus::Indicative})
      if (value == domain::word(status)) return status_name(language, status);
  } else if (facet == "maturity") {
    for (const auto maturity :
         {domain::Maturity::Potensi, domain::Maturity::Prospektif, domain::Maturity::SiapDitawarkan})
      if (value == domain::word(maturity)) return maturity_name(language, maturity);
  }
  return value;
}

std::vector<AppliedFilter> applied_filters(const catalog::Snapshot& snapshot, const i18n::Language& language,
                                           const domain::Filter& filter) {
  std::vector<AppliedFilter> applied;
  if (!filter.q.empty()) applied.push_back({facet_name(language, "q"), "“" + filter.q + "”", "q", filter.q});
  for (int i = 0; i < domain::kFacetCount; ++i)
    for (const auto& value : filter.values[i])
      applied.push_back({facet_name(language, domain::kFacets[i]),
                         value_name(snapshot, language, domain::kFacets[i], value),
                         std::string(domain::kFacets[i]), value});
  if (filter.bbox)
    applied.push_back({facet_name(language, "bbox"), language.tr("in the map area"), "bbox", ""});
  return applied;
}

domain::Filter known_part(const domain::Filter& filter, const std::vector<domain::FilterNotice>& notices) {
  domain::Filter known = filter;
  for (const auto& notice : notices)
    if (domain::facet_index(notice.name) >= 0) known = without(known, notice.name, notice.value);
  return known;
}

std::vector<std::string> notice_texts(const i18n::Language& language, const ListState& state,
                                      const std::vector<domain::FilterNotice>& of_catalogue) {
  std::vector<std::string> texts;
  const auto add = [&](const domain::FilterNotice& notice) {
    texts.push_back(language.tr(
        "“{value}” is not known for “{name}” and was left out.",
        {{"value", notice.value},
         {"name", notice.name == "page" || notice.name == "sort" ? notice.name
                                                                 : facet_name(language, notice.name)}}));
  };
  for (const auto& notice : state.notices) add(notice);
  for (const auto& notice : of_catalogue) add(notice);
  for (const auto& name : state.unknown)
    texts.push_back(
        language.tr("“{name}” in the address is not understood here and was left out.", {{"name", name}}));
  return texts;
}

}  // namespace simpul::web::site
