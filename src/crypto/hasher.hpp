// The hash of crypto/hash.hpp over bytes that come piece by piece. Used by backup.
#pragma once

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

}  // namespace simpul::crypto
