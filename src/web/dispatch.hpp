// Between the server and the faces: finds the route, takes the snapshot once, serves from the page cache,
// runs handlers where they belong and turns what they throw into an answer. The one error boundary of the
// web.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/published.hpp"
#include "catalog/snapshot.hpp"
#include "http/server.hpp"
#include "web/metrics.hpp"
#include "web/page_cache.hpp"
#include "web/route_table.hpp"
#include "web/worker_pool.hpp"

namespace simpul::web {

struct DispatchOptions {
  std::size_t cache_bytes = 24 << 20;  // of the page cache; 0: nothing is kept
  std::size_t pool_threads = 2;        // for Work::Pool
  std::size_t pool_queue = 32;
  std::string site_url;        // "https://potensi.example.go.id"; empty: addresses are relative
  std::string files_folder;    // where published photos and documents lie
  std::string scratch_folder;  // for large answers on their way; empty: in memory
  bool metrics = false;        // /metrics for clients on this machine
  bool access_log = false;     // one line per request
};

class Dispatcher final : public http::Application {
 public:
  using Snapshots = Published<catalog::Snapshot>;
  // The first face with an error page also answers for paths that no face has. `snapshots` outlives the
  // dispatcher; the dispatcher outlives the server's threads.
  // `services`: for routes that are not public; they outlive the dispatcher too.
  Dispatcher(std::vector<Face> faces, const Snapshots& snapshots, DispatchOptions options,
             const Services* services = nullptr);

  std::size_t body_limit(const http::Request& head) const override;
  std::optional<std::chrono::milliseconds> patience(const http::Request& head) const override;
  std::optional<http::Response> answer(const http::Request& request, const http::MakeReply& later) override;

  const RouteTable& routes() const { return table_; }
  const PageCache& cache() const { return cache_; }

 private:
  struct Visit;
  RequestContext context_of(const Visit& visit) const;
  std::optional<http::Response> from_cache(const Visit& visit, const http::MakeReply& later);
  std::optional<http::Response> made_each_time(const Visit& visit, const http::MakeReply& later);
  PageCache::Made make(const Visit& visit, http::Encoding encoding, bool& keep);
  http::Response run(const RequestContext& context, const RouteTable::Row& row) const;
  http::Response error_response(const RequestContext& context, ErrorPage page, const Error& error,
                                int invalid = 400) const;
  http::Response not_found(const Visit& visit) const;
  http::Response not_found_page(const Visit& visit) const;
  http::Response busy(const Visit& visit) const;
  bool sees_metrics(const http::Request& request) const;
  void note_version(const catalog::Snapshot& snapshot);
  http::Response finish(const http::Request& request, const RouteTable::Row* row, http::Response response,
                        Metrics::From from);

  const std::vector<Face> faces_;
  const RouteTable table_;
  const Snapshots& snapshots_;
  const DispatchOptions options_;
  const Services* const services_;
  Metrics metrics_;
  PageCache cache_;
  std::mutex version_mutex_;
  std::string version_;  // of the answers in the cache
  WorkerPool pool_;      // last: their jobs use all that stands above
  WorkerPool long_pool_;
};

}  // namespace simpul::web
