#include "service/refresher.hpp"

#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <utility>

#include "base/error.hpp"
#include "base/log.hpp"
#include "storage/areas.hpp"
#include "storage/imports.hpp"
#include "storage/published.hpp"

namespace simpul::service {
namespace {

// How soon a commit of another process and a new day are seen.
constexpr int kPollMilliseconds = 1000;
constexpr std::size_t kLargeRegister = 10'000;
constexpr std::int64_t kMostWait = 60'000'000;  // microseconds

}  // namespace

Refresher::Refresher(storage::Store& store, domain::Classification classification,
                     Published<catalog::Snapshot>& published, const Clock& clock)
    : store_(store), classification_(std::move(classification)), published_(published), clock_(clock) {}

Refresher::~Refresher() {
  stop();
  if (merging_.valid()) merging_.wait();
}

bool Refresher::refresh() {
  const bool merged = merge();
  const auto day = wita_day(clock_.now());
  const auto seen = store_.last_sequence();
  if (loaded_ && seen == seen_ && day == day_ && !merged) return false;
  const auto started = std::chrono::steady_clock::now();
  bool changed = !loaded_ || day != day_ || merged, waits = false;
  if (!loaded_ || seen != seen_) {
    const bool in_step = std::exchange(loaded_, false);
    store_.read([&](db::Connection& connection) {
      if (!in_step) {
        load_areas(connection);
        return load(connection);
      }
      // Most entries are work inside the offices: the public sees nothing of it.
      const auto changes = storage::public_changes(connection, sequence_);
      if (changes.sequence == 0) return;
      // An import that writes its changes bit by bit appears as a whole, unless it was broken off.
      const auto since = storage::import_in_force_since(connection);
      waits = since && clock_.now().microseconds - since->microseconds < kMostWait;
      if (waits) return;
      changed = true;
      if (changes.areas) load_areas(connection);
      if (changes.all)
        load(connection);
      else
        apply(connection, changes);
    });
    loaded_ = true;
  }
  if (!waits) seen_ = seen;
  day_ = day;
  if (!changed) return false;
  auto snapshot = catalogue_.snapshot(sequence_, last_change_, day);
  spdlog::info(
      "snapshot {} published: {} potentials in {} segments, {} ms", snapshot->version(), snapshot->size(),
      catalogue_.segments(),
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started)
          .count());
  published_.set(std::move(snapshot));
  return true;
}

void Refresher::load(db::Connection& connection) {
  const auto last = storage::last_public_entry(connection);
  sequence_ = last ? last->sequence : 0;
  last_change_ = last ? last->at : Instant{};
  std::size_t count = 0;
  catalogue_.load(
      storage::read_published_tables(connection, classification_), [&](const catalog::Catalogue::Sink& sink) {
        storage::each_published(connection, classification_, 1, std::numeric_limits<std::int64_t>::max(),
                                [&](domain::Potential&& potential) {
                                  sink(potential);
                                  ++count;
                                });
      });
  catalogue_.set_files(storage::read_published_files(connection, catalogue_.file_names()));
  // Making it took as much again as is kept, in pieces too small to go back by themselves.
  if (count > kLargeRegister) ::malloc_trim(0);
}

void Refresher::load_areas(db::Connection& connection) {
  catalog::AreaTiles::Builder areas(storage::read_area_source(connection));
  storage::each_area(connection, [&](domain::Area&& area) { areas.add(area); });
  catalogue_.set_areas(areas.finish());
}

void Refresher::apply(db::Connection& connection, const storage::PublicChanges& changes) {
  if (changes.tables && !catalogue_.set_tables(storage::read_published_tables(connection, classification_)))
    return load(connection);
  for (const auto& [first, last] : changes.ranges) catalogue_.strike_ids(first, last);
  std::vector<domain::Potential> potentials;
  const auto in_range = [&](std::int64_t id) {
    return std::ranges::any_of(changes.ranges,
                               [id](const auto& range) { return range.first <= id && id <= range.second; });
  };
  for (const auto& slug : changes.slugs) {
    auto potential = storage::find_published(connection, classification_, slug);
    if (potential && in_range(potential->id)) continue;
    catalogue_.strike_slug(slug);
    if (!potential) continue;
    // It may have had another slug.
    catalogue_.strike_ids(potential->id, potential->id);
    potentials.push_back(std::move(*potential));
  }
  catalogue_.add([&](const catalog::Catalogue::Sink& sink) {
    for (const auto& [first, last] : changes.ranges)
      storage::each_published(connection, classification_, first, last, sink);
    for (const auto& potential : potentials) sink(potential);
  });
  catalogue_.set_files(storage::read_published_files(connection, catalogue_.file_names()));
  sequence_ = changes.sequence;
  last_change_ = changes.at;
}

bool Refresher::merge() {
  bool ended = false;
  if (merging_.valid() && merging_.wait_for(std::chrono::seconds(0)) == std::future_status::ready)
    ended = catalogue_.adopt(merging_.get());
  if (!merging_.valid())
    if (auto merge = catalogue_.wanted_merge())
      merging_ = std::async(std::launch::async, [this, merge = std::move(*merge)]() mutable {
        catalog::Catalogue::run(merge);
        store_.wake();
        return std::move(merge);
      });
  return ended;
}

void Refresher::start() {
  stopping_ = false;
  thread_ = std::thread([this] { follow(); });
}

void Refresher::stop() {
  if (!thread_.joinable()) return;
  stopping_ = true;
  store_.wake();
  thread_.join();
}

void Refresher::follow() {
  bool failing = false;
  while (!stopping_) {
    store_.wait_for_commit(kPollMilliseconds);
    if (stopping_) return;
    try {
      refresh();
      if (failing) spdlog::info("the database answers again");
      failing = false;
    } catch (const std::exception& error) {
      // Once, not every second: the public site lives on with what was published last.
      if (!failing) spdlog::warn("no new snapshot: {}", quoted(error.what()));
      failing = true;
    }
  }
}

}  // namespace simpul::service
