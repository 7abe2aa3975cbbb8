#include "service/accounts.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "base/error.hpp"
#include "crypto/password.hpp"
#include "crypto/token.hpp"
#include "domain/account.hpp"
#include "mail/message.hpp"
#include "service/outbox.hpp"
#include "storage/accounts.hpp"
#include "storage/regions.hpp"
#include "storage/sessions.hpp"

namespace simpul::service {
namespace {

using domain::Right;

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kFirstPasswordSeconds = 7 * 24 * 3600;
constexpr std::size_t kMostName = 200;
constexpr const char* kNoAccount = msgid("There is no account with this number");
constexpr const char* kForm = "Something in the form is not right";

bool good_username(std::string_view name) {
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  return name.size() >= 3 && name.size() <= 60 && plain(name.front()) &&
         std::ranges::all_of(name, [&](char c) { return plain(c) || c == '.' || c == '_' || c == '-'; });
}

void must_manage(const domain::Actor& actor) {
  if (!actor.rights.has(Right::ManageUsers)) throw Error(ErrorKind::NotFound, kNoAccount);
}

}  // namespace

Accounts::Accounts(storage::Store& store, const domain::Roles& roles, const crypto::Key& key,
                   const Outbox* outbox)
    : store_(store), roles_(roles), key_(key), outbox_(outbox) {}

// As the audit log keeps it: personal values by reference and keyed hash.
std::string Accounts::content(const domain::Account& account) const {
  const auto personal = [&](const char* field, const std::string& value) {
    return boost::json::object{{"ref", "account/" + std::to_string(account.id) + "/" + field},
                               {"hash", value.empty() ? "" : key_.keyed_hash(value)}};
  };
  return boost::json::serialize(boost::json::object{{"id", account.id},
                                                    {"username", account.username},
                                                    {"name", personal("name", account.name)},
                                                    {"email", personal("email", account.email)},
                                                    {"role", account.role},
                                                    {"region", account.region},
                                                    {"unit", account.unit},
                                                    {"state", account.active ? "active" : "disabled"}});
}

std::vector<FieldError> Accounts::faults(const domain::Actor& actor, const AccountDraft& draft,
                                         bool fresh) const {
  std::vector<FieldError> faults;
  if (fresh && !good_username(draft.username))
    faults.push_back(
        {"username",
         msgid("3 to 60 characters of a-z, 0-9, dot, hyphen and underscore; first a letter or digit"),
         {}});
  if (draft.name.empty()) faults.push_back({"name", msgid("must not be empty"), {}});
  if (draft.name.size() > kMostName)
    faults.push_back({"name", "is longer than {most} bytes", {{"most", "200"}}});
  if (!draft.email.empty() && !mail::is_address(draft.email))
    faults.push_back({"email", msgid("This is no e-mail address"), {}});
  if (draft.unit.size() > kMostName)
    faults.push_back({"unit", "is longer than {most} bytes", {{"most", "200"}}});
  const auto* role = roles_.find(draft.role);
  if (role == nullptr)
    faults.push_back({"role", "\"{value}\" does not exist", {{"value", draft.role}}});
  else if (!domain::fits(*role, draft.region, draft.unit))
    faults.push_back(role->scope == domain::Scope::Unit
                         ? FieldError{"unit", "This role belongs to an office: name it", {}}
                         : FieldError{"region", "This role belongs to the province (74)", {}});
  else if (role->scope == domain::Scope::Province && actor.scope != domain::Scope::Province)
    faults.push_back({"role", msgid("Only the province gives roles of the province"), {}});
  return faults;
}

std::vector<domain::Account> Accounts::list(const domain::Actor& actor, const std::string& after, int limit) {
  must_manage(actor);
  std::vector<domain::Account> accounts;
  store_.read([&](db::Connection& connection) {
    accounts = storage::read_accounts(connection, actor.scope == domain::Scope::Province ? "" : actor.region,
                                      after, limit);
  });
  return accounts;
}

domain::Account Accounts::get(const domain::Actor& actor, std::int64_t id) {
  std::optional<domain::Account> account;
  store_.read([&](db::Connection& connection) { account = storage::find_account(connection, id); });
  if (!account || !domain::may(actor, Right::ManageUsers, {account->region, account->unit}))
    throw Error(ErrorKind::NotFound, kNoAccount);
  return *account;
}

NewAccount Accounts::create(const domain::Actor& actor, const AccountDraft& draft) {
  must_manage(actor);
  if (!domain::may(actor, Right::ManageUsers, {draft.region, draft.unit}))
    throw Error(ErrorKind::NotFound, "There is no region with this code");
  auto wrong = faults(actor, draft, true);
  NewAccount made;
  made.one_time_password = crypto::random_password();
  auto& account = made.account;
  account = {.username = draft.username,
             .name = draft.name,
             .email = draft.email,
             .role = draft.role,
             .region = draft.region,
             .unit = draft.unit,
             .password_hash = crypto::hash_password(made.one_time_password)};
  store_.write(actor, [&](storage::WriteTransaction& transaction) {
    auto& connection = transaction.connection();
    const auto regions = storage::read_regions(connection);
    if (std::ranges::find(regions, draft.region, &domain::Region::code) == regions.end() &&
        draft.region != "74")
      wrong.push_back({"region", "\"{value}\" does not exist", {{"value", draft.region}}});
    if (storage::find_account(connection, draft.username))
      wrong.push_back({"username", msgid("This user name is taken"), {}});
    if (!wrong.empty()) throw Error(ErrorKind::Invalid, kForm, {}, wrong);
    account.password_until = Instant{transaction.now().microseconds + kFirstPasswordSeconds * kSecond};
    account.id = transaction.next_sequence();
    transaction.audit("create", "account", account.username, content(account));
    storage::put_account(transaction, account);
    if (outbox_ != nullptr) outbox_->account_created(transaction, account);
  });
  return made;
}

domain::Account Accounts::change(const domain::Actor& actor, std::int64_t id, std::int64_t version,
                                 const AccountDraft& draft) {
  domain::Account account = get(actor, id);
  if (!domain::may(actor, Right::ManageUsers, {draft.region, draft.unit}))
    throw Error(ErrorKind::NotFound, "There is no region with this code");
  auto wrong = faults(actor, draft, false);
  store_.write(actor, [&](storage::WriteTransaction& transaction) {
    auto& connection = transaction.connection();
    auto current = storage::find_account(connection, id);
    if (!current || !domain::may(actor, Right::ManageUsers, {current->region, current->unit}))
      throw Error(ErrorKind::NotFound, kNoAccount);
    if (current->version != version)
      throw Error(ErrorKind::Conflict,
                  "Somebody changed this meanwhile. Look at their version before you save yours");
    const auto regions = storage::read_regions(connection);
    if (draft.region != "74" &&
        std::ranges::find(regions, draft.region, &domain::Region::code) == regions.end())
      wrong.push_back({"region", "\"{value}\" does not exist", {{"value", draft.region}}});
    const bool rights = draft.role != current->role || draft.region != current->region ||
                        draft.unit != current->unit || draft.active != current->active;
    // Who could lock out themselves could lock out everybody.
    if (id == actor.account && (draft.role != current->role || !draft.active))
      wrong.push_back({draft.active ? "role" : "state", msgid("Another administrator has to do this"), {}});
    if (!wrong.empty()) throw Error(ErrorKind::Invalid, kForm, {}, wrong);
    current->name = draft.name;
    current->email = draft.email;
    current->role = draft.role;
    current->region = draft.region;
    current->unit = draft.unit;
    current->active = draft.active;
    ++current->version;
    transaction.audit("change", "account", current->username, content(*current));
    storage::put_account(transaction, *current);
    if (rights) storage::end_sessions(connection, id, "");
    account = std::move(*current);
  });
  return account;
}

std::string Accounts::reset(const domain::Actor& actor, std::int64_t id, bool totp) {
  get(actor, id);
  const auto token = crypto::random_token();
  store_.write(actor, [&](storage::WriteTransaction& transaction) {
    auto& connection = transaction.connection();
    auto account = storage::find_account(connection, id);
    if (!account || !domain::may(actor, Right::ManageUsers, {account->region, account->unit}))
      throw Error(ErrorKind::NotFound, kNoAccount);
    if (totp) {
      account->totp_secret.clear();
      account->totp_pending.clear();
      storage::put_recovery_codes(connection, id, {});
    }
    account->password_hash.clear();
    ++account->version;
    storage::put_account(transaction, *account);
    storage::end_sessions(connection, id, "");
    storage::put_one_time_link(connection, crypto::token_hash(token), id,
                               Instant{transaction.now().microseconds + kLinkSeconds * kSecond});
    transaction.audit(totp ? "reset_all" : "reset", "account", account->username, content(*account));
  });
  return token;
}

std::optional<NewAccount> Accounts::first_administrator(const std::string& fixed) {
  std::int64_t count = 0;
  store_.read([&](db::Connection& connection) { count = storage::count_accounts(connection); });
  if (count > 0) return std::nullopt;
  if (!fixed.empty())
    if (const auto fault = crypto::password_fault(fixed, {}); !fault.empty())
      throw Error(ErrorKind::Invalid, "SIMPUL_ADMIN_PASSWORD: {why}", {{"why", std::string(fault)}});
  // The role that manages users in the whole province.
  const auto role = std::ranges::find_if(roles_.all(), [](const domain::Role& candidate) {
    return candidate.scope == domain::Scope::Province && candidate.rights.has(Right::ManageUsers);
  });
  NewAccount made;
  made.one_time_password = fixed.empty() ? crypto::random_password() : fixed;
  auto& account = made.account;
  account = {.username = "admin",
             .name = "Administrator",
             .email = {},
             .role = role->code,
             .region = "74",
             .unit = {},
             .password_hash = crypto::hash_password(made.one_time_password)};
  account.automation = !fixed.empty();
  const bool written = store_.write(domain::program("setup"), [&](storage::WriteTransaction& transaction) {
    if (storage::count_accounts(transaction.connection()) > 0) return;
    if (fixed.empty())
      account.password_until = Instant{transaction.now().microseconds + kFirstPasswordSeconds * kSecond};
    account.id = transaction.next_sequence();
    transaction.audit("create", "account", account.username, content(account));
    storage::put_account(transaction, account);
  });
  return written ? std::optional(made) : std::nullopt;
}

std::size_t Accounts::demonstration(const domain::Actor& actor, const std::string& password) {
  if (const auto fault = crypto::password_fault(password, {}); !fault.empty())
    throw Error(ErrorKind::Invalid, std::string(fault));
  const auto hash = crypto::hash_password(password);
  std::size_t made = 0;
  store_.write(actor, [&](storage::WriteTransaction& transaction) {
    auto& connection = transaction.connection();
    for (const auto& account : storage::read_accounts(connection, "", "", 10'000))
      if (account.username != "admin" && !account.automation)
        throw Error(
            ErrorKind::Invalid,
            "This register has accounts of real people: a demonstration needs a data folder of its own");
    for (const auto& role : roles_.all())
      for (const auto& region : storage::read_regions(connection)) {
        const std::string unit = role.scope == domain::Scope::Unit ? "Dinas Contoh" : "";
        const bool own = role.scope == domain::Scope::Province ? region.code == "74" : region.code != "74";
        domain::Account account;
        account.username = role.code + '.' + region.code;
        if (!own || !domain::fits(role, region.code, unit) ||
            storage::find_account(connection, account.username))
          continue;
        account.name = "Akun contoh";
        account.role = role.code;
        account.region = region.code;
        account.unit = unit;
        account.password_hash = hash;
        account.automation = true;
        account.id = transaction.next_sequence();
        transaction.audit("create", "account", account.username, content(account));
        storage::put_account(transaction, account);
        ++made;
      }
  });
  return made;
}

}  // namespace simpul::service
