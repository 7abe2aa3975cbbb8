#include "service/throttle.hpp"

#include <algorithm>

namespace simpul::service {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kForgotten = 3600 * kSecond;
constexpr std::size_t kMostEntries = 20'000;

}  // namespace

int Throttle::wait_of(const Entry& entry, Instant now) const {
  if (entry.failures < free_) return 0;
  const int doublings = std::min(entry.failures - free_, 20);
  const std::int64_t wait = std::min<std::int64_t>(1LL << doublings, longest_);
  const auto passed = now.microseconds - entry.last.microseconds;
  // A clock that was set back must not lock anybody out for longer than the wait itself.
  if (passed < 0) return static_cast<int>(wait);
  const auto left = wait * kSecond - passed;
  return left <= 0 ? 0 : static_cast<int>((left + kSecond - 1) / kSecond);
}

int Throttle::wait_seconds(const std::string& key, Instant now) {
  std::lock_guard lock(mutex_);
  const auto found = entries_.find(key);
  if (found == entries_.end()) return 0;
  return wait_of(found->second, now);
}

void Throttle::failed(const std::string& key, Instant now) {
  std::lock_guard lock(mutex_);
  if (entries_.size() >= kMostEntries) sweep(now);
  auto& entry = entries_[key];
  if (now.microseconds - entry.last.microseconds > kForgotten) entry.failures = 0;
  ++entry.failures;
  entry.last = now;
}

void Throttle::succeeded(const std::string& key) {
  std::lock_guard lock(mutex_);
  entries_.erase(key);
}

void Throttle::sweep(Instant now) {
  std::erase_if(entries_, [&](const auto& entry) {
    return now.microseconds - entry.second.last.microseconds > kForgotten;
  });
  // Still full: a flood of names. What has to wait least goes first.
  if (entries_.size() >= kMostEntries)
    std::erase_if(entries_, [&](const auto& entry) { return entry.second.failures < free_; });
  if (entries_.size() >= kMostEntries) entries_.clear();
}

}  // namespace simpul::service
