// The run of an import. New records are written in short transactions, so that nobody waits, and are hidden;
// what shall change is put aside. The last transaction shows the ones, changes the others and finishes the
// job: before it the register is as it was, whatever happens. Where the changes are too many for one
// transaction it is only their last that does, see apply().
#include <boost/json.hpp>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_set>

#include "base/error.hpp"
#include "service/imports_changes.hpp"
#include "service/imports_report.hpp"
#include "service/imports_work.hpp"
#include "service/potentials.hpp"
#include "storage/potentials.hpp"
#include "storage/records.hpp"

namespace simpul::service {
namespace {

using domain::Record;
using domain::RecordState;

constexpr std::size_t kBatch = 200;             // rows judged in one reading transaction
constexpr std::chrono::milliseconds kHold{25};  // how long a transaction writes before it commits
constexpr int kPage = 200;                      // changes read at a time
constexpr std::size_t kTogether = 500;          // changes that are written in one transaction

// A record ready to be written: what can be worked out before the transaction is, so that it is short.
struct Prepared {
  std::string key;  // in the office's own list
  Record record;
  storage::RecordText text;
  domain::Potential potential;  // only when it becomes public
  storage::PotentialText public_text;

  // After the draft was settled.
  void prepare(const domain::Classification& classification) {
    record.group = group_or_none(classification, record.draft);
    text = storage::text_of(record);
    if (!record.published) return;
    potential = public_version(record);
    public_text = storage::text_of(potential);
  }
};

// What some rows came to.
struct Batch {
  std::vector<Prepared> records;
  std::vector<storage::ImportChange> changes;
  std::int64_t rows = 0;  // read so far
};

// The rows are judged in a thread of their own while those before them are written: this hands them over, a
// few batches at a time.
class Handover {
 public:
  // false: the writer has given up.
  bool give(Batch batch) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return over_ || batches_.size() < kWaiting; });
    if (over_) return false;
    batches_.push_back(std::move(batch));
    changed_.notify_all();
    return true;
  }
  // nullopt: there are no more. Throws what the judge threw.
  std::optional<Batch> take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return ended_ || !batches_.empty(); });
    if (!batches_.empty()) {
      auto batch = std::move(batches_.front());
      batches_.pop_front();
      changed_.notify_all();
      return batch;
    }
    if (fault_) std::rethrow_exception(fault_);
    return std::nullopt;
  }
  void end(std::exception_ptr fault) {
    std::lock_guard lock(mutex_);
    fault_ = fault;
    ended_ = true;
    changed_.notify_all();
  }
  void give_up() {
    std::lock_guard lock(mutex_);
    over_ = true;
    changed_.notify_all();
  }

 private:
  static constexpr std::size_t kWaiting = 4;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Batch> batches_;
  bool over_ = false, ended_ = false;
  std::exception_ptr fault_;
};

// A change ready to be written.
struct PreparedChange {
  std::int64_t record = 0;
  std::int64_t line = 0;          // of the file
  std::int64_t before = 0;        // the version that it goes on from
  std::string slug;               // of that
  std::optional<Prepared> after;  // none: somebody changed it meanwhile
  std::string public_content;     // for its audit entry, when it becomes public
};

PreparedChange prepare_change(db::Connection& connection, const domain::Classification& classification,
                              const domain::Actor& actor, const storage::ImportChange& change,
                              RecordState state) {
  auto before = keeping_of(change.before);
  PreparedChange prepared{change.record,         change.line,
                          before.record.version, std::move(before.record.draft.slug),
                          std::nullopt,          {}};
  auto record = storage::find_record(connection, change.record);
  if (!record || record->version != prepared.before) return prepared;
  record->draft = keeping_of(change.after).record.draft;
  record->state = state;
  record->checked = false;
  record->author = actor.account;
  ++record->version;
  if (state != RecordState::Draft) record->comments.clear();
  if (state == RecordState::Published) {
    record->published = true;
    record->confirmed.reset();  // nobody of the region has said that it is so
  }
  prepared.after.emplace().record = std::move(*record);
  prepared.after->prepare(classification);
  if (state == RecordState::Published)
    prepared.public_content = storage::content_of(prepared.after->potential);
  return prepared;
}

RecordState state_after(const std::string& action) {
  return action == "publish"  ? RecordState::Published
         : action == "submit" ? RecordState::Submitted
                              : RecordState::Draft;
}

}  // namespace

