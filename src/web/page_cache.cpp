#include "web/page_cache.hpp"

namespace simpul::web {

namespace {

std::size_t size_of(const std::string& key, const Cached& cached) {
  // List node, map node and the blocks behind the pointers, roughly: a flood of small answers must count too.
  constexpr std::size_t kOverhead = 400;
  return kOverhead + key.size() + (cached.response.body ? cached.response.body->bytes.size() : 0) +
         (cached.response.ready_headers ? cached.response.ready_headers->size() : 0);
}

}  // namespace

PageCache::Made PageCache::take(Shard& s, std::string_view key) {
  const auto found = s.by_key.find(key);
  if (found == s.by_key.end()) return nullptr;
  s.kept.splice(s.kept.begin(), s.kept, found->second);
  return found->second->made;
}

PageCache::Made PageCache::get(std::string_view key) {
  auto& s = shard(key);
  std::lock_guard lock(s.mutex);
  return take(s, key);
}

PageCache::Found PageCache::find(const std::string& key, Made& made, const std::function<Waiter()>& waiter) {
  auto& s = shard(key);
  std::lock_guard lock(s.mutex);
  if ((made = take(s, key))) return Found::Here;
  const auto [making, first] = s.being_made.try_emplace(key);
  if (first) return Found::Make;
  making->second.push_back(waiter());
  return Found::Wait;
}

void PageCache::wait(const std::string& key, Waiter waiter) {
  auto& s = shard(key);
  std::lock_guard lock(s.mutex);
  s.being_made[key].push_back(std::move(waiter));
}

void PageCache::finish(const std::string& key, Made made, bool keep) {
  auto& s = shard(key);
  std::vector<Waiter> waiters;
  {
    std::lock_guard lock(s.mutex);
    if (const auto making = s.being_made.find(key); making != s.being_made.end()) {
      waiters = std::move(making->second);
      s.being_made.erase(making);
    }
    const auto size = size_of(key, *made);
    if (keep && size <= shard_limit_ && !s.by_key.contains(std::string_view(key))) {
      s.kept.push_front({key, made, size});
      s.by_key.emplace(s.kept.front().key, s.kept.begin());
      s.bytes += size;
      while (s.bytes > shard_limit_) {
        s.bytes -= s.kept.back().size;
        s.by_key.erase(std::string_view(s.kept.back().key));
        s.kept.pop_back();
      }
    }
  }
  for (const auto& waiter : waiters) waiter(made);
}

void PageCache::clear() {
  for (auto& s : shards_) {
    std::list<Kept> old;  // destroyed after the lock is given back
    std::lock_guard lock(s.mutex);
    s.by_key.clear();
    old.swap(s.kept);
    s.bytes = 0;
  }
}

std::size_t PageCache::bytes() const {
  std::size_t sum = 0;
  for (const auto& s : shards_) {
    std::lock_guard lock(s.mutex);
    sum += s.bytes;
  }
  return sum;
}

std::size_t PageCache::entries() const {
  std::size_t sum = 0;
  for (const auto& s : shards_) {
    std::lock_guard lock(s.mutex);
    sum += s.kept.size();
  }
  return sum;
}

}  // namespace simpul::web
