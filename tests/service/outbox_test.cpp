// Runs on SQLite and on PostgreSQL.
#include "service/outbox.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "html/page.hpp"
#include "i18n/translator.hpp"
#include "service/accounts.hpp"
#include "service/import.hpp"
#include "service/sessions.hpp"
#include "storage/jobs.hpp"
#include "storage/reference.hpp"
#include "support/database.hpp"
#include "support/mail.hpp"
#include "support/office.hpp"
#include "support/smtp_sink.hpp"

namespace simpul::service {
namespace {

using testing::HasSubstr;

const Where kWhere{"127.0.0.1", "test"};

class OutboxTest : public testing::Test {
 protected:
  explicit OutboxTest(const std::vector<std::string>& sink = {})
      : sink_(sink),
        store_(database_.address(), clock_),
        outbox_(store_, key_, test::mail_settings(sink_.url()), "https://contoh.go.id"),
        sessions_(store_, roles_, key_, clock_, &outbox_),
        accounts_(store_, roles_, key_, &outbox_),
        jobs_(store_, {{kMailKind, outbox_.job_kind()}}, {.workers = 1, .alone = true}, clock_) {
    test::load_mail_templates();
    import_files(store_, storage::read_classification({}), {SIMPUL_SOURCE_DIR "/data/regions.csv"},
                 domain::program("import"));
    admin_ = accounts_.first_administrator("tiga ekor cumi melompat")->account;
  }

  void add_officer(const std::string& name, const std::string& email) {
    accounts_.create(sessions_.actor_of(admin_), {.username = name,
                                                  .name = "Petugas",
                                                  .email = email,
                                                  .role = "regional_operator",
                                                  .region = "74.01",
                                                  .unit = {}});
  }

  std::vector<domain::Job> mails(std::optional<domain::JobState> state = {}) {
    std::vector<domain::Job> jobs;
    store_.read([&](db::Connection& connection) {
      jobs = storage::list_jobs(connection,
                                {.kind = kMailKind, .region_code = {}, .created_by = {}, .state = state});
    });
    return jobs;
  }

