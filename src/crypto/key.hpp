// The secret key of one installation: a file beside the database. With it secrets that must be read again
// (second factors) are sealed in the database, and personal values in the audit log are named by a keyed
// hash. Used by service.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <string_view>

namespace simpul::crypto {

class Key {
 public:
  // Reads the file, or makes one with mode 0600 when there is none. Error Unavailable: it cannot be read or
  // written; Invalid: it is no key, or others may read it.
  static Key load(const std::filesystem::path& file);
  // A key of its own, for tests.
  static Key random();

  // Encrypted and authenticated (XSalsa20-Poly1305), nonce first.
  std::string seal(std::string_view plain) const;
  // Error Internal: sealed with another key, or altered.
  std::string open(std::string_view sealed) const;
  // BLAKE2b keyed, 64 hex digits: equal values give equal text, and nobody without the key can try values.
  std::string keyed_hash(std::string_view value) const;

 private:
  Key() = default;
  std::array<unsigned char, 32> bytes_{};
};

}  // namespace simpul::crypto
