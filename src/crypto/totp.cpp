#include "crypto/totp.hpp"

#include <liboath/oath.h>
#include <sodium.h>

#include <array>
#include <cstdlib>
#include <memory>

#include "base/error.hpp"
#include "crypto/token.hpp"

namespace simpul::crypto {
namespace {

constexpr std::int64_t kStep = 30;  // seconds
constexpr unsigned kDigits = 6;

[[noreturn]] void fail(int code) {
  throw Error(ErrorKind::Internal, "Something went wrong on our side", {}, {}, oath_strerror(code));
}

using Text = std::unique_ptr<char, decltype(&std::free)>;

std::string code_of_step(std::string_view secret, std::int64_t step) {
  char* raw = nullptr;
  std::size_t size = 0;
  if (const int code = oath_base32_decode(secret.data(), secret.size(), &raw, &size); code != OATH_OK)
    fail(code);
  const Text key(raw, &std::free);
  std::array<char, kDigits + 1> text{};
  if (const int code = oath_hotp_generate(key.get(), size, static_cast<std::uint64_t>(step), kDigits, false,
                                          OATH_HOTP_DYNAMIC_TRUNCATION, text.data());
      code != OATH_OK)
    fail(code);
  return text.data();
}

std::int64_t step_of(Instant now) {
  return now.microseconds / 1'000'000 / kStep;
}

}  // namespace

std::string new_totp_secret() {
  if (sodium_init() < 0) fail(OATH_CRYPTO_ERROR);
  std::array<unsigned char, 20> bytes;
  randombytes_buf(bytes.data(), bytes.size());
  char* raw = nullptr;
  std::size_t size = 0;
  if (const int code =
          oath_base32_encode(reinterpret_cast<const char*>(bytes.data()), bytes.size(), &raw, &size);
      code != OATH_OK)
    fail(code);
  const Text text(raw, &std::free);
  return {text.get(), size};
}

std::string totp_uri(std::string_view secret, std::string_view issuer, std::string_view account) {
  // Issuer and account are of a-z, 0-9 and . _ -: nothing to escape.
  return "otpauth://totp/" + std::string(issuer) + ':' + std::string(account) +
         "?secret=" + std::string(secret) + "&issuer=" + std::string(issuer);
}

std::optional<std::int64_t> totp_step(std::string_view secret, std::string_view code, Instant now,
                                      std::int64_t last_step) {
  const auto here = step_of(now);
  std::optional<std::int64_t> found;
  // All three are compared, so that the time taken tells nothing.
  for (const auto step : {here - 1, here, here + 1})
    if (same_secret(code_of_step(secret, step), code) && step > last_step) found = step;
  return found;
}

std::string totp_code(std::string_view secret, Instant now) {
  return code_of_step(secret, step_of(now));
}

}  // namespace simpul::crypto
