// The dry run of an import: every row judged, nothing written but the report.
#include <boost/json.hpp>
#include <unordered_map>

#include "base/error.hpp"
#include "base/time.hpp"
#include "service/imports_report.hpp"
#include "service/imports_work.hpp"

namespace simpul::service {
namespace {

constexpr std::size_t kBatch = 200;  // rows judged in one reading transaction

}  // namespace

std::int64_t twin_of(const RowJudge& judge, db::Connection& connection, ImportRow& row, JudgedRow& judged,
                     std::unordered_map<std::uint64_t, std::int64_t>& seen) {
  const auto identity = judge.identity(judged);
  if (identity.empty()) return 0;
  const auto [at, is_new] = seen.emplace(number_of(identity), row.n);
  if (is_new) return 0;
  judged = judge.judge(connection, row, at->second);
  return at->second;
}

boost::json::object Imports::run_check(JobContext& context) {
  const auto id = context.input().at("import").to_number<std::int64_t>();
  const auto actor = actor_of_job(context);
  storage::Import import;
  store_.read([&](db::Connection& connection) { import = must_find(connection, actor, id); });
  std::int64_t total = 0;
  for (const auto& layer : import.found.layers)
    if (layer.name == import.settings.layer) total = layer.rows;
  context.progress(0, total, msgid("Opening the file"));
  auto work = open(std::move(import), actor, [&] { return context.stopping(); });
  const auto& settings = work.import->settings;
  DryRunReport report(work.judge->codes());
  RowIndexWriter index(folder_of(id) / "index");
  std::unordered_map<std::uint64_t, std::int64_t> seen;  // identity -> the first row that has it
  std::int64_t done = 0;
  ImportRow row;
  for (bool more = true; more;) {
    context.progress(done, total, msgid("Checking the rows"));
    store_.read([&](db::Connection& connection) {
      for (std::size_t i = 0; i < kBatch; ++i) {
        more = work.file->next(row);
        if (!more) return;
        work.judge->complete(row);
        auto judged = work.judge->judge(connection, row, 0);
        const auto twin = twin_of(*work.judge, connection, row, judged, seen);
        report.add(row.n, judged, settings);
        index.add({row.n, twin, row.offset, static_cast<std::uint64_t>(judged.outcome)});
        ++done;
      }
    });
  }
  if (done == 0) throw Error(ErrorKind::Invalid, "There is nothing in the file");
  index.finish();
  auto json = report.json(work.file->empty_rows(), work.file->repeated_headers());
  boost::json::object result{{"import", id}, {"counts", json.at("counts")}};
  json["version"] = work.import->version;
  json["at"] = to_iso(clock_.now());
  json["stale"] = false;
  context.complete([&](storage::WriteTransaction& transaction) {
    auto now = storage::find_import(transaction.connection(), id);
    if (!now) throw Error(ErrorKind::NotFound, "There is no import with this number");
    now->report = boost::json::serialize(json);
    storage::put_import(transaction, *now);
    return result;
  });
  return {};
}

}  // namespace simpul::service
