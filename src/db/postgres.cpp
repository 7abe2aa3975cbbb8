// PostgreSQL behind db::Connection, through libpqxx 6.4.
#include <postgresql/libpq-fe.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <pqxx/pqxx>

#include "base/error.hpp"
#include "db/backup.hpp"
#include "db/connection.hpp"

namespace simpul::db {
namespace {

using ReadTransaction = pqxx::transaction<pqxx::repeatable_read, pqxx::read_only>;

// One writer of many processes: an advisory lock, held to the end of the transaction. The key is "simpul" in
// ASCII.
constexpr const char* kWriterLock = "SELECT pg_advisory_xact_lock(126926837806444)";

[[noreturn]] void refuse_gone(const std::exception& error, const std::string& where) {
  throw Error(ErrorKind::Unavailable,
              "The database server does not answer. Check that it runs and can be reached", {}, {},
              where + ": " + error.what());
}

[[noreturn]] void refuse(const pqxx::sql_error& error, const std::string& where) {
  const std::string& state = error.sqlstate();
  const std::string detail = where + ": " + state + " " + error.what();
  const auto is = [&](std::string_view start) { return state.starts_with(start); };
  if (is("53100"))
    throw Error(ErrorKind::Unavailable,
                "The disk is full: nothing was changed. Free some space and try again", {}, {}, detail);
  if (is("53") || is("57P")) refuse_gone(error, where);
  if (is("55P03") || is("40"))
    throw Error(ErrorKind::Unavailable, "Another program is writing to the database. Try again in a moment",
                {}, {}, detail);
  if (is("25006") || is("42501"))
    throw Error(ErrorKind::Unavailable, "The database user may not write. Check its rights", {}, {}, detail);
  if (is("23"))
    throw Error(ErrorKind::Conflict, "The database refused a value that contradicts another record", {}, {},
                detail);
  throw Error(ErrorKind::Internal, "The database refused a statement", {}, {}, detail);
}

// Runs fn and turns libpqxx's exceptions into ours.
template <typename Fn>
auto guarded(const std::string& where, Fn fn) {
  try {
    return fn();
  } catch (const pqxx::broken_connection& error) {
    refuse_gone(error, where);
  } catch (const pqxx::in_doubt_error& error) {
    refuse_gone(error, where);
  } catch (const pqxx::sql_error& error) {
    refuse(error, where);
  } catch (const pqxx::transaction_rollback& error) {
    throw Error(ErrorKind::Unavailable, "Another program is writing to the database. Try again in a moment",
                {}, {}, where + ": " + error.what());
  } catch (const pqxx::failure& error) {
    throw Error(ErrorKind::Internal, "The database refused a statement", {}, {}, where + ": " + error.what());
  }
}

class PostgresRow final : public Row {
 public:
  explicit PostgresRow(pqxx::row row) : row_(std::move(row)) {}
  bool null(int column) const override { return field(column).is_null(); }
  std::int64_t integer(int column) const override { return number<std::int64_t>(column); }
  double real(int column) const override { return number<double>(column); }
  bool boolean(int column) const override { return !null(column) && field(column).c_str()[0] == 't'; }
  std::string text(int column) const override { return {field(column).c_str(), field(column).size()}; }
  std::string blob(int column) const override {
    return null(column) ? std::string() : pqxx::binarystring(field(column)).str();
  }

 private:
  pqxx::field field(int column) const { return row_[static_cast<pqxx::row_size_type>(column)]; }
  template <typename T>
  T number(int column) const {
    T value{};
    const auto cell = field(column);
    if (!cell.is_null()) std::from_chars(cell.c_str(), cell.c_str() + cell.size(), value);
    return value;
  }
  pqxx::row row_;
};

// A parameter as PostgreSQL reads it from text; nullopt: NULL.
std::optional<std::string> as_text(const Value& value) {
  return std::visit(
      [](const auto& held) -> std::optional<std::string> {
        using T = std::decay_t<decltype(held)>;
        if constexpr (std::is_same_v<T, std::monostate>) {
          return std::nullopt;
        } else if constexpr (std::is_same_v<T, bool>) {
          return held ? "true" : "false";
        } else if constexpr (std::is_same_v<T, std::string>) {
          if (held.find('\0') != std::string::npos)
            throw Error(ErrorKind::Invalid, "Text must not hold a NUL character");
          return held;
        } else if constexpr (std::is_same_v<T, Blob>) {
          constexpr char kHex[] = "0123456789abcdef";
          std::string hex = "\\x";
          hex.reserve(2 + 2 * held.bytes.size());
          for (const unsigned char byte : held.bytes) (hex += kHex[byte >> 4]) += kHex[byte & 15];
          return hex;
        } else {
          char buffer[32];
          const auto end = std::to_chars(buffer, buffer + sizeof buffer, held).ptr;
          return std::string(buffer, end);
        }
      },
      value.held());
}

// affected_rows() counts the rows of a SELECT, too.
bool changes_rows(std::string_view sql) {
  sql.remove_prefix(std::min(sql.find_first_not_of(" \n"), sql.size()));
  return sql.starts_with("INSERT") || sql.starts_with("UPDATE") || sql.starts_with("DELETE");
}

class PostgresConnection final : public Connection {
 public:
  PostgresConnection(const std::string& address, bool writer) : connection_(address), writer_(writer) {
    // Notices (a table that exists already) are no news for anybody.
    connection_.set_variable("client_min_messages", "warning");
  }

