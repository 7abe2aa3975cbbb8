#include "service/imports_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <set>

#include "base/error.hpp"
#include "document/csv_scan.hpp"
#include "domain/cells.hpp"
#include "foreign/text_encoding.hpp"
#include "foreign/vector_layers.hpp"

namespace simpul::service {
namespace {

namespace fs = std::filesystem;
using domain::FoundFile;
using domain::FoundLayer;
using domain::ImportSettings;

constexpr int kHeaderLooked = 30;  // rows among which the header is looked for
constexpr int kSampleRows = 300;
constexpr std::size_t kSamples = 5;
constexpr std::size_t kSampleBytes = 80;
constexpr std::size_t kPiece = 1 << 20;  // bytes recoded at a time
constexpr std::size_t kFeatureBytes = std::size_t{32} << 20;

// A file as memory; pages come and go as they are read.
class Mapped {
 public:
  explicit Mapped(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat status {};
    if (descriptor < 0 || fstat(descriptor, &status) != 0) {
      if (descriptor >= 0) ::close(descriptor);
      throw Error(ErrorKind::NotFound, "The file of this import is not here any more");
    }
    size_ = static_cast<std::size_t>(status.st_size);
    if (size_ > 0) start_ = mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, descriptor, 0);
    ::close(descriptor);
    if (start_ == MAP_FAILED)
      throw Error(
          ErrorKind::Unavailable,
          "The disk refused to read or write: nothing was changed. Check the disk and its free space");
  }
  ~Mapped() {
    if (size_ > 0) munmap(start_, size_);
  }
  Mapped(const Mapped&) = delete;
  Mapped& operator=(const Mapped&) = delete;
  std::string_view text() const { return {static_cast<const char*>(start_), size_}; }
  // What was read is not needed soon: the program does not grow with the file.
  void forget(std::size_t before) const {
    const auto whole = before / 4096 * 4096;
    if (whole > 0) madvise(start_, whole, MADV_DONTNEED);
  }

 private:
  void* start_ = nullptr;
  std::size_t size_ = 0;
};

std::string find_encoding(std::string_view text) {
  if (text.starts_with("\xFF\xFE")) return "utf-16le";
  if (text.starts_with("\xFE\xFF")) return "utf-16be";
  // Without a mark: every other byte of plain letters is zero.
  const auto head = text.substr(0, 4096);
  std::size_t even = 0, odd = 0;
  for (std::size_t i = 0; i < head.size(); ++i)
    if (head[i] == '\0') ++(i % 2 ? odd : even);
  if (odd > head.size() / 4) return "utf-16le";
  if (even > head.size() / 4) return "utf-16be";
  return foreign::is_utf8(text) ? "utf-8" : "windows-1252";
}

// Writes the text as UTF-8 beside the file, piece by piece.
void recode(const fs::path& from, const std::string& encoding, const fs::path& to) {
  const Mapped file(from);
  const auto part = fs::path(to.string() + ".part");
  std::ofstream out(part, std::ios::binary);
  auto text = file.text();
  if (encoding == "windows-1252") {
    for (; !text.empty(); text.remove_prefix(std::min(kPiece, text.size())))
      out << foreign::utf8_from_windows_1252(text.substr(0, kPiece));
  } else {
    foreign::Utf16Decoder decoder(encoding == "utf-16be");
    for (; !text.empty(); text.remove_prefix(std::min(kPiece, text.size())))
      out << decoder.decode(text.substr(0, kPiece));
  }
  out.close();
  if (!out)
    throw Error(ErrorKind::Unavailable,
                "The disk is full: nothing was changed. Free some space and try again");
  fs::rename(part, to);
}

// The rows of a table: what GDAL wrote of a sheet begins with a line of names of its own ("Field1").
std::string_view rows_in(std::string_view text, const FoundFile& found) {
  if (found.kind == "csv") return text;
  return text.substr(std::min(text.find('\n') + 1, text.size()));
}

}  // namespace

std::uint64_t number_of(std::string_view text) {
  std::uint64_t hash = 1469598103934665603ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash;
}

