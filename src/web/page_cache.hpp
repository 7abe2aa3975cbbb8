// Finished answers by key: the bytes as they go out, with their headers. Bounded by bytes, the longest unused
// goes first. One maker per missing key: whoever asks meanwhile is told when it is there. Used by dispatch.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "http/message.hpp"

namespace simpul::web {

struct Cached {
  http::Response
      response;      // body, ready_headers with the ETag, status; no loose headers once it is in the cache
  std::string etag;  // with its quotes; empty: none
};

class PageCache {
 public:
  using Made = std::shared_ptr<const Cached>;
  using Waiter = std::function<void(const Made&)>;

  // `bytes` 0: keeps nothing, but still has one maker per key.
  explicit PageCache(std::size_t bytes) : shard_limit_(bytes / kShards) {}

  // What is kept; null: nothing.
  Made get(std::string_view key);
  // After get() gave nothing. Here: `made` came meanwhile. Make: the caller makes it and calls finish(), come
  // what may. Wait: somebody else does, and `waiter()` gave the function to call, on that other's thread.
  enum class Found { Here, Make, Wait };
  Found find(const std::string& key, Made& made, const std::function<Waiter()>& waiter);
  // Adds a waiter to what the caller itself is about to make.
  void wait(const std::string& key, Waiter waiter);
  // Ends the making of `key`, tells those who wait, and keeps the answer if `keep`.
  void finish(const std::string& key, Made made, bool keep);
  // Forgets all that is kept: another version has been published.
  void clear();

  std::size_t bytes() const;
  std::size_t entries() const;

 private:
  static constexpr std::size_t kShards = 16;
  struct Kept {
    std::string key;
    Made made;
    std::size_t size = 0;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view key) const { return std::hash<std::string_view>{}(key); }
  };
  struct Shard {
    mutable std::mutex mutex;
    std::list<Kept> kept;  // most recently used first
    std::unordered_map<std::string_view, std::list<Kept>::iterator, Hash, std::equal_to<>> by_key;
    std::unordered_map<std::string, std::vector<Waiter>> being_made;
    std::size_t bytes = 0;
  };
  // Under the lock of `s`.
  static Made take(Shard& s, std::string_view key);
  Shard& shard(std::string_view key) { return shards_[Hash{}(key) % kShards]; }

  const std::size_t shard_limit_;
  std::array<Shard, kShards> shards_;
};

}  // namespace simpul::web
