// One row of a CSV file becomes a record: text cells to typed fields, with a fault for each cell that is not
// what its column wants. Used by import.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "document/csv_reader.hpp"
#include "domain/register.hpp"
#include "domain/validate.hpp"

namespace simpul::service {

// The cells of one row by the name of their column. Blanks around a cell do not count.
class RowReader {
 public:
  RowReader(const std::map<std::string, std::size_t, std::less<>>& columns, const document::CsvRow& row,
            std::vector<FieldError>& faults)
      : columns_(columns), row_(row), faults_(faults) {}

  std::string text(std::string_view column) const;  // empty: no such column, or nothing in it
  std::optional<double> number(std::string_view column);
  std::optional<int> integer(std::string_view column);
  std::optional<std::int64_t> big_integer(std::string_view column);
  std::optional<Date> date(std::string_view column);
  double required_number(std::string_view column);
  int required_integer(std::string_view column);
  // Kemendagri code. A spreadsheet turns 74.10 into 74.1: it is put right.
  std::string region_code(std::string_view column) const;
  domain::LocalText local(std::string_view column) const;  // of column_id and column_en
  std::vector<std::string> list(std::string_view column, std::string_view separator) const;
  void fault(std::string_view column, std::string key, MessageArgs args = {});

 private:
  template <typename T>
  std::optional<T> parsed(std::string_view column, const char* key);

  const std::map<std::string, std::size_t, std::less<>>& columns_;
  const document::CsvRow& row_;
  std::vector<FieldError>& faults_;
};

// The columns of each kind of file, in the order of data/.
inline constexpr std::string_view kRegionColumns[] = {
    "code",     "bps_code",   "name_id",         "name_en",
    "kind",     "capital",    "capital_lat",     "capital_lon",
    "area_km2", "population", "population_year", "established_year",
    "website",  "source"};
inline constexpr std::string_view kCommodityColumns[] = {"slug",     "name_id", "name_en", "sector",
                                                         "category", "hs_code", "unit"};
inline constexpr std::string_view kPotentialColumns[] = {
    "id",       "region_code",       "sector",     "category",   "commodity",
    "title_id", "title_en",          "summary_id", "summary_en", "lat",
    "lon",      "location_accuracy", "quantity",   "unit",       "quantity_kind",
    "year",     "cooperation_forms", "status",     "source",     "note"};
inline constexpr std::string_view kIndicatorColumns[] = {"region_code", "indicator", "sector", "commodity",
                                                         "year",        "value",     "unit",   "source"};
inline constexpr std::string_view kNeedColumns[] = {"commodity", "kg_per_person_year", "scope", "year",
                                                    "kind",      "conversion_note",    "source"};
inline constexpr std::string_view kAgreementColumns[] = {
    "title_id",    "title_en", "parties", "type",        "document_kind",
    "signed_date", "end_date", "subject", "region_code", "source"};
inline constexpr std::string_view kRegulationColumns[] = {
    "code", "title_id", "title_en", "year", "number", "kind", "topic", "summary_id", "summary_en", "source"};

domain::Region region_row(RowReader& row);
domain::Commodity commodity_row(RowReader& row);
domain::PotentialDraft potential_row(RowReader& row);
domain::IndicatorValue indicator_row(RowReader& row);
domain::Need need_row(RowReader& row);
domain::Agreement agreement_row(RowReader& row);
domain::Regulation regulation_row(RowReader& row);

}  // namespace simpul::service
