#include "crypto/hasher.hpp"

#include <gtest/gtest.h>

#include "crypto/hash.hpp"

namespace simpul::crypto {
namespace {

TEST(Hasher, InPiecesIsTheHashOfTheWhole) {
  Hasher pieces, none;
  pieces.add("Kakap");
  pieces.add("");
  pieces.add(" merah");
  EXPECT_EQ(pieces.hex(), hash_hex("Kakap merah"));
  EXPECT_EQ(none.hex(), hash_hex(""));
}

}  // namespace
}  // namespace simpul::crypto
