// Turns the audit log into what the public sees: when an entry was added, by this process or another, or a
// new day began in Makassar, it reads what the log says has changed, makes the next snapshot and swaps the
// pointer. Started by `simpul serve`.
#pragma once

#include <atomic>
#include <future>
#include <string>
#include <thread>

#include "base/published.hpp"
#include "base/time.hpp"
#include "catalog/catalogue.hpp"
#include "domain/sectors.hpp"
#include "storage/published.hpp"
#include "storage/store.hpp"

namespace simpul::service {

class Refresher {
 public:
  // All must outlive the refresher.
  Refresher(storage::Store& store, domain::Classification classification,
            Published<catalog::Snapshot>& published, const Clock& clock = system_clock());
  ~Refresher();  // stops
  Refresher(const Refresher&) = delete;
  Refresher& operator=(const Refresher&) = delete;

  // Publishes the next snapshot if there is one to publish; gives whether it did. Errors come out; what was
  // published stays. Called once before start(), so that a start that cannot work fails at once; not while
  // started.
  bool refresh();

  // Follows the log on a thread of its own: at once after a commit of this process, within a second after one
  // of another process or after midnight. While the database does not answer, the last snapshot stays and it
  // is tried again.
  void start();
  void stop();

 private:
  void follow();
  // All but the areas, which change by themselves.
  void load(db::Connection& connection);
  void load_areas(db::Connection& connection);
  void apply(db::Connection& connection, const storage::PublicChanges& changes);
  // Begins and ends merges of segments, beside everything else; gives whether one was ended.
  bool merge();

  storage::Store& store_;
  const domain::Classification classification_;
  Published<catalog::Snapshot>& published_;
  const Clock& clock_;
  catalog::Catalogue catalogue_;
  bool loaded_ = false;        // the catalogue is in step with what was published
  std::int64_t sequence_ = 0;  // of the newest public entry that is in it
  Instant last_change_;        // of that entry
  std::int64_t seen_ = -1;     // the newest entry that was looked at
  Date day_;
  std::future<catalog::Catalogue::Merge> merging_;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace simpul::service
