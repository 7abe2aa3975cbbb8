#include "storage/imports.hpp"

#include <boost/json.hpp>
#include <charconv>

#include "storage/hidden.hpp"
#include "storage/json.hpp"

namespace simpul::storage {
namespace {

const db::Statement kFind("imports.find", R"sql(
SELECT id, region_code, account, created_by, created_at, state, version, file_name, file_bytes, file_hash, found, settings,
       report, result, job, applied_at, in_force_since
FROM imports WHERE id = $1)sql");
const db::Statement kList("imports.list", R"sql(
SELECT id, region_code, account, created_by, created_at, state, version, file_name, file_bytes, file_hash, found, settings,
       report, result, job, applied_at, in_force_since
FROM imports
WHERE (CAST($1 AS TEXT) = '' OR region_code = $1) AND (CAST($2 AS BIGINT) = 0 OR id < $2)
ORDER BY id DESC LIMIT $3)sql");
const db::Statement kApplied("imports.applied_of_file", R"sql(
SELECT id, region_code, account, created_by, created_at, state, version, file_name, file_bytes, file_hash, found, settings,
       report, result, job, applied_at, in_force_since
FROM imports
WHERE file_hash = $1 AND region_code = $2 AND state = 'applied' AND id <> $3
ORDER BY id DESC LIMIT 1)sql");
const db::Statement kPut("imports.put", R"sql(
INSERT INTO imports (id, region_code, account, created_by, created_at, state, version, file_name, file_bytes, file_hash,
                     found, settings, report, result, job, applied_at, in_force_since)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
ON CONFLICT (id) DO UPDATE SET
  state = excluded.state, version = excluded.version, found = excluded.found, settings = excluded.settings,
  report = excluded.report, result = excluded.result, job = excluded.job, applied_at = excluded.applied_at,
  in_force_since = excluded.in_force_since)sql");
const db::Statement kDropFixes("import_fixes.drop", "DELETE FROM import_fixes WHERE import = $1");
const db::Statement kDrop("imports.drop", "DELETE FROM imports WHERE id = $1");

const db::Statement kFixes("import_fixes.of", "SELECT line, cells FROM import_fixes WHERE import = $1");
const db::Statement kPutFix("import_fixes.put", R"sql(
INSERT INTO import_fixes (import, line, cells) VALUES ($1, $2, $3)
ON CONFLICT (import, line) DO UPDATE SET cells = excluded.cells)sql");

const db::Statement kCodes("import_codes.of", R"sql(
SELECT field, value, code FROM import_codes WHERE region_code = $1 OR region_code = '74'
ORDER BY CASE WHEN region_code = $1 THEN 0 ELSE 1 END, field, value)sql");
const db::Statement kPutCode("import_codes.put", R"sql(
INSERT INTO import_codes (region_code, field, value, code) VALUES ($1, $2, $3, $4)
ON CONFLICT (region_code, field, value) DO UPDATE SET code = excluded.code)sql");

const db::Statement kProfiles(
    "import_profiles.of",
    "SELECT id, name, settings FROM import_profiles WHERE region_code = $1 ORDER BY id");
const db::Statement kPutProfile("import_profiles.put", R"sql(
INSERT INTO import_profiles (id, region_code, name, settings) VALUES ($1, $2, $3, $4)
ON CONFLICT (region_code, name) DO UPDATE SET settings = excluded.settings)sql");
const db::Statement kDropProfile("import_profiles.drop",
                                 "DELETE FROM import_profiles WHERE region_code = $1 AND id = $2");

const db::Statement kKey("import_keys.find",
                         "SELECT record FROM import_keys WHERE region_code = $1 AND key = $2");
const db::Statement kPutKey("import_keys.put", R"sql(
INSERT INTO import_keys (region_code, key, record) VALUES ($1, $2, $3)
ON CONFLICT (region_code, key) DO UPDATE SET record = excluded.record)sql");
const db::Statement kOfSlug("records.id_of_slug",
                            "SELECT id FROM records WHERE slug = $1 AND " SIMPUL_NOT_HIDDEN("records.id"));
const db::Statement kOfTitle("records.ids_of_title",
                             "SELECT id FROM records WHERE title_folded = $1 AND region_code = $2"
                             " AND " SIMPUL_NOT_HIDDEN("records.id") " ORDER BY id LIMIT 2");

const db::Statement kPutRange("import_ranges.put",
                              "INSERT INTO import_ranges (first_id, last_id, import) VALUES ($1, $2, $3)");
const db::Statement kHide("hidden_ranges.put",
                          "INSERT INTO hidden_ranges (first_id, last_id, import) VALUES ($1, $2, $3)");
const db::Statement kShow("hidden_ranges.drop", "DELETE FROM hidden_ranges WHERE import = $1");
const db::Statement kRanges(
    "import_ranges.of", "SELECT first_id, last_id FROM import_ranges WHERE import = $1 ORDER BY first_id");
const db::Statement kRecords("import_ranges.with_changes", R"sql(
SELECT first_id, last_id FROM import_ranges WHERE import = $1
UNION ALL SELECT record, record FROM import_changes WHERE import = $1 ORDER BY 1)sql");
const db::Statement kHidden(
    "hidden_ranges.of", "SELECT first_id, last_id FROM hidden_ranges WHERE import = $1 ORDER BY first_id");
const db::Statement kHiding("hidden_ranges.imports",
                            "SELECT DISTINCT import FROM hidden_ranges ORDER BY import");

const db::Statement kPurgeFigures("potential_figures.purge",
                                  "DELETE FROM potential_figures WHERE potential_id BETWEEN $1 AND $2");
const db::Statement kPurgePotentials("potentials.purge", "DELETE FROM potentials WHERE id BETWEEN $1 AND $2");
const db::Statement kPurgeKeys("import_keys.purge", "DELETE FROM import_keys WHERE record BETWEEN $1 AND $2");
const db::Statement kPurgeRecords("records.purge", "DELETE FROM records WHERE id BETWEEN $1 AND $2");
const db::Statement kPurgeHidden("hidden_ranges.purge", "DELETE FROM hidden_ranges WHERE first_id = $1");
const db::Statement kMoveHidden("hidden_ranges.move",
                                "UPDATE hidden_ranges SET first_id = $2 WHERE first_id = $1");
const db::Statement kHiddenAt("hidden_ranges.at", "SELECT last_id FROM hidden_ranges WHERE first_id = $1");

const db::Statement kPutChange("import_changes.put", R"sql(
INSERT INTO import_changes (import, record, line, before, after) VALUES ($1, $2, $3, $4, $5))sql");
const db::Statement kDropChange("import_changes.drop_one",
                                "DELETE FROM import_changes WHERE import = $1 AND record = $2");
const db::Statement kDropRanges("import_ranges.drop", "DELETE FROM import_ranges WHERE import = $1");
const db::Statement kDropChanges("import_changes.drop", "DELETE FROM import_changes WHERE import = $1");
const db::Statement kMarkChange("import_changes.mark",
                                "UPDATE import_changes SET after = '' WHERE import = $1 AND record = $2");
const db::Statement kOpenChanges("import_changes.count_open",
                                 "SELECT COUNT(*) FROM import_changes WHERE import = $1 AND after <> ''");
const db::Statement kInForce("imports.in_force", "SELECT MAX(in_force_since) FROM imports");
const db::Statement kChanges("import_changes.of", R"sql(
SELECT record, line, before, after FROM import_changes WHERE import = $1 AND record > $2 ORDER BY record LIMIT $3)sql");

const db::Statement kChangedAfter("audit.records_after",
                                  "SELECT DISTINCT key FROM audit WHERE noun = 'record' AND sequence > $1");

boost::json::array to_json_array(const std::vector<domain::FoundLayer>& layers) {
  boost::json::array list;
  for (const auto& layer : layers) list.push_back(to_json(layer));
  return list;
}

std::string found_text(const domain::FoundFile& found) {
  return boost::json::serialize(boost::json::object{
      {"kind", found.kind}, {"layers", to_json_array(found.layers)}, {"ignored", to_json(found.ignored)}});
}

std::string text_at(const boost::json::object& object, std::string_view name) {
  return std::string(object.at(name).as_string());
}

domain::FoundFile found_of(const std::string& json) {
  const auto value = boost::json::parse(json);
  const auto& object = value.as_object();
  domain::FoundFile found;
  found.kind = text_at(object, "kind");
  for (const auto& item : object.at("layers").as_array()) {
    const auto& from = item.as_object();
    domain::FoundLayer layer;
    layer.name = text_at(from, "name");
    layer.rows = from.at("rows").to_number<std::int64_t>();
    layer.geometry = text_at(from, "geometry");
    layer.crs = text_at(from, "crs");
    for (const auto& field : from.at("fields").as_array())
      layer.fields.push_back(
          {text_at(field.as_object(), "name"), words(boost::json::serialize(field.at("samples")))});
    found.layers.push_back(std::move(layer));
  }
  found.ignored = words(boost::json::serialize(object.at("ignored")));
  return found;
}

Import import_of(const db::Row& row) {
  Import import;
  import.id = row.integer(0);
  import.region = row.text(1);
  import.account = row.integer(2);
  import.created_by = row.text(3);
  import.created = row.instant(4);
  import.state = row.text(5);
  import.version = row.integer(6);
  import.file_name = row.text(7);
  import.file_bytes = row.integer(8);
  import.file_hash = row.text(9);
  import.found = found_of(row.text(10));
  import.settings = settings_of(row.text(11));
  import.report = row.text(12);
  import.result = row.text(13);
  import.job = row.integer(14);
  if (!row.null(15)) import.applied = row.instant(15);
  if (!row.null(16)) import.in_force_since = row.instant(16);
  return import;
}

std::vector<IdRange> read_ranges(db::Connection& connection, const db::Statement& statement,
                                 std::int64_t import) {
  std::vector<IdRange> ranges;
  connection.each(statement, {import}, [&](const db::Row& row) {
    ranges.push_back({row.integer(0), row.integer(1)});
  });
  return ranges;
}

}  // namespace

boost::json::object to_json(const domain::ImportSettings& settings) {
  boost::json::array columns, defaults, codes;
  for (const auto& column : settings.columns)
    columns.push_back(boost::json::object{{"column", column.column},
                                          {"field", column.field},
                                          {"unit", column.unit},
                                          {"fill_down", column.fill_down}});
  for (const auto& one : settings.defaults)
    defaults.push_back(boost::json::object{{"field", one.field}, {"value", one.value}});
  for (const auto& one : settings.codes)
    codes.push_back(boost::json::object{{"field", one.field}, {"value", one.value}, {"code", one.code}});
  return {{"layer", settings.layer},           {"encoding", settings.encoding},
          {"delimiter", settings.delimiter},   {"decimal", settings.decimal},
          {"header_row", settings.header_row}, {"crs", settings.crs},
          {"columns", std::move(columns)},     {"defaults", std::move(defaults)},
          {"codes", std::move(codes)},         {"repairs", to_json(settings.repairs)},
          {"action", settings.action},         {"match", settings.match}};
}

domain::ImportSettings settings_of(std::string_view json) {
  const auto value = boost::json::parse(json);
  const auto& object = value.as_object();
  domain::ImportSettings settings;
  settings.layer = text_at(object, "layer");
  settings.encoding = text_at(object, "encoding");
  settings.delimiter = text_at(object, "delimiter");
  settings.decimal = text_at(object, "decimal");
  settings.header_row = object.at("header_row").to_number<int>();
  settings.crs = text_at(object, "crs");
  for (const auto& item : object.at("columns").as_array()) {
    const auto& one = item.as_object();
    settings.columns.push_back(
        {text_at(one, "column"), text_at(one, "field"), text_at(one, "unit"), one.at("fill_down").as_bool()});
  }
  for (const auto& item : object.at("defaults").as_array())
    settings.defaults.push_back({text_at(item.as_object(), "field"), text_at(item.as_object(), "value")});
  for (const auto& item : object.at("codes").as_array())
    settings.codes.push_back({text_at(item.as_object(), "field"), text_at(item.as_object(), "value"),
                              text_at(item.as_object(), "code")});
  settings.repairs = words(boost::json::serialize(object.at("repairs")));
  settings.action = text_at(object, "action");
  settings.match = text_at(object, "match");
  return settings;
}

boost::json::object to_json(const domain::FoundLayer& layer) {
  boost::json::array fields;
  for (const auto& field : layer.fields)
    fields.push_back(boost::json::object{{"name", field.name}, {"samples", to_json(field.samples)}});
  return {{"name", layer.name},
          {"rows", layer.rows},
          {"geometry", layer.geometry},
          {"crs", layer.crs},
          {"fields", std::move(fields)}};
}

std::optional<Import> find_import(db::Connection& connection, std::int64_t id) {
  return connection.first(kFind, {id}, import_of);
}

std::vector<Import> list_imports(db::Connection& connection, std::string_view region, std::int64_t before,
                                 int limit) {
  std::vector<Import> imports;
  connection.each(kList, {region, before, limit},
                  [&](const db::Row& row) { imports.push_back(import_of(row)); });
  return imports;
}

std::optional<Import> applied_import_of(db::Connection& connection, std::string_view region,
                                        std::string_view file_hash, std::int64_t but) {
  return connection.first(kApplied, {file_hash, region, but}, import_of);
}

void put_import(WriteTransaction& transaction, const Import& import) {
  transaction.connection().run(
      kPut, {import.id, import.region, import.account, import.created_by, import.created, import.state,
             import.version, import.file_name, import.file_bytes, import.file_hash, found_text(import.found),
             boost::json::serialize(to_json(import.settings)), import.report, import.result, import.job,
             import.applied, import.in_force_since});
}

void drop_import(WriteTransaction& transaction, std::int64_t id) {
  auto& connection = transaction.connection();
  connection.run(kDropFixes, {id});
  connection.run(kDropChanges, {id});
  connection.run(kDrop, {id});
}

std::map<std::int64_t, Cells> import_fixes(db::Connection& connection, std::int64_t import) {
  std::map<std::int64_t, Cells> fixes;
  connection.each(kFixes, {import}, [&](const db::Row& row) {
    auto& cells = fixes[row.integer(0)];
    const auto value = boost::json::parse(row.text(1));
    for (const auto& [name, cell] : value.as_object())
      cells[std::string(name)] = std::string(cell.as_string());
  });
  return fixes;
}

void put_import_fix(WriteTransaction& transaction, std::int64_t import, std::int64_t line,
                    const Cells& cells) {
  boost::json::object object;
  for (const auto& [name, cell] : cells) object[name] = cell;
  transaction.connection().run(kPutFix, {import, line, boost::json::serialize(object)});
}

std::vector<domain::ImportCode> import_codes(db::Connection& connection, std::string_view region) {
  std::vector<domain::ImportCode> codes;
  connection.each(kCodes, {region}, [&](const db::Row& row) {
    codes.push_back({row.text(0), row.text(1), row.text(2)});
  });
  return codes;
}

void put_import_code(WriteTransaction& transaction, std::string_view region, const domain::ImportCode& code) {
  transaction.connection().run(kPutCode, {region, code.field, code.value, code.code});
}

std::vector<ImportProfile> import_profiles(db::Connection& connection, std::string_view region) {
  std::vector<ImportProfile> profiles;
  connection.each(kProfiles, {region}, [&](const db::Row& row) {
    profiles.push_back({row.integer(0), row.text(1), settings_of(row.text(2))});
  });
  return profiles;
}

void put_import_profile(WriteTransaction& transaction, std::string_view region,
                        const ImportProfile& profile) {
  transaction.connection().run(
      kPutProfile, {profile.id, region, profile.name, boost::json::serialize(to_json(profile.settings))});
}

bool drop_import_profile(WriteTransaction& transaction, std::string_view region, std::int64_t id) {
  return transaction.connection().run(kDropProfile, {region, id}) > 0;
}

std::optional<std::int64_t> record_of_key(db::Connection& connection, std::string_view region,
                                          std::string_view key) {
  return connection.first(kKey, {region, key}, [](const db::Row& row) { return row.integer(0); });
}

void put_import_key(WriteTransaction& transaction, std::string_view region, std::string_view key,
                    std::int64_t record) {
  transaction.connection().run(kPutKey, {region, key, record});
}

std::optional<std::int64_t> record_of_slug(db::Connection& connection, std::string_view slug) {
  return connection.first(kOfSlug, {slug}, [](const db::Row& row) { return row.integer(0); });
}

std::vector<std::int64_t> records_of_title(db::Connection& connection, std::string_view region,
                                           std::string_view title_folded) {
  std::vector<std::int64_t> ids;
  connection.each(kOfTitle, {title_folded, region},
                  [&](const db::Row& row) { ids.push_back(row.integer(0)); });
  return ids;
}

void put_hidden_range(WriteTransaction& transaction, std::int64_t import, IdRange range) {
  transaction.connection().run(kPutRange, {range.first, range.last, import});
  hide_range(transaction, import, range);
}

void hide_range(WriteTransaction& transaction, std::int64_t import, IdRange range) {
  transaction.connection().run(kHide, {range.first, range.last, import});
}

void show_import(WriteTransaction& transaction, std::int64_t import) {
  transaction.connection().run(kShow, {import});
}

std::vector<IdRange> ranges_of_import(db::Connection& connection, std::int64_t import) {
  return read_ranges(connection, kRanges, import);
}

std::string content_of_import(std::int64_t import, const std::vector<IdRange>& ranges) {
  boost::json::array list;
  for (const auto& range : ranges) list.push_back(boost::json::array{range.first, range.last});
  return boost::json::serialize(boost::json::object{{"import", import}, {"ranges", std::move(list)}});
}

std::vector<IdRange> ranges_of_content(const std::string& content) {
  std::vector<IdRange> ranges;
  const auto parsed = boost::json::parse(content);
  if (const auto* list = parsed.as_object().if_contains("ranges"))
    for (const auto& range : list->as_array())
      ranges.push_back({range.as_array().at(0).to_number<std::int64_t>(),
                        range.as_array().at(1).to_number<std::int64_t>()});
  return ranges;
}

std::vector<IdRange> records_of_import(db::Connection& connection, std::int64_t import) {
  return read_ranges(connection, kRecords, import);
}

std::vector<IdRange> hidden_ranges(db::Connection& connection, std::int64_t import) {
  return read_ranges(connection, kHidden, import);
}

std::vector<std::int64_t> hiding_imports(db::Connection& connection) {
  std::vector<std::int64_t> imports;
  connection.each(kHiding, {}, [&](const db::Row& row) { imports.push_back(row.integer(0)); });
  return imports;
}

void purge_range(WriteTransaction& transaction, IdRange range) {
  auto& connection = transaction.connection();
  connection.run(kPurgeFigures, {range.first, range.last});
  connection.run(kPurgePotentials, {range.first, range.last});
  connection.run(kPurgeKeys, {range.first, range.last});
  connection.run(kPurgeRecords, {range.first, range.last});
  // The range may be the beginning of a longer one: then the rest stays hidden.
  const auto last =
      connection.first(kHiddenAt, {range.first}, [](const db::Row& row) { return row.integer(0); })
          .value_or(range.last);
  if (last > range.last)
    connection.run(kMoveHidden, {range.first, range.last + 1});
  else
    connection.run(kPurgeHidden, {range.first});
}

void put_import_change(db::Connection& connection, std::int64_t import, const ImportChange& change) {
  connection.run(kPutChange, {import, change.record, change.line, change.before, change.after});
}

void drop_import_changes(db::Connection& connection, std::int64_t import) {
  connection.run(kDropChanges, {import});
}

void drop_import_change(db::Connection& connection, std::int64_t import, std::int64_t record) {
  connection.run(kDropChange, {import, record});
}

void mark_import_change(db::Connection& connection, std::int64_t import, std::int64_t record) {
  connection.run(kMarkChange, {import, record});
}

std::int64_t open_import_changes(db::Connection& connection, std::int64_t import) {
  return connection.first(kOpenChanges, {import}, [](const db::Row& row) { return row.integer(0); }).value();
}

std::optional<Instant> import_in_force_since(db::Connection& connection) {
  return connection
      .first(kInForce, {},
             [](const db::Row& row) { return row.null(0) ? std::nullopt : std::optional(row.instant(0)); })
      .value();
}

void drop_import_ranges(WriteTransaction& transaction, std::int64_t import) {
  transaction.connection().run(kDropRanges, {import});
}

std::vector<ImportChange> import_changes(db::Connection& connection, std::int64_t import, std::int64_t after,
                                         int limit) {
  std::vector<ImportChange> changes;
  connection.each(kChanges, {import, after, limit}, [&](const db::Row& row) {
    changes.push_back({row.integer(0), row.integer(1), row.text(2), row.text(3)});
  });
  return changes;
}

std::vector<std::int64_t> records_changed_after(db::Connection& connection, std::int64_t sequence) {
  std::vector<std::int64_t> ids;
  connection.each(kChangedAfter, {sequence}, [&](const db::Row& row) {
    const auto key = row.text(0);
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), id);
    if (error == std::errc() && end == key.data() + key.size()) ids.push_back(id);
  });
  return ids;
}

}  // namespace simpul::storage
