// Runs on SQLite and on PostgreSQL.
#include "service/sessions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sodium.h>

#include <cstring>

#include "base/error.hpp"
#include "crypto/password.hpp"
#include "crypto/totp.hpp"
#include "service/accounts.hpp"
#include "service/import.hpp"
#include "storage/accounts.hpp"
#include "storage/audit.hpp"
#include "storage/reference.hpp"
#include "storage/sessions.hpp"
#include "support/database.hpp"
#include "support/office.hpp"

namespace simpul::service {
namespace {

using test::refused;
using testing::HasSubstr;

const Where kWhere{"127.0.0.1", "test"};
constexpr const char* kPassword = "tiga ekor cumi melompat";

class SessionsTest : public testing::Test {
 protected:
  SessionsTest()
      : store_(database_.address(), clock_),
        sessions_(store_, roles_, key_, clock_),
        accounts_(store_, roles_, key_) {
    import_files(store_, storage::read_classification({}), {SIMPUL_SOURCE_DIR "/data/regions.csv"},
                 domain::program("import"));
    admin_ = accounts_.first_administrator(kPassword)->account;
  }

  domain::Actor admin() { return sessions_.actor_of(admin_); }

  // An operator with a password of their own.
  domain::Account operator_of(const std::string& region, const std::string& name) {
    auto made = accounts_.create(admin(), {.username = name,
                                           .name = "Petugas",
                                           .email = {},
                                           .role = "regional_operator",
                                           .region = region,
                                           .unit = {}});
    const auto first = sessions_.sign_in(name, made.one_time_password, "", kWhere);
    EXPECT_TRUE(first.visitor.needs.password);
    return sessions_.change_password(first.visitor, made.one_time_password, kPassword, kWhere)
        .visitor.account;
  }

