// One e-mail as text for the wire (RFC 5322, headers in RFC 2047, text/plain in UTF-8). What a person wrote
// cannot add a header or a recipient: addresses with anything unusual are refused, other header values lose
// their line breaks. Used by service/outbox.
#pragma once

#include <string>
#include <string_view>

#include "base/time.hpp"

namespace simpul::mail {

struct Message {
  std::string from_name;  // may be empty
  std::string from;       // address
  std::string to;         // address
  std::string subject;    // UTF-8
  std::string body;       // UTF-8, lines end in \n
  std::string id;         // letters and digits: the same mail sent twice bears the same Message-ID
  Instant date;
};

// One plain address: a local part of RFC 5321's atoms, one @, a host name; ASCII, at most 200 bytes, no
// blank, quote, bracket, comma or control character.
bool is_address(std::string_view text);

// The part after the @.
std::string_view host_of(std::string_view address);

// Lines end in CRLF, none is longer than 998 bytes (the body's at most 76). Error Invalid: `from` or `to` is
// no address.
std::string compose(const Message& message);

}  // namespace simpul::mail
