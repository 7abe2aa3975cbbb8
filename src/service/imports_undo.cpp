// Taking an import back, and cleaning up behind all of them.
#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <set>

#include "base/error.hpp"
#include "service/imports_changes.hpp"
#include "service/imports_work.hpp"
#include "service/potentials.hpp"
#include "storage/potentials.hpp"
#include "storage/records.hpp"

namespace simpul::service {
namespace {

namespace fs = std::filesystem;
using domain::RecordState;

constexpr int kPage = 200;
constexpr std::chrono::milliseconds kHold{25};  // how long a transaction writes before it commits
// The file of an import is kept as long as it can be undone, and a little longer.
constexpr int kKeptDays = 40;

// The record as it was, as a new version of it; what the public saw comes back with it.
void bring_back(storage::WriteTransaction& transaction, const domain::Classification& classification,
                const domain::Actor& actor, domain::Record now, const Keeping& before) {
  const bool was_public = now.published;
  now.draft = before.record.draft;
  now.state = before.record.state;
  now.published = before.record.published;
  now.confirmed = before.record.confirmed;
  now.checked = before.record.checked;
  now.author = before.record.author;
  now.comments = before.record.comments;
  ++now.version;
  if (before.published) {
    auto seen = now;
    seen.draft = *before.published;
    publish_record(transaction, seen);
  } else if (was_public) {
    if (const auto published = storage::find_potential(transaction.connection(), now.id))
      transaction.audit("archive", "potential", published->slug, storage::content_of(*published));
    storage::set_potential_state(transaction, now.id, "archived");
  }
  write_record(transaction, classification, actor, now, "change", "");
}

}  // namespace

boost::json::object Imports::run_undo(JobContext& context) {
  const auto id = context.input().at("import").to_number<std::int64_t>();
  const auto actor = actor_of_job(context);
  context.progress(0, 0, msgid("Taking the import back"));
  // What others have worked on since stays as they left it.
  storage::Import import;
  std::set<std::int64_t> touched;
  std::int64_t changed = 0;
  store_.read([&](db::Connection& connection) {
    import = must_find(connection, actor, id);
    if (import.state != "applied") return;
    const auto result = boost::json::parse(import.result).as_object();
    changed = result.at("changed").to_number<std::int64_t>();
    const auto later =
        storage::records_changed_after(connection, result.at("sequence").to_number<std::int64_t>());
    touched.insert(later.begin(), later.end());
  });
  if (import.state != "applied") return {{"import", id}};  // an earlier attempt did it
  const auto is_touched = [&](const domain::Record& record, const Keeping& before) {
    return record.version != before.record.version + 1;
  };
  // Changes are taken back bit by bit, so that nobody waits; the public sees nothing of it before the end.
  // One that has been taken back is dropped, so that an attempt that is broken off goes on where it was.
  std::vector<std::int64_t> kept_changes;
  std::int64_t last = 0;
  const auto take_back = [&](storage::WriteTransaction& transaction) {
    auto& connection = transaction.connection();
    const auto until = std::chrono::steady_clock::now() + kHold;
    while (true) {
      const auto page = storage::import_changes(connection, id, last, kPage);
      for (const auto& change : page) {
        last = change.record;
        auto record = storage::find_record(connection, change.record);
        const auto before = keeping_of(change.before);
        if (!record || is_touched(*record, before)) {
          kept_changes.push_back(change.record);
        } else {
          bring_back(transaction, classification_, actor, std::move(*record), before);
          storage::drop_import_change(connection, id, change.record);
        }
        if (std::chrono::steady_clock::now() > until) return false;
      }
      if (page.size() < static_cast<std::size_t>(kPage)) return true;
    }
  };
  for (bool all = false; !all;)
    context.write([&](storage::WriteTransaction& transaction) {
      auto& connection = transaction.connection();
      all = take_back(transaction);
      import = must_find(connection, actor, id);
      if (!all) {
        if (!import.in_force_since) import.in_force_since = transaction.now();
        storage::put_import(transaction, import);
        return;
      }
      boost::json::array kept;
      const auto keep = [&](std::int64_t record) {
        if (const auto found = storage::find_record(connection, record))
          kept.push_back(boost::json::object{{"id", record}, {"slug", found->draft.slug}});
      };
      for (const auto record : kept_changes) keep(record);
      std::int64_t removed = 0;
      for (const auto& range : storage::ranges_of_import(connection, id)) {
        auto first = range.first;
        for (auto at = touched.lower_bound(range.first); at != touched.end() && *at <= range.last; ++at) {
          keep(*at);
          if (first < *at) storage::hide_range(transaction, id, {first, *at - 1});
          removed += *at - first;
          first = *at + 1;
        }
        if (first <= range.last) storage::hide_range(transaction, id, {first, range.last});
        removed += range.last - first + 1;
      }
      auto result = boost::json::parse(import.result).as_object();
      result["undone"] =
          boost::json::object{{"at", to_iso(transaction.now())},
                              {"removed", removed},
                              {"restored", changed - static_cast<std::int64_t>(kept_changes.size())},
                              {"kept", std::move(kept)}};
      import.state = "undone";
      import.in_force_since.reset();
      import.result = boost::json::serialize(result);
      storage::put_import(transaction, import);
      transaction.audit("undo", "import", std::to_string(id), boost::json::serialize(result.at("undone")));
      if (removed > 0 && import.settings.action == "publish")
        transaction.audit("undo", "potential", "*",
                          storage::content_of_import(id, storage::ranges_of_import(connection, id)));
    });
  purge(id, [&] { context.progress(0, 0, msgid("Taking the import back")); });
  return {{"import", id}};
}

boost::json::object Imports::run_clean(JobContext& context) {
  std::int64_t cleaned = 0;
  std::vector<std::int64_t> hiding;
  store_.read([&](db::Connection& connection) {
    for (const auto import : storage::hiding_imports(connection)) {
      const auto found = storage::find_import(connection, import);
      // One that was broken off while it was put in force only waits to go on.
      if (!found || (!busy(connection, *found) && !found->in_force_since)) hiding.push_back(import);
    }
  });
  for (const auto import : hiding) {
    purge(import, [&] { context.progress(cleaned, 0, msgid("Cleaning up")); });
    ++cleaned;
  }
  // Folders of imports that are gone, and files that nobody can need any more.
  const auto now = clock_.now();
  for (const auto& entry : fs::directory_iterator(folder_)) {
    const auto name = entry.path().filename().string();
    const bool numbered =
        !name.empty() && std::ranges::all_of(name, [](char c) { return c >= '0' && c <= '9'; });
    std::error_code error;
    const auto age = fs::file_time_type::clock::now() - fs::last_write_time(entry.path(), error);
    if (error || age < std::chrono::hours(24)) continue;
    bool needed = false;
    if (numbered)
      store_.read([&](db::Connection& connection) {
        const auto import = storage::find_import(connection, std::stoll(name));
        needed = import && now.microseconds - import->created.microseconds < kKeptDays * 86'400'000'000LL;
      });
    if (!needed) fs::remove_all(entry.path(), error);
  }
  return {{"cleaned", cleaned}};
}

}  // namespace simpul::service
