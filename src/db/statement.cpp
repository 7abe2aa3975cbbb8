#include "db/statement.hpp"

#include <algorithm>
#include <mutex>
#include <set>
#include <string>

#include "base/error.hpp"

namespace simpul::db {
namespace {

struct Registry {
  std::mutex mutex;
  std::set<const Statement*> statements;
};

Registry& registry() {
  static Registry registry;
  return registry;
}

}  // namespace

Statement::Statement(const char* name, const char* sql) : name_(name), sql_(sql) {
  auto& all = registry();
  std::lock_guard lock(all.mutex);
  all.statements.insert(this);
}

Statement::~Statement() {
  auto& all = registry();
  std::lock_guard lock(all.mutex);
  all.statements.erase(this);
}

std::vector<const Statement*> Statement::all() {
  auto& all = registry();
  std::lock_guard lock(all.mutex);
  std::vector<const Statement*> list(all.statements.begin(), all.statements.end());
  std::ranges::sort(list, {}, [](const Statement* s) { return std::string_view(s->name()); });
  return list;
}

int parameter_count(std::string_view sql) {
  std::set<int> numbers;
  char quote = 0;
  for (std::size_t at = 0; at < sql.size(); ++at) {
    const char c = sql[at];
    if (quote != 0) {
      if (c == quote) quote = 0;
      continue;
    }
    if (c == '\'' || c == '"') quote = c;
    if (c == ':' && at + 1 < sql.size() && sql[at + 1] == ':')
      throw Error(ErrorKind::Internal, "SQL text uses \"::\"; write CAST(... AS ...)", {}, {},
                  std::string(sql));
    if (c != '$') continue;
    int number = 0;
    while (at + 1 < sql.size() && sql[at + 1] >= '0' && sql[at + 1] <= '9')
      number = number * 10 + (sql[++at] - '0');
    numbers.insert(number);
  }
  int expected = 1;
  for (const int number : numbers)
    if (number != expected++)
      throw Error(ErrorKind::Internal, "SQL parameters are not exactly $1..$n", {}, {}, std::string(sql));
  return static_cast<int>(numbers.size());
}

std::string_view changed_table(std::string_view sql) {
  constexpr std::string_view kSpace = " \n";
  const auto next_word = [&] {
    sql.remove_prefix(std::min(sql.find_first_not_of(kSpace), sql.size()));
    const auto word = sql.substr(0, sql.find_first_of(" \n(;"));
    sql.remove_prefix(word.size());
    return word;
  };
  const auto verb = next_word();
  if (verb == "SELECT") return {};
  if (verb == "UPDATE") return next_word();
  const auto preposition = next_word();
  if ((verb == "INSERT" && preposition == "INTO") || (verb == "DELETE" && preposition == "FROM"))
    return next_word();
  throw Error(ErrorKind::Internal, "SQL text does not show which table it changes", {}, {},
              std::string(verb));
}

}  // namespace simpul::db