  test::MovedClock clock_;
  test::TestDatabase database_;
  storage::Store store_;
  const domain::Roles roles_ = storage::read_roles({});
  const crypto::Key key_ = crypto::Key::random();
  Sessions sessions_;
  Accounts accounts_;
  domain::Account admin_;
};

TEST_F(SessionsTest, ATokenIsASessionUntilSignedOut) {
  const auto in = sessions_.sign_in("admin", kPassword, "", kWhere);
  const auto seen = sessions_.visitor(in.token);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->account.username, "admin");
  EXPECT_FALSE(seen->needs.any()) << "fixed for a program";
  EXPECT_FALSE(sessions_.visitor("another"));
  EXPECT_FALSE(sessions_.visitor(""));
  EXPECT_FALSE(sessions_.visitor(seen->session.hash)) << "what the database holds opens nothing";
  sessions_.sign_out(*seen);
  EXPECT_FALSE(sessions_.visitor(in.token));
}

TEST_F(SessionsTest, EndsAfterThirtyMinutesOfNothingAndAfterTwelveHours) {
  const auto idle = sessions_.sign_in("admin", kPassword, "", kWhere);
  clock_.move(29 * 60);
  EXPECT_TRUE(sessions_.visitor(idle.token));
  clock_.move(29 * 60);
  EXPECT_TRUE(sessions_.visitor(idle.token)) << "it was used in between";
  clock_.move(31 * 60);
  EXPECT_FALSE(sessions_.visitor(idle.token));
  const auto busy = sessions_.sign_in("admin", kPassword, "", kWhere);
  for (int i = 0; i < 12 * 3 - 1; ++i) {
    clock_.move(20 * 60);
    EXPECT_TRUE(sessions_.visitor(busy.token)) << i;
  }
  clock_.move(20 * 60);
  EXPECT_FALSE(sessions_.visitor(busy.token)) << "twelve hours";
}

TEST_F(SessionsTest, AWeakHashIsMadeAnewAtSignIn) {
  char weak[crypto_pwhash_STRBYTES];
  ASSERT_EQ(crypto_pwhash_str(weak, kPassword, std::strlen(kPassword), 1, 8 << 20), 0);
  store_.write(admin(), [&](storage::WriteTransaction& transaction) {
    admin_.password_hash = weak;
    storage::put_account(transaction, admin_);
    transaction.audit("change", "account", admin_.username, "{}");
  });
  sessions_.sign_in("admin", kPassword, "", kWhere);
  store_.read([&](db::Connection& connection) {
    const auto now = storage::find_account(connection, admin_.id)->password_hash;
    EXPECT_NE(now, weak);
    EXPECT_FALSE(crypto::password_needs_rehash(now));
  });
  EXPECT_NO_THROW(sessions_.sign_in("admin", kPassword, "", kWhere));
}

TEST_F(SessionsTest, WhatIsOverIsTakenAway) {
  const auto old = sessions_.sign_in("admin", kPassword, "", kWhere);
  clock_.move(10 * 60);
  const auto live = sessions_.sign_in("admin", kPassword, "", kWhere);
  clock_.move(25 * 60);
  sessions_.sign_in("admin", kPassword, "", kWhere);
  store_.read([&](db::Connection& connection) {
    EXPECT_FALSE(storage::find_session(connection, old.visitor.session.hash));
    EXPECT_TRUE(storage::find_session(connection, live.visitor.session.hash)) << "25 minutes are not over";
  });
}

TEST_F(SessionsTest, AClockThatIsSetBackRevivesNothing) {
  clock_.move(3600);
  const auto in = sessions_.sign_in("admin", kPassword, "", kWhere);
  clock_.move(-2 * 3600);
  EXPECT_FALSE(sessions_.visitor(in.token));
}

TEST_F(SessionsTest, GuessingIsSlowedDownAndNeverLocksOutForEver) {
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(refused([&] { sessions_.sign_in("admin", "wrong", "", kWhere); }), ErrorKind::Unauthenticated);
  EXPECT_EQ(refused([&] { sessions_.sign_in("admin", kPassword, "", kWhere); }), ErrorKind::TooMany)
      << "also with the right one";
  clock_.move(2);
  EXPECT_NO_THROW(sessions_.sign_in("admin", kPassword, "", kWhere));
  for (int i = 0; i < 40; ++i) {
    clock_.move(15 * 60);
    EXPECT_EQ(refused([&] { sessions_.sign_in("admin", "wrong", "", kWhere); }), ErrorKind::Unauthenticated);
  }
  clock_.move(15 * 60);
  EXPECT_NO_THROW(sessions_.sign_in("admin", kPassword, "", kWhere));
}

TEST_F(SessionsTest, GuessingFromOneAddressIsSlowedDownToo) {
  for (int i = 0; i < 20; ++i)
    refused([&] { sessions_.sign_in("nobody" + std::to_string(i), "x", "", kWhere); });
  EXPECT_EQ(refused([&] { sessions_.sign_in("admin", kPassword, "", kWhere); }), ErrorKind::TooMany);
  EXPECT_NO_THROW(sessions_.sign_in("admin", kPassword, "", {"127.0.0.9", "test"}))
      << "others are not touched";
}

TEST_F(SessionsTest, AOneTimePasswordEndsAfterAWeekAndMustBeChanged) {
  const auto made = accounts_.create(admin(), {.username = "kolaka.satu",
                                               .name = "Petugas",
                                               .email = {},
                                               .role = "regional_operator",
                                               .region = "74.01",
                                               .unit = {}});
  const auto in = sessions_.sign_in("kolaka.satu", made.one_time_password, "", kWhere);
  EXPECT_TRUE(in.visitor.needs.password);
  EXPECT_EQ(
      refused([&] { sessions_.change_password(in.visitor, made.one_time_password, "kolaka.satu", kWhere); }),
      ErrorKind::Invalid)
      << "one's own name";
  clock_.move(8 * 24 * 3600);
  EXPECT_EQ(refused([&] { sessions_.sign_in("kolaka.satu", made.one_time_password, "", kWhere); }),
            ErrorKind::Unauthenticated);
}

TEST_F(SessionsTest, AChangeOfPasswordEndsAllOtherSessionsAndRenewsThisOne) {
  const auto account = operator_of("74.01", "kolaka.satu");
  const auto one = sessions_.sign_in("kolaka.satu", kPassword, "", kWhere);
  const auto two = sessions_.sign_in("kolaka.satu", kPassword, "", kWhere);
  const auto after =
      sessions_.change_password(one.visitor, kPassword, "empat perahu menuju Wakatobi", kWhere);
  EXPECT_FALSE(sessions_.visitor(one.token));
  EXPECT_FALSE(sessions_.visitor(two.token));
  EXPECT_TRUE(sessions_.visitor(after.token));
  EXPECT_EQ(
      refused([&] { sessions_.change_password(after.visitor, "not it", "lima perahu menuju Muna", kWhere); }),
      ErrorKind::Invalid);
}

TEST_F(SessionsTest, TheSecondFactorIsAskedForOnceItIsSet) {
  const auto in = sessions_.sign_in("admin", kPassword, "", kWhere);
  const auto secret = sessions_.begin_totp(in.visitor);
  EXPECT_NO_THROW(sessions_.sign_in("admin", kPassword, "", kWhere)) << "not in force yet";
  EXPECT_EQ(refused([&] { sessions_.confirm_totp(in.visitor, "000000"); }), ErrorKind::Invalid);
  const auto codes = sessions_.confirm_totp(in.visitor, crypto::totp_code(secret, clock_.now()));
  ASSERT_EQ(codes.size(), 10u);
  try {
    sessions_.sign_in("admin", kPassword, "", kWhere);
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.key, "totp_needed");
  }
  EXPECT_EQ(refused([&] {
              sessions_.sign_in("admin", kPassword, crypto::totp_code(secret, clock_.now()), kWhere);
            }),
            ErrorKind::Unauthenticated)
      << "the code that confirmed it was used";
  clock_.move(60);
  const auto code = crypto::totp_code(secret, clock_.now());
  EXPECT_NO_THROW(sessions_.sign_in("admin", kPassword, code, kWhere));
  EXPECT_EQ(refused([&] { sessions_.sign_in("admin", kPassword, code, kWhere); }),
            ErrorKind::Unauthenticated);
  EXPECT_NO_THROW(sessions_.sign_in("admin", kPassword, codes[3], kWhere));
  EXPECT_EQ(refused([&] { sessions_.sign_in("admin", kPassword, codes[3], kWhere); }),
            ErrorKind::Unauthenticated);
}