  test::SmtpSink sink_;
  test::MovedClock clock_;
  test::TestDatabase database_;
  storage::Store store_;
  const domain::Roles roles_ = storage::read_roles({});
  const crypto::Key key_ = crypto::Key::random();
  const Outbox outbox_;
  Sessions sessions_;
  Accounts accounts_;
  Jobs jobs_;
  domain::Account admin_;
};

class OutboxLaterTest : public OutboxTest {
 protected:
  OutboxLaterTest() : OutboxTest({"--later", "1"}) {}
};

TEST_F(OutboxTest, AMailIsSentOnceAndGone) {
  add_officer("petugas", "petugas@contoh.go.id");
  EXPECT_TRUE(jobs_.run_next());
  EXPECT_FALSE(jobs_.run_next());
  EXPECT_THAT(std::string(sink_.mail().at("text").as_string()), HasSubstr("To: petugas@contoh.go.id\r\n"));
  EXPECT_EQ(mails(domain::JobState::Done).size(), 1u);
  const auto input = boost::json::parse(mails().front().input).at("mail").as_string();
  store_.read([&](db::Connection& connection) {
    EXPECT_FALSE(storage::find_mail(connection, {input.data(), input.size()}));
  });
}

TEST_F(OutboxTest, WithoutAnAddressThereIsNoMail) {
  add_officer("petugas", "");
  EXPECT_TRUE(mails().empty());
}

TEST_F(OutboxTest, WhatIsNotCommittedIsNotSent) {
  EXPECT_THROW(store_.write(domain::program("test"),
                            [&](storage::WriteTransaction& transaction) {
                              outbox_.account_created(transaction,
                                                      {.id = admin_.id, .email = "a@contoh.go.id"});
                              throw Error(ErrorKind::Conflict, "x");
                            }),
               Error);
  EXPECT_TRUE(mails().empty());
}

TEST_F(OutboxTest, ARequestForAnyNameDoesTheSameWork) {
  add_officer("petugas", "petugas@contoh.go.id");
  EXPECT_TRUE(jobs_.run_next());
  const auto entries = [&](const std::string& name) {
    const auto before = store_.last_sequence();
    sessions_.forgot_password(name, "id", kWhere);
    return store_.last_sequence() - before;
  };
  EXPECT_EQ(entries("petugas"), entries("tidak-ada"));
  EXPECT_EQ(entries("PETUGAS@contoh.go.id"), 1);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(jobs_.run_next());
  EXPECT_EQ(mails(domain::JobState::Done).size(), 4u);
}

TEST_F(OutboxTest, AskingAgainAndAgainIsSlowedDown) {
  for (int i = 0; i < 3; ++i)
    sessions_.forgot_password("petugas", "id", {"127.0.0." + std::to_string(i), ""});
  EXPECT_THROW(sessions_.forgot_password("Petugas", "id", {"127.0.0.10", ""}), Error);
  clock_.move(2 * 3600);
  EXPECT_NO_THROW(sessions_.forgot_password("petugas", "id", {"127.0.0.10", ""}));
}

TEST_F(OutboxLaterTest, WhatIsPutOffIsTriedAgain) {
  add_officer("petugas", "petugas@contoh.go.id");
  EXPECT_TRUE(jobs_.run_next());
  EXPECT_EQ(mails(domain::JobState::Queued).size(), 1u);
  EXPECT_FALSE(jobs_.run_next());
  clock_.move(11);
  EXPECT_TRUE(jobs_.run_next());
  EXPECT_EQ(mails(domain::JobState::Done).size(), 1u);
  sink_.mail();
}

TEST_F(OutboxTest, ASecondLinkTakesThePlaceOfTheFirst) {
  add_officer("petugas", "petugas@contoh.go.id");
  EXPECT_TRUE(jobs_.run_next());
  sink_.mail();
  const auto link = [&] {
    sessions_.forgot_password("petugas", "id", kWhere);
    EXPECT_TRUE(jobs_.run_next());
    // Quoted-printable: "=" is "=3D", and a long line is broken by "=\r\n".
    std::string text(sink_.mail().at("text").as_string());
    for (auto at = text.find("=\r\n"); at != text.npos; at = text.find("=\r\n")) text.erase(at, 3);
    constexpr std::string_view kBefore = "#token=3D";
    const auto at = text.find(kBefore);
    EXPECT_NE(at, text.npos) << text;
    return at == text.npos ? std::string() : text.substr(at + kBefore.size(), 43);
  };
  const auto first = link(), second = link();
  EXPECT_NE(first, second);
  EXPECT_EQ(test::refused([&] { sessions_.use_link(first, "lima perahu menuju Muna", kWhere); }),
            ErrorKind::Invalid);
  sessions_.use_link(second, "lima perahu menuju Muna", kWhere);
  EXPECT_NO_THROW(sessions_.sign_in("petugas", "lima perahu menuju Muna", "", kWhere));
}

TEST_F(OutboxTest, ARecipientWhomTheServerRefusesIsNotTriedAgain) {
  add_officer("petugas", "nobody@contoh.go.id");
  EXPECT_TRUE(jobs_.run_next());
  EXPECT_EQ(mails(domain::JobState::Failed).size(), 1u);
}

TEST(Outbox, NeedsToKnowWhereMailsComeFromAndLeadTo) {
  test::TestDatabase database;
  storage::Store store(database.address());
  const auto key = crypto::Key::random();
  EXPECT_FALSE(Outbox(store, key, {}, "").on());
  auto settings = test::mail_settings("smtp://contoh.go.id");
  EXPECT_THROW(Outbox(store, key, settings, ""), Error);
  settings.from = "a@b\r\nBcc: c@d";
  EXPECT_THROW(Outbox(store, key, settings, "https://contoh.go.id"), Error);
}

}  // namespace
}  // namespace simpul::service
