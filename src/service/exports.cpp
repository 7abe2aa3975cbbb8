#include "service/exports.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <span>
#include <variant>

#include "base/error.hpp"
#include "document/csv_writer.hpp"
#include "document/xlsx.hpp"
#include "domain/import_settings.hpp"
#include "foreign/vector_export.hpp"
#include "geo/geojson.hpp"

namespace simpul::service {
namespace {

using domain::Right;

constexpr std::size_t kPage = 500;  // records held in memory

// A cell is a text, a number, or nothing.
using Cell = std::variant<std::monostate, std::string, double>;

std::string joined(const std::vector<std::string>& items, std::string_view between) {
  std::string text;
  for (const auto& item : items) text += (text.empty() ? "" : std::string(between)) + item;
  return text;
}

Cell text_in(const domain::LocalText& texts, const char* language) {
  const auto found = texts.find(language);
  return found == texts.end() ? Cell() : Cell(found->second);
}

// The fields of an import that a record can say; what a table cannot carry (areas, a second figure) the
// import leaves as it is.
bool is_exported(std::string_view field) {
  return field != "key" && field != "position";
}

Cell cell_of(const domain::PotentialDraft& draft, std::string_view field) {
  const auto* figure = draft.figures.empty() ? nullptr : &draft.figures.front();
  const auto point =
      draft.geometry && draft.geometry->kind == geo::GeometryKind::Point && !draft.geometry->empty()
          ? std::optional(draft.geometry->parts[0][0][0])
          : std::nullopt;
  if (field == "slug") return draft.slug;
  if (field == "region") return draft.region_code;
  if (field == "unit") return draft.unit;
  if (field == "sector") return draft.sector;
  if (field == "category") return draft.category;
  if (field == "commodity") return draft.commodity;
  if (field == "title.id") return text_in(draft.title, "id");
  if (field == "title.en") return text_in(draft.title, "en");
  if (field == "summary.id") return text_in(draft.summary, "id");
  if (field == "summary.en") return text_in(draft.summary, "en");
  if (field == "description.id") return text_in(draft.description, "id");
  if (field == "description.en") return text_in(draft.description, "en");
  if (field == "lat") return point ? Cell(point->y) : Cell();
  if (field == "lon") return point ? Cell(point->x) : Cell();
  if (field == "accuracy") return draft.accuracy;
  if (field == "quantity") return figure ? Cell(figure->quantity) : Cell();
  if (field == "quantity_unit") return figure ? Cell(figure->unit) : Cell();
  if (field == "quantity_kind") return figure ? Cell(figure->kind) : Cell();
  if (field == "year") return figure && figure->year ? Cell(static_cast<double>(*figure->year)) : Cell();
  if (field == "source") return joined(draft.sources, "; ");
  if (field == "forms") return joined(draft.forms, ";");
  if (field == "status") return draft.status;
  if (field == "maturity") return draft.maturity;
  if (field == "contact_unit") return draft.contact_unit;
  if (field == "note") return draft.note;
  return {};
}

template <typename Writer>
void write_cell(Writer& writer, const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell))
    writer.text(*text);
  else if (const auto* number = std::get_if<double>(&cell))
    writer.number(*number);
  else
    writer.empty();
}

template <typename Writer>
void write_record_row(Writer& writer, const domain::Record& record, const i18n::Language* language) {
  for (const auto& field : domain::import_fields())
    if (is_exported(field.code)) write_cell(writer, cell_of(record.draft, field.code));
  if (language) {
    writer.text(domain::word(record.state));
    writer.text(to_iso(record.changed));
  }
  writer.end_row();
}

std::string header_of(const domain::ImportField& field, const i18n::Language& language) {
  return std::string(language.code() == "id" ? field.title_id : field.title_en);
}

std::vector<document::XlsxWriter::Column> columns_of(const i18n::Language& language) {
  std::vector<document::XlsxWriter::Column> columns;
  for (const auto& field : domain::import_fields())
    if (is_exported(field.code))
      columns.push_back({header_of(field, language),
                         field.code.starts_with("title") || field.code.starts_with("summary") ? 40.0 : 16.0});
  return columns;
}

boost::json::value json_of(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return boost::json::value(*text);
  if (const auto* number = std::get_if<double>(&cell)) return boost::json::value(*number);
  return nullptr;
}

void must_export(const domain::Actor& actor) {
  if (!actor.rights.has(Right::Export)) throw Error(ErrorKind::NotFound, "Your role does not export lists");
}

}  // namespace

Exports::Exports(Potentials& potentials, const domain::Classification& classification,
                 const Published<catalog::Snapshot>& snapshots, std::filesystem::path folder)
    : potentials_(potentials),
      classification_(classification),
      snapshots_(snapshots),
      folder_(std::move(folder)) {}

