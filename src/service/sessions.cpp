#include "service/sessions.hpp"

#include <algorithm>
#include <cctype>

#include "base/error.hpp"
#include "base/log.hpp"
#include "crypto/password.hpp"
#include "crypto/token.hpp"
#include "crypto/totp.hpp"
#include "i18n/fold.hpp"
#include "service/outbox.hpp"
#include "storage/accounts.hpp"
#include "storage/sessions.hpp"

namespace simpul::service {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kTouchSeconds = 60;  // how exact the last sign of life is
constexpr int kRecoveryCodes = 10;
constexpr const char* kWrong = msgid("The user name or the password is not right");
constexpr const char* kWrongCode = msgid("The code is not right or was used already. Wait for the next one");

Instant after(Instant now, std::int64_t seconds) {
  return {now.microseconds + seconds * kSecond};
}

// A recovery code as it was shown, however it is typed.
std::string recovery_hash(std::string_view code) {
  std::string plain;
  for (const char c : code)
    if (std::isalnum(static_cast<unsigned char>(c)))
      plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return crypto::token_hash("recovery:" + plain);
}

std::string content(const domain::Account& account) {
  return "{\"account\":" + std::to_string(account.id) + "}";
}

}  // namespace

Sessions::Sessions(storage::Store& store, const domain::Roles& roles, const crypto::Key& key,
                   const Clock& clock, const Outbox* outbox)
    : store_(store), roles_(roles), key_(key), clock_(clock), outbox_(outbox) {}

domain::Actor actor_of(const domain::Roles& roles, const domain::Account& account) {
  domain::Actor actor;
  actor.name = account.username;
  actor.account = account.id;
  actor.role = account.role;
  actor.region = account.region;
  actor.unit = account.unit;
  // A role that roles.toml lost: signed in, and nothing is allowed.
  if (const auto* role = roles.find(account.role)) {
    actor.scope = role->scope;
    actor.rights = role->rights;
  }
  return actor;
}

Visitor Sessions::visitor_of(domain::Account account, domain::Session session) const {
  Visitor visitor;
  visitor.actor = actor_of(account);
  if (!account.automation) {
    visitor.needs.password = account.password_until.has_value();
    const auto* role = roles_.find(account.role);
    visitor.needs.totp = role != nullptr && role->totp && account.totp_secret.empty();
  }
  visitor.account = std::move(account);
  visitor.session = std::move(session);
  return visitor;
}

void Sessions::refuse(const std::string& username, const Where& where, Instant now, const char* key) {
  by_name_.failed(username, now);
  by_address_.failed(where.address, now);
  spdlog::warn("sign-in refused from {}", where.address);
  throw Error(ErrorKind::Unauthenticated, key);
}

SignedIn Sessions::sign_in(const std::string& username, const std::string& password, const std::string& totp,
                           const Where& where) {
  const auto now = clock_.now();
  if (const int wait =
          std::max(by_name_.wait_seconds(username, now), by_address_.wait_seconds(where.address, now)))
    throw Error(ErrorKind::TooMany, "Too many attempts. Please wait {seconds} seconds and try again",
                {{"seconds", std::to_string(wait)}});
  std::optional<domain::Account> account;
  store_.read([&](db::Connection& connection) { account = storage::find_account(connection, username); });
  const bool usable =
      account && account->active && (!account->password_until || *account->password_until > now);
  if (!crypto::password_matches(usable ? account->password_hash : "", password))
    refuse(username, where, now, kWrong);

  std::optional<std::int64_t> step;
  bool by_recovery_code = false;
  if (!account->totp_secret.empty()) {
    if (totp.empty()) throw Error(ErrorKind::Unauthenticated, "totp_needed");
    step = crypto::totp_step(key_.open(account->totp_secret), totp, now, account->totp_last_step);
    by_recovery_code = !step;
  }
  // Made when the settings were weaker: made anew while the password is at hand.
  const auto stronger =
      crypto::password_needs_rehash(account->password_hash) ? crypto::hash_password(password) : std::string();
  std::optional<SignedIn> signed_in;
  store_.write(actor_of(*account), [&](storage::WriteTransaction& transaction) {
    // Once more, alone: the account may have changed, and a code works once.
    auto current = storage::find_account(transaction.connection(), account->id);
    if (!current || !current->active || current->password_hash != account->password_hash) return;
    if (step && *step <= current->totp_last_step) return;
    if (by_recovery_code &&
        !storage::use_recovery_code(transaction.connection(), current->id, recovery_hash(totp)))
      return;
    current->totp_last_step = step.value_or(current->totp_last_step);
    if (!stronger.empty()) {
      current->password_hash = stronger;
      storage::put_account(transaction, *current);
    }
    // Whoever signs in takes away what is over: tokens that open nothing need not be kept.
    storage::sweep_sessions(transaction.connection(), now, after(now, -kIdleSeconds));
    storage::note_sign_in(transaction.connection(), current->id, transaction.now(), current->totp_last_step);
    if (by_recovery_code)
      transaction.audit("use_recovery_code", "account", current->username, content(*current));
    transaction.audit("sign_in", "session", current->username, content(*current));
    signed_in = begin(transaction, std::move(*current), where);
  });
  if (!signed_in) refuse(username, where, now, kWrongCode);
  by_name_.succeeded(username);
  return std::move(*signed_in);
}

