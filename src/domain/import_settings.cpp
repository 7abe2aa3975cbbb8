#include "domain/import_settings.hpp"

#include <algorithm>
#include <set>

#include "domain/boundary_match.hpp"

namespace simpul::domain {
namespace {

constexpr ImportField kFields[] = {
    {"slug", "Alamat (slug)", "Address (slug)", "slug alamatslug addressslug id"},
    {"key", "Kode sendiri", "Own key", "kodesendiri ownkey kode kodepotensi kodeinternal nomorregister key"},
    {"region", "Wilayah", "Region",
     "wilayah region regioncode kodewilayah kabupaten kabupatenkota kabkota kab kota daerah kodedaerah "
     "kodekab "
     "namakabupaten nmkab kdkab"},
    {"unit", "Perangkat daerah", "Office", "perangkatdaerah office opd dinas instansi unitkerja skpd"},
    {"sector", "Sektor", "Sector", "sektor sector lapanganusaha kodesektor"},
    {"category", "Kategori", "Category", "kategori category"},
    {"commodity", "Komoditas", "Commodity", "komoditas commodity komoditi"},
    {"title.id", "Judul", "Title (Indonesian)",
     "judul titleindonesian title titleid judulid nama namapotensi judulindonesia potensi namaobjek "
     "namalokasi"},
    {"title.en", "Judul (Inggris)", "Title (English)", "judulinggris titleenglish titleen juduleng nameen"},
    {"summary.id", "Ringkasan", "Summary (Indonesian)",
     "ringkasan summaryindonesian summary summaryid ringkasanid deskripsi uraian deskripsisingkat "
     "description"},
    {"summary.en", "Ringkasan (Inggris)", "Summary (English)", "ringkasaninggris summaryenglish summaryen"},
    {"description.id", "Uraian", "Description (Indonesian)",
     "uraian descriptionindonesian uraianlengkap descriptionid"},
    {"description.en", "Uraian (Inggris)", "Description (English)",
     "uraianinggris descriptionenglish descriptionen"},
    {"lat", "Lintang", "Latitude", "lintang latitude lat y koordinaty northing"},
    {"lon", "Bujur", "Longitude", "bujur longitude lon lng long x koordinatx easting"},
    {"position", "Koordinat", "Position",
     "koordinat position coordinates latlong latlon posisi titikkoordinat"},
    {"accuracy", "Ketelitian lokasi", "Location accuracy",
     "ketelitianlokasi locationaccuracy accuracy ketelitian akurasi"},
    {"quantity", "Jumlah", "Quantity",
     "jumlah quantity luas luaslahan luasarea volume produksi kapasitas cadangan nilai panjang area "
     "production capacity"},
    {"quantity_unit", "Satuan", "Unit of the quantity", "satuan unitofthequantity unit"},
    {"quantity_kind", "Jenis jumlah", "Kind of the quantity",
     "jenisjumlah kindofthequantity quantitykind jenisangka"},
    {"year", "Tahun", "Year", "tahun year tahundata thn"},
    {"source", "Sumber", "Source", "sumber source sumberdata"},
    {"forms", "Bentuk kerja sama", "Forms of cooperation",
     "bentukkerjasama formsofcooperation cooperationforms forms"},
    {"status", "Status", "Status", "status statuspotensi"},
    {"maturity", "Kesiapan", "Maturity", "kesiapan maturity"},
    {"contact_unit", "Kontak", "Contact", "kontak contact contactunit narahubung"},
    {"note", "Catatan", "Note", "catatan note keterangan"},
};

// Kinds of figures by the header of their column.
constexpr std::pair<std::string_view, std::string_view> kKinds[] = {
    {"luas", "area"},           {"area", "area"},
    {"produksi", "production"}, {"production", "production"},
    {"kapasitas", "capacity"},  {"capacity", "capacity"},
    {"cadangan", "reserve"},    {"panjang", "length"}};

bool has_word(std::string_view words, std::string_view word) {
  if (word.empty()) return false;
  for (std::size_t at = words.find(word); at != std::string_view::npos; at = words.find(word, at + 1))
    if ((at == 0 || words[at - 1] == ' ') &&
        (at + word.size() == words.size() || words[at + word.size()] == ' '))
      return true;
  return false;
}

struct Header {
  std::string name;  // folded, without what stands in brackets
  std::string whole;
  std::string unit;
};

Header header_of(std::string_view text) {
  Header header;
  header.whole = folded_name(text);
  const auto open = text.find('('), close = text.rfind(')');
  if (open != std::string_view::npos && close != std::string_view::npos && close > open) {
    header.name = folded_name(text.substr(0, open));
    header.unit = std::string(text.substr(open + 1, close - open - 1));
  } else {
    header.name = header.whole;
  }
  return header;
}

// The first field that is known by this header and that no column before it has.
const ImportField* field_of(const Header& header, const std::set<std::string_view>& taken = {}) {
  for (const auto& field : kFields)
    if (has_word(field.names, header.whole) && !taken.contains(field.code)) return &field;
  for (const auto& field : kFields)
    if (!header.unit.empty() && has_word(field.names, header.name) && !taken.contains(field.code))
      return &field;
  return nullptr;
}

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

bool is_crs(std::string_view text) {
  return text.empty() || (text.starts_with("EPSG:") && text.size() >= 9 && text.size() <= 11 &&
                          std::ranges::all_of(text.substr(5), [](char c) { return c >= '0' && c <= '9'; }));
}

}  // namespace

std::span<const ImportField> import_fields() {
  return kFields;
}

const ImportField* import_field(std::string_view code) {
  const auto found = std::ranges::find(kFields, code, &ImportField::code);
  return found == std::end(kFields) ? nullptr : found;
}

bool ImportSettings::accepts(std::string_view repair) const {
  return std::ranges::find(repairs, repair) != repairs.end();
}

const ImportColumn* ImportSettings::column_of(std::string_view field) const {
  const auto found = std::ranges::find(columns, field, &ImportColumn::field);
  return found == columns.end() ? nullptr : &*found;
}

std::vector<FieldError> validate(const ImportSettings& settings) {
  std::vector<FieldError> faults;
  const auto unknown = [&](std::string field, const std::string& value) {
    faults.push_back({std::move(field), "\"{value}\" does not exist", {{"value", value}}});
  };
  const auto twice = [&](std::string field, const std::string& value) {
    faults.push_back({std::move(field), msgid("\"{value}\" stands twice"), {{"value", value}}});
  };
  if (!one_of(settings.encoding, {"utf-8", "utf-16le", "utf-16be", "windows-1252"}))
    unknown("encoding", settings.encoding);
  if (!one_of(settings.delimiter, {",", ";", "\t", "|"})) unknown("delimiter", settings.delimiter);
  if (!one_of(settings.decimal, {".", ","})) unknown("decimal", settings.decimal);
  if (settings.header_row < 1 || settings.header_row > 1000)
    unknown("header_row", std::to_string(settings.header_row));
  if (!is_crs(settings.crs)) unknown("crs", settings.crs);
  if (!one_of(settings.action, {"drafts", "submit", "publish"})) unknown("action", settings.action);
  if (!one_of(settings.match, {"slug", "key", "title", "none"})) unknown("match", settings.match);
  for (const auto& repair : settings.repairs)
    if (!one_of(repair, {"swapped", "utm", "south", "polygon"})) unknown("repairs", repair);
  std::set<std::string, std::less<>> columns, fields, defaults;
  for (std::size_t i = 0; i < settings.columns.size(); ++i) {
    const auto& [column, field, unit, fill_down] = settings.columns[i];
    const auto where = "columns." + std::to_string(i);
    if (!import_field(field)) unknown(where + ".field", field);
    if (!columns.insert(column).second) twice(where + ".column", column);
    if (!fields.insert(field).second) twice(where + ".field", field);
  }
  for (std::size_t i = 0; i < settings.defaults.size(); ++i) {
    const auto& field = settings.defaults[i].field;
    const auto where = "defaults." + std::to_string(i) + ".field";
    if (!import_field(field)) unknown(where, field);
    if (!defaults.insert(field).second) twice(where, field);
  }
  for (std::size_t i = 0; i < settings.codes.size(); ++i)
    if (!import_field(settings.codes[i].field))
      unknown("codes." + std::to_string(i) + ".field", settings.codes[i].field);
  if (settings.match == "slug" && !fields.contains("slug"))
    faults.push_back({"match", msgid("No column holds what the rows are to be matched by"), {}});
  if (settings.match == "key" && !fields.contains("key"))
    faults.push_back({"match", msgid("No column holds what the rows are to be matched by"), {}});
  return faults;
}

std::vector<ImportColumn> suggest_columns(const FoundLayer& layer) {
  std::vector<ImportColumn> columns;
  std::set<std::string_view> taken;
  // A column with nothing in it comes last: a KML has an empty "description" beside the real one.
  for (const bool filled : {true, false})
    for (const auto& found : layer.fields) {
      if (found.samples.empty() == filled) continue;
      const auto header = header_of(found.name);
      const auto* field = field_of(header, taken);
      if (!field) continue;
      taken.insert(field->code);
      columns.push_back(
          {found.name, std::string(field->code), field->code == "quantity" ? header.unit : "", false});
    }
  // A layer with places of its own needs no columns for them.
  if (layer.geometry != "none")
    std::erase_if(columns, [](const ImportColumn& column) {
      return one_of(column.field, {"lat", "lon", "position"});
    });
  return columns;
}

std::vector<ImportDefault> suggest_defaults(const FoundLayer& layer,
                                            const std::vector<ImportColumn>& columns) {
  const auto has = [&](std::string_view field) {
    return std::ranges::find(columns, field, &ImportColumn::field) != columns.end();
  };
  std::vector<ImportDefault> defaults;
  if (!has("accuracy"))
    defaults.push_back(
        {"accuracy", layer.geometry != "none" || has("lat") || has("position") ? "exact" : "regency"});
  if (!has("status")) defaults.push_back({"status", "indicative"});
  const auto quantity = std::ranges::find(columns, "quantity", &ImportColumn::field);
  if (quantity != columns.end() && !has("quantity_kind"))
    for (const auto& [word, kind] : kKinds)
      if (folded_name(quantity->column).find(word) != std::string::npos) {
        defaults.push_back({"quantity_kind", std::string(kind)});
        break;
      }
  return defaults;
}

std::size_t known_headers(std::span<const std::string> cells) {
  return static_cast<std::size_t>(std::ranges::count_if(
      cells, [](const std::string& cell) { return !cell.empty() && field_of(header_of(cell)) != nullptr; }));
}

}  // namespace simpul::domain
