// Passwords of people: hashed with Argon2id, compared, and refused when everybody would guess them. Used by
// service/accounts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace simpul::crypto {

// "$argon2id$v=19$m=19456,t=2,p=1$...", 19 MiB and two passes (OWASP ASVS 5.0 appendix C). Takes some 20 ms.
// Error Unavailable: no memory.
std::string hash_password(std::string_view password);

// Whether `hash` was made of `password`. An empty hash costs as much time as a real one and never matches, so
// that an unknown account cannot be told from a wrong password.
bool password_matches(std::string_view hash, std::string_view password);

// Whether the hash was made with weaker settings than hash_password() uses now.
bool password_needs_rehash(std::string_view hash);

inline constexpr std::size_t kShortestPassword = 8;     // bytes; 15 and more are advised
inline constexpr std::size_t kLongestPassword = 1'000;  // bytes; nothing is cut off

// Why a password is not taken, as a message key; empty: it is good. `context`: words that belong to the
// person or the office (user name, name, region). Case does not count, nor digits and signs around a word.
std::string_view password_fault(std::string_view password, const std::vector<std::string>& context);

}  // namespace simpul::crypto
