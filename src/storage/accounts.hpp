// Accounts with their personal values, recovery codes and one-time links. Used by service/accounts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/account.hpp"
#include "storage/store.hpp"

namespace simpul::storage {

std::optional<domain::Account> find_account(db::Connection& connection, std::int64_t id);
std::optional<domain::Account> find_account(db::Connection& connection, std::string_view username);
// Of this user name or, when it is the address of exactly one account, of this e-mail address.
std::optional<domain::Account> find_account_by_name_or_email(db::Connection& connection,
                                                             std::string_view name);
// By user name, those after `after`, at most `limit`; of one region unless `region` is empty.
std::vector<domain::Account> read_accounts(db::Connection& connection, std::string_view region,
                                           std::string_view after, int limit);
std::int64_t count_accounts(db::Connection& connection);

// Writes all columns and the personal values. Error Conflict: the user name is taken.
void put_account(WriteTransaction& transaction, const domain::Account& account);
void note_sign_in(db::Connection& connection, std::int64_t account, Instant at, std::int64_t totp_step);

void put_recovery_codes(db::Connection& connection, std::int64_t account,
                        const std::vector<std::string>& hashes);
// Whether it was there; it is not any more.
bool use_recovery_code(db::Connection& connection, std::int64_t account, std::string_view hash);

void put_one_time_link(db::Connection& connection, std::string_view hash, std::int64_t account,
                       Instant until);
// The account of a link that still works. Used or not: no link of the account is left afterwards.
std::optional<std::int64_t> use_one_time_link(db::Connection& connection, std::string_view hash, Instant now);

}  // namespace simpul::storage