  Dialect dialect() const override { return Dialect::Postgres; }

 protected:
  std::int64_t do_each(const Statement& statement, std::span<const Value> values,
                       const RowFunction* row) override {
    std::vector<std::optional<std::string>> texts;
    for (const auto& value : values) texts.push_back(as_text(value));
    std::vector<const char*> parameters;
    for (const auto& text : texts) parameters.push_back(text ? text->c_str() : nullptr);
    const auto result = guarded(statement.name(), [&] {
      if (static_cast<int>(parameters.size()) != find(statement))
        throw Error(ErrorKind::Internal, "Statement {name} was given the wrong number of values",
                    {{"name", statement.name()}});
      return in_transaction([&](pqxx::transaction_base& transaction) {
        return transaction.exec_prepared(statement.name(), pqxx::prepare::make_dynamic_params(parameters));
      });
    });
    if (row)
      for (const auto& line : result) (*row)(PostgresRow(line));
    return changes_rows(statement.sql()) ? static_cast<std::int64_t>(result.affected_rows()) : 0;
  }

  void do_script(std::string_view sql) override {
    guarded("script", [&] {
      return in_transaction(
          [&](pqxx::transaction_base& transaction) { return transaction.exec(std::string(sql)); });
    });
  }

  void do_prepare(const Statement& statement) override {
    guarded(statement.name(), [&] {
      find(statement);
      // prepare() alone asks nobody.
      connection_.prepare_now(statement.name());
      return 0;
    });
  }

  void do_begin(bool write) override {
    guarded("begin", [&] {
      if (write && writer_) {
        transaction_ = std::make_unique<pqxx::work>(connection_);
        transaction_->exec(kWriterLock);
      } else {
        transaction_ = std::make_unique<ReadTransaction>(connection_);
      }
      return 0;
    });
  }

  void do_commit() override {
    guarded("commit", [&] {
      transaction_->commit();
      transaction_.reset();
      return 0;
    });
  }

  std::string do_share_snapshot() override {
    const auto result = guarded("share snapshot", [&] {
      return in_transaction([](pqxx::transaction_base& transaction) {
        return transaction.exec("SELECT pg_export_snapshot()");
      });
    });
    return result[0][0].c_str();
  }

  void do_rollback() noexcept override {
    transaction_.reset();  // an open transaction is rolled back by its destructor
  }

 private:
  // Prepares the statement on its first use; gives its number of parameters.
  int find(const Statement& statement) {
    const auto known = known_.find(&statement);
    if (known != known_.end()) return known->second;
    const int count = parameter_count(statement.sql());
    connection_.prepare(statement.name(), statement.sql());
    return known_.emplace(&statement, count).first->second;
  }

  template <typename Fn>
  pqxx::result in_transaction(Fn fn) {
    if (transaction_) return fn(*transaction_);
    pqxx::nontransaction alone(connection_);
    return fn(alone);
  }

  pqxx::connection connection_;
  bool writer_;
  std::unique_ptr<pqxx::transaction_base> transaction_;
  std::map<const Statement*, int> known_;
};

}  // namespace

std::unique_ptr<Connection> open_postgres(const std::string& address, Mode mode) {
  return guarded("connect",
                 [&] { return std::make_unique<PostgresConnection>(address, mode != Mode::Read); });
}

std::vector<std::string> postgres_environment(const std::string& address) {
  std::map<std::string, std::string> variables;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const auto equals = text.find('=');
    if ((text.starts_with("PG") || text.starts_with("HOME=")) && equals != text.npos)
      variables[std::string(text.substr(0, equals))] = text.substr(equals + 1);
  }
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
      PQconninfoParse(address.c_str(), nullptr), PQconninfoFree);
  for (const auto* option = options.get(); option != nullptr && option->keyword != nullptr; ++option)
    if (option->envvar != nullptr && option->val != nullptr) variables[option->envvar] = option->val;
  guarded("connect", [&] {
    // Where the address names no database, the server's answer does.
    variables["PGDATABASE"] = pqxx::connection(address).dbname();
    return 0;
  });
  std::vector<std::string> environment;
  for (const auto& [name, value] : variables) environment.push_back(name + "=" + value);
  return environment;
}

namespace {

// All but what belongs to extensions.
constexpr const char* kOwnRelations = R"sql(
SELECT pg_class.oid::regclass::text, relkind FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND nspname NOT LIKE 'pg\_%' AND nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend WHERE pg_depend.objid = pg_class.oid AND deptype = 'e'))sql";

}  // namespace

bool postgres_is_empty(const std::string& address) {
  return guarded("look into the database", [&] {
    pqxx::connection connection(address);
    pqxx::nontransaction look(connection);
    return look.exec(kOwnRelations).empty();
  });
}

void empty_postgres(const std::string& address) {
  guarded("empty the database", [&] {
    pqxx::connection connection(address);
    pqxx::work work(connection);
    // Sequences and views go with their tables; we make no others.
    for (const auto& row : work.exec(kOwnRelations))
      if (const auto kind = row[1].as<std::string>(); kind == "r" || kind == "p")
        work.exec("DROP TABLE IF EXISTS " + row[0].as<std::string>() + " CASCADE");
    work.commit();
  });
}

}  // namespace simpul::db
