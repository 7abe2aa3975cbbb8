// Runs on SQLite and on PostgreSQL.
#include "service/freshness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "html/page.hpp"
#include "i18n/translator.hpp"
#include "service/import.hpp"
#include "service/outbox.hpp"
#include "storage/accounts.hpp"
#include "storage/records.hpp"
#include "storage/reference.hpp"
#include "support/database.hpp"
#include "support/mail.hpp"
#include "support/office.hpp"
#include "support/smtp_sink.hpp"

namespace simpul::service {
namespace {

using test::actor;
using test::refused;
using testing::HasSubstr;
using testing::Not;

class FreshnessTest : public testing::Test {
 protected:
  FreshnessTest()
      : store_(database_.address(), clock_),
        outbox_(store_, key_, test::mail_settings(sink_.url()), "https://contoh.go.id"),
        terms_(store_),
        jobs_(store_,
              {{kMailKind, outbox_.job_kind()}, {kReminderKind, reminder_job(roles_, outbox_, clock_)}},
              {.workers = 1, .alone = true}, clock_) {
    test::load_mail_templates();
    import_files(store_, storage::read_classification({}), {SIMPUL_SOURCE_DIR "/data/regions.csv"},
                 domain::program("import"));
  }

  std::int64_t account(const std::string& role, const std::string& region, const std::string& email) {
    return test::keep_account(store_, {.username = email.substr(0, email.find('@')),
                                       .name = "Petugas",
                                       .email = email,
                                       .role = role,
                                       .region = region})
        .id;
  }

  std::int64_t record(const std::string& title, const std::string& region, const Date& confirmed,
                      std::int64_t author = 0) {
    domain::Record record;
    record.draft.slug = domain::slug_of(title);
    record.draft.region_code = region;
    record.draft.title = {{"id", title}};
    record.state = domain::RecordState::Published;
    record.published = true;
    record.confirmed = confirmed;
    record.author = author;
    store_.write(domain::program("test"), [&](storage::WriteTransaction& transaction) {
      record.id = transaction.next_sequence();
      transaction.audit("create", "record", std::to_string(record.id), "{}");
      storage::put_record(transaction, record);
    });
    return record.id;
  }

  std::string due(std::int64_t id) {
    std::string due;
    store_.read([&](db::Connection& connection) {
      due = to_iso(*storage::find_record(connection, id)->confirm_due);
    });
    return due;
  }

  // What the daily job makes, and the mails that go out for it.
  int remind() {
    jobs_.enqueue(domain::program("test"), {.kind = kReminderKind});
    int ran = 0;
    while (jobs_.run_next()) ++ran;
    return ran - 1;
  }