namespace {

std::string file_word(std::string_view text) {
  return fmt::format("{:016x}", number_of(text));
}

// Where the text of the chosen layer lies.
fs::path text_of(const fs::path& file, const FoundFile& found, const ImportSettings& settings) {
  if (found.kind == "csv")
    return settings.encoding == "utf-8" ? file : file.parent_path() / ("text-" + settings.encoding + ".csv");
  const bool sheet = foreign::is_sheet_kind(found.kind);
  return file.parent_path() / ("layer-" + file_word(settings.layer + "\n" + (sheet ? "" : settings.crs)) +
                               (sheet ? ".csv" : ".geojsonl"));
}

char delimiter_of(const FoundFile& found, const ImportSettings& settings) {
  return found.kind == "csv" ? settings.delimiter.at(0) : ',';
}

// "Luas", "Luas (2)" for the second, "(C)" where a column has no header.
std::vector<std::string> field_names(const std::vector<std::string>& cells) {
  std::vector<std::string> names;
  std::set<std::string> taken;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    auto name = domain::clean_cell(cells[i]);
    std::ranges::replace(name, '\n', ' ');
    if (name.size() > 200) name = domain::clean_cell(name.substr(0, 200));
    if (name.empty()) {
      std::string letters;
      for (auto rest = i + 1; rest > 0; rest = (rest - 1) / 26)
        letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
      name = "(" + letters + ")";
    }
    auto unique = name;
    for (int n = 2; !taken.insert(unique).second; ++n) unique = name + " (" + std::to_string(n) + ")";
    names.push_back(std::move(unique));
  }
  return names;
}

bool is_empty(const std::vector<std::string>& cells) {
  return std::ranges::all_of(cells, [](const std::string& cell) { return domain::clean_cell(cell).empty(); });
}

// The row with most headers that are known; none is: the first with two words.
int find_header_row(std::string_view text, char delimiter) {
  document::CsvScanner rows(text, delimiter);
  int best = 0, first = 0;
  std::size_t most = 0;
  for (int i = 0; i < kHeaderLooked && rows.next(); ++i) {
    const auto known = domain::known_headers(rows.cells());
    const auto row = static_cast<int>(rows.row());
    if (known > most) {
      most = known;
      best = row;
    }
    const auto words =
        std::ranges::count_if(rows.cells(), [](const std::string& cell) { return !cell.empty(); });
    if (first == 0 && words > 1) first = row;
  }
  return most > 1 ? best : std::max(first, 1);
}

void add_sample(domain::FoundField& field, std::string cell) {
  if (cell.empty() || field.samples.size() >= kSamples) return;
  if (cell.size() > kSampleBytes) cell = domain::clean_cell(cell.substr(0, kSampleBytes)) + "…";
  if (std::ranges::find(field.samples, cell) == field.samples.end()) field.samples.push_back(std::move(cell));
}

// Comma or point, by the cells that are numbers with decimals; codes of regions (74.01) do not count.
std::string find_decimal(const FoundLayer& layer, std::string_view otherwise) {
  int commas = 0, points = 0;
  for (const auto& field : layer.fields)
    for (const auto& sample : field.samples) {
      const auto at = sample.find_last_of(".,");
      if (at == std::string::npos || sample.starts_with("74")) continue;
      const auto tail = sample.substr(at + 1);
      const bool number = !tail.empty() && sample[0] != '.' &&
                          sample.find_first_not_of("0123456789.,- ") == std::string::npos;
      const bool thousands = tail.size() == 3 && std::ranges::count(sample, sample[at]) >= 1 &&
                             sample.find(sample[at] == '.' ? ',' : '.') == std::string::npos;
      if (number && !thousands) ++(sample[at] == ',' ? commas : points);
    }
  if (commas != points) return commas > points ? "," : ".";
  return std::string(otherwise);
}

void look_at_table(std::string_view text, char delimiter, FoundLayer& layer, const ImportSettings& settings,
                   bool count) {
  document::CsvScanner rows(text, delimiter);
  layer.fields.clear();
  std::int64_t data = 0;
  while (rows.next()) {
    if (rows.row() < settings.header_row) continue;
    if (rows.row() == settings.header_row) {
      for (auto& name : field_names(rows.cells())) layer.fields.push_back({std::move(name), {}});
      continue;
    }
    if (data >= kSampleRows && !count) break;
    if (is_empty(rows.cells())) continue;
    if (++data > kSampleRows) continue;
    for (std::size_t i = 0; i < layer.fields.size() && i < rows.cells().size(); ++i)
      add_sample(layer.fields[i], domain::clean_cell(rows.cells()[i]));
  }
  if (count) layer.rows = data;
}

std::string cell_of(const boost::json::value& value) {
  if (value.is_null()) return {};
  if (value.is_string()) return std::string(value.as_string());
  if (value.is_double()) return fmt::format("{}", value.as_double());
  return boost::json::serialize(value);
}

void look_at_features(std::string_view text, FoundLayer& layer) {
  for (auto& field : layer.fields) field.samples.clear();
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    boost::system::error_code error;
    const auto value = boost::json::parse(line, error);
    const auto* object = error ? nullptr : value.if_object();
    const auto* properties = object ? object->if_contains("properties") : nullptr;
    if (!properties || !properties->is_object()) continue;
    for (auto& field : layer.fields)
      if (const auto* cell = properties->as_object().if_contains(field.name))
        add_sample(field, domain::clean_cell(cell_of(*cell)));
  }
}

