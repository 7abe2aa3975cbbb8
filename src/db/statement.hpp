// SQL text with a name. Every statement of the program is a constant of this type above the function that
// runs it; each registers itself, so that one test can prepare all of them on SQLite and on PostgreSQL.
//
// One text serves both databases, hence the rules: parameters are exactly $1..$n; no "::" (SQLite reads
// "$1::text" as a name: write CAST($1 AS TEXT), also around a parameter that is only compared with NULL); no
// now(), ANY, ILIKE, string_agg, FOR UPDATE. RETURNING, ON CONFLICT, CTEs, windows and FILTER work on both.
#pragma once

#include <string_view>
#include <vector>

namespace simpul::db {

class Statement {
 public:
  // Both texts must live as long as the program (literals).
  Statement(const char* name, const char* sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  const char* name() const { return name_; }
  const char* sql() const { return sql_; }

  // All statements that exist, by name.
  static std::vector<const Statement*> all();

 private:
  const char* name_;
  const char* sql_;
};

// The number of parameters. Error Internal: they are not exactly $1..$n, or the text holds "::". Quoted text
// is not looked at.
int parameter_count(std::string_view sql);

// The table that an INSERT, UPDATE or DELETE changes; empty: a SELECT, which changes nothing. Error Internal:
// the text starts with something else, so that it does not show what it changes.
std::string_view changed_table(std::string_view sql);

}  // namespace simpul::db
