// Hashes for the audit chain and for naming content. Not for passwords.
#pragma once

#include <string>
#include <string_view>

namespace simpul::crypto {

// BLAKE2b with 256 bits, as 64 lower-case hex digits.
std::string hash_hex(std::string_view bytes);

}  // namespace simpul::crypto
