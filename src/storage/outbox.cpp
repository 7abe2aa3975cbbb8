#include "storage/outbox.hpp"

namespace simpul::storage {
namespace {

const db::Statement kAdd("outbox.add", R"sql(
INSERT INTO outbox (id, kind, account, language, details, made_at) VALUES ($1, $2, $3, $4, $5, $6))sql");
const db::Statement kFind("outbox.find",
                          "SELECT id, kind, account, language, details, made_at FROM outbox WHERE id = $1");
const db::Statement kDrop("outbox.drop", "DELETE FROM outbox WHERE id = $1");
const db::Statement kSweep("outbox.sweep", "DELETE FROM outbox WHERE made_at < $1");

}  // namespace

void add_mail(db::Connection& connection, const WaitingMail& mail) {
  const auto account = mail.account == 0 ? std::nullopt : std::optional(mail.account);
  connection.run(kAdd, {mail.id, mail.kind, account, mail.language, db::Blob{mail.details}, mail.made});
}

std::optional<WaitingMail> find_mail(db::Connection& connection, std::string_view id) {
  return connection.first(kFind, {id}, [](const db::Row& row) {
    return WaitingMail{row.text(0), row.text(1), row.optional_integer(2).value_or(0),
                       row.text(3), row.blob(4), row.instant(5)};
  });
}

void drop_mail(db::Connection& connection, std::string_view id) {
  connection.run(kDrop, {id});
}

void sweep_mails(db::Connection& connection, Instant made_before) {
  connection.run(kSweep, {made_before});
}

}  // namespace simpul::storage
