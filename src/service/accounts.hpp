// Accounts of the 18 governments, as their administrators manage them. Used by web/api and the sub-commands.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "crypto/key.hpp"
#include "domain/account.hpp"
#include "domain/actor.hpp"
#include "storage/store.hpp"

namespace simpul::service {

class Outbox;

struct AccountDraft {
  std::string username;  // only of a new account
  std::string name;
  std::string email;
  std::string role;
  std::string region;
  std::string unit;
  bool active = true;
};

struct NewAccount {
  domain::Account account;
  std::string one_time_password;  // to show once
};

class Accounts {
 public:
  // All must outlive it. No `outbox`: nobody is told anything by e-mail.
  Accounts(storage::Store& store, const domain::Roles& roles, const crypto::Key& key,
           const Outbox* outbox = nullptr);

  // Those that the actor manages, by user name, after `after`, at most `limit`. Error NotFound: none ever.
  std::vector<domain::Account> list(const domain::Actor& actor, const std::string& after, int limit);
  // Error NotFound: there is none, or the actor does not manage it.
  domain::Account get(const domain::Actor& actor, std::int64_t id);

  // Errors: NotFound (not for this actor), Invalid with fields, Conflict (the name is taken).
  NewAccount create(const domain::Actor& actor, const AccountDraft& draft);
  // Error Conflict: `version` is not the current one. A change of role, region, unit or state ends the
  // sessions.
  domain::Account change(const domain::Actor& actor, std::int64_t id, std::int64_t version,
                         const AccountDraft& draft);
  // The token of a one-time link (30 minutes). The sessions end; with `totp` the second factor is forgotten
  // too.
  std::string reset(const domain::Actor& actor, std::int64_t id, bool totp);

  // The first administrator when there is no account yet: "admin" with a one-time password, or with `fixed`
  // when it is not empty (for programs: then neither a change nor a second factor is asked for). nullopt:
  // there are accounts already. Error Invalid: `fixed` is too weak.
  std::optional<NewAccount> first_administrator(const std::string& fixed);

  // For a demonstration: one account for each role and region it fits, named ROLE.REGION, all with this
  // password and without a second factor; those that are there stay. Gives how many were made. Error Invalid:
  // the password is too weak, or the register holds accounts that are none of a demonstration.
  std::size_t demonstration(const domain::Actor& actor, const std::string& password);

 private:
  std::vector<FieldError> faults(const domain::Actor& actor, const AccountDraft& draft, bool fresh) const;
  std::string content(const domain::Account& account) const;

  storage::Store& store_;
  const domain::Roles& roles_;
  const crypto::Key& key_;
  const Outbox* outbox_;
};

}  // namespace simpul::service
