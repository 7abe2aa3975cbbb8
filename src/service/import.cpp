#include "service/import.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <tuple>

#include "service/import_rows.hpp"
#include "service/potentials.hpp"
#include "storage/agreements.hpp"
#include "storage/boundaries.hpp"
#include "storage/commodities.hpp"
#include "storage/indicators.hpp"
#include "storage/needs.hpp"
#include "storage/potentials.hpp"
#include "storage/regions.hpp"
#include "storage/regulations.hpp"

namespace simpul::service {
namespace {

using Columns = std::map<std::string, std::size_t, std::less<>>;

constexpr std::uintmax_t kMaxFile = 256u << 20;

// What is known before the files are read.
struct Before {
  std::vector<domain::Region> regions;
  std::vector<domain::Commodity> commodities;
  domain::BoundarySet boundaries;
};

// A record with the place it came from.
template <typename T>
struct Placed {
  T record;
  std::string file;
  std::size_t row = 0;
};

// Everything that the files hold.
struct Batch {
  std::vector<Placed<domain::Region>> regions;
  std::vector<Placed<domain::Commodity>> commodities;
  std::vector<Placed<domain::PotentialDraft>> potentials;
  std::vector<Placed<domain::IndicatorValue>> indicators;
  std::vector<Placed<domain::Need>> needs;
  std::vector<Placed<domain::Agreement>> agreements;
  std::vector<Placed<domain::Regulation>> regulations;
};

struct Kind {
  std::string_view name;
  std::span<const std::string_view> columns;
  void (*read)(Batch& batch, RowReader& row, const std::string& file, std::size_t number);
};

template <auto member, auto make>
void read_into(Batch& batch, RowReader& row, const std::string& file, std::size_t number) {
  (batch.*member).push_back({make(row), file, number});
}

const Kind kKinds[] = {
    {"regions", kRegionColumns, read_into<&Batch::regions, region_row>},
    {"commodities", kCommodityColumns, read_into<&Batch::commodities, commodity_row>},
    {"potentials", kPotentialColumns, read_into<&Batch::potentials, potential_row>},
    {"indicators", kIndicatorColumns, read_into<&Batch::indicators, indicator_row>},
    {"needs", kNeedColumns, read_into<&Batch::needs, need_row>},
    {"agreements", kAgreementColumns, read_into<&Batch::agreements, agreement_row>},
    {"regulations", kRegulationColumns, read_into<&Batch::regulations, regulation_row>},
};

std::string read_file(const std::filesystem::path& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (!error && size > kMaxFile)
    throw Error(ErrorKind::TooLarge, "{file} is larger than 256 MB", {{"file", path.string()}});
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  if (error || !file) throw Error(ErrorKind::NotFound, "{file} cannot be read", {{"file", path.string()}});
  return bytes;
}

std::vector<std::filesystem::path> files_of(const std::vector<std::filesystem::path>& paths) {
  std::vector<std::filesystem::path> files;
  for (const auto& path : paths) {
    if (!std::filesystem::is_directory(path)) {
      files.push_back(path);
      continue;
    }
    const auto before = files.size();
    for (const auto& entry : std::filesystem::directory_iterator(path))
      if (entry.path().extension() == ".csv") files.push_back(entry.path());
    if (files.size() == before)
      throw Error(ErrorKind::NotFound, "There is no CSV file in the folder {folder}",
                  {{"folder", path.string()}});
    std::sort(files.begin() + static_cast<std::ptrdiff_t>(before), files.end());
  }
  return files;
}

class Import {
 public:
  Import(const domain::Classification& classification, Before before)
      : classification_(classification), before_(std::move(before)) {
    report_.positions_checked = !before_.boundaries.boundaries.empty();
  }

  void read(const std::filesystem::path& path) {
    const auto file = path.filename().string();
    const auto table = document::read_csv(read_file(path));
    report_.files.push_back({file, "", table.rows.size()});
    for (const auto& fault : table.faults) {
      const auto column = fault.column > 0 && fault.row > 1 && fault.column <= table.header.size()
                              ? table.header[fault.column - 1]
                              : std::string();
      report_.faults.push_back({file, fault.row, {column, fault.key, fault.args}});
    }
    if (table.header.empty()) return;
    const auto* kind = kind_of(file, table.header);
    if (!kind) return;
    report_.files.back().kind = kind->name;
    Columns columns;
    for (std::size_t i = 0; i < table.header.size(); ++i) columns.emplace(table.header[i], i);
    for (const auto& row : table.rows) {
      std::vector<FieldError> faults;
      RowReader reader(columns, row, faults);
      kind->read(batch_, reader, file, row.number);
      add_faults(file, row.number, std::move(faults));
    }
  }

