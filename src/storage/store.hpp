// The register's database behind one door for writing and many for reading. Opened once at start; used by
// service and by the sub-commands.
#pragma once

#include <array>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "db/connection.hpp"
#include "domain/actor.hpp"
#include "storage/audit.hpp"

namespace simpul::storage {

// What a change is made in: its connection, its time and its audit entries.
class WriteTransaction {
 public:
  db::Connection& connection() { return connection_; }
  // Name of who does it.
  const std::string& actor() const { return actor_; }
  // One time for all that happens in it.
  Instant now() const { return now_; }
  // What the next audit entry will be numbered: for a record whose key is its own id.
  std::int64_t next_sequence() const { return sequence_ + 1; }
  // Appends an audit entry and gives its sequence number. `content` is the record after the change, as JSON.
  std::int64_t audit(std::string_view action, std::string_view noun, std::string_view key,
                     std::string content);

 private:
  friend class Store;
  WriteTransaction(db::Connection& connection, std::string actor, Instant now);

  db::Connection& connection_;
  std::string actor_;
  Instant now_;
  std::int64_t sequence_ = 0;
  std::string hash_;
  int entries_ = 0;
};

// Tables that hold no part of the register but how the program runs: they may be changed without an audit
// entry, through Store::housekeep(). What a person did with them (a job made or cancelled, a sign-in) is
// audited all the same, through Store::write(). A new table of this kind is added here with its reason.
inline constexpr std::array<std::string_view, 7> kHousekeepingTables{
    "jobs",            // claims, heartbeats, progress
    "schedules",       // when a scheduled job is due next
    "sessions",        // last use
    "import_changes",  // what a run will change: each change is audited when it is applied
    "uploads",         // files on their way in; what becomes of them is audited
    "unsaved_texts",   // what somebody types; audited when it is saved
    "views",           // how somebody likes to look at lists
};

class Store {
 public:
  // Opens (a SQLite file is made when it is not there) and migrates. Errors: see db::open and migrate.
  explicit Store(std::string address, const Clock& clock = system_clock());
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // Runs `change` in a transaction, alone among all writers, and commits. Anything thrown rolls it back and
  // comes out. It may run on another caller's thread and be committed together with that one's. Gives true
  // when something was committed; false when `change` changed nothing. Error Internal, and nothing is
  // committed: rows were changed without an audit entry.
  bool write(const domain::Actor& actor, const std::function<void(WriteTransaction&)>& change);

  // The second door, for housekeeping: as write(), one transaction alone among all writers, but without an
  // audit entry and only on kHousekeepingTables; nobody is woken. Gives whether something was changed. Error
  // Internal, and nothing is committed: another table would have been changed.
  bool housekeep(const std::function<void(db::Connection&, Instant now)>& change);

  // Runs `look` on a reading connection that sees one state from start to end. From any thread.
  void read(const std::function<void(db::Connection&)>& look);

  // Sequence of the newest audit entry; 0: none.
  std::int64_t last_sequence();

  // Number of the newest migration that was applied.
  int schema_version();

  // Waits until this process has committed something or `milliseconds` are over or wake() is called.
  void wait_for_commit(int milliseconds);
  void wake();

  // How many threads wait in write() or housekeep() for their turn or are being committed.
  std::size_t waiting_writers();

  // For tests of a failing database: see db::Connection::set_call_hook; on the writing connection.
  void set_call_hook(std::function<void()> hook);

 private:
  // What one thread wants done in a transaction, and how it went.
  struct Waiting {
    const std::function<bool(db::Connection&)>& body;  // gives whether it changed something
    bool changed = false;
    bool done = false;
    std::exception_ptr fault;
  };

  // Runs `body` and commits if it says that something changed; whatever is thrown undoes it and comes out.
  // Threads that arrive while another one commits are committed together by the first of them: one wait for
  // the disk for all of them (group commit). Each one's changes stay its own: a fault undoes only its part.
  bool transact(const std::function<bool(db::Connection&)>& body);
  // Commits the group; gives how many of its first members were done. Those after them have to come again.
  std::size_t commit_together(const std::vector<Waiting*>& group);
  void run_part(db::Connection& connection, Waiting& member);
  std::unique_ptr<db::Connection> take_reader();
  db::Connection& writer();

  const std::string address_;
  const Clock& clock_;
  std::mutex queue_mutex_;
  std::condition_variable queue_moved_;
  std::deque<Waiting*> queue_;
  bool led_ = false;  // a thread is committing for the others
  std::mutex writer_mutex_;
  std::unique_ptr<db::Connection> writer_;  // none: it was lost
  std::function<void()> call_hook_;
  std::mutex readers_mutex_;
  std::vector<std::unique_ptr<db::Connection>> idle_readers_;
  std::mutex commit_mutex_;
  std::condition_variable commit_;
  std::uint64_t signals_ = 0;       // commits and wake() calls
  std::uint64_t signals_seen_ = 0;  // up to the last wait_for_commit()
};

}  // namespace simpul::storage
