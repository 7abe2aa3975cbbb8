// A CSV file of an office: its delimiter found, cut into rows, its columns guessed, its cells understood.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "document/csv_reader.hpp"
#include "document/csv_scan.hpp"
#include "domain/cells.hpp"
#include "domain/import_settings.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace simpul;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  document::CsvScanner rows(text, document::find_delimiter(text));
  domain::FoundLayer layer;
  while (rows.next()) {
    domain::known_headers(rows.cells());
    for (const auto& raw : rows.cells()) {
      const auto cell = domain::clean_cell(raw);
      if (document::find_bad_utf8(cell) != std::string_view::npos) std::abort();
      domain::read_measure(cell, true);
      domain::read_measure(cell, false);
      domain::read_year(cell);
      if (const auto code = domain::read_region_code(cell); code && domain::read_region_code(*code) != code)
        std::abort();
      domain::read_angle(cell);
      domain::read_position(cell);
      if (rows.row() == 1) layer.fields.push_back({cell, {}});
    }
  }
  domain::ImportSettings settings;
  settings.columns = domain::suggest_columns(layer);
  settings.defaults = domain::suggest_defaults(layer, settings.columns);
  settings.match = "none";
  // What is suggested may be saved, but for a header that stands twice.
  for (const auto& fault : domain::validate(settings))
    if (!fault.field.ends_with(".column")) std::abort();
  return 0;
}
