// Random tokens for sessions, links and one-time passwords, and what the database may keep of them. Used by
// service.
#pragma once

#include <string>
#include <string_view>

namespace simpul::crypto {

// 32 random bytes as base64url without padding: 43 characters.
std::string random_token();

// For a person to type from paper: five groups of four characters that cannot be mixed up, about 99 bits.
std::string random_password();

// What stands in the database instead of a token: its hash as hex. The token itself is nowhere.
std::string token_hash(std::string_view token);

// Equal, in a time that does not tell where they differ.
bool same_secret(std::string_view a, std::string_view b);

}  // namespace simpul::crypto
