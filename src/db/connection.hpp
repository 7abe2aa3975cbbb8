// One connection to a database: SQLite (embedded) or PostgreSQL behind the same few calls. Used by storage
// only; a connection belongs to one thread at a time. Engine errors come out as simpul::Error: Unavailable
// (disk full, locked, not writable, server gone), Conflict (a constraint), Internal (the rest).
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/time.hpp"
#include "db/statement.hpp"

namespace simpul::db {

enum class Dialect { Sqlite, Postgres };
// Create: a SQLite file that is not there is made. Write: it must be there. Read: nothing can be changed.
enum class Mode { Create, Write, Read };

struct Blob {
  std::string bytes;
};

// A parameter. Text must hold no NUL byte (PostgreSQL cannot keep one): Error Invalid.
class Value {
 public:
  using Held = std::variant<std::monostate, bool, std::int64_t, double, std::string, Blob>;

  Value(std::nullptr_t) {}
  Value(bool value) : held_(value) {}
  Value(int value) : held_(std::int64_t{value}) {}
  Value(std::int64_t value) : held_(value) {}
  Value(double value) : held_(value) {}
  Value(Instant value) : held_(value.microseconds) {}
  Value(const char* value) : held_(std::string(value)) {}
  Value(std::string_view value) : held_(std::string(value)) {}
  Value(std::string value) : held_(std::move(value)) {}
  Value(Blob value) : held_(std::move(value)) {}
  template <typename T>
  Value(const std::optional<T>& value) {
    if (value) held_ = Value(*value).held_;
  }

  const Held& held() const { return held_; }

 private:
  Held held_;
};

// One row of an answer; valid only while it is handed over. Columns count from 0. Asking NULL for a plain
// value gives 0, false or an empty text.
class Row {
 public:
  virtual ~Row() = default;
  virtual bool null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual double real(int column) const = 0;
  virtual bool boolean(int column) const = 0;
  virtual std::string text(int column) const = 0;
  virtual std::string blob(int column) const = 0;

  Instant instant(int column) const { return {integer(column)}; }
  std::optional<std::int64_t> optional_integer(int column) const {
    return null(column) ? std::nullopt : std::optional(integer(column));
  }
  std::optional<int> optional_int(int column) const {
    return null(column) ? std::nullopt : std::optional(static_cast<int>(integer(column)));
  }
  std::optional<double> optional_real(int column) const {
    return null(column) ? std::nullopt : std::optional(real(column));
  }
};

using Values = std::initializer_list<Value>;
using RowFunction = std::function<void(const Row&)>;

class Connection {
 public:
  virtual ~Connection() = default;

  virtual Dialect dialect() const = 0;

  // Runs a statement that answers nothing; gives the number of rows it changed.
  std::int64_t run(const Statement& statement, Values values = {});
  // Hands over each row of the answer in turn.
  void each(const Statement& statement, Values values, const RowFunction& row);
  // The first row, made into a value by `make(row)`; nullopt: no row.
  template <typename Make>
  auto first(const Statement& statement, Values values, Make make) {
    std::optional<std::invoke_result_t<Make, const Row&>> found;
    each(statement, values, [&](const Row& row) {
      if (!found) found = make(row);
    });
    return found;
  }
  // Several statements without parameters: migrations only.
  void script(std::string_view sql);
  // Asks the database to prepare the statement now; Error Internal when it refuses.
  void prepare(const Statement& statement);

  // A write transaction is the only one of the database until it ends (SQLite BEGIN IMMEDIATE; PostgreSQL an
  // advisory lock), so that what it reads stays true. A read transaction sees one state from start to end.
  void begin_write();
  void begin_read();
  void commit();
  // A part of a write transaction that can be undone alone: begun, then kept or undone. Parts do not nest;
  // each counts its own changed_rows(). Undoing fails only when the whole transaction is lost.
  void begin_part();
  void keep_part();
  void undo_part();
  // Never throws: what cannot be rolled back any more is gone with the connection.
  void rollback() noexcept;

  // PostgreSQL: the name under which another session can see the same state as this transaction, while it
  // lasts; empty on SQLite.
  std::string shared_snapshot();

  // Rows changed since the transaction, or its part, began.
  std::int64_t changed_rows() const { return changed_rows_; }

  // Until the transaction, or its part, ends only these tables may be changed: a statement that changes
  // another one, or does not show what it changes, is refused with Error Internal before it reaches the
  // database. The list must live as long.
  void change_only(std::span<const std::string_view> tables) { changeable_ = tables; }

  // For tests of what happens when a database fails or the program dies: called before each call that would
  // reach the database (begin, commit and script count); what it throws comes out. Empty: no more.
  void set_call_hook(std::function<void()> hook) { call_hook_ = std::move(hook); }

 protected:
  virtual std::int64_t do_each(const Statement& statement, std::span<const Value> values,
                               const RowFunction* row) = 0;
  virtual void do_script(std::string_view sql) = 0;
  virtual void do_prepare(const Statement& statement) = 0;
  virtual void do_begin(bool write) = 0;
  virtual void do_commit() = 0;
  virtual void do_rollback() noexcept = 0;
  virtual std::string do_share_snapshot() { return {}; }

 private:
  void begin(bool write);
  void check_changeable(const Statement& statement) const;
  void announce_call() {
    if (call_hook_) call_hook_();
  }

  std::int64_t changed_rows_ = 0;
  std::optional<std::span<const std::string_view>> changeable_;  // none: every table
  std::function<void()> call_hook_;
};

// "sqlite:PATH" or "postgresql://..." (also "postgres://"). Error Invalid: another form of address;
// Unavailable: cannot be opened.
std::unique_ptr<Connection> open(const std::string& address, Mode mode);
// The part after "sqlite:"; nullopt: the address is not SQLite's.
std::optional<std::string> sqlite_path(std::string_view address);

// Makers of the two engines, for open().
std::unique_ptr<Connection> open_sqlite(const std::string& path, Mode mode);
std::unique_ptr<Connection> open_postgres(const std::string& address, Mode mode);

}  // namespace simpul::db
