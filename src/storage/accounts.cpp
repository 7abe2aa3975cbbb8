#include "storage/accounts.hpp"

namespace simpul::storage {
namespace {

constexpr const char* kNoun = "account";

const db::Statement kById("accounts.by_id", R"sql(
SELECT a.id, a.username, n.value, e.value, a.role, a.region_code, a.unit, a.state, a.password_hash, a.password_until,
       a.totp_secret, a.totp_pending, a.totp_last_step, a.last_sign_in, a.version, a.automation
FROM accounts a
LEFT JOIN personal_values n ON n.noun = 'account' AND n.id = a.id AND n.field = 'name'
LEFT JOIN personal_values e ON e.noun = 'account' AND e.id = a.id AND e.field = 'email'
WHERE a.id = $1)sql");

const db::Statement kByName("accounts.by_name", "SELECT id FROM accounts WHERE username = $1");

const db::Statement kByEmail("accounts.by_email", R"sql(
SELECT id FROM personal_values WHERE noun = 'account' AND field = 'email' AND LOWER(value) = LOWER($1) LIMIT 2)sql");

const db::Statement kPage("accounts.page", R"sql(
SELECT a.id, a.username, n.value, e.value, a.role, a.region_code, a.unit, a.state, a.password_hash, a.password_until,
       a.totp_secret, a.totp_pending, a.totp_last_step, a.last_sign_in, a.version, a.automation
FROM accounts a
LEFT JOIN personal_values n ON n.noun = 'account' AND n.id = a.id AND n.field = 'name'
LEFT JOIN personal_values e ON e.noun = 'account' AND e.id = a.id AND e.field = 'email'
WHERE a.username > $1 AND (CAST($2 AS TEXT) = '' OR a.region_code = $2)
ORDER BY a.username
LIMIT $3)sql");

const db::Statement kCount("accounts.count", "SELECT COUNT(*) FROM accounts");

const db::Statement kPut("accounts.put", R"sql(
INSERT INTO accounts (id, username, role, region_code, unit, state, password_hash, password_until, totp_secret,
                      totp_pending, totp_last_step, last_sign_in, version, created_at, changed_at, automation)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14, $15)
ON CONFLICT (id) DO UPDATE SET
  role = excluded.role, region_code = excluded.region_code, unit = excluded.unit, state = excluded.state,
  password_hash = excluded.password_hash, password_until = excluded.password_until,
  totp_secret = excluded.totp_secret, totp_pending = excluded.totp_pending,
  totp_last_step = excluded.totp_last_step, version = excluded.version, changed_at = excluded.changed_at,
  automation = excluded.automation)sql");

const db::Statement kPutPersonal("personal_values.put", R"sql(
INSERT INTO personal_values (noun, id, field, value) VALUES ($1, $2, $3, $4)
ON CONFLICT (noun, id, field) DO UPDATE SET value = excluded.value)sql");

const db::Statement kSignIn("accounts.sign_in",
                            "UPDATE accounts SET last_sign_in = $2, totp_last_step = $3 WHERE id = $1");

const db::Statement kDropCodes("recovery_codes.drop", "DELETE FROM recovery_codes WHERE account = $1");
const db::Statement kAddCode("recovery_codes.add",
                             "INSERT INTO recovery_codes (account, hash) VALUES ($1, $2)");
const db::Statement kUseCode("recovery_codes.use",
                             "DELETE FROM recovery_codes WHERE account = $1 AND hash = $2");

const db::Statement kDropLinks("one_time_links.drop", "DELETE FROM one_time_links WHERE account = $1");
const db::Statement kAddLink("one_time_links.add",
                             "INSERT INTO one_time_links (hash, account, until) VALUES ($1, $2, $3)");
const db::Statement kFindLink("one_time_links.find",
                              "SELECT account FROM one_time_links WHERE hash = $1 AND until > $2");

domain::Account account_of(const db::Row& row) {
  domain::Account account;
  account.id = row.integer(0);
  account.username = row.text(1);
  account.name = row.text(2);
  account.email = row.text(3);
  account.role = row.text(4);
  account.region = row.text(5);
  account.unit = row.text(6);
  account.active = row.text(7) == "active";
  account.password_hash = row.text(8);
  if (!row.null(9)) account.password_until = row.instant(9);
  account.totp_secret = row.blob(10);
  account.totp_pending = row.blob(11);
  account.totp_last_step = row.integer(12);
  if (!row.null(13)) account.last_sign_in = row.instant(13);
  account.version = row.integer(14);
  account.automation = row.boolean(15);
  return account;
}

std::optional<db::Blob> null_if_empty(const std::string& bytes) {
  return bytes.empty() ? std::nullopt : std::optional(db::Blob{bytes});
}

}  // namespace