void Exports::each(const domain::Actor& actor, const ExportChoice& choice,
                   const std::function<void(const domain::Record&)>& take) {
  must_export(actor);
  // Which records, and in which order, is settled at the start; what each says, when its turn comes.
  const auto ids = choice.ids.empty() ? potentials_.ids(actor, choice.filter, choice.order) : choice.ids;
  if (ids.size() > kMostExported)
    throw Error(ErrorKind::TooLarge,
                "More than {most} records are too many for one file: choose fewer by the filters",
                {{"most", std::to_string(kMostExported)}});
  for (std::size_t first = 0; first < ids.size(); first += kPage) {
    const auto page = std::span(ids).subspan(first, std::min(kPage, ids.size() - first));
    for (const auto& record : potentials_.records_of(actor, page)) take(record);
  }
}

Exports::File Exports::csv(const domain::Actor& actor, const ExportChoice& choice,
                           const i18n::Language& language) {
  TemporaryFile file(folder_);
  document::CsvWriter csv(document::ByteOrderMark::Yes);
  for (const auto& field : domain::import_fields())
    if (is_exported(field.code)) csv.text(header_of(field, language));
  csv.text(language.tr("State"));
  csv.text(language.tr("Changed"));
  csv.end_row();
  each(actor, choice, [&](const domain::Record& record) {
    write_record_row(csv, record, &language);
    file.append(csv.take());
  });
  file.append(csv.take());
  return file.finish();
}

Exports::File Exports::xlsx(const domain::Actor& actor, const ExportChoice& choice,
                            const i18n::Language& language) {
  auto columns = columns_of(language);
  columns.push_back({language.tr("State"), 14});
  columns.push_back({language.tr("Changed"), 22});
  document::XlsxWriter xlsx(language.tr("Potentials"), columns, folder_);
  each(actor, choice, [&](const domain::Record& record) { write_record_row(xlsx, record, &language); });
  return xlsx.finish();
}

Exports::File Exports::geojson(const domain::Actor& actor, const ExportChoice& choice) {
  TemporaryFile file(folder_);
  std::string text = R"({"type":"FeatureCollection","features":[)";
  bool first = true;
  each(actor, choice, [&](const domain::Record& record) {
    boost::json::object properties;
    for (const auto& field : domain::import_fields())
      if (is_exported(field.code) && field.code != "lat" && field.code != "lon")
        properties[field.code] = json_of(cell_of(record.draft, field.code));
    properties["state"] = domain::word(record.state);
    properties["changed_at"] = to_iso(record.changed);
    text += first ? "\n" : ",\n";
    first = false;
    text += R"({"type":"Feature","id":)" + std::to_string(record.id) + R"(,"geometry":)";
    if (record.draft.geometry && !record.draft.geometry->empty())
      geo::append_geojson(text, *record.draft.geometry);
    else
      text += "null";
    text += R"(,"properties":)" + boost::json::serialize(properties) + "}";
    file.append(text);
    text.clear();
  });
  file.append(text + "\n]}\n");
  return file.finish();
}

Exports::File Exports::geopackage(const domain::Actor& actor, const ExportChoice& choice) {
  return foreign::to_geopackage(*geojson(actor, choice), "potensi");
}

Exports::File Exports::template_xlsx(const domain::Actor& actor, const std::string& region, bool rows,
                                     const i18n::Language& language) {
  must_export(actor);
  const auto snapshot = snapshots_.get();
  const bool there = snapshot && snapshot->region(region) != nullptr;
  const bool own = actor.scope == domain::Scope::Province || actor.region == region;
  if (!there || !own)
    throw Error(ErrorKind::NotFound, "There is no region with this code for you to write in");
  document::XlsxWriter xlsx(language.tr("Potentials"), columns_of(language), folder_);
  if (rows) {
    ExportChoice choice;
    choice.filter.regions = {region};
    each(actor, choice, [&](const domain::Record& record) { write_record_row(xlsx, record, nullptr); });
  }
  // What may stand in the columns of codes, with the names of the codes.
  const auto name = [&](const domain::LocalText& names) {
    return std::string(domain::text_in(names, language.code()).text);
  };
  xlsx.sheet(language.tr("Lists"),
             {{language.tr("Column"), 24}, {language.tr("Code"), 28}, {language.tr("Name"), 60}});
  const auto line = [&](std::string_view field, std::string_view code, const std::string& words) {
    xlsx.text(header_of(*domain::import_field(field), language));
    xlsx.text(code);
    xlsx.text(words);
    xlsx.end_row();
  };
  for (const auto& one : snapshot->regions()) line("region", one.code, name(one.name));
  for (const auto& one : classification_.sectors) line("sector", one.code, name(one.name));
  for (const auto& one : classification_.categories) line("category", one.code, name(one.name));
  for (const auto& one : snapshot->data().commodities) line("commodity", one.slug, name(one.name));
  for (const auto* one : {"exact", "village", "district", "regency"}) line("accuracy", one, "");
  for (const auto* one : {"existing", "offered", "indicative"}) line("status", one, "");
  for (const auto* one : {"potensi", "prospektif", "siap_ditawarkan"}) line("maturity", one, "");
  for (const auto* one : {"production", "area", "population", "capacity", "reserve", "length", "visitors",
                          "investment_value", "export"})
    line("quantity_kind", one, "");
  for (const auto one : domain::kCooperationForms) line("forms", one, "");
  return xlsx.finish();
}

}  // namespace simpul::service