  test::SmtpSink sink_;
  test::MovedClock clock_;
  test::TestDatabase database_;
  storage::Store store_;
  const domain::Roles roles_ = storage::read_roles({});
  const crypto::Key key_ = crypto::Key::random();
  const Outbox outbox_;
  FreshnessTerms terms_;
  Jobs jobs_;
};

TEST_F(FreshnessTest, ARegionSetsItsOwnTermAndItsRecordsFollow) {
  const auto kolaka = record("Kakao", "74.01", {2026, 1, 31});
  const auto konawe = record("Padi", "74.02", {2026, 1, 31});
  EXPECT_EQ(due(kolaka), "2027-01-31");
  const auto terms = terms_.set(actor("regional_head", "74.01"), "74.01", 1);
  ASSERT_EQ(terms.size(), 2u);
  EXPECT_EQ(terms[0].region, "74");
  EXPECT_FALSE(terms[0].may_set);
  EXPECT_EQ(terms[1].months, 1);
  EXPECT_TRUE(terms[1].own);
  EXPECT_EQ(due(kolaka), "2026-02-28");
  EXPECT_EQ(due(konawe), "2027-01-31");
  terms_.set(actor("provincial_administrator", "74"), "74", 6);
  EXPECT_EQ(due(kolaka), "2026-02-28");
  EXPECT_EQ(due(konawe), "2026-07-31");
  terms_.set(actor("regional_verifier", "74.01"), "74.01", std::nullopt);
  EXPECT_EQ(due(kolaka), "2026-07-31");
}

TEST_F(FreshnessTest, WhoMaySetWhat) {
  const auto set = [&](const char* role, const char* own, const char* region, std::optional<int> months) {
    return refused([&] { terms_.set(actor(role, own), region, months); });
  };
  EXPECT_EQ(set("regional_head", "74.01", "74.02", 3), ErrorKind::NotFound);
  EXPECT_EQ(set("regional_head", "74.01", "74", 3), ErrorKind::NotFound);
  EXPECT_EQ(set("regional_operator", "74.01", "74.01", 3), ErrorKind::NotFound);
  EXPECT_EQ(set("provincial_verifier", "74", "74.01", 3), ErrorKind::NotFound);
  EXPECT_EQ(set("provincial_administrator", "74", "74.99", 3), ErrorKind::NotFound);
  EXPECT_EQ(set("regional_head", "74.01", "74.01", 0), ErrorKind::Invalid);
  EXPECT_EQ(set("regional_head", "74.01", "74.01", 61), ErrorKind::Invalid);
  EXPECT_EQ(set("provincial_administrator", "74", "74", std::nullopt), ErrorKind::Invalid);
  EXPECT_EQ(terms_.list(actor("auditor", "74")).size(), 18u);
  EXPECT_EQ(terms_.list(actor("regional_operator", "74.01")).size(), 2u);
}

TEST_F(FreshnessTest, TheOwnerIsRemindedOnceInOneMail) {
  const auto owner = account("regional_verifier", "74.01", "pemilik@contoh.go.id");
  const auto writer = account("regional_operator", "74.01", "penulis@contoh.go.id");
  account("regional_verifier", "74.01", "verifikator@contoh.go.id");
  account("regional_head", "74.01", "kepala@contoh.go.id");
  account("regional_verifier", "74.02", "lain@contoh.go.id");
  record("Kakao", "74.01", {2025, 12, 1}, owner);
  record("Nikel", "74.01", {2026, 1, 14}, owner);
  record("Padi", "74.01", {2026, 1, 15}, owner);  // its last day is today
  // Of nobody, and of one who may not confirm: those who edit and confirm there.
  record("Mete", "74.01", {2025, 6, 1});
  record("Kopi", "74.01", {2025, 7, 1}, writer);
  EXPECT_EQ(remind(), 2);
  const auto first = sink_.mail(), second = sink_.mail();
  const auto to = [](const boost::json::object& mail) {
    return std::string(mail.at("to").as_array()[0].as_string());
  };
  const auto& mine = to(first) == "pemilik@contoh.go.id" ? first : second;
  const auto& theirs = to(first) == "pemilik@contoh.go.id" ? second : first;
  EXPECT_EQ(to(theirs), "verifikator@contoh.go.id");
  const std::string text(mine.at("text").as_string());
  EXPECT_THAT(text, HasSubstr("- Kakao\r\n- Nikel\r\n"));
  EXPECT_THAT(text, Not(HasSubstr("Padi")));
  EXPECT_THAT(text, HasSubstr("- Mete\r\n"));
  const std::string other(theirs.at("text").as_string());
  EXPECT_THAT(other, HasSubstr("- Mete\r\n"));
  EXPECT_THAT(other, HasSubstr("- Kopi\r\n"));
  EXPECT_THAT(other, Not(HasSubstr("Kakao")));
  // Not again for the same date; for the one that became overdue since, yes.
  EXPECT_EQ(remind(), 0);
  clock_.move(24 * 3600);
  EXPECT_EQ(remind(), 1);
  EXPECT_THAT(std::string(sink_.mail().at("text").as_string()), HasSubstr("- Padi\r\n"));
}

}  // namespace
}  // namespace simpul::service
