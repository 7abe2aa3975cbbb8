#include "domain/affairs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "storage/reference.hpp"

namespace simpul::domain {
namespace {

using testing::HasSubstr;

TEST(Affairs, AreThoseOfTheLaw) {
  const auto affairs = storage::read_affairs({});
  const auto of = [&](AffairKind kind) { return std::ranges::count(affairs, kind, &Affair::kind); };
  EXPECT_EQ(of(AffairKind::BasicService), 6);
  EXPECT_EQ(of(AffairKind::Mandatory), 18);
  EXPECT_EQ(of(AffairKind::Optional), 8);
  for (const auto& affair : affairs) EXPECT_FALSE(affair.basis.verified) << affair.code;
}

TEST(Affairs, ARegencyIsWarnedWhereThePowerIsNotItsOwn) {
  const auto affairs = storage::read_affairs({});
  auto forestry = *std::ranges::find(affairs, "forestry", &Affair::code);
  EXPECT_EQ(check_power(forestry, "regency"), PowerCheck::Warning) << "nobody has verified it";
  EXPECT_EQ(check_power(forestry, "province"), PowerCheck::Within);
  forestry.basis.verified = true;
  EXPECT_EQ(check_power(forestry, "regency"), PowerCheck::Outside);
  EXPECT_EQ(check_power(forestry, "city"), PowerCheck::Outside);
  EXPECT_EQ(check_power(*std::ranges::find(affairs, "tourism", &Affair::code), "regency"),
            PowerCheck::Within);
}

TEST(Affairs, AFaultyFileIsRefusedWithFileLineAndReason) {
  const std::string one =
      "[[affair]]\ncode = \"a\"\nname = { id = \"A\", en = \"A\" }\nkind = \"optional\"\nregency = \"full\"\n"
      "legal_basis = \"UU 0/2000\"\nverification = \"unverified\"\n";
  EXPECT_EQ(parse_affairs(one).size(), 1u);
  const auto refusal = [](const std::string& text) -> std::string {
    try {
      parse_affairs(text);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_THAT(refusal(one + one), HasSubstr("affairs.toml, line 8: the code \"a\" stands twice"));
  EXPECT_THAT(refusal(one + "article = 12\n"), HasSubstr("unknown key \"article\""));
  auto half = one;
  half.replace(half.find("full"), 4, "half");
  EXPECT_THAT(refusal(half), HasSubstr("\"regency\" is one of full, limited"));
}

}  // namespace
}  // namespace simpul::domain
