// Signing in and out, and who stands behind a request. Used by web and by the sub-commands.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/key.hpp"
#include "domain/account.hpp"
#include "domain/actor.hpp"
#include "service/throttle.hpp"
#include "storage/store.hpp"

namespace simpul::service {

class Outbox;

// What must be done before anything else works.
struct Needs {
  bool password = false;  // somebody else chose it: change it
  bool totp = false;      // the role asks for a second factor
  bool any() const { return password || totp; }
};

// A signed-in person at one moment.
struct Visitor {
  domain::Account account;
  domain::Session session;
  domain::Actor actor;
  Needs needs;
};

struct Where {
  std::string address;
  std::string agent;
};

// A visitor with the token for their cookie, which is nowhere else.
struct SignedIn {
  std::string token;
  Visitor visitor;
};

inline constexpr int kIdleSeconds = 30 * 60;
inline constexpr int kSessionSeconds = 12 * 3600;

// What an account may do now, by its role.
domain::Actor actor_of(const domain::Roles& roles, const domain::Account& account);

class Sessions {
 public:
  // All must outlive it. No `outbox`: nobody is told anything by e-mail.
  Sessions(storage::Store& store, const domain::Roles& roles, const crypto::Key& key,
           const Clock& clock = system_clock(), const Outbox* outbox = nullptr);

  // Errors: Unauthenticated ("totp_needed" when only the code is missing), TooMany with {seconds}. Takes as
  // long for an unknown name as for a wrong password.
  SignedIn sign_in(const std::string& username, const std::string& password, const std::string& totp,
                   const Where& where);
  // Who holds this token; nullopt: nobody, or the session is over, or the account is disabled.
  std::optional<Visitor> visitor(std::string_view token);
  void sign_out(const Visitor& visitor);

  std::vector<domain::Session> sessions(const Visitor& visitor);
  // Error NotFound: the visitor has no such session.
  void end(const Visitor& visitor, std::string_view id);

  // The visitor's own password. Error Invalid: the current one is wrong or the new one is too weak. All other
  // sessions end; this one goes on under a new token.
  SignedIn change_password(const Visitor& visitor, const std::string& current, const std::string& password,
                           const Where& where);
  // A one-time link by e-mail for whoever has this user name or address. The same answer after the same work
  // whether there is such an account or not. Errors: TooMany with {seconds}; Unavailable: mail is not set up.
  void forgot_password(const std::string& name, const std::string& language, const Where& where);
  // A new password by a one-time link. Error Invalid: the link does not work any more, or the password is too
  // weak.
  void use_link(const std::string& token, const std::string& password, const Where& where);

  // Begins with a second factor: the secret, not yet in force.
  std::string begin_totp(const Visitor& visitor);
  // In force from now on, when the code is right (Error Invalid otherwise). Gives recovery codes to show
  // once.
  std::vector<std::string> confirm_totp(const Visitor& visitor, const std::string& code);

  // The actor that an account is; Error Invalid: its role is not in roles.toml any more.
  domain::Actor actor_of(const domain::Account& account) const { return service::actor_of(roles_, account); }

 private:
  Visitor visitor_of(domain::Account account, domain::Session session) const;
  SignedIn begin(storage::WriteTransaction& transaction, domain::Account account, const Where& where);
  void check_password(const domain::Account& account, const std::string& password) const;
  [[noreturn]] void refuse(const std::string& username, const Where& where, Instant now, const char* key);

  storage::Store& store_;
  const domain::Roles& roles_;
  const crypto::Key& key_;
  const Clock& clock_;
  const Outbox* outbox_;
  Throttle by_name_{5, 15 * 60};
  Throttle by_address_{20, 15 * 60};
  Throttle links_by_name_{3, 3600};
  Throttle links_by_address_{10, 3600};
};

}  // namespace simpul::service
