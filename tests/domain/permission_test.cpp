#include "domain/permission.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "domain/actor.hpp"

namespace simpul::domain {
namespace {

// The province and its 17 kabupaten/kota.
const std::vector<std::string>& regions() {
  static const std::vector<std::string> codes = [] {
    std::vector<std::string> all{"74"};
    for (int n = 1; n <= 15; ++n)
      all.push_back(n < 10 ? "74.0" + std::to_string(n) : "74." + std::to_string(n));
    all.emplace_back("74.71");
    all.emplace_back("74.72");
    return all;
  }();
  return codes;
}

Actor actor(Scope scope, std::string region, std::string unit, Rights rights) {
  Actor actor;
  actor.scope = scope;
  actor.region = std::move(region);
  actor.unit = std::move(unit);
  actor.rights = rights;
  return actor;
}

TEST(May, EveryPairOfRegions) {
  ASSERT_EQ(regions().size(), 18u);
  for (const auto& own : regions())
    for (const auto& other : regions()) {
      EXPECT_EQ(may(actor(Scope::Region, own, "", {Right::Edit}), Right::Edit, {other}), own == other)
          << own << other;
      EXPECT_TRUE(may(actor(Scope::Province, own, "", {Right::Edit}), Right::Edit, {other}));
      EXPECT_FALSE(may(actor(Scope::Province, own, "", {Right::View}), Right::Edit, {other}));
      EXPECT_EQ(may(actor(Scope::Unit, own, "Dinas Perikanan", {Right::Edit}), Right::Edit,
                    {other, "Dinas Perikanan"}),
                own == other);
      EXPECT_FALSE(
          may(actor(Scope::Unit, own, "Dinas Perikanan", {Right::Edit}), Right::Edit, {other, "Bappeda"}));
      EXPECT_FALSE(may(actor(Scope::Unit, own, "Dinas Perikanan", {Right::Edit}), Right::Edit, {other}));
    }
}

TEST(May, WhoBelongsNowhereMayNothing) {
  EXPECT_FALSE(may(actor(Scope::Region, "", "", {Right::View}), Right::View, {""}));
  EXPECT_FALSE(may(actor(Scope::Unit, "74.01", "", {Right::View}), Right::View, {"74.01", ""}));
  EXPECT_FALSE(may(Actor{}, Right::View, {"74.01"}));
}

TEST(Roles, AreReadWithTheirRights) {
  const auto roles = parse_roles(R"([[role]]
code = "chief"
name = { id = "Ketua", en = "Chief" }
scope = "province"
totp = true
rights = ["view", "manage_users"]
)");
  const auto* chief = roles.find("chief");
  ASSERT_NE(chief, nullptr);
  EXPECT_TRUE(chief->totp);
  EXPECT_THAT(chief->rights.words(), testing::ElementsAre("view", "manage_users"));
  EXPECT_EQ(roles.find("nobody"), nullptr);
  EXPECT_TRUE(fits(*chief, "74", ""));
  EXPECT_FALSE(fits(*chief, "74.01", ""));
}

TEST(Roles, AFaultyFileIsRefusedWithItsLine) {
  const auto refused = [](const char* text) {
    try {
      parse_roles(text);
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_THAT(refused("[[role]]\ncode = \"a\"\nname = { id = \"A\", en = \"A\" }\nscope = \"town\"\nrights = "
                      "[\"view\"]\n"),
              testing::HasSubstr("province, region or unit"));
  EXPECT_THAT(refused("[[role]]\ncode = \"a\"\nname = { id = \"A\", en = \"A\" }\nscope = \"unit\"\nrights = "
                      "[\"fly\"]\n"),
              testing::HasSubstr("no right \"fly\""));
  EXPECT_THAT(refused("[[role]]\ncode = \"a\"\nname = { id = \"A\", en = \"A\" }\nscope = \"unit\"\nrights = "
                      "[\"view\"]\n"),
              testing::HasSubstr("manage_users"));
}

}  // namespace
}  // namespace simpul::domain
