// The hash of crypto/hash.hpp over bytes that come piece by piece. Used by whoever keeps files.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace simpul::crypto {

class Hasher {
 public:
  Hasher();
  ~Hasher();
  Hasher(const Hasher&) = delete;
  Hasher& operator=(const Hasher&) = delete;

  void add(std::string_view bytes);
  // 64 lower-case hex digits; once, at the end.
  std::string hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Of all bytes of a file, in hex. Error Unavailable: it cannot be read.
std::string hash_of_file(const std::filesystem::path& file);

}  // namespace simpul::crypto
