#include "crypto/hash.hpp"

#include <gtest/gtest.h>

namespace simpul::crypto {

// Values of another implementation: Python's hashlib.blake2b(data, digest_size=32).
TEST(Hash, AgreesWithAnotherImplementation) {
  EXPECT_EQ(hash_hex(""), "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
  EXPECT_EQ(hash_hex("simpul"), "8b378c41c095e2f9edb2041ad8c2298521c77c282b8f257e4e6c77d5dbe0062b");
}

}  // namespace simpul::crypto
