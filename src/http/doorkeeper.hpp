// How many connections there are, in all and by address. Shared by the server's threads, touched once per
// connection.
#pragma once

#include <algorithm>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace simpul::http {

class Doorkeeper {
 public:
  // Addresses in `exempt` (our proxies) count in the total only.
  Doorkeeper(std::size_t total_limit, std::size_t address_limit, std::vector<std::string> exempt)
      : total_limit_(total_limit), address_limit_(address_limit), exempt_(std::move(exempt)) {}

  // True: the connection counts until leave() with the same address.
  bool admit(const std::string& address) {
    std::lock_guard lock(mutex_);
    if (total_ >= total_limit_) return false;
    auto& count = by_address_[address];
    if (count >= address_limit_ && std::ranges::find(exempt_, address) == exempt_.end()) return false;
    ++count;
    ++total_;
    return true;
  }
  void leave(const std::string& address) {
    std::lock_guard lock(mutex_);
    --total_;
    const auto found = by_address_.find(address);
    if (--found->second == 0) by_address_.erase(found);
  }
  std::size_t total() const {
    std::lock_guard lock(mutex_);
    return total_;
  }

 private:
  const std::size_t total_limit_;
  const std::size_t address_limit_;
  const std::vector<std::string> exempt_;
  mutable std::mutex mutex_;
  std::size_t total_ = 0;
  std::unordered_map<std::string, std::size_t> by_address_;
};

}  // namespace simpul::http