boost::json::object Imports::run_run(JobContext& context) {
  const auto id = context.input().at("import").to_number<std::int64_t>();
  const auto actor = actor_of_job(context);
  storage::Import import;
  store_.read([&](db::Connection& connection) { import = must_find(connection, actor, id); });
  if (import.state != "open") throw Error(ErrorKind::Conflict, "The import has been run already");
  if (import.in_force_since) {
    apply(context, id, actor, boost::json::parse(import.result).as_object());
    return {};
  }
  std::int64_t total = 0;
  for (const auto& layer : import.found.layers)
    if (layer.name == import.settings.layer) total = layer.rows;
  context.progress(0, total, msgid("Opening the file"));
  // What an attempt left that was broken off.
  purge(id, [&] { context.progress(0, total, msgid("Opening the file")); });
  store_.housekeep(
      [&](db::Connection& connection, Instant) { storage::drop_import_changes(connection, id); });

  auto work = open(std::move(import), actor, [&] { return context.stopping(); });
  const auto& settings = work.import->settings;
  const auto state = state_after(settings.action);
  RowIndexWriter index(folder_of(id) / "index");
  std::unordered_map<std::uint64_t, std::int64_t> seen;  // identity -> the first row that has it
  std::int64_t done = 0, created = 0, same = 0, rejected = 0;

  const auto judge_batch = [&](Batch& batch) {
    bool more = true;
    store_.read([&](db::Connection& connection) {
      ImportRow row;
      for (std::size_t i = 0; i < kBatch; ++i) {
        more = work.file->next(row);
        if (!more) return;
        ++done;
        work.judge->complete(row);
        auto judged = work.judge->judge(connection, row, 0);
        const auto twin = twin_of(*work.judge, connection, row, judged, seen);
        index.add({row.n, twin, row.offset, static_cast<std::uint64_t>(judged.outcome)});
        switch (judged.outcome) {
          case RowOutcome::Error:
            ++rejected;
            break;
          case RowOutcome::Same:
            ++same;
            break;
          case RowOutcome::New: {
            ++created;
            Prepared one;
            one.key = std::move(judged.key);
            one.record.draft = std::move(judged.draft);
            one.record.state = state;
            one.record.published = state == RecordState::Published;
            one.record.author = actor.account;
            one.prepare(classification_);
            batch.records.push_back(std::move(one));
            break;
          }
          case RowOutcome::Changed:
            batch.changes.push_back(change_of(connection, *judged.record, judged.draft, row.n));
            break;
        }
      }
    });
    batch.rows = done;
    return more;
  };

  const auto write_batch = [&](Batch& batch) {
    for (std::size_t next = 0; next < batch.records.size();) {
      context.progress(batch.rows, total, msgid("Writing the rows"));
      context.write([&](storage::WriteTransaction& transaction) {
        auto& connection = transaction.connection();
        const auto until = std::chrono::steady_clock::now() + kHold;
        storage::IdRange range{transaction.next_sequence(), 0};
        do {
          auto& one = batch.records[next++];
          auto& record = one.record;
          record.id = transaction.next_sequence();
          if (storage::slug_taken(connection, record.draft.slug, record.id)) {
            record.draft.slug = record.draft.slug.substr(0, 80) + "-" + std::to_string(record.id);
            one.prepare(classification_);
          }
          write_record(transaction, actor, record, one.text, "create");
          if (record.published) {
            // Without an audit entry of its own: the run has one for all of them.
            one.potential.id = record.id;
            one.potential.version = record.version;
            one.potential.changed = transaction.now();
            storage::add(transaction, one.potential, one.public_text);
          }
          if (!one.key.empty()) storage::put_import_key(transaction, work.import->region, one.key, record.id);
          range.last = record.id;
        } while (next < batch.records.size() && std::chrono::steady_clock::now() < until);
        storage::put_hidden_range(transaction, id, range);
      });
    }
    if (!batch.changes.empty())
      store_.housekeep([&](db::Connection& connection, Instant) {
        for (const auto& change : batch.changes) storage::put_import_change(connection, id, change);
      });
    context.progress(batch.rows, total, msgid("Writing the rows"));
  };

  Handover handover;
  std::thread judging([&] {
    std::exception_ptr fault;
    try {
      for (bool more = true; more;) {
        Batch batch;
        more = judge_batch(batch);
        if (!handover.give(std::move(batch))) break;
      }
    } catch (...) {
      fault = std::current_exception();
    }
    handover.end(fault);
  });
  // However this ends, the thread ends with it.
  struct Join {
    Handover& handover;
    std::thread& thread;
    ~Join() {
      handover.give_up();
      if (thread.joinable()) thread.join();
    }
  };
  {
    const Join join{handover, judging};
    while (auto batch = handover.take()) write_batch(*batch);
  }
  index.finish();
  // What the rows needed is given back before the snapshot of all records asks for its room.
  work.judge.reset();
  work.file.reset();
  seen = {};
  context.progress(total, total, msgid("Putting everything in force"));
  apply(context, id, actor,
        {{"action", settings.action}, {"created", created}, {"same", same}, {"rejected", rejected}});
  return {};
}

