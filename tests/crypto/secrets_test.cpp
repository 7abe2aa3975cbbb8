#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "base/error.hpp"
#include "crypto/key.hpp"
#include "crypto/token.hpp"
#include "crypto/totp.hpp"

namespace simpul::crypto {
namespace {

TEST(Token, IsLongAndNeverTheSame) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(random_token());
  EXPECT_EQ(seen.size(), 1000u);
  EXPECT_EQ(seen.begin()->size(), 43u);
  EXPECT_EQ(random_password().size(), 24u);
  EXPECT_NE(token_hash("a"), token_hash("b"));
  EXPECT_TRUE(same_secret("abc", "abc"));
  EXPECT_FALSE(same_secret("abc", "abd"));
  EXPECT_FALSE(same_secret("abc", "ab"));
}

// RFC 6238, appendix B, the last six digits of its eight; the secret is "12345678901234567890".
TEST(Totp, GivesTheCodesOfTheStandard) {
  const std::string secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  const std::pair<std::int64_t, const char*> table[] = {{59, "287082"},
                                                        {1111111109, "081804"},
                                                        {1111111111, "050471"},
                                                        {1234567890, "005924"},
                                                        {2000000000, "279037"}};
  for (const auto& [seconds, code] : table)
    EXPECT_EQ(totp_code(secret, {seconds * 1'000'000}), code) << seconds;
}

TEST(Totp, ACodeWorksOnceAndOneStepEitherWay) {
  const auto secret = new_totp_secret();
  EXPECT_EQ(secret.size(), 32u);
  const Instant now{1'800'000'000'000'000};
  const auto at = [&](int steps) { return totp_code(secret, {now.microseconds + steps * 30'000'000LL}); };
  const auto step = totp_step(secret, at(0), now, 0);
  ASSERT_TRUE(step);
  EXPECT_FALSE(totp_step(secret, at(0), now, *step)) << "used";
  EXPECT_TRUE(totp_step(secret, at(1), now, *step));
  EXPECT_TRUE(totp_step(secret, at(-1), now, 0));
  EXPECT_FALSE(totp_step(secret, at(2), now, 0));
  EXPECT_FALSE(totp_step(secret, at(-2), now, 0));
  EXPECT_FALSE(totp_step(secret, "", now, 0));
  EXPECT_EQ(totp_uri("ABC", "Simpul", "admin"), "otpauth://totp/Simpul:admin?secret=ABC&issuer=Simpul");
}

class KeyTest : public testing::Test {
 protected:
  KeyTest() {
    char name[] = "/tmp/simpul_key_XXXXXX";
    folder_ = mkdtemp(name);
  }
  ~KeyTest() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path folder_;
};

TEST_F(KeyTest, SealsAndOpensAndNoticesAltering) {
  const auto key = Key::load(folder_ / "simpul.key");
  const auto again = Key::load(folder_ / "simpul.key");
  auto sealed = key.seal("a secret");
  EXPECT_EQ(again.open(sealed), "a secret");
  EXPECT_NE(sealed, key.seal("a secret")) << "a nonce each time";
  EXPECT_EQ(sealed.find("secret"), std::string::npos);
  sealed.back() ^= 1;
  EXPECT_THROW(key.open(sealed), Error);
  EXPECT_THROW(key.open("short"), Error);
  EXPECT_THROW(Key::random().open(key.seal("x")), Error);
  EXPECT_EQ(key.keyed_hash("La Ode"), again.keyed_hash("La Ode"));
  EXPECT_NE(key.keyed_hash("La Ode"), Key::random().keyed_hash("La Ode"));
}

TEST_F(KeyTest, IsForItsOwnerOnly) {
  const auto file = folder_ / "simpul.key";
  Key::load(file);
  struct stat about {};
  ASSERT_EQ(::stat(file.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600u);
  ::chmod(file.c_str(), 0640);
  EXPECT_THROW(Key::load(file), Error);
  ::chmod(file.c_str(), 0600);
  std::ofstream(file, std::ios::trunc) << "not a key";
  EXPECT_THROW(Key::load(file), Error);
}

}  // namespace
}  // namespace simpul::crypto
