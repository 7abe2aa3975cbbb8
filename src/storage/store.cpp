#include "storage/store.hpp"

#include <chrono>

#include "base/error.hpp"
#include "storage/migrate.hpp"

namespace simpul::storage {

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
  std::lock_guard alone(writer_mutex_);
  auto& connection = writer();
  try {
    connection.begin_write();
    const bool changed = body(connection);
    if (changed)
      connection.commit();
    else
      connection.rollback();
    return changed;
  } catch (const Error& error) {
    connection.rollback();
    if (error.kind == ErrorKind::Unavailable) writer_.reset();
    throw;
  } catch (...) {
    connection.rollback();
    throw;
  }
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

void Store::set_call_hook(std::function<void()> hook) {
  std::lock_guard alone(writer_mutex_);
  call_hook_ = std::move(hook);
  writer().set_call_hook(call_hook_);
}

}  // namespace simpul::storage
