#include "db/statement.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace simpul::db {

TEST(Statement, CountsParameters) {
  EXPECT_EQ(parameter_count("SELECT 1"), 0);
  EXPECT_EQ(parameter_count("SELECT $2, $1, $2"), 2);
  EXPECT_EQ(parameter_count("SELECT '$7', $1"), 1);
}

TEST(Statement, RefusesGapsAndCasts) {
  EXPECT_THROW(parameter_count("SELECT $1, $3"), Error);
  EXPECT_THROW(parameter_count("SELECT $0"), Error);
  EXPECT_THROW(parameter_count("SELECT $2"), Error);
  EXPECT_THROW(parameter_count("SELECT $1::text"), Error);
}

TEST(Statement, IsKnownWhileItLives) {
  const auto before = Statement::all().size();
  {
    const Statement statement("test.lives", "SELECT 1");
    EXPECT_EQ(Statement::all().size(), before + 1);
  }
  EXPECT_EQ(Statement::all().size(), before);
}

TEST(ChangedTable, IsReadFromTheText) {
  EXPECT_EQ(changed_table("SELECT 1 FROM jobs"), "");
  EXPECT_EQ(changed_table("\nINSERT INTO jobs(id) VALUES ($1)"), "jobs");
  EXPECT_EQ(changed_table("INSERT  INTO\n jobs (id) VALUES ($1)"), "jobs");
  EXPECT_EQ(changed_table("UPDATE jobs SET id = 1"), "jobs");
  EXPECT_EQ(changed_table("DELETE FROM jobs"), "jobs");
  for (const auto* hidden :
       {"WITH x AS (DELETE FROM potentials RETURNING id) SELECT id FROM x", "DROP TABLE jobs",
        "INSERT OR REPLACE INTO jobs (id) VALUES (1)", "delete from jobs", ""})
    EXPECT_THROW(changed_table(hidden), Error) << hidden;
}

}  // namespace simpul::db