  void check() {
    domain::Vocabulary known;
    known.classification = &classification_;
    for (const auto& region : before_.regions) known.regions.insert(region.code);
    for (const auto& placed : batch_.regions) known.regions.insert(placed.record.code);
    for (const auto& commodity : before_.commodities) known.commodities.insert(commodity.slug);
    for (const auto& placed : batch_.commodities) known.commodities.insert(placed.record.slug);
    known.area_of = [this](std::string_view code) { return area_of(code); };

    check_all(batch_.regions, "code", [&](const auto& record) { return domain::validate(record); });
    check_all(batch_.commodities, "slug",
              [&](const auto& record) { return domain::validate(record, known); });
    check_all(batch_.potentials, "id", [&](const auto& record) { return domain::validate(record, known); });
    check_all(batch_.indicators, "indicator",
              [&](const auto& record) { return domain::validate(record, known); });
    check_all(batch_.needs, "commodity", [&](const auto& record) { return domain::validate(record, known); });
    check_all(batch_.agreements, "title_id",
              [&](const auto& record) { return domain::validate(record, known); });
    check_all(batch_.regulations, "code", [&](const auto& record) { return domain::validate(record); });
    for (const auto& placed : batch_.potentials)
      for (auto& doubt : domain::warnings(placed.record, known))
        report_.warnings.push_back({placed.file, placed.row, std::move(doubt)});
    std::ranges::stable_sort(report_.faults, {},
                             [](const ImportFault& f) { return std::tie(f.file, f.row); });
    // One fault for a cell: a date that cannot be read is not also missing.
    std::set<std::tuple<std::string, std::size_t, std::string>> told;
    std::erase_if(report_.faults, [&](const ImportFault& f) {
      return !f.what.field.empty() && !told.emplace(f.file, f.row, f.what.field).second;
    });
  }

  void save(storage::WriteTransaction& transaction) {
    auto& connection = transaction.connection();
    report_.saved = {};
    save_kind(transaction, "region", storage::read_regions(connection), records(batch_.regions));
    save_kind(transaction, "commodity", storage::read_commodities(connection), records(batch_.commodities));
    save_potentials(transaction);
    save_kind(transaction, "indicator", storage::read_indicators(connection), records(batch_.indicators));
    save_kind(transaction, "need", storage::read_needs(connection), records(batch_.needs));
    save_kind(transaction, "agreement", storage::read_agreements(connection), records(batch_.agreements));
    save_kind(transaction, "regulation", storage::read_regulations(connection), records(batch_.regulations));
  }

  ImportReport& report() { return report_; }

 private:
  void add_faults(const std::string& file, std::size_t row, std::vector<FieldError> faults) {
    for (auto& fault : faults) report_.faults.push_back({file, row, std::move(fault)});
  }

  // The kind whose columns these are, in any order; else a fault that names what is missing or too many for
  // the kind that comes nearest.
  const Kind* kind_of(const std::string& file, const std::vector<std::string>& header) {
    const auto has = [&](std::string_view column) {
      return std::ranges::find(header, column) != header.end();
    };
    const Kind* nearest = nullptr;
    std::ptrdiff_t most = 0;
    for (const auto& kind : kKinds) {
      const auto hits = std::ranges::count_if(kind.columns, has);
      if (hits > most || (hits == most && nearest && kind.columns.size() < nearest->columns.size())) {
        nearest = &kind;
        most = hits;
      }
    }
    const auto refuse = [&](std::string key, MessageArgs args) {
      report_.faults.push_back({file, 1, {"", std::move(key), std::move(args)}});
    };
    if (header.size() == 1 && header[0].find(';') != std::string::npos) {
      refuse("The cells are separated by semicolons. Save the file with commas", {});
      return nullptr;
    }
    if (!nearest || most < 3) {
      refuse("The header is that of no kind of file that can be imported", {});
      return nullptr;
    }
    const auto count_before = report_.faults.size();
    const std::string kind(nearest->name);
    for (const auto column : nearest->columns)
      if (!has(column))
        refuse("The column {column} is missing in this file of {kind}",
               {{"column", std::string(column)}, {"kind", kind}});
    for (std::size_t i = 0; i < header.size(); ++i) {
      if (std::ranges::find(nearest->columns, header[i]) == nearest->columns.end())
        refuse("The column \"{column}\" does not belong in a file of {kind}",
               {{"column", header[i]}, {"kind", kind}});
      else if (std::find(header.begin(), header.begin() + static_cast<std::ptrdiff_t>(i), header[i]) !=
               header.begin() + static_cast<std::ptrdiff_t>(i))
        refuse("The column {column} stands twice", {{"column", header[i]}});
    }
    return report_.faults.size() == count_before ? nearest : nullptr;
  }

