#include "base/error.hpp"

#include <gtest/gtest.h>

namespace simpul {

TEST(Error, FillsNamedPlaceholders) {
  EXPECT_EQ(fill_message("row {row}: {what}", {{"row", "12"}, {"what", "no source"}}), "row 12: no source");
}

TEST(Error, LeavesUnknownPlaceholdersAndOpenBracesAlone) {
  EXPECT_EQ(fill_message("{a} {b", {{"b", "x"}}), "{a} {b");
}

TEST(Error, SaysItsDetailInTheLogOnly) {
  const Error error(ErrorKind::Conflict, "Changed by someone else", {}, {}, "version 3");
  EXPECT_EQ(error.key, "Changed by someone else");
  EXPECT_STREQ(error.what(), "Changed by someone else [version 3]");
  EXPECT_EQ(http_status(error.kind), 409);
}

}  // namespace simpul
