// An account of an officer and a session of it, as plain records. Used by storage and service.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/time.hpp"

namespace simpul::domain {

struct Account {
  std::int64_t id = 0;
  std::string username;  // lower case, a-z 0-9 . _ -
  std::string name;      // personal
  std::string email;     // personal; or empty
  std::string role;      // code of Role
  std::string region;
  std::string unit;
  bool active = true;
  std::string password_hash;  // empty: no password works
  // A password that somebody else chose works until then and must be changed; none: the owner's own.
  std::optional<Instant> password_until;
  // Its password was fixed for a program: no change and no second factor is asked for.
  bool automation = false;
  std::string totp_secret;   // sealed; empty: no second factor
  std::string totp_pending;  // sealed; begun and not confirmed
  std::int64_t totp_last_step = 0;
  std::optional<Instant> last_sign_in;
  std::int64_t version = 1;
};

struct Session {
  std::string hash;  // of the token
  std::string id;    // names it to its owner
  std::int64_t account = 0;
  std::string csrf;
  Instant begun;
  Instant seen;
  Instant until;
  std::string address;
  std::string agent;
};

}  // namespace simpul::domain
