// A value that one thread replaces and many read: the holder of the current snapshot. A reader gets a
// shared_ptr and keeps one version from the start of its work to the end.
#pragma once

#include <memory>
#include <mutex>

namespace simpul {

// Mutex and copy rather than std::atomic<std::shared_ptr>: the latter's implementation in libstdc++ 12 is not
// clean under ThreadSanitizer, and the mutex costs about 30 ns.
template <typename T>
class Published {
 public:
  std::shared_ptr<const T> get() const {
    std::lock_guard lock(mutex_);
    return value_;
  }
  void set(std::shared_ptr<const T> value) {
    {
      std::lock_guard lock(mutex_);
      value_.swap(value);
    }
    // The old version, if this was its last owner, is destroyed here, outside the lock.
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const T> value_;
};

}  // namespace simpul
