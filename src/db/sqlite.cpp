// SQLite behind db::Connection, through SQLiteCpp.
#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <map>

#include "base/error.hpp"
#include "db/backup.hpp"
#include "db/connection.hpp"

namespace simpul::db {
namespace {

// How long a writer waits for another process (an import beside a running server) before it says so.
constexpr int kBusyTimeoutMs = 10'000;

// The pragmas of the program, in one place.
constexpr const char* kPragmas[] = {
    "PRAGMA foreign_keys = ON",     // a potential of an unknown region is refused by the database, too
    "PRAGMA trusted_schema = OFF",  // views and triggers of a file from elsewhere call no functions with side
                                    // effects
    "PRAGMA cell_size_check = ON",  // a damaged page is an error, not a crash
    "PRAGMA temp_store = MEMORY",   // nothing of the register in /tmp
};
constexpr const char* kWriterPragmas[] = {
    "PRAGMA journal_mode = WAL",         // readers never wait for the writer, nor it for them
    "PRAGMA synchronous = FULL",         // what was acknowledged survives a power cut
    "PRAGMA wal_autocheckpoint = 4000",  // the log stays near 16 MB; what changes often is copied back less
                                         // often
    "PRAGMA cache_size = -8000",         // the upper floors of the indexes of a large register
    "PRAGMA journal_size_limit = 67108864"  // and is cut back after a large import
};

[[noreturn]] void refuse(const SQLite::Exception& error, const std::string& where) {
  const std::string detail = where + ": " + error.what();
  const auto unavailable = [&](const char* key) { throw Error(ErrorKind::Unavailable, key, {}, {}, detail); };
  switch (error.getErrorCode()) {
    case SQLITE_FULL:
      unavailable("The disk is full: nothing was changed. Free some space and try again");
      break;
    case SQLITE_IOERR:
      unavailable(
          "The disk refused to read or write: nothing was changed. Check the disk and its free space");
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      unavailable("Another program is writing to the database. Try again in a moment");
      break;
    case SQLITE_CANTOPEN:
      unavailable("The database cannot be opened. Check that its folder exists and is writable");
      break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      unavailable("The database is not writable. Check the permissions of its folder");
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      unavailable("The database file is damaged or no database. Restore a backup");
      break;
    case SQLITE_CONSTRAINT:
      throw Error(ErrorKind::Conflict, "The database refused a value that contradicts another record", {}, {},
                  detail);
    default:
      break;
  }
  throw Error(ErrorKind::Internal, "The database refused a statement", {}, {}, detail);
}

struct Prepared {
  std::unique_ptr<SQLite::Statement> statement;
  // Place of $1..$n: SQLite numbers parameters by first appearance, so they are bound by name.
  std::vector<int> places;
};

class SqliteRow final : public Row {
 public:
  explicit SqliteRow(SQLite::Statement& statement) : statement_(statement) {}
  bool null(int column) const override { return statement_.isColumnNull(column); }
  std::int64_t integer(int column) const override { return statement_.getColumn(column).getInt64(); }
  double real(int column) const override { return statement_.getColumn(column).getDouble(); }
  bool boolean(int column) const override { return integer(column) != 0; }
  std::string text(int column) const override { return bytes(column); }
  std::string blob(int column) const override { return bytes(column); }

 private:
  std::string bytes(int column) const {
    const auto value = statement_.getColumn(column);
    const auto* start = static_cast<const char*>(value.getBlob());
    return start ? std::string(start, static_cast<std::size_t>(value.getBytes())) : std::string();
  }
  SQLite::Statement& statement_;
};

class SqliteConnection final : public Connection {
 public:
  SqliteConnection(const std::string& path, int flags, bool writer) : database_(path, flags, kBusyTimeoutMs) {
    for (const auto* pragma : kPragmas) database_.exec(pragma);
    if (writer)
      for (const auto* pragma : kWriterPragmas) database_.exec(pragma);
  }

  Dialect dialect() const override { return Dialect::Sqlite; }

  void copy_into(const std::string& file) {
    // One reading transaction: writers go on, what they commit meanwhile is not in the copy.
    SQLite::Statement statement(database_, "VACUUM INTO ?");
    statement.bind(1, file);
    while (statement.executeStep()) {
    }
  }

 protected:
  std::int64_t do_each(const Statement& statement, std::span<const Value> values,
                       const RowFunction* row) override {
    try {
      auto& prepared = find(statement);
      auto& running = *prepared.statement;
      // Whatever happens below, the statement is free for its next use.
      struct Reset {
        SQLite::Statement& statement;
        ~Reset() { statement.tryReset(); }
      } reset{running};
      bind(statement, prepared, values);
      const auto before = sqlite3_total_changes(database_.getHandle());
      const SqliteRow current(running);
      while (running.executeStep())
        if (row) (*row)(current);
      return sqlite3_total_changes(database_.getHandle()) - before;
    } catch (const SQLite::Exception& error) {
      refuse(error, statement.name());
    }
  }

