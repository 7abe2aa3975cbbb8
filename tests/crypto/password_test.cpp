#include "crypto/password.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace simpul::crypto {
namespace {

TEST(Password, IsHashedWithArgon2idAndComparedWhole) {
  const std::string long_one(600, 'x');
  const auto hash = hash_password(long_one + "a");
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << hash;
  EXPECT_TRUE(password_matches(hash, long_one + "a"));
  EXPECT_FALSE(password_matches(hash, long_one + "b")) << "nothing may be cut off";
  EXPECT_FALSE(password_matches(hash, long_one + "A"));
  EXPECT_NE(hash, hash_password(long_one + "a")) << "salted";
  EXPECT_FALSE(password_needs_rehash(hash));
  EXPECT_TRUE(
      password_needs_rehash("$argon2id$v=19$m=8192,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$"
                            "F0vBTcGKOtmkLfi9Zc1bZYUIvNJnPNmvmWNTdXfMoXo"));
}

TEST(Password, AnUnknownAccountNeverMatchesAndCostsTheSame) {
  const auto took = [](auto call) {
    const auto start = std::chrono::steady_clock::now();
    call();
    return std::chrono::steady_clock::now() - start;
  };
  const auto hash = hash_password("rumput laut tenggara");
  EXPECT_FALSE(password_matches("", "a password that nobody has"));
  const auto known = took([&] { EXPECT_FALSE(password_matches(hash, "wrong")); });
  const auto unknown = took([&] { EXPECT_FALSE(password_matches("", "wrong")); });
  // Far apart would mean that one of them did not hash at all.
  EXPECT_LT(unknown, known * 10);
  EXPECT_GT(unknown, known / 10);
}

TEST(Password, WhatEverybodyGuessesIsRefused) {
  const std::vector<std::string> context{"lauding", "Kolaka Utara"};
  for (const auto* bad :
       {"short", "aaaaaaaaaa", "12345678", "hgfedcba", "Kendari2026!", "SULTRA-2018", "qwertyuiop",
        "Rahasia123", "lauding99", "Lauding!!", "kolaka utara 1", "potensi sultra"})
    EXPECT_FALSE(password_fault(bad, context).empty()) << bad;
  EXPECT_FALSE(password_fault(std::string(1001, 'x') + "y", context).empty());
  for (const auto* good : {"tiga ekor cumi melompat", "8charsok", "K0nawe bukan gunung es",
                           "laudingan berlayar jauh", "\xE6\xB5\xB7\xE8\x97\xBB\xE5\x92\x8C\xE9\x95\x8D"})
    EXPECT_EQ(password_fault(good, context), "") << good;
  EXPECT_EQ(password_fault(std::string(64, 'k') + "elapa", context), "") << "64 and more are allowed";
}

}  // namespace
}  // namespace simpul::crypto