void Imports::apply(JobContext& context, std::int64_t id, const domain::Actor& actor,
                    boost::json::object result) {
  const auto state = state_after(result.at("action").as_string().c_str());
  // The next changes that are to be made, worked out before the transaction that writes them. Those that were
  // made by an attempt that was broken off are passed over.
  std::deque<PreparedChange> ready;
  std::int64_t last = 0;
  const auto prepare = [&](db::Connection& connection) {
    for (bool more = true; more && ready.size() < kTogether;) {
      const auto page = storage::import_changes(connection, id, last, kPage);
      for (const auto& change : page) {
        last = change.record;
        if (!change.after.empty())
          ready.push_back(prepare_change(connection, classification_, actor, change, state));
      }
      more = page.size() == static_cast<std::size_t>(kPage);
    }
  };
  if (!result.contains("conflicts")) result["conflicts"] = boost::json::array();
  if (!result.contains("changed")) result["changed"] = 0;
  const auto write = [&](storage::WriteTransaction& transaction, PreparedChange& change) {
    auto& connection = transaction.connection();
    if (!change.after || storage::record_version(connection, change.record) != change.before) {
      result.at("conflicts")
          .as_array()
          .push_back(boost::json::object{{"row", change.line}, {"slug", change.slug}});
      storage::drop_import_change(connection, id, change.record);
      return;
    }
    auto& [key, record, text, potential, public_text] = *change.after;
    if (state == RecordState::Published)
      publish_record(transaction, record, std::move(potential), public_text,
                     std::move(change.public_content));
    write_record(transaction, actor, record, text, "change");
    storage::mark_import_change(connection, id, change.record);
    result["changed"] = result.at("changed").to_number<std::int64_t>() + 1;
  };

  std::int64_t open = 0;
  store_.read([&](db::Connection& connection) {
    open = storage::open_import_changes(connection, id);
    prepare(connection);
  });
  // More than can be written without anybody waiting for it are written bit by bit. From the first on there
  // is no way back but forward: an attempt that is broken off goes on where it was, and the public sees
  // nothing of it before the end.
  while (open > static_cast<std::int64_t>(kTogether)) {
    context.write([&](storage::WriteTransaction& transaction) {
      const auto until = std::chrono::steady_clock::now() + kHold;
      do {
        write(transaction, ready.front());
        ready.pop_front();
        --open;
      } while (!ready.empty() && std::chrono::steady_clock::now() < until);
      auto import = storage::find_import(transaction.connection(), id);
      if (!import) throw Error(ErrorKind::NotFound, "There is no import with this number");
      if (!import->in_force_since) import->in_force_since = transaction.now();
      import->result = boost::json::serialize(result);
      storage::put_import(transaction, *import);
    });
    if (ready.empty()) store_.read(prepare);
  }
  store_.read(prepare);
  context.complete([&](storage::WriteTransaction& transaction) {
    auto& connection = transaction.connection();
    auto import = storage::find_import(connection, id);
    if (!import) throw Error(ErrorKind::NotFound, "There is no import with this number");
    for (auto& change : ready) write(transaction, change);
    storage::show_import(transaction, id);
    import->state = "applied";
    import->applied = transaction.now();
    import->in_force_since.reset();
    result["applied_at"] = to_iso(transaction.now());
    result["undo_until"] = to_iso(Instant{transaction.now().microseconds + kUndoDays * 86'400'000'000LL});
    auto content = result;
    content["file"] = import->file_name;
    content["hash"] = import->file_hash;
    transaction.audit("apply", "import", std::to_string(id), boost::json::serialize(content));
    // The one entry that the refresher follows: all new records appear together.
    if (state == RecordState::Published && result.at("created").as_int64() > 0)
      transaction.audit("import", "potential", "*",
                        storage::content_of_import(id, storage::ranges_of_import(connection, id)));
    result["sequence"] = transaction.next_sequence() - 1;
    import->result = boost::json::serialize(result);
    storage::put_import(transaction, *import);
    return boost::json::object{{"import", id}};
  });
}

void Imports::purge(std::int64_t import, const std::function<void()>& watch) {
  std::int64_t piece = 100;
  // Those of now: what a run hides from here on is not ours.
  std::vector<storage::IdRange> ranges;
  store_.read([&](db::Connection& connection) { ranges = storage::hidden_ranges(connection, import); });
  for (auto range : ranges)
    while (range.first <= range.last) {
      if (watch) watch();
      const storage::IdRange now{range.first, std::min(range.last, range.first + piece - 1)};
      const auto started = std::chrono::steady_clock::now();
      store_.write(domain::program("import"), [&](storage::WriteTransaction& transaction) {
        storage::purge_range(transaction, now);
        transaction.audit(
            "purge", "import", std::to_string(import),
            boost::json::serialize(boost::json::object{{"first", now.first}, {"last", now.last}}));
      });
      const auto took = std::chrono::steady_clock::now() - started;
      piece = std::clamp<std::int64_t>(took > kHold ? piece / 2 : piece * 2, 10, 2000);
      range.first = now.last + 1;
    }
  store_.write(domain::program("import"), [&](storage::WriteTransaction& transaction) {
    if (storage::ranges_of_import(transaction.connection(), import).empty()) return;
    // A run has begun meanwhile: the ranges are its own.
    if (!storage::hidden_ranges(transaction.connection(), import).empty()) return;
    const auto found = storage::find_import(transaction.connection(), import);
    if (found && found->state == "applied") return;
    storage::drop_import_ranges(transaction, import);
    transaction.audit("purge", "import", std::to_string(import), "{}");
  });
}

}  // namespace simpul::service
