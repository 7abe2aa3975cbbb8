// The file of an import: what it is (encoding, delimiter, sheets, fields) and its rows one after the other,
// without holding them. Used by the services of imports.
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/import_settings.hpp"

namespace simpul::service {

// Fills `settings` (layer, encoding, delimiter, decimal mark, header row, columns, defaults) with what it
// finds. `file` lies under a name with the ending of `name`, which is what the person calls it. Error
// Invalid: it cannot be read, there is nothing in it.
domain::FoundFile inspect_file(const std::filesystem::path& file, const std::string& name,
                               domain::ImportSettings& settings);
// After the person chose another layer, encoding, delimiter or header row: the fields of that layer anew.
struct InspectChoice {
  bool header = true;   // the header row and the decimal mark are to be found, too
  bool columns = true;  // and the columns to be suggested
};
void inspect_layer(const std::filesystem::path& file, domain::FoundFile& found,
                   domain::ImportSettings& settings, InspectChoice choice);

// A number for a text, the same for the same text (FNV-1a, 64 bits); not for secrets.
std::uint64_t number_of(std::string_view text);

struct ImportRow {
  std::int64_t n = 0;      // as a spreadsheet counts; features from 1
  std::size_t offset = 0;  // where to find it again
  std::vector<std::string> cells;
  std::optional<boost::json::value> geometry;  // GeoJSON
  bool broken = false;                         // the rest of the file cannot be read
};

class ImportFile {
 public:
  // Turns the chosen layer into text beside the file unless that was done before. `stop` may be empty; asked
  // true, JobInterrupted-like: prepare gives false. Errors: see inspect_file.
  ImportFile(const std::filesystem::path& file, const domain::FoundFile& found,
             const domain::ImportSettings& settings);
  ~ImportFile();
  bool prepare(const std::function<bool()>& stop = {});

  // Headers, in order; of features the names of their fields.
  const std::vector<std::string>& fields() const { return fields_; }
  // The next row of data; false: there is none. Rows without a word and repeated headers are passed over.
  bool next(ImportRow& row);
  // next() goes on with the row that was there.
  void go_to(std::size_t offset, std::int64_t n);

  std::int64_t empty_rows() const { return empty_rows_; }
  std::int64_t repeated_headers() const { return repeated_headers_; }

 private:
  struct Parts;
  bool next_of_table(ImportRow& row);
  bool next_feature(ImportRow& row);

  std::unique_ptr<Parts> parts_;
  std::vector<std::string> fields_;
  std::int64_t empty_rows_ = 0;
  std::int64_t repeated_headers_ = 0;
};

}  // namespace simpul::service
