#include "service/import_rows.hpp"

#include <charconv>
#include <cmath>

namespace simpul::service {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const auto start = text.find_first_not_of(kBlank);
  if (start == std::string_view::npos) return {};
  return text.substr(start, text.find_last_not_of(kBlank) - start + 1);
}

}  // namespace

std::string RowReader::text(std::string_view column) const {
  const auto found = columns_.find(column);
  return found == columns_.end() ? std::string() : std::string(trimmed(row_.cells[found->second]));
}

void RowReader::fault(std::string_view column, std::string key, MessageArgs args) {
  faults_.push_back({std::string(column), std::move(key), std::move(args)});
}

template <typename T>
std::optional<T> RowReader::parsed(std::string_view column, const char* key) {
  const auto cell = text(column);
  if (cell.empty()) return std::nullopt;
  T value{};
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  bool good = error == std::errc() && end == cell.data() + cell.size();
  if constexpr (std::is_floating_point_v<T>) good = good && std::isfinite(value);
  if (good) return value;
  faults_.push_back({std::string(column), key, {{"value", cell}}});
  return std::nullopt;
}

std::optional<double> RowReader::number(std::string_view column) {
  return parsed<double>(column, "\"{value}\" is not a number (decimal point, no thousands separators)");
}
std::optional<int> RowReader::integer(std::string_view column) {
  return parsed<int>(column, "\"{value}\" is not a whole number");
}
std::optional<std::int64_t> RowReader::big_integer(std::string_view column) {
  return parsed<std::int64_t>(column, "\"{value}\" is not a whole number");
}

std::optional<Date> RowReader::date(std::string_view column) {
  const auto cell = text(column);
  if (cell.empty()) return std::nullopt;
  const auto date = parse_date(cell);
  if (!date) fault(column, "\"{value}\" is not a date: YYYY-MM-DD, YYYY-MM or YYYY", {{"value", cell}});
  return date;
}

double RowReader::required_number(std::string_view column) {
  const auto value = number(column);
  if (text(column).empty()) fault(column, "must not be empty");
  return value.value_or(0);
}

int RowReader::required_integer(std::string_view column) {
  const auto value = integer(column);
  if (text(column).empty()) fault(column, "must not be empty");
  return value.value_or(0);
}

std::string RowReader::region_code(std::string_view column) const {
  auto code = text(column);
  const auto digit = [&](std::size_t at) { return code[at] >= '0' && code[at] <= '9'; };
  if (code.size() == 4 && digit(0) && digit(1) && code[2] == '.' && digit(3)) code += '0';
  return code;
}

domain::LocalText RowReader::local(std::string_view column) const {
  domain::LocalText text_by_language;
  for (const auto* language : {"id", "en"})
    if (auto words = text(std::string(column) + '_' + language); !words.empty())
      text_by_language.emplace(language, std::move(words));
  return text_by_language;
}

std::vector<std::string> RowReader::list(std::string_view column, std::string_view separator) const {
  std::vector<std::string> items;
  const auto cell = text(column);
  for (std::size_t at = 0; at <= cell.size();) {
    const auto end = std::min(cell.find(separator, at), cell.size());
    if (const auto item = trimmed(std::string_view(cell).substr(at, end - at)); !item.empty())
      items.emplace_back(item);
    at = end + separator.size();
  }
  return items;
}

domain::Region region_row(RowReader& row) {
  domain::Region region;
  region.code = row.region_code("code");
  region.bps_code = row.text("bps_code");
  region.name = row.local("name");
  region.kind = row.text("kind");
  region.capital = row.text("capital");
  const auto latitude = row.number("capital_lat"), longitude = row.number("capital_lon");
  if (latitude && longitude) region.capital_point = geo::Point{*longitude, *latitude};
  region.area_km2 = row.number("area_km2");
  region.population = row.big_integer("population");
  region.population_year = row.integer("population_year");
  region.established_year = row.integer("established_year");
  region.website = row.text("website");
  region.source = row.text("source");
  return region;
}

domain::Commodity commodity_row(RowReader& row) {
  return {row.text("slug"),     row.local("name"),   row.text("sector"),
          row.text("category"), row.text("hs_code"), row.text("unit")};
}

domain::PotentialDraft potential_row(RowReader& row) {
  domain::PotentialDraft draft;
  draft.slug = row.text("id");
  draft.region_code = row.region_code("region_code");
  draft.sector = row.text("sector");
  draft.category = row.text("category");
  draft.commodity = row.text("commodity");
  draft.title = row.local("title");
  draft.summary = row.local("summary");
  const auto latitude = row.number("lat"), longitude = row.number("lon");
  if (latitude && longitude) draft.geometry = geo::point(*longitude, *latitude);
  draft.accuracy = row.text("location_accuracy");
  if (const auto quantity = row.number("quantity"))
    draft.figures.push_back(
        {*quantity, row.text("unit"), row.text("quantity_kind"), row.integer("year"), row.text("source")});
  else if (row.text("quantity").empty())
    for (const auto* column : {"unit", "quantity_kind", "year"})
      if (!row.text(column).empty()) row.fault(column, "stands without a quantity");
  draft.forms = row.list("cooperation_forms", ";");
  draft.status = row.text("status");
  draft.sources = row.list("source", "; ");
  draft.note = row.text("note");
  return draft;
}

domain::IndicatorValue indicator_row(RowReader& row) {
  return {row.region_code("region_code"),
          row.text("indicator"),
          row.text("sector"),
          row.text("commodity"),
          row.integer("year"),
          row.required_number("value"),
          row.text("unit"),
          row.text("source")};
}

domain::Need need_row(RowReader& row) {
  return {row.text("commodity"), row.required_number("kg_per_person_year"),
          row.text("scope"),     row.required_integer("year"),
          row.text("kind"),      row.text("conversion_note"),
          row.text("source")};
}

domain::Agreement agreement_row(RowReader& row) {
  domain::Agreement agreement;
  agreement.title = row.local("title");
  agreement.slug = domain::slug_of(row.text("title_id"));
  agreement.parties = row.list("parties", ";");
  agreement.type = row.text("type");
  agreement.document_kind = row.text("document_kind");
  agreement.signed_on = row.date("signed_date");
  agreement.ends_on = row.date("end_date");
  agreement.subject = row.text("subject");
  agreement.region_code = row.region_code("region_code");
  agreement.source = row.text("source");
  return agreement;
}

domain::Regulation regulation_row(RowReader& row) {
  return {row.text("code"), row.local("title"), row.required_integer("year"), row.text("number"),
          row.text("kind"), row.text("topic"),  row.local("summary"),         row.text("source")};
}

}  // namespace simpul::service
