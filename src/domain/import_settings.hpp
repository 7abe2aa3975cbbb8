// How a file of an office is to be read into the register: which column is which member, what its words mean,
// what shall happen with the rows. Kept with the import and as a profile; used by service and web/api.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace simpul::domain {

// A member of a potential that a column can fill.
struct ImportField {
  std::string_view
      code;  // "title.id", as in the REST interface; "lat", "quantity" where a form has one member
  std::string_view title_id;  // header of the template in Indonesian ...
  std::string_view title_en;  // ... and in English
  std::string_view names;     // other headers it is known by, folded, by blank
};
std::span<const ImportField> import_fields();
const ImportField* import_field(std::string_view code);  // nullptr: none

struct ImportColumn {
  std::string column;      // its header
  std::string field;       // code of ImportField
  std::string unit;        // of a quantity whose cells do not say
  bool fill_down = false;  // an empty cell means the value above (merged cells)
};
struct ImportDefault {
  std::string field;
  std::string value;
};
struct ImportCode {
  std::string field;
  std::string value;  // what stands in the file
  std::string code;   // what it means
};

struct ImportSettings {
  std::string layer;
  std::string encoding = "utf-8";  // utf-8, utf-16le, utf-16be, windows-1252; of a CSV file
  std::string delimiter = ",";     // , ; tab |
  std::string decimal = ".";       // . or ,
  int header_row = 1;
  std::string crs;  // "EPSG:n" of the positions; empty: degrees, or as the file says
  std::vector<ImportColumn> columns;
  std::vector<ImportDefault> defaults;
  std::vector<ImportCode> codes;
  std::vector<std::string> repairs;  // accepted: swapped, utm, south, polygon
  std::string action = "drafts";     // drafts, submit, publish
  std::string match = "title";       // slug, key, title, none

  bool accepts(std::string_view repair) const;
  const ImportColumn* column_of(std::string_view field) const;  // nullptr: none
};

// Words that are none, two columns of one field, a field twice.
std::vector<FieldError> validate(const ImportSettings& settings);

// A file as it was found.
struct FoundField {
  std::string name;
  std::vector<std::string> samples;  // at most 5 that differ
};
struct FoundLayer {
  std::string name;
  std::int64_t rows = 0;
  std::string geometry = "none";  // none, point, line, polygon, mixed
  std::string crs;                // "EPSG:4326"; empty: not known
  std::vector<FoundField> fields;
};
struct FoundFile {
  std::string kind;  // csv xlsx ods gpkg shp geojson kml gpx
  std::vector<FoundLayer> layers;
  std::vector<std::string> ignored;  // views and the like
};

// The columns whose headers say what they are, each field once; the unit in brackets ("Luas (ha)") with them.
std::vector<ImportColumn> suggest_columns(const FoundLayer& layer);
// What goes with them: an accuracy, a status, the kind of the figure.
std::vector<ImportDefault> suggest_defaults(const FoundLayer& layer,
                                            const std::vector<ImportColumn>& columns);
// How many of these cells are headers that are known: the row that has most is the header.
std::size_t known_headers(std::span<const std::string> cells);

}  // namespace simpul::domain
