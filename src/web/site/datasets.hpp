// The open data: each set of the register as rows of typed cells, with what each column means. One
// description serves CSV, JSON, the spreadsheet and the dictionary on the data page. Boundaries are in none
// of them.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "catalog/snapshot.hpp"

namespace simpul::web::site {

using Cell = std::variant<std::monostate, std::string, double>;
using Row = std::vector<Cell>;
using RowSink = std::function<void(const Row&)>;

struct Column {
  std::string_view name;  // the same in every language
  const char* meaning;    // message
  double width = 14;      // in a spreadsheet, characters
};

// What a set is asked for: the potentials of a filter (all other sets come whole), and where their pages are.
struct DataRequest {
  const catalog::Snapshot& snapshot;
  std::vector<catalog::Ordinal> potentials;
  std::string page_prefix;  // "https://.../id/potensi/"
};

struct Dataset {
  std::string_view code;  // "potentials": /{lang}/data/potentials.csv
  const char* title;      // message
  const char* licence;    // message
  std::span<const Column> columns;
  void (*rows)(const DataRequest&, const RowSink&);
  std::size_t (*count)(const catalog::Snapshot&);  // of all rows
};

std::span<const Dataset> datasets();
const Dataset* find_dataset(std::string_view code);  // nullptr: no such set
// Every potential, for the sets that come whole.
DataRequest whole(const catalog::Snapshot& snapshot, std::string page_prefix);

std::string to_csv(const Dataset& set, const DataRequest& request, bool byte_order_mark);
// {"dataset","version","date","licence","rows":[{...}]}; licence in the words given.
std::string to_json(const Dataset& set, const DataRequest& request, std::string_view licence);
std::string to_xlsx(const Dataset& set, const DataRequest& request, const std::string& sheet);
// GeoJSON (RFC 7946) of the potentials: those known by their region only have no geometry.
std::string to_geojson(const DataRequest& request, std::string_view licence);

}  // namespace simpul::web::site
