#include "service/imports.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>

#include "base/durable_file.hpp"
#include "base/error.hpp"
#include "crypto/hasher.hpp"
#include "crypto/token.hpp"
#include "service/imports_report.hpp"
#include "service/imports_work.hpp"
#include "service/sessions.hpp"
#include "storage/accounts.hpp"
#include "storage/jobs.hpp"
#include "storage/records.hpp"

namespace simpul::service {
namespace {

namespace fs = std::filesystem;
using domain::Right;

constexpr const char* kNoImport = "There is no import with this number";
constexpr const char* kForm = "Something in the form is not right";

void must_import(const domain::Actor& actor) {
  if (!domain::may(actor, Right::Import, {actor.region, actor.unit}))
    throw Error(ErrorKind::NotFound, "Your role does not import files");
}

std::string content_of(const storage::Import& import) {
  return boost::json::serialize(boost::json::object{{"file", import.file_name},
                                                    {"hash", import.file_hash},
                                                    {"state", import.state},
                                                    {"version", import.version},
                                                    {"region", import.region},
                                                    {"settings", storage::to_json(import.settings)}});
}

// "74.01 data Kolaka.XLSX" -> "original.xlsx": the ending tells GDAL what it is, nothing else of the name is
// used.
std::string stored_name(const std::string& name) {
  auto ending = fs::path(name).extension().string();
  std::ranges::transform(ending, ending.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return "original" + ending;
}

void mark_stale(storage::Import& import) {
  if (import.report.empty()) return;
  auto report = boost::json::parse(import.report).as_object();
  report["stale"] = true;
  import.report = boost::json::serialize(report);
}

bool fits(const domain::ImportSettings& settings, const domain::FoundLayer& layer) {
  return !settings.columns.empty() &&
         std::ranges::all_of(settings.columns, [&](const domain::ImportColumn& column) {
           return std::ranges::find(layer.fields, column.column, &domain::FoundField::name) !=
                  layer.fields.end();
         });
}

}  // namespace

Imports::Imports(storage::Store& store, const domain::Roles& roles,
                 const domain::Classification& classification, const Published<catalog::Snapshot>& snapshots,
                 fs::path folder, const Clock& clock)
    : store_(store),
      roles_(roles),
      classification_(classification),
      snapshots_(snapshots),
      folder_(std::move(folder)),
      clock_(clock) {
  fs::create_directories(folder_);
}

fs::path Imports::file_of(const storage::Import& import) const {
  return folder_of(import.id) / stored_name(import.file_name);
}

storage::Import Imports::must_find(db::Connection& connection, const domain::Actor& actor,
                                   std::int64_t id) const {
  auto import = storage::find_import(connection, id);
  if (!import || !domain::may(actor, Right::Import, {import->region, actor.unit}))
    throw Error(ErrorKind::NotFound, kNoImport);
  return std::move(*import);
}

bool Imports::busy(db::Connection& connection, const storage::Import& import) {
  const auto job = import.job ? storage::find_job(connection, import.job) : std::nullopt;
  return job && !domain::is_over(job->state);
}

ImportView Imports::view_of(db::Connection& connection, storage::Import import) const {
  ImportView view;
  view.already = storage::applied_import_of(connection, import.region, import.file_hash, import.id);
  if (import.job) view.job = storage::find_job(connection, import.job);
  const bool works = view.job && !domain::is_over(view.job->state);
  if (works && view.job->kind == kImportCheck)
    view.state = "checking";
  else if (works && view.job->kind == kImportRun)
    view.state = "running";
  else if (works && view.job->kind == kImportUndo)
    view.state = "undoing";
  else if (import.state == "open")
    view.state = import.report.empty() ? "mapping" : "checked";
  else
    view.state = import.state;
  view.import = std::move(import);
  return view;
}

std::optional<ImportView> Imports::find(const domain::Actor& actor, const std::string& key,
                                        const std::string& request) {
  must_import(actor);
  std::optional<ImportView> view;
  if (key.empty()) return view;
  store_.read([&](db::Connection& connection) {
    const auto found = storage::find_idempotency_key(connection, actor.account, key);
    if (!found) return;
    if (found->request != request)
      throw Error(ErrorKind::Conflict, "This Idempotency-Key was used for something else");
    view = view_of(connection, must_find(connection, actor, found->record));
  });
  return view;
}

ImportView Imports::create(const domain::Actor& actor, const std::string& name,
                           const std::function<void(const fs::path&)>& bring, const std::string& key,
                           const std::string& request) {
  if (auto known = find(actor, key, request)) return std::move(*known);
  std::optional<ImportView> view;
  storage::Import import;
  import.region = actor.region;
  import.account = actor.account;
  import.created_by = actor.name;
  import.file_name = name;
  // Under a name of its own until the import has its number.
  struct Folder {
    fs::path path;
    ~Folder() {
      std::error_code ignored;
      fs::remove_all(path, ignored);
    }
  } folder{folder_ / ("new-" + crypto::random_token().substr(0, 16))};
  fs::create_directories(folder.path);
  const auto file = folder.path / stored_name(name);
  bring(file);
  sync_to_disk(folder.path);
  import.file_bytes = static_cast<std::int64_t>(fs::file_size(file));
  import.file_hash = crypto::hash_of_file(file);
  import.found = inspect_file(file, name, import.settings);
  if (actor.scope == domain::Scope::Region && !import.settings.column_of("region"))
    import.settings.defaults.push_back({"region", actor.region});
  store_.read([&](db::Connection& connection) {
    for (const auto& layer : import.found.layers)
      if (layer.name == import.settings.layer)
        for (const auto& profile : storage::import_profiles(connection, actor.region))
          if (fits(profile.settings, layer)) {
            // How the file is to be cut it says itself; what its columns mean the profile knows.
            auto settings = profile.settings;
            settings.layer = import.settings.layer;
            settings.encoding = import.settings.encoding;
            settings.delimiter = import.settings.delimiter;
            settings.header_row = import.settings.header_row;
            import.settings = std::move(settings);
          }
  });
  store_.write(actor, [&](storage::WriteTransaction& transaction) {
    import.id = transaction.next_sequence();
    import.created = transaction.now();
    transaction.audit("create", "import", std::to_string(import.id), content_of(import));
    storage::put_import(transaction, import);
    if (!key.empty())
      storage::put_idempotency_key(transaction, actor.account, key, "import", import.id, request);
    // A folder with this number is of a commit that failed.
    std::error_code failed;
    fs::remove_all(folder_of(import.id), failed);
    fs::rename(folder.path, folder_of(import.id), failed);
    if (failed)
      throw Error(ErrorKind::Unavailable, "The file cannot be kept at the moment. Please try again later", {},
                  {}, failed.message());
    view = view_of(transaction.connection(), std::move(import));
  });
  return std::move(*view);
}

std::vector<ImportView> Imports::list(const domain::Actor& actor, std::int64_t before, int limit) {
  must_import(actor);
  std::vector<ImportView> views;
  store_.read([&](db::Connection& connection) {
    for (auto& import : storage::list_imports(
             connection, actor.scope == domain::Scope::Province ? "" : actor.region, before, limit))
      views.push_back(view_of(connection, std::move(import)));
  });
  return views;
}

ImportView Imports::get(const domain::Actor& actor, std::int64_t id) {
  std::optional<ImportView> view;
  store_.read(
      [&](db::Connection& connection) { view = view_of(connection, must_find(connection, actor, id)); });
  return std::move(*view);
}

ImportView Imports::change(const domain::Actor& actor, std::int64_t id, std::int64_t version,
                           const SettingsChange& wanted) {
  storage::Import import;
  const auto must_be_open = [&](db::Connection& connection) {
    import = must_find(connection, actor, id);
    if (import.version != version)
      throw Error(ErrorKind::Conflict, "Somebody else has changed this meanwhile");
    if (import.state != "open" || import.in_force_since)
      throw Error(ErrorKind::Conflict, "The import has been run already");
    if (busy(connection, import))
      throw Error(ErrorKind::Conflict, "A job of this import is at work: wait for it or cancel it");
  };
  store_.read(must_be_open);
  auto settings = import.settings;
  auto found = import.found;
  const auto take = [](auto& member, const auto& value) {
    if (value) member = *value;
  };
  const bool other_table = (wanted.layer && *wanted.layer != settings.layer) ||
                           (wanted.encoding && *wanted.encoding != settings.encoding) ||
                           (wanted.delimiter && *wanted.delimiter != settings.delimiter);
  const bool other_header = wanted.header_row && *wanted.header_row != settings.header_row;
  const bool other_crs = wanted.crs && *wanted.crs != settings.crs;
  take(settings.layer, wanted.layer);
  take(settings.encoding, wanted.encoding);
  take(settings.delimiter, wanted.delimiter);
  take(settings.header_row, wanted.header_row);
  take(settings.decimal, wanted.decimal);
  take(settings.crs, wanted.crs);
  take(settings.repairs, wanted.repairs);
  take(settings.action, wanted.action);
  take(settings.codes, wanted.codes);
  take(settings.columns, wanted.columns);
  take(settings.defaults, wanted.defaults);
  take(settings.match, wanted.match);
  auto faults = domain::validate(settings);
  const bool no_table = std::ranges::any_of(faults, [](const FieldError& fault) {
    return fault.field == "encoding" || fault.field == "delimiter" || fault.field == "header_row";
  });
  if ((other_table || other_header) && !no_table) {
    inspect_layer(file_of(import), found, settings, {other_table && !wanted.header_row, !wanted.columns});
    take(settings.decimal, wanted.decimal);
    take(settings.defaults, wanted.defaults);
    take(settings.match, wanted.match);
    faults = domain::validate(settings);
  }
  for (const auto& layer : found.layers)
    if (layer.name == settings.layer)
      for (std::size_t i = 0; i < settings.columns.size(); ++i)
        if (std::ranges::find(layer.fields, settings.columns[i].column, &domain::FoundField::name) ==
            layer.fields.end())
          faults.push_back({"columns." + std::to_string(i) + ".column",
                            "\"{value}\" does not exist",
                            {{"value", settings.columns[i].column}}});
  if (settings.action == "publish" && !actor.rights.has(Right::Publish))
    faults.push_back({"action", msgid("Your role may not publish"), {}});
  if (settings.action == "submit" && !actor.rights.has(Right::Submit))
    faults.push_back({"action", msgid("Your role may not submit"), {}});
  if (!faults.empty()) throw Error(ErrorKind::Invalid, kForm, {}, std::move(faults));
  std::optional<ImportView> view;
  store_.write(actor, [&](storage::WriteTransaction& transaction) {
    must_be_open(transaction.connection());
    import.settings = settings;
    import.found = found;
    ++import.version;
    mark_stale(import);
    if (wanted.codes)
      for (const auto& code : *wanted.codes) storage::put_import_code(transaction, import.region, code);
    storage::put_import(transaction, import);
    transaction.audit("change", "import", std::to_string(id), content_of(import));
    view = view_of(transaction.connection(), std::move(import));
  });
  // The rows of the last check lie in another text: they are to be checked first.
  if (other_table || other_header || other_crs) {
    std::error_code ignored;
    fs::remove(folder_of(id) / "index", ignored);
  }
  return std::move(*view);
}

void Imports::remove(const domain::Actor& actor, std::int64_t id) {
  store_.write(actor, [&](storage::WriteTransaction& transaction) {
    auto& connection = transaction.connection();
    const auto import = must_find(connection, actor, id);
    if (import.state != "open" || import.in_force_since)
      throw Error(ErrorKind::Conflict, "The import has been run already");
    if (busy(connection, import))
      throw Error(ErrorKind::Conflict, "A job of this import is at work: wait for it or cancel it");
    if (!storage::ranges_of_import(connection, id).empty())
      throw Error(ErrorKind::Conflict,
                  "The rows of a run that was broken off are being cleaned away: try again in a moment");
    storage::drop_import(transaction, id);
    transaction.audit("discard", "import", std::to_string(id), content_of(import));
  });
  std::error_code ignored;
  fs::remove_all(folder_of(id), ignored);
}

std::int64_t Imports::enqueue(const domain::Actor& actor, std::int64_t id, const char* kind) {
  std::int64_t job = 0;
  store_.write(actor, [&](storage::WriteTransaction& transaction) {
    auto import = must_find(transaction.connection(), actor, id);
    if (busy(transaction.connection(), import))
      throw Error(ErrorKind::Conflict, "A job of this import is at work: wait for it or cancel it");
    const bool undo = kind == std::string_view(kImportUndo);
    if (import.in_force_since && kind == std::string_view(kImportCheck))
      throw Error(ErrorKind::Conflict, "The import has been run already");
    if (import.state != (undo ? "applied" : "open"))
      throw Error(ErrorKind::Conflict,
                  undo ? "There is nothing to be undone" : "The import has been run already");
    if (undo && import.applied &&
        transaction.now().microseconds - import.applied->microseconds > kUndoDays * 86'400'000'000LL)
      throw Error(ErrorKind::Conflict, "An import can be undone for 30 days only");
    if (import.settings.action == "publish" && !actor.rights.has(Right::Publish))
      throw Error(ErrorKind::Invalid, kForm, {}, {{"action", msgid("Your role may not publish"), {}}});
    domain::NewJob wanted;
    wanted.kind = kind;
    wanted.input = boost::json::serialize(boost::json::object{{"import", id}, {"account", actor.account}});
    wanted.region_code = import.region;
    job = import.job = storage::add_job(transaction, wanted);
    storage::put_import(transaction, import);
  });
  return job;
}

std::int64_t Imports::check(const domain::Actor& actor, std::int64_t id) {
  return enqueue(actor, id, kImportCheck);
}
std::int64_t Imports::run(const domain::Actor& actor, std::int64_t id) {
  return enqueue(actor, id, kImportRun);
}
std::int64_t Imports::undo(const domain::Actor& actor, std::int64_t id) {
  return enqueue(actor, id, kImportUndo);
}

// --- rows in the grid
// -------------------------------------------------------------------------------------------

Imports::Work Imports::open(storage::Import import, const domain::Actor& actor,
                            const std::function<bool()>& stop) {
  const auto snapshot = snapshots_.get();
  if (!snapshot) throw Error(ErrorKind::Unavailable, "The register is being read: try again in a moment");
  Work work;
  work.import = std::make_unique<storage::Import>(std::move(import));
  work.actor = std::make_unique<domain::Actor>(actor);
  work.file = std::make_unique<ImportFile>(file_of(*work.import), work.import->found, work.import->settings);
  if (!work.file->prepare(stop)) throw JobInterrupted{};
  std::vector<domain::ImportCode> codes;
  std::map<std::int64_t, storage::Cells> fixes;
  store_.read([&](db::Connection& connection) {
    codes = storage::import_codes(connection, work.import->region);
    fixes = storage::import_fixes(connection, work.import->id);
  });
  work.judge = std::make_unique<RowJudge>(*work.import, work.file->fields(), *work.actor, classification_,
                                          snapshot, codes, std::move(fixes));
  work.fills = std::ranges::any_of(work.import->settings.columns, &domain::ImportColumn::fill_down);
  return work;
}

ImportLine Imports::line_of(Work& work, ImportRow& row, std::int64_t twin) {
  ImportLine line;
  line.n = row.n;
  line.fixed = work.judge->fixed(row.n);
  for (std::size_t i = 0; i < row.cells.size(); ++i)
    line.cells.emplace_back(work.file->fields()[i], row.cells[i]);
  store_.read([&](db::Connection& connection) { line.judged = work.judge->judge(connection, row, twin); });
  return line;
}

ImportLines Imports::rows(const domain::Actor& actor, std::int64_t id, std::optional<RowOutcome> outcome,
                          std::int64_t after, int limit) {
  storage::Import import;
  store_.read([&](db::Connection& connection) { import = must_find(connection, actor, id); });
  const auto marks = read_row_index(folder_of(id) / "index");
  auto work = open(std::move(import), actor);
  ImportLines page;
  ImportRow row;
  for (const auto& mark : marks) {
    if (mark.n <= after || (outcome && mark.outcome != static_cast<std::uint64_t>(*outcome))) continue;
    if (page.lines.size() == static_cast<std::size_t>(limit)) {
      page.more = true;
      break;
    }
    if (!work.fills) work.file->go_to(mark.offset, mark.n);
    do {
      if (!work.file->next(row)) return page;
      work.judge->complete(row);
    } while (row.n < mark.n);
    page.lines.push_back(line_of(work, row, mark.twin));
  }
  return page;
}

ImportLine Imports::row(const domain::Actor& actor, std::int64_t id, std::int64_t n) {
  auto page = rows(actor, id, std::nullopt, n - 1, 1);
  if (page.lines.empty() || page.lines.front().n != n)
    throw Error(ErrorKind::NotFound, "There is no such row");
  return std::move(page.lines.front());
}

ImportLine Imports::fix(const domain::Actor& actor, std::int64_t id, std::int64_t n,
                        const storage::Cells& cells) {
  const auto index = folder_of(id) / "index";
  const auto before = row(actor, id, n);
  std::vector<FieldError> faults;
  for (const auto& [name, text] : cells)
    if (std::ranges::find(before.cells, name, &std::pair<std::string, std::string>::first) ==
        before.cells.end())
      faults.push_back({"cells." + name, "\"{value}\" does not exist", {{"value", name}}});
  if (!faults.empty()) throw Error(ErrorKind::Invalid, kForm, {}, std::move(faults));
  store_.write(actor, [&](storage::WriteTransaction& transaction) {
    auto& connection = transaction.connection();
    auto import = must_find(connection, actor, id);
    if (import.state != "open" || import.in_force_since)
      throw Error(ErrorKind::Conflict, "The import has been run already");
    if (busy(connection, import))
      throw Error(ErrorKind::Conflict, "A job of this import is at work: wait for it or cancel it");
    auto fixes = storage::import_fixes(connection, id);
    auto& fixed = fixes[n];
    for (const auto& [name, text] : cells) fixed[name] = text;
    storage::put_import_fix(transaction, id, n, fixed);
    mark_stale(import);
    storage::put_import(transaction, import);
    transaction.audit("fix", "import", std::to_string(id),
                      boost::json::serialize(boost::json::object{{"row", n}}));
  });
  auto line = row(actor, id, n);
  const auto marks = read_row_index(index);
  for (std::size_t i = 0; i < marks.size(); ++i)
    if (marks[i].n == n) {
      auto mark = marks[i];
      mark.outcome = static_cast<std::uint64_t>(line.judged.outcome);
      change_row_index(index, i, mark);
    }
  return line;
}

// --- profiles
// ---------------------------------------------------------------------------------------------------

std::vector<storage::ImportProfile> Imports::profiles(const domain::Actor& actor) {
  must_import(actor);
  std::vector<storage::ImportProfile> profiles;
  store_.read(
      [&](db::Connection& connection) { profiles = storage::import_profiles(connection, actor.region); });
  return profiles;
}

storage::ImportProfile Imports::save_profile(const domain::Actor& actor, const std::string& name,
                                             const domain::ImportSettings& settings) {
  must_import(actor);
  auto faults = domain::validate(settings);
  if (name.empty()) faults.push_back({"name", "must not be empty", {}});
  if (!faults.empty()) throw Error(ErrorKind::Invalid, kForm, {}, std::move(faults));
  storage::ImportProfile profile{0, name, settings};
  store_.write(actor, [&](storage::WriteTransaction& transaction) {
    profile.id = transaction.next_sequence();
    for (const auto& known : storage::import_profiles(transaction.connection(), actor.region))
      if (known.name == name) profile.id = known.id;
    storage::put_import_profile(transaction, actor.region, profile);
    transaction.audit("change", "import", "profile:" + std::to_string(profile.id),
                      boost::json::serialize(boost::json::object{{"name", name}, {"region", actor.region}}));
  });
  return profile;
}

void Imports::remove_profile(const domain::Actor& actor, std::int64_t id) {
  must_import(actor);
  store_.write(actor, [&](storage::WriteTransaction& transaction) {
    if (!storage::drop_import_profile(transaction, actor.region, id))
      throw Error(ErrorKind::NotFound, "There is no such profile");
    transaction.audit("discard", "import", "profile:" + std::to_string(id), "{}");
  });
}

domain::Actor Imports::actor_of_job(const JobContext& context) {
  std::optional<domain::Account> account;
  store_.read([&](db::Connection& connection) {
    account = storage::find_account(connection, context.input().at("account").to_number<std::int64_t>());
  });
  if (!account || !account->active)
    throw Error(ErrorKind::Conflict, "The account that asked for this is disabled");
  return actor_of(roles_, *account);
}

JobKinds Imports::job_kinds() {
  return {{kImportCheck, {[this](JobContext& context) { return run_check(context); }, 2}},
          {kImportRun, {[this](JobContext& context) { return run_run(context); }, 3}},
          {kImportUndo, {[this](JobContext& context) { return run_undo(context); }, 3}},
          {kImportClean, {[this](JobContext& context) { return run_clean(context); }, 2}}};
}

void schedule_import_cleaning(Jobs& jobs) {
  domain::Schedule schedule;
  schedule.name = kImportClean;
  schedule.kind = kImportClean;
  schedule.minute = 3 * 60 + 20;
  jobs.set_schedule(schedule);
}

}  // namespace simpul::service