SignedIn Sessions::begin(storage::WriteTransaction& transaction, domain::Account account,
                         const Where& where) {
  SignedIn signed_in;
  signed_in.token = crypto::random_token();
  domain::Session session;
  session.hash = crypto::token_hash(signed_in.token);
  session.id = crypto::random_token().substr(0, 16);
  session.account = account.id;
  session.csrf = crypto::random_token();
  session.begun = session.seen = transaction.now();
  session.until = after(transaction.now(), kSessionSeconds);
  session.address = where.address.substr(0, 60);
  session.agent = where.agent.substr(0, 200);
  storage::add_session(transaction.connection(), session);
  signed_in.visitor = visitor_of(std::move(account), std::move(session));
  return signed_in;
}

std::optional<Visitor> Sessions::visitor(std::string_view token) {
  if (token.empty() || token.size() > 100) return std::nullopt;
  const auto hash = crypto::token_hash(token);
  const auto now = clock_.now();
  std::optional<Visitor> visitor;
  store_.read([&](db::Connection& connection) {
    auto session = storage::find_session(connection, hash);
    // A clock that was set back must not revive a session: one that was seen later than now is over as well.
    if (!session || session->until <= now || after(session->seen, kIdleSeconds) <= now ||
        after(now, kIdleSeconds) < session->seen)
      return;
    auto account = storage::find_account(connection, session->account);
    if (account && account->active) visitor = visitor_of(std::move(*account), std::move(*session));
  });
  if (visitor && after(visitor->session.seen, kTouchSeconds) <= now) {
    store_.housekeep(
        [&](db::Connection& connection, Instant) { storage::touch_session(connection, hash, now); });
    visitor->session.seen = now;
  }
  return visitor;
}

void Sessions::sign_out(const Visitor& visitor) {
  store_.write(visitor.actor, [&](storage::WriteTransaction& transaction) {
    if (storage::end_session(transaction.connection(), visitor.account.id, visitor.session.id) > 0)
      transaction.audit("sign_out", "session", visitor.account.username, content(visitor.account));
  });
}

std::vector<domain::Session> Sessions::sessions(const Visitor& visitor) {
  std::vector<domain::Session> sessions;
  const auto now = clock_.now();
  store_.read(
      [&](db::Connection& connection) { sessions = storage::sessions_of(connection, visitor.account.id); });
  std::erase_if(sessions, [&](const domain::Session& session) {
    return session.until <= now || after(session.seen, kIdleSeconds) <= now;
  });
  return sessions;
}

void Sessions::end(const Visitor& visitor, std::string_view id) {
  const bool ended = store_.write(visitor.actor, [&](storage::WriteTransaction& transaction) {
    if (storage::end_session(transaction.connection(), visitor.account.id, id) > 0)
      transaction.audit("end", "session", visitor.account.username, content(visitor.account));
  });
  if (!ended) throw Error(ErrorKind::NotFound, "There is no such session");
}

void Sessions::check_password(const domain::Account& account, const std::string& password) const {
  const auto fault =
      crypto::password_fault(password, {account.username, account.name, account.email, account.unit});
  if (!fault.empty())
    throw Error(ErrorKind::Invalid, "Something in the form is not right", {},
                {{"password", std::string(fault), {}}});
}

SignedIn Sessions::change_password(const Visitor& visitor, const std::string& current,
                                   const std::string& password, const Where& where) {
  const auto now = clock_.now();
  if (const int wait = by_name_.wait_seconds(visitor.account.username, now))
    throw Error(ErrorKind::TooMany, "Too many attempts. Please wait {seconds} seconds and try again",
                {{"seconds", std::to_string(wait)}});
  if (!crypto::password_matches(visitor.account.password_hash, current)) {
    by_name_.failed(visitor.account.username, now);
    throw Error(ErrorKind::Invalid, "Something in the form is not right", {},
                {{"current", msgid("This is not the current password"), {}}});
  }
  check_password(visitor.account, password);
  if (current == password)
    throw Error(ErrorKind::Invalid, "Something in the form is not right", {},
                {{"password", msgid("The new password is the old one"), {}}});
  const auto hash = crypto::hash_password(password);
  std::optional<SignedIn> signed_in;
  store_.write(visitor.actor, [&](storage::WriteTransaction& transaction) {
    auto account = storage::find_account(transaction.connection(), visitor.account.id);
    if (!account || !account->active || account->password_hash != visitor.account.password_hash)
      throw Error(ErrorKind::Conflict, "The account was changed meanwhile. Please sign in again");
    account->password_hash = hash;
    account->password_until.reset();
    account->automation = false;
    ++account->version;
    storage::put_account(transaction, *account);
    storage::end_sessions(transaction.connection(), account->id, "");
    transaction.audit("change_password", "account", account->username, content(*account));
    if (outbox_ != nullptr) outbox_->password_changed(transaction, *account);
    signed_in = begin(transaction, std::move(*account), where);
  });
  return std::move(*signed_in);
}