FoundLayer& layer_of(FoundFile& found, const std::string& name) {
  for (auto& layer : found.layers)
    if (layer.name == name) return layer;
  throw Error(ErrorKind::Invalid, "Something in the form is not right", {},
              {{"layer", "\"{value}\" does not exist", {{"value", name}}}});
}

void suggest(const FoundLayer& layer, ImportSettings& settings) {
  settings.columns = domain::suggest_columns(layer);
  settings.defaults = domain::suggest_defaults(layer, settings.columns);
  settings.match = settings.column_of("slug") ? "slug" : settings.column_of("key") ? "key" : "title";
}

}  // namespace

void inspect_layer(const fs::path& file, FoundFile& found, ImportSettings& settings, InspectChoice choice) {
  auto& layer = layer_of(found, settings.layer);
  ImportFile rows(file, found, settings);
  if (foreign::is_sheet_kind(found.kind)) {
    if (found.kind == "csv") {
      if (settings.encoding != "utf-8") rows.prepare();
    } else {
      rows.prepare();
    }
    const Mapped text(text_of(file, found, settings));
    const auto delimiter = delimiter_of(found, settings);
    const auto rows_text = rows_in(text.text(), found);
    if (choice.header) settings.header_row = find_header_row(rows_text, delimiter);
    look_at_table(rows_text, delimiter, layer, settings, true);
    if (choice.header && found.kind == "csv")
      settings.decimal = find_decimal(layer, delimiter == ';' ? "," : ".");
  } else {
    const foreign::OutputFolder folder;
    const auto samples = folder.path() / "samples.geojsonl";
    foreign::convert_layer(file, found.kind, layer.name, settings.crs, kSampleRows, samples);
    const Mapped text(samples);
    look_at_features(text.text(), layer);
  }
  if (layer.fields.empty() && layer.geometry == "none")
    throw Error(ErrorKind::Invalid, "There is nothing in the file");
  if (choice.columns) suggest(layer, settings);
}

FoundFile inspect_file(const fs::path& file, const std::string& name, ImportSettings& settings) {
  FoundFile found;
  found.kind = foreign::vector_kind(name);
  if (found.kind.empty())
    throw Error(
        ErrorKind::Invalid,
        "{file}: this kind of file is not read here. Known are {endings} (a Shapefile as zip).",
        {{"file", name}, {"endings", "csv, xlsx, ods, gpkg, zip, kml, kmz, gpx, fgb, geojson, json"}});
  if (found.kind == "csv") {
    FoundLayer layer;
    layer.name = fs::path(name).stem().string();
    {
      const Mapped text(file);
      if (text.text().empty()) throw Error(ErrorKind::Invalid, "There is nothing in the file");
      if (text.text().starts_with("PK\x03\x04") || text.text().starts_with("\xD0\xCF\x11\xE0"))
        throw Error(ErrorKind::Invalid,
                    "The file {file} cannot be read: it is damaged or not what its name says.",
                    {{"file", name}});
      settings.encoding = find_encoding(text.text());
    }
    settings.layer = layer.name;
    found.layers.push_back(std::move(layer));
    ImportFile rows(file, found, settings);
    rows.prepare();
    {
      const Mapped text(text_of(file, found, settings));
      settings.delimiter = std::string(1, document::find_delimiter(text.text()));
    }
    inspect_layer(file, found, settings, {});
    return found;
  }
  foreign::VectorLimits limits;
  limits.child.time = std::chrono::seconds(8);  // somebody waits
  auto summary = foreign::look_into(file, name, limits);
  found.ignored = std::move(summary.ignored);
  for (auto& layer : summary.layers) {
    FoundLayer one;
    one.name = layer.name;
    one.rows = layer.rows;
    one.geometry = layer.geometry;
    one.crs = layer.crs;
    for (auto& field : layer.fields) one.fields.push_back({std::move(field), {}});
    if (foreign::is_sheet_kind(found.kind)) one.fields.clear(), one.geometry = "none";
    found.layers.push_back(std::move(one));
  }
  // The first layer with something in it.
  auto first = std::ranges::find_if(found.layers, [](const FoundLayer& layer) { return layer.rows > 0; });
  if (first == found.layers.end()) throw Error(ErrorKind::Invalid, "There is nothing in the file");
  settings.layer = first->name;
  inspect_layer(file, found, settings, {});
  return found;
}

// --- rows
// -----------------------------------------------------------------------------------------------------------

