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

}  // namespace simpul::db
