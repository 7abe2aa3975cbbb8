// The imports of the offices: a file, how it is to be read, a dry run, the run itself as a job, and undo. An
// import belongs to a region; its officers with the right to import work on it, for all others it does not
// exist. Nothing of a run is seen before its last transaction; what it writes until then is hidden (see
// docs/decisions/0014). Used by web/api.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/published.hpp"
#include "catalog/snapshot.hpp"
#include "domain/actor.hpp"
#include "domain/job.hpp"
#include "service/imports_judge.hpp"
#include "service/jobs.hpp"
#include "storage/imports.hpp"
#include "storage/store.hpp"

namespace simpul::service {

inline constexpr const char* kImportCheck = "import.check";
inline constexpr const char* kImportRun = "import.run";
inline constexpr const char* kImportUndo = "import.undo";
inline constexpr const char* kImportClean = "import.clean";
inline constexpr int kUndoDays = 30;

struct ImportView {
  storage::Import import;
  std::string state;  // mapping, checking, checked, running, applied, undoing, undone
  std::optional<domain::Job> job;
  std::optional<storage::Import> already;  // an applied import of the same file
};

struct ImportLine {
  std::int64_t n = 0;
  bool fixed = false;
  std::vector<std::pair<std::string, std::string>> cells;  // by header, in order
  JudgedRow judged;
};
struct ImportLines {
  std::vector<ImportLine> lines;
  bool more = false;
};

// What a client said about settings; what it left out stays as it is.
struct SettingsChange {
  std::optional<std::string> layer, encoding, delimiter, decimal, crs, action, match;
  std::optional<int> header_row;
  std::optional<std::vector<domain::ImportColumn>> columns;
  std::optional<std::vector<domain::ImportDefault>> defaults;
  std::optional<std::vector<domain::ImportCode>> codes;
  std::optional<std::vector<std::string>> repairs;
};

class Imports {
 public:
  // All must outlive it. `folder`: where the files lie, made when it is not there.
  Imports(storage::Store& store, const domain::Roles& roles, const domain::Classification& classification,
          const Published<catalog::Snapshot>& snapshots, std::filesystem::path folder,
          const Clock& clock = system_clock());

  // `name`: what the person calls the file; `bring` moves it to the path that it is given. `key`: as in
  // Potentials::create, for what `request` names. Errors: NotFound: the role imports nothing; Invalid: it
  // cannot be read.
  ImportView create(const domain::Actor& actor, const std::string& name,
                    const std::function<void(const std::filesystem::path&)>& bring,
                    const std::string& key = {}, const std::string& request = {});
  // The import that was made with this key; nullopt: none. Error Conflict: it was made of something else.
  std::optional<ImportView> find(const domain::Actor& actor, const std::string& key,
                                 const std::string& request);
  std::vector<ImportView> list(const domain::Actor& actor, std::int64_t before, int limit);
  // Error NotFound: there is none, or not for this actor. The same for all calls below.
  ImportView get(const domain::Actor& actor, std::int64_t id);
  // Errors: Invalid with fields; Conflict: another version, a job is at work, it was run.
  ImportView change(const domain::Actor& actor, std::int64_t id, std::int64_t version,
                    const SettingsChange& change);
  void remove(const domain::Actor& actor, std::int64_t id);

  // Each queues a job (wake the workers) and gives its id. Error Conflict: a job is at work, or the state
  // does not fit.
  std::int64_t check(const domain::Actor& actor, std::int64_t id);
  std::int64_t run(const domain::Actor& actor, std::int64_t id);
  std::int64_t undo(const domain::Actor& actor, std::int64_t id);

  // Rows after `after`, at most `limit`, judged as things are now. Error Conflict: not checked yet.
  ImportLines rows(const domain::Actor& actor, std::int64_t id, std::optional<RowOutcome> outcome,
                   std::int64_t after, int limit);
  ImportLine row(const domain::Actor& actor, std::int64_t id, std::int64_t n);
  // Replaces the cells that are named. Error Invalid: no such column.
  ImportLine fix(const domain::Actor& actor, std::int64_t id, std::int64_t n, const storage::Cells& cells);

  std::vector<storage::ImportProfile> profiles(const domain::Actor& actor);
  storage::ImportProfile save_profile(const domain::Actor& actor, const std::string& name,
                                      const domain::ImportSettings& settings);
  void remove_profile(const domain::Actor& actor, std::int64_t id);

  // The kinds of jobs, for Jobs; the last one also cleans up each night.
  JobKinds job_kinds();

 private:
  struct Work;  // an import opened for its rows
  boost::json::object run_check(JobContext& context);
  boost::json::object run_run(JobContext& context);
  boost::json::object run_undo(JobContext& context);
  boost::json::object run_clean(JobContext& context);
  void apply(JobContext& context, std::int64_t id, const domain::Actor& actor, boost::json::object result);
  void purge(std::int64_t import, const std::function<void()>& watch);

  storage::Import must_find(db::Connection& connection, const domain::Actor& actor, std::int64_t id) const;
  ImportView view_of(db::Connection& connection, storage::Import import) const;
  static bool busy(db::Connection& connection, const storage::Import& import);
  std::int64_t enqueue(const domain::Actor& actor, std::int64_t id, const char* kind);
  domain::Actor actor_of_job(const JobContext& context);
  Work open(storage::Import import, const domain::Actor& actor, const std::function<bool()>& stop = {});
  ImportLine line_of(Work& work, ImportRow& row, std::int64_t twin);
  std::filesystem::path folder_of(std::int64_t id) const { return folder_ / std::to_string(id); }
  std::filesystem::path file_of(const storage::Import& import) const;

  storage::Store& store_;
  const domain::Roles& roles_;
  const domain::Classification& classification_;
  const Published<catalog::Snapshot>& snapshots_;
  const std::filesystem::path folder_;
  const Clock& clock_;
};

// Every night: files that nobody needs any more, rows of runs that were broken off.
void schedule_import_cleaning(Jobs& jobs);

}  // namespace simpul::service
