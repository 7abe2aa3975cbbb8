// Slows down who guesses: after a few failures a name or an address has to wait, longer each time, never for
// ever. Kept in memory: a flood writes nothing. Used by service/accounts.
#pragma once

#include <mutex>
#include <string>
#include <unordered_map>

#include "base/time.hpp"

namespace simpul::service {

class Throttle {
 public:
  // `free`: failures without a wait. Then 1, 2, 4, ... seconds, at most `longest`. Forgotten an hour after
  // the last failure.
  Throttle(int free, int longest_seconds) : free_(free), longest_(longest_seconds) {}

  // Seconds still to wait; 0: go on.
  int wait_seconds(const std::string& key, Instant now);
  void failed(const std::string& key, Instant now);
  void succeeded(const std::string& key);

 private:
  struct Entry {
    int failures = 0;
    Instant last;
  };
  int wait_of(const Entry& entry, Instant now) const;
  void sweep(Instant now);

  const int free_;
  const int longest_;
  std::mutex mutex_;
  std::unordered_map<std::string, Entry> entries_;
};

}  // namespace simpul::service
