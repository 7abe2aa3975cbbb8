// The one vocabulary of filters: pages, tiles, downloads and later OGC and REST read the same query. Several
// values by comma: OR within one name, AND between names.
#pragma once

#include <bitset>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "geo/geometry.hpp"

namespace simpul::domain {

// The names, in canonical order: group sector region commodity form status maturity.
inline constexpr std::string_view kFacets[] = {"group", "sector", "region",  "commodity",
                                               "form",  "status", "maturity"};
inline constexpr int kFacetCount = 7;

struct Filter {
  std::vector<std::string> values[kFacetCount];  // sorted, unique; by index in kFacets
  std::string q;                                 // words, as typed, trimmed; at most 200 bytes
  std::optional<geo::Box> bbox;                  // west, south, east, north

  bool empty() const;
  bool operator==(const Filter&) const = default;
};

int facet_index(std::string_view name);  // -1: not a facet
using FacetSet = std::bitset<kFacetCount>;
FacetSet facet_set(std::initializer_list<std::string_view> names);

// A query that could not be used as it stands: the name and the value, as sent.
struct FilterNotice {
  std::string name;
  std::string value;
};

// Takes the filter names out of `query`; other names are left alone. Unknown values of closed lists are
// checked later, by the catalogue, which knows the codes that exist. Notices: unreadable bbox, more than 50
// values (the rest dropped).
Filter parse_filter(const std::vector<std::pair<std::string, std::string>>& query,
                    std::vector<FilterNotice>& notices);

// "group=laut,tani&region=74.01&q=ikan": canonical order, values sorted, percent-encoded; empty for no
// filter.
std::string to_query(const Filter& filter);

}  // namespace simpul::domain
