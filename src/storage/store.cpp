#include "storage/store.hpp"

#include <algorithm>
#include <chrono>

#include "base/error.hpp"
#include "storage/migrate.hpp"

namespace simpul::storage {
namespace {

// A group of changes is committed when it has so many members or has taken so long.
constexpr std::size_t kMostTogether = 64;
constexpr std::chrono::milliseconds kLongestTogether{100};

}  // namespace

WriteTransaction::WriteTransaction(db::Connection& connection, std::string actor, Instant now)
    : connection_(connection), actor_(std::move(actor)), now_(now) {
  if (auto last = last_audit_entry(connection)) {
    sequence_ = last->sequence;
    hash_ = std::move(last->hash);
  }
}

std::int64_t WriteTransaction::audit(std::string_view action, std::string_view noun, std::string_view key,
                                     std::string content) {
  AuditEntry entry{
      sequence_ + 1,      now_,  actor_, std::string(action), std::string(noun), std::string(key),
      std::move(content), hash_, {}};
  entry.hash = audit_hash(entry);
  append_audit_entry(connection_, entry);
  sequence_ = entry.sequence;
  hash_ = std::move(entry.hash);
  ++entries_;
  return sequence_;
}

Store::Store(std::string address, const Clock& clock)
    : address_(std::move(address)), clock_(clock), writer_(db::open(address_, db::Mode::Create)) {
  migrate(*writer_, clock_);
}

Store::~Store() = default;

// A connection that was lost is made anew.
db::Connection& Store::writer() {
  if (!writer_) {
    writer_ = db::open(address_, db::Mode::Write);
    writer_->set_call_hook(call_hook_);
  }
  return *writer_;
}

bool Store::transact(const std::function<bool(db::Connection&)>& body) {
  Waiting mine{body};
  {
    std::unique_lock lock(queue_mutex_);
    queue_.push_back(&mine);
    queue_moved_.wait(lock, [&] { return mine.done || !led_; });
    if (!mine.done) {
      led_ = true;
      while (!mine.done) {
        const std::vector<Waiting*> group(
            queue_.begin(),
            queue_.begin() + static_cast<std::ptrdiff_t>(std::min(queue_.size(), kMostTogether)));
        lock.unlock();
        const auto done = commit_together(group);
        lock.lock();
        for (std::size_t i = 0; i < done; ++i) {
          group[i]->done = true;
          queue_.pop_front();
        }
        queue_moved_.notify_all();
      }
      led_ = false;
      queue_moved_.notify_all();
    }
  }
  if (mine.fault) std::rethrow_exception(mine.fault);
  return mine.changed;
}

void Store::run_part(db::Connection& connection, Waiting& member) {
  connection.begin_part();
  try {
    member.changed = member.body(connection);
  } catch (const Error& error) {
    if (error.kind == ErrorKind::Unavailable) throw;  // the connection itself: all of the group share it
    member.fault = std::current_exception();
  } catch (...) {
    member.fault = std::current_exception();
  }
  if (member.changed)
    connection.keep_part();
  else
    connection.undo_part();
}

std::size_t Store::commit_together(const std::vector<Waiting*>& group) {
  std::lock_guard alone(writer_mutex_);
  const auto begun = std::chrono::steady_clock::now();
  std::size_t done = 0;
  try {
    auto& connection = writer();
    try {
      connection.begin_write();
      if (group.size() == 1) {
        done = 1;
        group.front()->changed = group.front()->body(connection);
      } else {
        // A slow member does not hold up the answers of those before it.
        while (done < group.size() && std::chrono::steady_clock::now() - begun < kLongestTogether)
          run_part(connection, *group[done++]);
      }
      if (std::any_of(group.begin(), group.begin() + static_cast<std::ptrdiff_t>(done),
                      [](const Waiting* member) { return member->changed; }))
        connection.commit();
      else
        connection.rollback();
    } catch (const Error& error) {
      connection.rollback();
      if (error.kind == ErrorKind::Unavailable) writer_.reset();
      throw;
    } catch (...) {
      connection.rollback();
      throw;
    }
  } catch (...) {
    // Nothing of the group is kept. Who failed by itself before keeps its own reason.
    done = std::max<std::size_t>(done, 1);
    for (std::size_t i = 0; i < done; ++i)
      if (!group[i]->fault) group[i]->fault = std::current_exception();
  }
  return done;
}

bool Store::write(const domain::Actor& actor, const std::function<void(WriteTransaction&)>& change) {
  const bool changed = transact([&](db::Connection& connection) {
    WriteTransaction transaction(connection, actor.name, clock_.now());
    change(transaction);
    if (transaction.entries_ > 0) return true;
    if (connection.changed_rows() > 0)
      throw Error(ErrorKind::Internal, "A change without an audit entry was not committed");
    return false;
  });
  if (changed) wake();
  return changed;
}

bool Store::housekeep(const std::function<void(db::Connection&, Instant)>& change) {
  return transact([&](db::Connection& connection) {
    connection.change_only(kHousekeepingTables);
    change(connection, clock_.now());
    return connection.changed_rows() > 0;
  });
}

std::unique_ptr<db::Connection> Store::take_reader() {
  {
    std::lock_guard lock(readers_mutex_);
    if (!idle_readers_.empty()) {
      auto reader = std::move(idle_readers_.back());
      idle_readers_.pop_back();
      return reader;
    }
  }
  return db::open(address_, db::Mode::Read);
}

void Store::read(const std::function<void(db::Connection&)>& look) {
  auto reader = take_reader();
  // A reader that threw is dropped: its connection may be lost.
  reader->begin_read();
  look(*reader);
  reader->rollback();
  std::lock_guard lock(readers_mutex_);
  idle_readers_.push_back(std::move(reader));
}

std::int64_t Store::last_sequence() {
  std::int64_t sequence = 0;
  read([&](db::Connection& connection) {
    if (const auto last = last_audit_entry(connection)) sequence = last->sequence;
  });
  return sequence;
}

int Store::schema_version() {
  int version = 0;
  read([&](db::Connection& connection) { version = storage::schema_version(connection); });
  return version;
}

void Store::wait_for_commit(int milliseconds) {
  std::unique_lock lock(commit_mutex_);
  commit_.wait_for(lock, std::chrono::milliseconds(milliseconds), [&] { return signals_ != signals_seen_; });
  signals_seen_ = signals_;
}

void Store::wake() {
  {
    std::lock_guard lock(commit_mutex_);
    ++signals_;
  }
  commit_.notify_all();
}

std::size_t Store::waiting_writers() {
  std::lock_guard lock(queue_mutex_);
  return queue_.size();
}

void Store::set_call_hook(std::function<void()> hook) {
  std::lock_guard alone(writer_mutex_);
  call_hook_ = std::move(hook);
  writer().set_call_hook(call_hook_);
}

}  // namespace simpul::storage
