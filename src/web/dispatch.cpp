#include "web/dispatch.hpp"

#include <algorithm>
#include <chrono>

#include "base/error.hpp"
#include "base/log.hpp"
#include "crypto/hash.hpp"
#include "http/compress.hpp"
#include "http/head.hpp"
#include "http/target.hpp"
#include "i18n/translator.hpp"
#include "web/canonical.hpp"
#include "web/guard.hpp"
#include "web/headers.hpp"

namespace simpul::web {

namespace {

constexpr std::size_t kSmallestCompressed = 512;  // below, the header of the encoding costs what it saves

// A route that takes no body is sent a small one all the same by some, who shall be told 405 and not 413.
constexpr std::size_t kBodyRead = 16 * 1024;

// A large file takes a while, and those of others may come first.
constexpr std::chrono::seconds kLongWork{120};
constexpr std::size_t kLongQueue = 4;

Error internal(std::string what) {
  return Error(ErrorKind::Internal, "Something went wrong on our side", {}, {}, std::move(what));
}

// Compresses the body in place when the client takes it and it pays; a file by brotli only.
void encode(http::Response& response, http::Encoding encoding, const std::string& folder) {
  if (!response.body || response.body->encoding != http::Encoding::Identity ||
      encoding == http::Encoding::Identity || response.body->size() < kSmallestCompressed ||
      !http::compressible(response.header("Content-Type")))
    return;
  if (response.body->file) {
    if (encoding != http::Encoding::Brotli) return;
    try {
      response.body = std::make_shared<const http::Body>(
          http::Body{{}, encoding, http::compress(*response.body->file, folder)});
    } catch (const Error& error) {
      spdlog::warn("a large answer is sent as it is: {}", error.what());
    }
    return;
  }
  response.body = std::make_shared<const http::Body>(http::Body{
      http::compress(response.body->bytes, encoding, http::effort_for(response.header("Content-Type"))),
      encoding});
}

http::Encoding wanted_encoding(const http::Request& request) {
  return http::best_encoding(request.header("accept-encoding"), true, true);
}

bool loopback(std::string_view address) {
  return address.starts_with("127.") || address == "::1";
}

// The answer to one visitor from what is kept for all.
http::Response for_visitor(const Cached& cached, std::string_view if_none_match) {
  http::Response response = cached.response;
  if (names_etag(if_none_match, cached.etag)) {
    response.status = 304;
    response.body.reset();
  }
  return response;
}

}  // namespace

// What is known of a request once its route is found.
struct Dispatcher::Visit {
  const http::Request& request;
  const RouteTable::Match& match;
  std::shared_ptr<const catalog::Snapshot> snapshot;
  const i18n::Language* language = nullptr;
  View view;
};

Dispatcher::Dispatcher(std::vector<Face> faces, const Snapshots& snapshots, DispatchOptions options,
                       const Services* services)
    : faces_(std::move(faces)),
      table_(faces_),
      snapshots_(snapshots),
      options_(std::move(options)),
      services_(services),
      metrics_(table_.rows()),
      cache_(options_.cache_bytes),
      pool_(options_.pool_threads, options_.pool_queue),
      long_pool_(1, kLongQueue) {}

std::size_t Dispatcher::body_limit(const http::Request& head) const {
  const auto match = table_.find(head.method, head.path);
  return match.row == nullptr ? kBodyRead : std::max(kBodyRead, match.row->route->body);
}

RequestContext Dispatcher::context_of(const Visit& visit) const {
  RequestContext context{visit.request, visit.snapshot, visit.language};
  for (std::size_t i = 0; i < visit.match.captured; ++i)
    context.captured = context.captures[i] = visit.match.captures[i].in(visit.request.path);
  context.view = visit.view;
  context.site_url = options_.site_url;
  context.files_folder = options_.files_folder;
  context.services = services_;
  return context;
}

std::optional<std::chrono::milliseconds> Dispatcher::patience(const http::Request& head) const {
  const auto match = table_.find(head.method, head.path);
  const bool is_long = match.row != nullptr && match.row->route->work == Work::Long;
  return is_long ? std::optional<std::chrono::milliseconds>(kLongWork) : std::nullopt;
}

std::optional<http::Response> Dispatcher::answer(const http::Request& request, const http::MakeReply& later) {
  const auto match = table_.find(request.method, request.path);
  Visit visit{request, match, snapshots_.get(), nullptr, view_of(request)};
  if (match.row == nullptr) return finish(request, nullptr, not_found(visit), Metrics::From::Handler);
  const auto& row = *match.row;
  if (row.has_language) {
    visit.language = i18n::find_language(match.captures[0].in(request.path));
    if (visit.language == nullptr) return finish(request, &row, not_found(visit), Metrics::From::Handler);
  }
  if (row.face->needs_snapshot && !visit.snapshot) {
    const Error error(ErrorKind::Unavailable, "The data is being loaded. Please try again in a moment.");
    return finish(request, &row, error_response(context_of(visit), nullptr, error), Metrics::From::Handler);
  }
  const auto cache = row.route->cache;
  if ((cache == Cache::Page || cache == Cache::Tile) && row.route->method == "GET")
    return from_cache(visit, later);
  return made_each_time(visit, later);
}

std::optional<http::Response> Dispatcher::from_cache(const Visit& visit, const http::MakeReply& later) {
  const auto& request = visit.request;
  const auto& row = *visit.match.row;
  const auto query = canonical_query(*row.route, request);
  if (!query) return made_each_time(visit, later);
  const auto encoding = wanted_encoding(request);
  note_version(*visit.snapshot);

  thread_local std::string key;  // reused: no allocation on a hit
  key.assign(visit.snapshot->version())
      .append(" ")
      .append(request.path)
      .append("?")
      .append(*query)
      .append(" ");
  key += static_cast<char>('0' + static_cast<int>(encoding));
  if (row.route->cache == Cache::Page) {
    key += static_cast<char>('0' + static_cast<int>(visit.view.theme));
    key += visit.view.low_data ? 'l' : 'f';
  }

  auto made = cache_.get(key);
  if (made)
    return finish(request, &row, for_visitor(*made, request.header("if-none-match")), Metrics::From::Cache);
  const auto tell = [&]() -> PageCache::Waiter {
    return [this, reply = later(), request, row = visit.match.row](const PageCache::Made& page) {
      reply.send(
          finish(request, row, for_visitor(*page, request.header("if-none-match")), Metrics::From::Handler));
    };
  };
  const auto found = cache_.find(key, made, tell);
  if (found == PageCache::Found::Here)
    return finish(request, &row, for_visitor(*made, request.header("if-none-match")), Metrics::From::Cache);
  if (found == PageCache::Found::Wait) return std::nullopt;

  // The request as the handler may see it: nothing in it that is not in the key.
  auto canonical = std::make_shared<http::Request>();
  canonical->method = "GET";
  canonical->path = request.path;
  canonical->target =
      request.target.substr(0, request.target.find('?')) + (query->empty() ? "" : "?" + *query);
  canonical->query = *http::parse_query(*query);
  canonical->id = request.id;
  const Visit pure{*canonical, visit.match, visit.snapshot, visit.language, visit.view};
  if (row.route->work == Work::Inline) {
    const std::string mine = key;  // a waiter told by finish() may come back here and use the thread's key
    bool keep = false;
    made = make(pure, encoding, keep);
    cache_.finish(mine, made, keep);
    return finish(request, &row, for_visitor(*made, request.header("if-none-match")), Metrics::From::Handler);
  }
  cache_.wait(key, tell());
  const bool taken = pool_.submit([this, key = std::string(key), canonical, encoding, match = visit.match,
                                   snapshot = visit.snapshot, language = visit.language, view = visit.view] {
    bool keep = false;
    const auto ready = make(Visit{*canonical, match, snapshot, language, view}, encoding, keep);
    cache_.finish(key, ready, keep);
  });
  if (!taken) cache_.finish(key, std::make_shared<const Cached>(Cached{busy(visit), {}}), false);
  return std::nullopt;
}

// Never throws for a fault of the handler: whoever waits for the key must get an answer.
PageCache::Made Dispatcher::make(const Visit& visit, http::Encoding encoding, bool& keep) {
  const auto& row = *visit.match.row;
  const auto start = std::chrono::steady_clock::now();
  auto cached = std::make_shared<Cached>();
  auto& response = cached->response;
  try {
    response = run(context_of(visit), row);
    encode(response, encoding, options_.scratch_folder);
    keep = (response.status == 200 || response.status == 204) && !(response.body && response.body->file);
    if (keep && response.body) {
      const auto coding = static_cast<std::size_t>(response.body->encoding);
      cached->etag = '"' + crypto::hash_hex(response.body->bytes).substr(0, 20) + '-' + "igb"[coding] + '"';
      response.set("ETag", cached->etag);
    }
    if (keep) response.set("Simpul-Version", std::string(visit.snapshot->version()));
    add_headers(response, row.route->cache);
    response.ready_headers = std::make_shared<const std::string>(http::header_lines(response.headers));
    response.headers.clear();
  } catch (const std::exception& error) {
    keep = false;
    cached->etag.clear();
    response = error_response(context_of(visit), nullptr, internal(error.what()));
    add_headers(response, Cache::None);
  }
  metrics_.took(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  return cached;
}

std::optional<http::Response> Dispatcher::made_each_time(const Visit& visit, const http::MakeReply& later) {
  const auto& request = visit.request;
  const auto& row = *visit.match.row;
  const auto respond = [this, &row](const Visit& asked) {
    const auto start = std::chrono::steady_clock::now();
    auto context = context_of(asked);
    if (sees_metrics(asked.request)) {
      metrics_.cache_holds(cache_.bytes(), cache_.entries());
      context.metrics = &metrics_;
    }
    auto response = run(context, row);
    encode(response, wanted_encoding(asked.request), options_.scratch_folder);
    if (!response.ready_headers)
      add_headers(response, row.route->cache == Cache::Asset ? Cache::Asset : Cache::None);
    metrics_.took(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    return finish(asked.request, &row, std::move(response), Metrics::From::Handler);
  };
  if (row.route->work == Work::Inline) return respond(visit);
  const auto reply = later();
  auto& pool = row.route->work == Work::Long ? long_pool_ : pool_;
  const bool taken = pool.submit([respond, reply, request, match = visit.match, snapshot = visit.snapshot,
                                  language = visit.language, view = visit.view] {
    if (!reply.wanted()) return;  // the client has gone, or its time is over
    reply.send(respond(Visit{request, match, snapshot, language, view}));
  });
  if (!taken) reply.send(finish(request, &row, busy(visit), Metrics::From::Handler));
  return std::nullopt;
}

http::Response Dispatcher::run(const RequestContext& context, const RouteTable::Row& row) const {
  try {
    if (row.route->access == Access::Public) {
      check_body_and_origin(context, *row.route);
      return row.route->handler(context);
    }
    if (services_ == nullptr) throw internal("a route that is not public, and no services");
    const auto visitor = admit(context, *row.route);
    RequestContext known = context;
    known.visitor = &visitor;
    return row.route->handler(known);
  } catch (const Error& error) {
    return error_response(context, row.face->error_page, error, row.face->invalid);
  } catch (const std::exception& error) {
    return error_response(context, row.face->error_page, internal(error.what()));
  } catch (...) {
    return error_response(context, row.face->error_page,
                          internal("something that is no exception was thrown"));
  }
}

http::Response Dispatcher::error_response(const RequestContext& context, ErrorPage page, const Error& error,
                                          int invalid) const {
  const int status = error.kind == ErrorKind::Invalid ? invalid : http_status(error.kind);
  if (status >= 500)
    spdlog::error("request {:016x} {}: {}", context.request.id, simpul::quoted(context.request.target),
                  error.what());
  http::Response response;
  if (page != nullptr) {
    response = page(context, error);
    response.status = status;
  } else {
    response =
        http::Response::text(status, "text/plain; charset=utf-8", fill_message(error.key, error.args) + "\n");
  }
  if (error.kind == ErrorKind::Unavailable || error.kind == ErrorKind::TooMany)
    response.set("Retry-After", "5");
  return response;
}

// No route: 405 when only the method is wrong, a redirect when only the last slash is, else 404.
http::Response Dispatcher::not_found(const Visit& visit) const {
  const auto& request = visit.request;
  http::Response response;
  if (!visit.match.allow.empty()) {
    response = http::Response::text(405, "text/plain; charset=utf-8", "Method Not Allowed\n");
    response.set("Allow", visit.match.allow);
    add_headers(response, Cache::None);
    return response;
  }
  const bool slash = request.path.ends_with('/');
  const auto other = slash ? request.path.substr(0, request.path.size() - 1) : request.path + "/";
  const auto instead = other.empty() ? RouteTable::Match{} : table_.find(request.method, other);
  if (visit.match.row != nullptr || instead.row == nullptr ||
      (instead.row->has_language && i18n::find_language(instead.captures[0].in(other)) == nullptr))
    return not_found_page(visit);
  const auto mark = std::min(request.target.find('?'), request.target.size());
  auto location = request.target.substr(0, mark);
  if (slash) {
    location.pop_back();
  } else {
    location += '/';
  }
  response.status = 308;
  response.set("Location", location + request.target.substr(mark));
  add_headers(response, Cache::None);
  return response;
}

// A face answers for its own first word ("/tiles/...", "/api/..."), the website for everything else.
http::Response Dispatcher::not_found_page(const Visit& visit) const {
  const auto first = std::string_view(visit.request.path).substr(0, visit.request.path.find('/', 1));
  ErrorPage page = nullptr;
  const Face* own = nullptr;
  for (const auto& face : faces_) {
    if (page == nullptr) page = face.error_page;
    for (const auto& route : face.routes)
      if (own == nullptr && first.size() > 1 && route.path.substr(0, route.path.find('/', 1)) == first)
        own = &face;
  }
  if (own != nullptr) page = own->error_page;
  const bool plain = page == nullptr || (!visit.snapshot && (own == nullptr || own->needs_snapshot));
  // The language of the address, also where the address leads nowhere: /en/nothing.
  Visit told = visit;
  if (told.language == nullptr && first.size() > 1) told.language = i18n::find_language(first.substr(1));
  const Error error(ErrorKind::NotFound, "There is no such page");
  auto response = error_response(context_of(told), plain ? nullptr : page, error);
  encode(response, wanted_encoding(visit.request), options_.scratch_folder);
  add_headers(response, Cache::None);
  return response;
}

http::Response Dispatcher::busy(const Visit& visit) const {
  const Error error(ErrorKind::Unavailable,
                    "There is too much to do at the moment. Please try again shortly.");
  auto response = error_response(context_of(visit), nullptr, error);
  add_headers(response, Cache::None);
  return response;
}

bool Dispatcher::sees_metrics(const http::Request& request) const {
  // A forwarding header means that somebody stands between: then "loopback" says nothing about who asks.
  return options_.metrics && loopback(request.client_address) && request.header("x-forwarded-for").empty() &&
         request.header("forwarded").empty();
}

// Another version: what is kept under the old one will not be asked for again.
void Dispatcher::note_version(const catalog::Snapshot& snapshot) {
  thread_local const void* seen = nullptr;
  thread_local std::string seen_version;
  if (seen == this && seen_version == snapshot.version()) return;
  seen = this;
  seen_version = snapshot.version();
  std::lock_guard lock(version_mutex_);
  if (version_ == seen_version) return;
  version_ = seen_version;
  cache_.clear();
}

http::Response Dispatcher::finish(const http::Request& request, const RouteTable::Row* row,
                                  http::Response response, Metrics::From from) {
  metrics_.count(row, response.status, from);
  if (request.secure) response.headers.emplace_back("Strict-Transport-Security", kStrictTransportSecurity);
  if (options_.access_log)
    spdlog::info("access id={:016x} client={} method={} target={} status={} bytes={}", request.id,
                 request.client_address, simpul::quoted(request.method), simpul::quoted(request.target),
                 response.status, response.body ? response.body->size() : 0);
  return response;
}

}  // namespace simpul::web
