#include "crypto/hasher.hpp"

#include <sodium.h>

#include <array>
#include <fstream>
#include <vector>

#include "base/error.hpp"

namespace simpul::crypto {

struct Hasher::State {
  crypto_generichash_state inner;
};

Hasher::Hasher() : state_(std::make_unique<State>()) {
  crypto_generichash_init(&state_->inner, nullptr, 0, crypto_generichash_BYTES);
}

Hasher::~Hasher() = default;

void Hasher::add(std::string_view bytes) {
  crypto_generichash_update(&state_->inner, reinterpret_cast<const unsigned char*>(bytes.data()),
                            bytes.size());
}

std::string Hasher::hex() {
  std::array<unsigned char, crypto_generichash_BYTES> hash{};
  crypto_generichash_final(&state_->inner, hash.data(), hash.size());
  std::string text(2 * hash.size() + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
  text.pop_back();
  return text;
}

std::string hash_of_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  Hasher hasher;
  std::vector<char> piece(std::size_t{256} << 10);
  while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())), in.gcount() > 0)
    hasher.add({piece.data(), static_cast<std::size_t>(in.gcount())});
  if (!in.eof()) throw Error(ErrorKind::Unavailable, "{file} cannot be read", {{"file", file.string()}});
  return hasher.hex();
}

}  // namespace simpul::crypto