TEST_F(SessionsTest, RolesThatNeedASecondFactorSaySo) {
  const auto made = accounts_.create(admin(), {.username = "verifikator",
                                               .name = "V",
                                               .email = {},
                                               .role = "provincial_verifier",
                                               .region = "74",
                                               .unit = {}});
  const auto in = sessions_.sign_in("verifikator", made.one_time_password, "", kWhere);
  EXPECT_TRUE(in.visitor.needs.totp);
  EXPECT_TRUE(in.visitor.needs.password);
}

TEST_F(SessionsTest, ALinkSetsAPasswordOnceWithinHalfAnHour) {
  const auto account = operator_of("74.01", "kolaka.satu");
  const auto open = sessions_.sign_in("kolaka.satu", kPassword, "", kWhere);
  const auto link = accounts_.reset(admin(), account.id, false);
  EXPECT_FALSE(sessions_.visitor(open.token)) << "a reset ends the sessions";
  EXPECT_EQ(refused([&] { sessions_.sign_in("kolaka.satu", kPassword, "", kWhere); }),
            ErrorKind::Unauthenticated);
  EXPECT_EQ(refused([&] { sessions_.use_link(link, "12345678", kWhere); }), ErrorKind::Invalid);
  sessions_.use_link(link, "lima perahu menuju Muna", kWhere);
  EXPECT_NO_THROW(sessions_.sign_in("kolaka.satu", "lima perahu menuju Muna", "", kWhere));
  EXPECT_EQ(refused([&] { sessions_.use_link(link, "enam perahu menuju Muna", kWhere); }),
            ErrorKind::Invalid);
  const auto late = accounts_.reset(admin(), account.id, false);
  clock_.move(31 * 60);
  EXPECT_EQ(refused([&] { sessions_.use_link(late, "enam perahu menuju Muna", kWhere); }),
            ErrorKind::Invalid);
}

