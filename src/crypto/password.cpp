#include "crypto/password.hpp"

#include <sodium.h>

#include <algorithm>
#include <cctype>

#include "base/assets.hpp"
#include "base/error.hpp"

namespace simpul::crypto {
namespace {

constexpr unsigned long long kPasses = 2;
constexpr std::size_t kMemory = 19 * 1024 * 1024;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

// Without the digits and signs that people put around a word: "!Kendari2026" -> "kendari".
std::string core(std::string_view password) {
  auto text = lower(password);
  const auto letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) || (c & 0x80); };
  const auto first = std::find_if(text.begin(), text.end(), letter);
  const auto last = std::find_if(text.rbegin(), text.rend(), letter).base();
  return first < last ? std::string(first, last) : std::string();
}

bool listed(std::string_view word, std::string_view list) {
  for (std::size_t at = 0; at < list.size();) {
    const auto end = std::min(list.find('\n', at), list.size());
    if (list.substr(at, end - at) == word) return true;
    at = end + 1;
  }
  return false;
}

bool one_character(std::string_view text) {
  return std::ranges::all_of(text, [&](char c) { return c == text.front(); });
}

// "12345678", "hgfedcba": each character one more, or one less, than the one before.
bool one_run(std::string_view text) {
  const int step = text[1] - text[0];
  if (step != 1 && step != -1) return false;
  for (std::size_t i = 1; i < text.size(); ++i)
    if (text[i] - text[i - 1] != step) return false;
  return true;
}

}  // namespace

std::string hash_password(std::string_view password) {
  std::string hash(crypto_pwhash_STRBYTES, '\0');
  if (sodium_init() < 0 || crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), kPasses,
                                                 kMemory, crypto_pwhash_ALG_ARGON2ID13) != 0)
    throw Error(ErrorKind::Unavailable, "There is too much to do at the moment. Please try again shortly.",
                {}, {}, "argon2id");
  hash.resize(hash.find('\0'));
  return hash;
}

bool password_matches(std::string_view hash, std::string_view password) {
  static const std::string nobody = hash_password("a password that nobody has");
  const bool real = !hash.empty();
  const std::string text(real ? hash : nobody);
  const bool same = crypto_pwhash_str_verify(text.c_str(), password.data(), password.size()) == 0;
  return same && real;
}

bool password_needs_rehash(std::string_view hash) {
  return crypto_pwhash_str_needs_rehash(std::string(hash).c_str(), kPasses, kMemory) != 0;
}

std::string_view password_fault(std::string_view password, const std::vector<std::string>& context) {
  if (password.size() < kShortestPassword)
    return msgid("A password has at least 8 characters; 15 and more are better");
  if (password.size() > kLongestPassword) return msgid("A password has at most 1,000 characters");
  const auto whole = lower(password);
  const auto word = core(password);
  const auto* asset = find_asset("reference/common_passwords.txt");
  const std::string_view common = asset ? asset->bytes : std::string_view();
  if (one_character(whole) || one_run(whole) || listed(whole, common) || listed(word, common))
    return msgid("Everybody would guess this password. Take several words that do not belong together");
  for (const auto& own : context) {
    const auto name = lower(own);
    // Short names stand in too many words by chance.
    if (name.size() >= 4 && !word.empty() &&
        (word == name || (word.starts_with(name) && word.size() < name.size() + 4)))
      return msgid(
          "The password is your name, your office or your region. Take several words that do not belong "
          "together");
  }
  return {};
}

}  // namespace simpul::crypto