  void do_script(std::string_view sql) override { exec(std::string(sql).c_str()); }

  void do_prepare(const Statement& statement) override {
    try {
      find(statement);
    } catch (const SQLite::Exception& error) {
      refuse(error, statement.name());
    }
  }

  void do_begin(bool write) override { exec(write ? "BEGIN IMMEDIATE" : "BEGIN"); }
  void do_commit() override { exec("COMMIT"); }

  void do_rollback() noexcept override {
    // SQLite may have rolled back by itself (disk full): then there is nothing left to undo.
    if (sqlite3_get_autocommit(database_.getHandle()) == 0) database_.tryExec("ROLLBACK");
  }

 private:
  void exec(const char* sql) {
    try {
      database_.exec(sql);
    } catch (const SQLite::Exception& error) {
      refuse(error, std::string(sql).substr(0, 60));
    }
  }

  Prepared& find(const Statement& statement) {
    const auto known = statements_.find(&statement);
    if (known != statements_.end()) return known->second;
    const int count = parameter_count(statement.sql());
    Prepared prepared{std::make_unique<SQLite::Statement>(database_, statement.sql()), {}};
    for (int number = 1; number <= count; ++number)
      prepared.places.push_back(prepared.statement->getIndex(("$" + std::to_string(number)).c_str()));
    return statements_.emplace(&statement, std::move(prepared)).first->second;
  }

  static void bind(const Statement& statement, Prepared& prepared, std::span<const Value> values) {
    if (values.size() != prepared.places.size())
      throw Error(ErrorKind::Internal, "Statement {name} was given the wrong number of values",
                  {{"name", statement.name()}});
    for (std::size_t i = 0; i < values.size(); ++i) {
      auto& target = *prepared.statement;
      const int place = prepared.places[i];
      std::visit(
          [&](const auto& value) {
            using T = std::decay_t<decltype(value)>;
            if constexpr (std::is_same_v<T, std::monostate>) {
              target.bind(place);
            } else if constexpr (std::is_same_v<T, bool>) {
              target.bind(place, value ? 1 : 0);
            } else if constexpr (std::is_same_v<T, std::string>) {
              if (value.find('\0') != std::string::npos)
                throw Error(ErrorKind::Invalid, "Text must not hold a NUL character");
              target.bindNoCopy(place, value);
            } else if constexpr (std::is_same_v<T, Blob>) {
              target.bindNoCopy(place, value.bytes.data(), static_cast<int>(value.bytes.size()));
            } else {
              target.bind(place, value);
            }
          },
          values[i].held());
    }
  }

  SQLite::Database database_;
  std::map<const Statement*, Prepared> statements_;
};

}  // namespace

std::unique_ptr<Connection> open_sqlite(const std::string& path, Mode mode) {
  // A reader opens the file for writing all the same, with query_only: a read-only handle could not join the
  // log of a database that nobody else has open.
  const int flags =
      SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX | (mode == Mode::Create ? SQLite::OPEN_CREATE : 0);
  try {
    auto connection = std::make_unique<SqliteConnection>(path, flags, mode != Mode::Read);
    if (mode == Mode::Read) connection->script("PRAGMA query_only = ON");
    return connection;
  } catch (const SQLite::Exception& error) {
    refuse(error, path);
  }
}

void copy_sqlite(const std::string& path, const std::string& to) {
  try {
    SqliteConnection source(path, SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX, false);
    source.copy_into(to);
  } catch (const SQLite::Exception& error) {
    refuse(error, "copy of " + path);
  }
}

std::vector<std::string> sqlite_faults(const std::string& path) {
  std::vector<std::string> faults;
  try {
    SQLite::Database database(path, SQLite::OPEN_READONLY, kBusyTimeoutMs);
    SQLite::Statement whole(database, "PRAGMA integrity_check");
    while (whole.executeStep())
      if (const auto said = whole.getColumn(0).getString(); said != "ok") faults.push_back(said);
    SQLite::Statement keys(database, "PRAGMA foreign_key_check");
    while (keys.executeStep())
      faults.push_back("row " + keys.getColumn(1).getString() + " of " + keys.getColumn(0).getString() +
                       " refers to nothing in " + keys.getColumn(2).getString());
  } catch (const SQLite::Exception& error) {
    refuse(error, "check of " + path);
  }
  return faults;
}

}  // namespace simpul::db