TEST_F(SessionsTest, DisablingOrAnotherRoleEndsTheSessions) {
  auto account = operator_of("74.01", "kolaka.satu");
  auto in = sessions_.sign_in("kolaka.satu", kPassword, "", kWhere);
  AccountDraft draft{.username = {},
                     .name = "Petugas",
                     .email = {},
                     .role = "regional_verifier",
                     .region = "74.01",
                     .unit = {}};
  account = accounts_.change(admin(), account.id, account.version, draft);
  EXPECT_FALSE(sessions_.visitor(in.token));
  in = sessions_.sign_in("kolaka.satu", kPassword, "", kWhere);
  draft.active = false;
  EXPECT_EQ(refused([&] { accounts_.change(admin(), account.id, account.version - 1, draft); }),
            ErrorKind::Conflict);
  accounts_.change(admin(), account.id, account.version, draft);
  EXPECT_FALSE(sessions_.visitor(in.token));
  EXPECT_EQ(refused([&] { sessions_.sign_in("kolaka.satu", kPassword, "", kWhere); }),
            ErrorKind::Unauthenticated);
}

TEST_F(SessionsTest, OnlyWhoManagesUsersSeesThem) {
  const auto account = operator_of("74.01", "kolaka.satu");
  const auto actor = sessions_.actor_of(account);
  EXPECT_EQ(refused([&] { accounts_.list(actor, "", 10); }), ErrorKind::NotFound);
  EXPECT_EQ(refused([&] { accounts_.get(actor, account.id); }), ErrorKind::NotFound);
  EXPECT_EQ(
      refused([&] {
        accounts_.create(
            actor,
            {.username = "x.y.z", .name = "X", .email = {}, .role = "auditor", .region = "74", .unit = {}});
      }),
      ErrorKind::NotFound);
  EXPECT_EQ(accounts_.list(admin(), "", 10).size(), 2u);
  EXPECT_EQ(refused([&] {
              accounts_.change(
                  admin(), admin_.id, admin_.version,
                  {.username = {}, .name = "A", .email = {}, .role = "auditor", .region = "74", .unit = {}});
            }),
            ErrorKind::Invalid)
      << "not oneself";
}

// No personal value, password, token or code stands in the log.
TEST_F(SessionsTest, TheLogHoldsNoSecretAndNoPersonalValue) {
  const auto made = accounts_.create(admin(), {.username = "kolaka.satu",
                                               .name = "Nama Yang Pribadi",
                                               .email = "pribadi@contoh.go.id",
                                               .role = "regional_operator",
                                               .region = "74.01",
                                               .unit = {}});
  const auto in = sessions_.sign_in("kolaka.satu", made.one_time_password, "", kWhere);
  sessions_.begin_totp(in.visitor);
  store_.read([&](db::Connection& connection) {
    std::string all;
    for (const auto& entry : storage::audit_entries(connection, "", "", "", 0, 100)) all += entry.content;
    EXPECT_THAT(all, HasSubstr("account/" + std::to_string(made.account.id) + "/name"));
    for (const auto& secret :
         {std::string("Pribadi"), std::string("pribadi@"), made.one_time_password, in.token,
          in.visitor.session.csrf, in.visitor.session.hash, made.account.password_hash})
      EXPECT_EQ(all.find(secret), std::string::npos) << secret;
    EXPECT_FALSE(storage::verify_audit(connection).broken_at);
  });
}

TEST_F(SessionsTest, ADemonstrationHasOneAccountPerRoleAndRegion) {
  // 5 roles of the province, 4 of each of 17 regions, one of an office in each.
  EXPECT_EQ(accounts_.demonstration(admin(), kPassword), 5u + 17u * 5u);
  EXPECT_EQ(accounts_.demonstration(admin(), kPassword), 0u) << "twice is the same as once";
  EXPECT_FALSE(sessions_.sign_in("regional_operator.74.01", kPassword, "", kWhere).visitor.needs.any());
  EXPECT_EQ(refused([&] { accounts_.demonstration(admin(), "12345678"); }), ErrorKind::Invalid);
}

TEST_F(SessionsTest, ADemonstrationIsRefusedWherePeopleWork) {
  operator_of("74.01", "kolaka.satu");
  EXPECT_EQ(refused([&] { accounts_.demonstration(admin(), kPassword); }), ErrorKind::Invalid);
}

TEST_F(SessionsTest, TheFirstAdministratorIsMadeOnce) {
  EXPECT_FALSE(accounts_.first_administrator(""));
}

}  // namespace
}  // namespace simpul::service