std::optional<domain::Account> find_account(db::Connection& connection, std::int64_t id) {
  return connection.first(kById, {id}, account_of);
}

std::optional<domain::Account> find_account(db::Connection& connection, std::string_view username) {
  const auto id = connection.first(kByName, {username}, [](const db::Row& row) { return row.integer(0); });
  return id ? find_account(connection, *id) : std::nullopt;
}

std::optional<domain::Account> find_account_by_name_or_email(db::Connection& connection,
                                                             std::string_view name) {
  if (name.empty()) return std::nullopt;
  if (auto account = find_account(connection, name)) return account;
  std::vector<std::int64_t> ids;
  connection.each(kByEmail, {name}, [&](const db::Row& row) { ids.push_back(row.integer(0)); });
  return ids.size() == 1 ? find_account(connection, ids.front()) : std::nullopt;
}

std::vector<domain::Account> read_accounts(db::Connection& connection, std::string_view region,
                                           std::string_view after, int limit) {
  std::vector<domain::Account> accounts;
  connection.each(kPage, {after, region, limit},
                  [&](const db::Row& row) { accounts.push_back(account_of(row)); });
  return accounts;
}

std::int64_t count_accounts(db::Connection& connection) {
  return connection.first(kCount, {}, [](const db::Row& row) { return row.integer(0); }).value_or(0);
}

void put_account(WriteTransaction& transaction, const domain::Account& account) {
  auto& connection = transaction.connection();
  connection.run(
      kPut, {account.id, account.username, account.role, account.region, account.unit,
             account.active ? "active" : "disabled", account.password_hash, account.password_until,
             null_if_empty(account.totp_secret), null_if_empty(account.totp_pending), account.totp_last_step,
             account.last_sign_in, account.version, transaction.now(), account.automation});
  connection.run(kPutPersonal, {kNoun, account.id, "name", account.name});
  connection.run(kPutPersonal, {kNoun, account.id, "email", account.email});
}

void note_sign_in(db::Connection& connection, std::int64_t account, Instant at, std::int64_t totp_step) {
  connection.run(kSignIn, {account, at, totp_step});
}

void put_recovery_codes(db::Connection& connection, std::int64_t account,
                        const std::vector<std::string>& hashes) {
  connection.run(kDropCodes, {account});
  for (const auto& hash : hashes) connection.run(kAddCode, {account, hash});
}

bool use_recovery_code(db::Connection& connection, std::int64_t account, std::string_view hash) {
  return connection.run(kUseCode, {account, hash}) > 0;
}

void put_one_time_link(db::Connection& connection, std::string_view hash, std::int64_t account,
                       Instant until) {
  connection.run(kDropLinks, {account});
  connection.run(kAddLink, {hash, account, until});
}

std::optional<std::int64_t> use_one_time_link(db::Connection& connection, std::string_view hash,
                                              Instant now) {
  const auto account =
      connection.first(kFindLink, {hash, now}, [](const db::Row& row) { return row.integer(0); });
  if (account) connection.run(kDropLinks, {*account});
  return account;
}

}  // namespace simpul::storage
