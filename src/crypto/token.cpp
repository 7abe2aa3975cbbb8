#include "crypto/token.hpp"

#include <sodium.h>

#include <array>

#include "base/error.hpp"
#include "crypto/hash.hpp"

namespace simpul::crypto {
namespace {

void ready() {
  if (sodium_init() < 0)
    throw Error(ErrorKind::Internal, "Something went wrong on our side", {}, {}, "sodium");
}

}  // namespace

std::string random_token() {
  ready();
  std::array<unsigned char, 32> bytes;
  randombytes_buf(bytes.data(), bytes.size());
  std::string text(sodium_base64_ENCODED_LEN(32, sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  text.pop_back();  // the end mark
  return text;
}

std::string random_password() {
  ready();
  // Without 0 o 1 l i u v: what looks alike on paper.
  constexpr std::string_view kLetters = "abcdefghjkmnpqrstwxyz23456789";
  std::string text;
  for (int i = 0; i < 20; ++i) {
    if (i > 0 && i % 4 == 0) text += '-';
    text += kLetters[randombytes_uniform(kLetters.size())];
  }
  return text;
}

std::string token_hash(std::string_view token) {
  return hash_hex(token);
}

bool same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace simpul::crypto