  const geo::Geometry* area_of(std::string_view code) const {
    const auto& boundaries = before_.boundaries.boundaries;
    const auto found = std::ranges::lower_bound(boundaries, code, {}, &domain::Boundary::code);
    if (found == boundaries.end() || found->code != code || found->bands.empty()) return nullptr;
    return &found->bands.back();
  }

  static std::string identity(const domain::PotentialDraft& draft) { return draft.slug; }
  template <typename T>
  static std::string identity(const T& record) {
    return storage::key_of(record);
  }

  template <typename T, typename Validate>
  void check_all(const std::vector<Placed<T>>& all, const char* key_column, Validate validate) {
    std::map<std::string, const Placed<T>*> seen;
    for (const auto& placed : all) {
      add_faults(placed.file, placed.row, validate(placed.record));
      const auto [first, is_new] = seen.emplace(identity(placed.record), &placed);
      if (!is_new)
        report_.faults.push_back(
            {placed.file,
             placed.row,
             {key_column,
              "is the same record as row {row} of {file}",
              {{"row", std::to_string(first->second->row)}, {"file", first->second->file}}}});
    }
  }

  template <typename T>
  static std::vector<T> records(const std::vector<Placed<T>>& placed) {
    std::vector<T> list;
    list.reserve(placed.size());
    for (const auto& one : placed) list.push_back(one.record);
    return list;
  }

  template <typename T>
  void save_kind(storage::WriteTransaction& transaction, std::string_view noun, const std::vector<T>& stored,
                 std::vector<T> wanted) {
    const auto count = storage::save_all(transaction, noun, stored, std::move(wanted));
    report_.saved.created += count.created;
    report_.saved.changed += count.changed;
    report_.saved.unchanged += count.unchanged;
  }

  void save_potentials(storage::WriteTransaction& transaction) {
    const auto stored = storage::read_potentials(transaction.connection(), "");
    std::map<std::string_view, const domain::Potential*> by_slug;
    for (const auto& potential : stored) by_slug.emplace(potential.slug, &potential);
    std::vector<domain::Potential> wanted;
    for (const auto& placed : batch_.potentials) {
      auto potential = domain::to_potential(placed.record);
      // What the file has no column for stays as an officer left it.
      if (const auto found = by_slug.find(potential.slug); found != by_slug.end()) {
        potential.description = found->second->description;
        potential.contact_unit = found->second->contact_unit;
        potential.attachments = found->second->attachments;
        potential.confirmed = found->second->confirmed;
        if (found->second->maturity == domain::Maturity::SiapDitawarkan)
          potential.maturity = domain::Maturity::SiapDitawarkan;
      }
      wanted.push_back(std::move(potential));
    }
    save_kind(transaction, "potential", stored, std::move(wanted));
    adopt_published(transaction, classification_);
  }

  const domain::Classification& classification_;
  const Before before_;
  Batch batch_;
  ImportReport report_;
};

}  // namespace

std::string to_text(const ImportFault& fault) {
  auto text = fault.file;
  if (fault.row > 0) text += ", row " + std::to_string(fault.row);
  if (!fault.what.field.empty()) text += ", column " + fault.what.field;
  return text + ": " + fill_message(fault.what.key, fault.what.args);
}

ImportReport import_files(storage::Store& store, const domain::Classification& classification,
                          const std::vector<std::filesystem::path>& paths, const domain::Actor& actor) {
  Before before;
  store.read([&](db::Connection& connection) {
    before = {storage::read_regions(connection), storage::read_commodities(connection),
              storage::read_boundaries(connection)};
  });
  Import import(classification, std::move(before));
  for (const auto& path : files_of(paths)) import.read(path);
  import.check();
  if (import.report().faults.empty())
    store.write(actor, [&](storage::WriteTransaction& transaction) { import.save(transaction); });
  return std::move(import.report());
}

bool import_boundaries(storage::Store& store, const domain::BoundarySet& set, const domain::Actor& actor) {
  return store.write(
      actor, [&](storage::WriteTransaction& transaction) { storage::replace_boundaries(transaction, set); });
}

}  // namespace simpul::service