void Sessions::forgot_password(const std::string& name, const std::string& language, const Where& where) {
  if (outbox_ == nullptr || !outbox_->on())
    throw Error(ErrorKind::Unavailable,
                "This server sends no e-mail. Ask your administrator for a one-time link");
  const auto now = clock_.now();
  const auto folded = i18n::fold(name);
  if (const int wait = std::max(links_by_name_.wait_seconds(folded, now),
                                links_by_address_.wait_seconds(where.address, now)))
    throw Error(ErrorKind::TooMany, "Too many attempts. Please wait {seconds} seconds and try again",
                {{"seconds", std::to_string(wait)}});
  links_by_name_.failed(folded, now);
  links_by_address_.failed(where.address, now);
  // Whether there is such an account shows only when the mail is sent, to whom it is sent.
  store_.write(domain::program("link"), [&](storage::WriteTransaction& transaction) {
    outbox_->password_wanted(transaction, name, language);
  });
}

void Sessions::use_link(const std::string& token, const std::string& password, const Where& where) {
  const auto now = clock_.now();
  if (const int wait = by_address_.wait_seconds(where.address, now))
    throw Error(ErrorKind::TooMany, "Too many attempts. Please wait {seconds} seconds and try again",
                {{"seconds", std::to_string(wait)}});
  const auto hash = crypto::hash_password(password);
  bool done = false;
  store_.write(domain::program("link"), [&](storage::WriteTransaction& transaction) {
    const auto id =
        storage::use_one_time_link(transaction.connection(), crypto::token_hash(token), transaction.now());
    if (!id) return;
    auto account = storage::find_account(transaction.connection(), *id);
    if (!account || !account->active) return;
    // Thrown from here the link is still good.
    check_password(*account, password);
    account->password_hash = hash;
    account->password_until.reset();
    ++account->version;
    storage::put_account(transaction, *account);
    storage::end_sessions(transaction.connection(), account->id, "");
    transaction.audit("reset_password", "account", account->username, content(*account));
    if (outbox_ != nullptr) outbox_->password_changed(transaction, *account);
    done = true;
  });
  if (done) return;
  by_address_.failed(where.address, now);
  throw Error(ErrorKind::Invalid, "This link does not work any more. Ask your administrator for a new one");
}

std::string Sessions::begin_totp(const Visitor& visitor) {
  const auto secret = crypto::new_totp_secret();
  store_.write(visitor.actor, [&](storage::WriteTransaction& transaction) {
    auto account = storage::find_account(transaction.connection(), visitor.account.id);
    if (!account) throw Error(ErrorKind::NotFound, "There is no such account");
    account->totp_pending = key_.seal(secret);
    storage::put_account(transaction, *account);
    transaction.audit("begin_totp", "account", account->username, content(*account));
  });
  return secret;
}

std::vector<std::string> Sessions::confirm_totp(const Visitor& visitor, const std::string& code) {
  const auto now = clock_.now();
  std::vector<std::string> codes;
  const auto wrong = [] {
    return Error(ErrorKind::Invalid, "Something in the form is not right", {}, {{"code", kWrongCode, {}}});
  };
  store_.write(visitor.actor, [&](storage::WriteTransaction& transaction) {
    auto account = storage::find_account(transaction.connection(), visitor.account.id);
    if (!account || account->totp_pending.empty()) throw wrong();
    const auto step = crypto::totp_step(key_.open(account->totp_pending), code, now, 0);
    if (!step) throw wrong();
    account->totp_secret = std::exchange(account->totp_pending, {});
    account->totp_last_step = *step;
    ++account->version;
    storage::put_account(transaction, *account);
    std::vector<std::string> hashes;
    for (int i = 0; i < kRecoveryCodes; ++i) {
      codes.push_back(crypto::random_password().substr(0, 14));
      hashes.push_back(recovery_hash(codes.back()));
    }
    storage::put_recovery_codes(transaction.connection(), account->id, hashes);
    storage::end_sessions(transaction.connection(), account->id, visitor.session.hash);
    transaction.audit("set_totp", "account", account->username, content(*account));
  });
  return codes;
}

}  // namespace simpul::service