struct ImportFile::Parts {
  fs::path file;
  FoundFile found;
  ImportSettings settings;
  fs::path text_file;
  bool table = true;
  std::unique_ptr<Mapped> text;
  std::unique_ptr<document::CsvScanner> scanner;
  std::vector<std::string> header;  // as it stands in the file
  std::size_t at = 0;               // of features
  std::int64_t next_n = 1;
  std::size_t forgotten = 0;
};

ImportFile::ImportFile(const fs::path& file, const FoundFile& found, const ImportSettings& settings)
    : parts_(std::make_unique<Parts>()) {
  parts_->file = file;
  parts_->found = found;
  parts_->settings = settings;
  parts_->table = foreign::is_sheet_kind(found.kind);
  parts_->text_file = text_of(file, found, settings);
}

ImportFile::~ImportFile() = default;

bool ImportFile::prepare(const std::function<bool()>& stop) {
  auto& parts = *parts_;
  if (!fs::exists(parts.text_file)) {
    if (!fs::exists(parts.file))
      throw Error(ErrorKind::NotFound, "The file of this import is not here any more");
    if (parts.found.kind == "csv")
      recode(parts.file, parts.settings.encoding, parts.text_file);
    else if (!foreign::convert_layer(parts.file, parts.found.kind, parts.settings.layer, parts.settings.crs,
                                     0, parts.text_file, stop))
      return false;
  }
  parts.text = std::make_unique<Mapped>(parts.text_file);
  fields_.clear();
  if (parts.table) {
    parts.scanner = std::make_unique<document::CsvScanner>(rows_in(parts.text->text(), parts.found),
                                                           delimiter_of(parts.found, parts.settings));
    while (parts.scanner->next())
      if (parts.scanner->row() == parts.settings.header_row) {
        parts.header = parts.scanner->cells();
        fields_ = field_names(parts.header);
        break;
      }
  } else {
    for (const auto& layer : parts.found.layers)
      if (layer.name == parts.settings.layer)
        for (const auto& field : layer.fields) fields_.push_back(field.name);
  }
  return true;
}

bool ImportFile::next(ImportRow& row) {
  return parts_->table ? next_of_table(row) : next_feature(row);
}

bool ImportFile::next_of_table(ImportRow& row) {
  auto& parts = *parts_;
  while (parts.scanner->next()) {
    const auto& cells = parts.scanner->cells();
    if (parts.scanner->offset() > parts.forgotten + (8 << 20)) {
      parts.text->forget(parts.scanner->offset());
      parts.forgotten = parts.scanner->offset();
    }
    if (is_empty(cells) && !parts.scanner->broken()) {
      ++empty_rows_;
      continue;
    }
    if (cells == parts.header) {
      ++repeated_headers_;
      continue;
    }
    row.n = parts.scanner->row();
    row.offset = parts.scanner->offset();
    row.cells = cells;
    row.cells.resize(fields_.size());
    row.geometry.reset();
    row.broken = parts.scanner->broken();
    return true;
  }
  return false;
}

bool ImportFile::next_feature(ImportRow& row) {
  auto& parts = *parts_;
  const auto text = parts.text->text();
  while (parts.at < text.size()) {
    const auto start = parts.at;
    const auto end = std::min(text.find('\n', start), text.size());
    parts.at = end + 1;
    const auto line = text.substr(start, end - start);
    if (line.empty()) continue;
    if (start > parts.forgotten + (8 << 20)) {
      parts.text->forget(start);
      parts.forgotten = start;
    }
    row.n = parts.next_n++;
    row.offset = start;
    row.cells.assign(fields_.size(), {});
    row.geometry.reset();
    row.broken = line.size() > kFeatureBytes;
    if (row.broken) return true;
    boost::system::error_code error;
    auto value = boost::json::parse(line, error);
    auto* object = error ? nullptr : value.if_object();
    if (!object) {
      row.broken = true;
      return true;
    }
    if (const auto* properties = object->if_contains("properties"); properties && properties->is_object())
      for (std::size_t i = 0; i < fields_.size(); ++i)
        if (const auto* cell = properties->as_object().if_contains(fields_[i])) row.cells[i] = cell_of(*cell);
    if (auto* geometry = object->if_contains("geometry"); geometry && !geometry->is_null())
      row.geometry = std::move(*geometry);
    return true;
  }
  return false;
}

void ImportFile::go_to(std::size_t offset, std::int64_t n) {
  auto& parts = *parts_;
  if (parts.table) {
    parts.scanner = std::make_unique<document::CsvScanner>(
        rows_in(parts.text->text(), parts.found), delimiter_of(parts.found, parts.settings), offset, n);
  } else {
    parts.at = offset;
    parts.next_n = n;
  }
}

}  // namespace simpul::service
