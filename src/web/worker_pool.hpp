// A few threads for work that may block or take long, with a queue that ends: full means "come again later",
// not "wait for ever". Used by dispatch.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace simpul::web {

class WorkerPool {
 public:
  WorkerPool(std::size_t threads, std::size_t queue);
  // Lets the running jobs end; those still in the queue are dropped.
  ~WorkerPool();

  // False: the queue is full. What a job throws is logged and ends that job only.
  bool submit(std::function<void()> job);

 private:
  void work();

  const std::size_t queue_limit_;
  std::mutex mutex_;
  std::condition_variable came_;
  std::deque<std::function<void()>> queue_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace simpul::web
