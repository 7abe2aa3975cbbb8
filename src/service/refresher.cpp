#include "service/refresher.hpp"

#include <malloc.h>

#include <chrono>

#include "base/error.hpp"
#include "base/log.hpp"
#include "storage/published.hpp"

namespace simpul::service {
namespace {

// How soon a commit of another process and a new day are seen.
constexpr int kPollMilliseconds = 1000;
constexpr std::size_t kLargeRegister = 10'000;

}  // namespace

Refresher::Refresher(storage::Store& store, domain::Classification classification,
                     Published<catalog::Snapshot>& published, const Clock& clock)
    : store_(store), classification_(std::move(classification)), published_(published), clock_(clock) {}

Refresher::~Refresher() {
  stop();
}

bool Refresher::refresh() {
  const auto day = wita_day(clock_.now());
  const auto seen = store_.last_sequence();
  if (seen == seen_ && day == day_) return false;
  // Most entries are work inside the offices: the public sees nothing of it.
  std::int64_t newest = sequence_;
  store_.read([&](db::Connection& connection) {
    if (const auto last = storage::last_public_entry(connection, seen_)) newest = last->sequence;
  });
  if (newest == sequence_ && day == day_) {
    seen_ = seen;
    return false;
  }
  const auto started = std::chrono::steady_clock::now();
  domain::PublishedRegister content;
  store_.read(
      [&](db::Connection& connection) { content = storage::read_published(connection, classification_); });
  const auto sequence = content.audit_sequence;
  auto snapshot = catalog::build_snapshot(std::move(content), day);
  const auto took = std::chrono::steady_clock::now() - started;
  spdlog::info("snapshot {} published: {} potentials, {} ms", snapshot->version(),
               snapshot->potentials().size(),
               std::chrono::duration_cast<std::chrono::milliseconds>(took).count());
  const bool is_large = snapshot->potentials().size() > kLargeRegister;
  published_.set(std::move(snapshot));
  // Building took as much again as is kept, in pieces too small to go back by themselves.
  if (is_large) ::malloc_trim(0);
  sequence_ = sequence;
  seen_ = seen;
  day_ = day;
  return true;
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
