// Hands one e-mail to a mail server (libcurl). Used by service/outbox.
#pragma once

#include <string>
#include <string_view>

namespace simpul::mail {

struct SmtpOptions {
  std::string server;    // smtp://host:587 (STARTTLS) or smtps://host:465; empty: no mail is sent
  std::string user;      // empty: no sign-in at the server
  std::string password;  // never in a log, never in an argument
  // false: also without encryption, for a mail server on this machine.
  bool encrypted = true;
  std::string ca_file;  // certificates to trust instead of the system's
  int connect_seconds = 10;
  int seconds = 30;  // for all of it
};

// Error Invalid, with what is wrong: no smtp or smtps address, or one with a user or password in it.
void check_server(const SmtpOptions& options);

// Returns when the server has taken the message over. `from` and `to` are addresses (is_address), `text`
// comes from compose(). Errors: Unavailable (try again later: no answer, refused for now), Invalid (the
// server will never take it: bad recipient or sender); the codes of the server stand in `detail`.
void send(const SmtpOptions& options, const std::string& from, const std::string& to, std::string_view text);

}  // namespace simpul::mail
