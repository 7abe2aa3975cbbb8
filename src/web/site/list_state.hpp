// What a list of potentials is asked for: filter, order, page, and what could not be understood; the links
// that change one of them; the filters in use as words. Used by the list, the map page and everything that
// links to a filtered list.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/snapshot.hpp"
#include "domain/filter.hpp"
#include "web/route.hpp"

namespace simpul::web::site {

inline constexpr std::size_t kPageSize = 20;

struct ListState {
  domain::Filter filter;
  catalog::Sort sort = catalog::Sort::Relevance;
  bool sorted = false;                        // the address names an order
  std::size_t page = 1;                       // from 1
  std::vector<domain::FilterNotice> notices;  // values that could not be read
  std::vector<std::string> unknown;           // names that this page does not know
};

// `own`: further names that the page knows ("fragment").
ListState read_list_state(const http::Request& request, std::span<const std::string_view> own = {});

std::string_view word(catalog::Sort sort);  // relevance title region newest
// "group=laut&sort=title&page=2": what differs from the beginning only.
std::string list_query(const domain::Filter& filter, const ListState& state, std::size_t page = 1);
domain::Filter only(std::string_view facet, std::string value);
domain::Filter without(domain::Filter filter, std::string_view facet, std::string_view value);

// One filter value in use, in words.
struct AppliedFilter {
  std::string kind;   // "Region"
  std::string name;   // "Wakatobi"
  std::string facet;  // "region", "q", "bbox"
  std::string value;
};
std::vector<AppliedFilter> applied_filters(const catalog::Snapshot& snapshot, const i18n::Language& language,
                                           const domain::Filter& filter);
domain::Filter without(const domain::Filter& filter, const AppliedFilter& applied);
// "Wakatobi" for region 74.07; the value itself when nothing bears it.
std::string value_name(const catalog::Snapshot& snapshot, const i18n::Language& language,
                       std::string_view facet, const std::string& value);

// The filter as the catalogue understood it: without the values that do not exist.
domain::Filter known_part(const domain::Filter& filter, const std::vector<domain::FilterNotice>& notices);

// One sentence for each value and name that was left out.
std::vector<std::string> notice_texts(const i18n::Language& language, const ListState& state,
                                      const std::vector<domain::FilterNotice>& of_catalogue);

}  // namespace simpul::web::site
