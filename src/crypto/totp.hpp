// The second factor: time-based codes of six digits (RFC 6238) as every authenticator app makes them. Used by
// service/accounts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace simpul::crypto {

// 160 random bits as base32 without padding: 32 characters.
std::string new_totp_secret();

// "otpauth://totp/Simpul:admin?secret=...&issuer=Simpul", for the QR code.
std::string totp_uri(std::string_view secret, std::string_view issuer, std::string_view account);

// The 30-second step whose code this is, at most one step off; nullopt: none, or not after `last_step` (each
// code works once).
std::optional<std::int64_t> totp_step(std::string_view secret, std::string_view code, Instant now,
                                      std::int64_t last_step);

// The code of a moment: for tests and for nobody else.
std::string totp_code(std::string_view secret, Instant now);

}  // namespace simpul::crypto
