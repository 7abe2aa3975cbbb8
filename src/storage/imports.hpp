// Imports of the offices in the database: the file's settings and what came of it, corrected cells, words
// that were explained once, profiles, and which records a run created or will change. Used by
// service/imports.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/import_settings.hpp"
#include "storage/records.hpp"
#include "storage/store.hpp"

namespace simpul::storage {

struct Import {
  std::int64_t id = 0;
  std::string region;  // whose officers work on it
  std::int64_t account = 0;
  std::string created_by;
  Instant created;
  std::string state = "open";  // open, applied, undone
  std::int64_t version = 1;
  std::string file_name;
  std::int64_t file_bytes = 0;
  std::string file_hash;
  domain::FoundFile found;
  domain::ImportSettings settings;
  std::string report;  // JSON; empty: none
  std::string result;  // JSON; empty: none
  std::int64_t job = 0;
  std::optional<Instant> applied;
  std::optional<Instant> in_force_since;  // its changes are being written, or taken back, bit by bit
};

boost::json::object to_json(const domain::ImportSettings& settings);
domain::ImportSettings settings_of(std::string_view json);  // Error Internal: something else
boost::json::object to_json(const domain::FoundLayer& layer);

std::optional<Import> find_import(db::Connection& connection, std::int64_t id);
// Newest first, with an id below `before` (0: all); of one region unless `region` is empty.
std::vector<Import> list_imports(db::Connection& connection, std::string_view region, std::int64_t before,
                                 int limit);
// The newest applied one of the same file for this region, but for `but`.
std::optional<Import> applied_import_of(db::Connection& connection, std::string_view region,
                                        std::string_view file_hash, std::int64_t but);
void put_import(WriteTransaction& transaction, const Import& import);
void drop_import(WriteTransaction& transaction, std::int64_t id);

using Cells = std::map<std::string, std::string>;  // by the header of the column
std::map<std::int64_t, Cells> import_fixes(db::Connection& connection, std::int64_t import);
void put_import_fix(WriteTransaction& transaction, std::int64_t import, std::int64_t line,
                    const Cells& cells);

// What this region's officers and the province's said about words that are no codes; the own ones win.
std::vector<domain::ImportCode> import_codes(db::Connection& connection, std::string_view region);
void put_import_code(WriteTransaction& transaction, std::string_view region, const domain::ImportCode& code);

struct ImportProfile {
  std::int64_t id = 0;
  std::string name;
  domain::ImportSettings settings;
};
std::vector<ImportProfile> import_profiles(db::Connection& connection, std::string_view region);
// A profile of the same name is replaced and keeps its id.
void put_import_profile(WriteTransaction& transaction, std::string_view region, const ImportProfile& profile);
bool drop_import_profile(WriteTransaction& transaction, std::string_view region, std::int64_t id);

// --- finding the record that a row means -----------------------------------------------------------------

std::optional<std::int64_t> record_of_key(db::Connection& connection, std::string_view region,
                                          std::string_view key);
void put_import_key(WriteTransaction& transaction, std::string_view region, std::string_view key,
                    std::int64_t record);
// Of records that are not hidden.
std::optional<std::int64_t> record_of_slug(db::Connection& connection, std::string_view slug);
std::vector<std::int64_t> records_of_title(db::Connection& connection, std::string_view region,
                                           std::string_view title_folded);

// --- what a run wrote
// ----------------------------------------------------------------------------------------

// Remembers that the run created these records, and hides them until show_import().
void put_hidden_range(WriteTransaction& transaction, std::int64_t import, IdRange range);
void hide_range(WriteTransaction& transaction, std::int64_t import, IdRange range);
void show_import(WriteTransaction& transaction, std::int64_t import);
std::vector<IdRange> ranges_of_import(db::Connection& connection, std::int64_t import);
// What the audit entry tells by which all records of an import appear or go at once, and its ranges again;
// empty: it was written before it told them.
std::string content_of_import(std::int64_t import, const std::vector<IdRange>& ranges);
std::vector<IdRange> ranges_of_content(const std::string& content);
// These and the records that it changed, in order.
std::vector<IdRange> records_of_import(db::Connection& connection, std::int64_t import);
std::vector<IdRange> hidden_ranges(db::Connection& connection, std::int64_t import);
// Imports that hide something.
std::vector<std::int64_t> hiding_imports(db::Connection& connection);
// Forgets which records the run created.
void drop_import_ranges(WriteTransaction& transaction, std::int64_t import);
// Deletes the records of the range, which begins a hidden one, with what was published of them; a longer
// hidden range goes on behind it.
void purge_range(WriteTransaction& transaction, IdRange range);

// A record that a run will change, or has changed.
struct ImportChange {
  std::int64_t record = 0;
  std::int64_t line = 0;
  std::string before;
  std::string after;
};
// These may be called from Store::housekeep().
void put_import_change(db::Connection& connection, std::int64_t import, const ImportChange& change);
void drop_import_changes(db::Connection& connection, std::int64_t import);
void drop_import_change(db::Connection& connection, std::int64_t import, std::int64_t record);
// The change stands in the register: what is left of it is the record as it was.
void mark_import_change(db::Connection& connection, std::int64_t import, std::int64_t record);
// Changes that do not stand in the register yet.
std::int64_t open_import_changes(db::Connection& connection, std::int64_t import);
// Since when the newest import that is at it writes its changes; nullopt: none is.
std::optional<Instant> import_in_force_since(db::Connection& connection);
// In the order of the records, those after `after`, at most `limit`.
std::vector<ImportChange> import_changes(db::Connection& connection, std::int64_t import, std::int64_t after,
                                         int limit);

// Records that have an entry in the audit log after this one.
std::vector<std::int64_t> records_changed_after(db::Connection& connection, std::int64_t sequence);

}  // namespace simpul::storage
