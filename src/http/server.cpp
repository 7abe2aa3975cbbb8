#include "http/server.hpp"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <cstring>
#include <ctime>
#include <list>
#include <mutex>
#include <random>
#include <thread>

#include "base/error.hpp"
#include "base/log.hpp"
#include "http/connection.hpp"
#include "http/doorkeeper.hpp"
#include "http/forwarded.hpp"
#include "http/framing.hpp"
#include "http/head.hpp"

namespace simpul::http {

namespace {

constexpr std::size_t kFilePiece = 64 * 1024;  // of a body that lies in a file, held in memory at a time

// One thread with its listening socket and its connections.
class Worker {
 public:
  Worker(const ServerOptions& options, Application& application, Doorkeeper& door)
      : options_(options), application_(application), door_(door), next_id_(std::random_device{}()) {
    next_id_ = next_id_ << 32 | std::random_device{}();
  }

  void listen(const tcp::endpoint& endpoint);
  tcp::endpoint endpoint() const { return acceptor_.local_endpoint(); }
  void run();
  void begin_stop();
  void end_now();

 private:
  Task<void> accept();
  Task<void> serve(std::list<Connection>::iterator connection);
  Task<int> read_head(Connection& c, std::size_t& head_size, bool first);
  Task<int> read_body(Connection& c, RequestReader& reader, std::size_t head_size);
  Task<bool> converse(Connection& c, bool first);
  std::optional<Response> ask(Connection& c, std::shared_ptr<LaterReply>& promise);
  Task<Response> wait_for(Connection& c, LaterReply& promise);
  static void watch(Connection& c);
  std::string_view begin_write(Connection& c, const Response& response, bool keep_alive);
  Task<bool> write_rest(Connection& c, std::string_view body);
  Task<bool> write_file(Connection& c, const OpenFile& file);
  static void drop(Connection& c, std::size_t used);
  Task<void> refuse(Connection& c, int status);
  void sweep();
  std::string_view date();
  Clock::time_point transfer_deadline(Clock::time_point start, std::size_t bytes) const {
    return start + options_.transfer_grace + std::chrono::milliseconds(bytes * 1000 / options_.transfer_rate);
  }

  const ServerOptions& options_;
  Application& application_;
  Doorkeeper& door_;
  std::shared_ptr<asio::io_context> io_ = std::make_shared<asio::io_context>(1);
  Acceptor acceptor_{*io_};
  Timer sweeper_{*io_};
  Timer pause_{*io_};
  bool sweeping_ = false;
  bool stopping_ = false;
  std::list<Connection> connections_;
  std::string date_;
  std::int64_t date_second_ = 0;
  std::uint64_t next_id_;
};

void Worker::listen(const tcp::endpoint& endpoint) {
  acceptor_.open(endpoint.protocol());
  acceptor_.set_option(asio::socket_base::reuse_address(true));
  acceptor_.set_option(asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>(true));
  acceptor_.bind(endpoint);
  acceptor_.listen();
  asio::co_spawn(io_->get_executor(), accept(), asio::detached);
}

void Worker::run() {
  // Nothing below throws on purpose; whatever does must not take the thread, and with it the server, down.
  while (true) {
    try {
      io_->run();
      return;
    } catch (const std::exception& error) {
      spdlog::error("server thread: {}", error.what());
    }
  }
}

void Worker::begin_stop() {
  asio::post(*io_, [this] {
    stopping_ = true;
    error_code ignored;
    acceptor_.close(ignored);
    pause_.cancel();
    for (auto& c : connections_)
      if (c.idle) c.socket.cancel(ignored);
    if (connections_.empty()) sweeper_.cancel();
  });
}

void Worker::end_now() {
  asio::post(*io_, [this] {
    error_code ignored;
    for (auto& c : connections_) {
      c.timed_out = true;
      c.socket.close(ignored);
      if (c.waiting && c.waiting->timer != nullptr) c.waiting->timer->cancel();
    }
  });
}

// Deadlines are plain fields looked at a few times a second: cheaper than a timer per read and write.
void Worker::sweep() {
  if (sweeping_) return;
  sweeping_ = true;
  const auto shortest = std::min({options_.head_time, options_.idle_time, options_.transfer_grace});
  sweeper_.expires_after(
      std::clamp(shortest / 8, std::chrono::milliseconds(10), std::chrono::milliseconds(1000)));
  sweeper_.async_wait([this](error_code error) {
    sweeping_ = false;
    if (error) return;
    const auto now = Clock::now();
    for (auto& c : connections_) {
      if (c.deadline > now) continue;
      c.timed_out = true;
      error_code ignored;
      c.socket.cancel(ignored);
    }
    if (!connections_.empty()) sweep();
  });
}

std::string_view Worker::date() {
  const auto second = static_cast<std::int64_t>(std::time(nullptr));
  if (second != date_second_) {
    date_second_ = second;
    date_ = http_date(second);
  }
  return date_;
}

Task<void> Worker::accept() {
  while (acceptor_.is_open()) {
    auto [error, socket] = co_await acceptor_.async_accept(kWait);
    if (error == asio::error::operation_aborted || !acceptor_.is_open()) co_return;
    if (error) {
      // No descriptors left, most likely: wait for some to be freed instead of spinning.
      spdlog::warn("a connection could not be accepted: {}", error.message());
      pause_.expires_after(std::chrono::milliseconds(100));
      co_await pause_.async_wait(kWait);
      continue;
    }
    error_code failed;
    const auto peer = socket.remote_endpoint(failed);
    if (failed) continue;
    socket.non_blocking(true, failed);
    socket.set_option(tcp::no_delay(true), failed);
    auto address = plain_address(peer.address().to_string());
    if (!door_.admit(address)) {
      static constexpr std::string_view kFull =
          "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: "
          "close\r\n\r\n";
      socket.write_some(asio::buffer(kFull), failed);
      continue;
    }
    connections_.push_front(Connection{std::move(socket), std::move(address)});
    const auto connection = connections_.begin();
    connection->deadline = Clock::now() + options_.head_time;
    sweep();
    asio::co_spawn(io_->get_executor(), serve(connection), asio::detached);
  }
}

Task<void> Worker::serve(std::list<Connection>::iterator connection) {
  auto& c = *connection;
  try {
    for (bool first = true; co_await converse(c, first); first = false) {
    }
  } catch (const std::exception& error) {
    spdlog::error("connection: {}", error.what());
  }
  door_.leave(c.address);
  connections_.erase(connection);
  if (connections_.empty() && stopping_) sweeper_.cancel();
}

// One request and its response. False: the connection is over.
Task<bool> Worker::converse(Connection& c, bool first) {
  std::size_t head_size = 0;
  int status = co_await read_head(c, head_size, first);
  if (status == 0) co_return false;
  c.request.headers.clear();
  c.request.body.clear();
  c.request.id = next_id_++;
  RequestReader reader(c.request);
  if (status == 200) {
    error_code error;
    reader.put(asio::buffer(c.in.data(), head_size), error);
    if (error == beast::http::error::bad_version)
      status = 505;
    else if (error || reader.bad_target || !reader.is_header_done())
      status = 400;
  }
  if (status == 200) {
    know_client(c.request, c.address, options_.proxies);
    const auto framing = framing_of(c.request, reader.minor_version);
    status = framing.status;
    if (status == 200 && !reader.is_done()) {
      const auto limit = application_.body_limit(c.request);
      if (framing.content_length > limit || (framing.chunked && limit == 0)) status = 413;
      reader.body_limit(limit);
      if (status == 200 && framing.expects_continue) {
        static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
        co_await asio::async_write(c.socket, asio::buffer(kContinue), kWait);
      }
    }
  }
  // Most requests have no body, are answered at once and fit into the socket's buffer: no coroutine for
  // these.
  if (status == 200 && reader.is_done()) {
    drop(c, head_size);
  } else if (status == 200) {
    status = co_await read_body(c, reader, head_size);
    if (status == 0) co_return false;
  }
  if (status != 200) {
    co_await refuse(c, status);
    co_return false;
  }
  std::shared_ptr<LaterReply> promise;
  auto response = ask(c, promise);
  if (!response) response = co_await wait_for(c, *promise);
  const bool keep_alive = keeps_alive(c.request, reader.minor_version) && !stopping_;
  const auto body = begin_write(c, *response, keep_alive);
  if (c.sent < c.head.size() + body.size() && !co_await write_rest(c, body)) co_return false;
  if (c.with_body && response->body->file && !co_await write_file(c, *response->body->file)) co_return false;
  co_return keep_alive;
}

// 200 with the size of the head in c.in; 0: the client has gone or said nothing in time; else the status to
// refuse with.
Task<int> Worker::read_head(Connection& c, std::size_t& head_size, bool first) {
  HeadScanner scanner;
  Clock::time_point head_deadline = Clock::now() + options_.head_time;
  while (true) {
    const int status = scanner.scan({c.in.data(), c.filled});
    if (status != 0) {
      head_size = scanner.head_size();
      co_return status;
    }
    if (c.filled == c.in.size()) c.in.resize(c.in.size() * 2);
    c.idle = c.filled == 0;
    if (c.idle && stopping_) co_return 0;
    c.deadline = c.idle && !first ? Clock::now() + options_.idle_time : head_deadline;
    const auto [error, read] = co_await c.socket.async_read_some(
        asio::buffer(c.in.data() + c.filled, c.in.size() - c.filled), kWait);
    if (error) co_return c.timed_out && !c.idle ? 408 : 0;
    if (c.idle) head_deadline = Clock::now() + options_.head_time;
    c.idle = false;
    c.timed_out = false;
    c.filled += read;
  }
}

// Reads the body, if there is one, and leaves in c.in what belongs to the next request. Results as read_head.
Task<int> Worker::read_body(Connection& c, RequestReader& reader, std::size_t head_size) {
  std::size_t used = head_size;
  std::size_t raw = 0;
  reader.eager(true);
  const auto start = Clock::now();
  while (!reader.is_done()) {
    error_code error;
    const auto taken = reader.put(asio::buffer(c.in.data() + used, c.filled - used), error);
    used += taken;
    raw += taken;
    if (error == beast::http::error::body_limit) co_return 413;
    if (error && error != beast::http::error::need_more) co_return 400;
    // Many tiny chunks are mostly chunk heads.
    if (raw > 2 * c.request.body.size() + 16 * 1024) co_return 400;
    if (reader.is_done()) break;
    drop(c, used);
    used = 0;
    if (c.filled == c.in.size()) co_return 400;  // a chunk head that fills the whole buffer
    c.deadline = transfer_deadline(start, raw);
    const auto [failed, read] = co_await c.socket.async_read_some(
        asio::buffer(c.in.data() + c.filled, c.in.size() - c.filled), kWait);
    if (failed) co_return c.timed_out ? 408 : 0;
    c.filled += read;
  }
  drop(c, used);
  co_return 200;
}

// Takes the first `used` bytes off what has been read.
void Worker::drop(Connection& c, std::size_t used) {
  if (used != c.filled) std::memmove(c.in.data(), c.in.data() + used, c.filled - used);
  c.filled -= used;
}

// The application's answer, or none and the promise of one.
std::optional<Response> Worker::ask(Connection& c, std::shared_ptr<LaterReply>& promise) {
  struct {
    Worker& worker;
    Connection& connection;
    std::shared_ptr<LaterReply>& promise;
  } parts{*this, c, promise};
  try {
    // One reference to capture: a std::function of it needs no memory of its own.
    auto response = application_.answer(c.request, [&parts] {
      parts.connection.waiting = std::make_shared<Waiting>();
      parts.promise = std::make_shared<LaterReply>(parts.worker.io_, parts.connection.waiting);
      return Reply(parts.promise);
    });
    if (response || promise) return response;
    spdlog::error("request {:016x}: neither an answer nor the promise of one", c.request.id);
  } catch (const std::exception& error) {
    spdlog::error("request {:016x}: {}", c.request.id, error.what());
  }
  return Response::text(500, "text/plain; charset=utf-8", "Internal Server Error\n");
}

Task<Response> Worker::wait_for(Connection& c, LaterReply& promise) {
  Timer timer(*io_, application_.patience(c.request).value_or(options_.answer_time));
  const auto waiting = c.waiting;
  c.deadline = Clock::time_point::max();
  waiting->timer = &timer;
  watch(c);
  while (!waiting->response && !c.timed_out && !waiting->gone) {
    const auto [cancelled] = co_await timer.async_wait(kWait);
    if (!cancelled) break;
  }
  promise.give_up();
  waiting->timer = nullptr;
  c.waiting.reset();
  error_code ignored;
  c.socket.cancel(ignored);
  if (waiting->response) co_return std::move(*waiting->response);
  auto late = Response::text(503, "text/plain; charset=utf-8", "This took too long. Please try again.\n");
  late.set("Retry-After", "5");
  co_return late;
}

// Ends the waiting when the client closes: nobody would read the answer.
void Worker::watch(Connection& c) {
  c.socket.async_wait(Socket::wait_read, [waiting = c.waiting, &c](error_code error) {
    if (error || waiting->timer == nullptr) return;
    char byte = 0;
    c.socket.receive(asio::buffer(&byte, 1), asio::socket_base::message_peek, error);
    if (!error || error == asio::error::would_block) return;
    waiting->gone = true;
    waiting->timer->cancel();
  });
}

// Makes the head, sends what the socket takes at once (one writev) and gives the body; c.sent says how far it
// came.
std::string_view Worker::begin_write(Connection& c, const Response& response, bool keep_alive) {
  c.head.clear();
  auto& with_body = c.with_body;
  with_body = response.body && c.request.method != "HEAD" && response.status != 204 && response.status != 304;
  try {
    append_head(c.head, response, keep_alive, date());
  } catch (const Error& error) {
    spdlog::error("request {:016x}: {}", c.request.id, error.what());
    c.head.clear();
    append_head(c.head, Response{.status = 500}, keep_alive, date());
    with_body = false;
  }
  const std::string_view body = with_body ? std::string_view(response.body->bytes) : std::string_view{};
  error_code error;
  c.sent =
      c.socket.write_some(std::array<asio::const_buffer, 2>{asio::buffer(c.head), asio::buffer(body)}, error);
  return body;
}

// False: the client has gone, or reads too slowly.
Task<bool> Worker::write_rest(Connection& c, std::string_view body) {
  const auto start = Clock::now();
  while (c.sent < c.head.size() + body.size()) {
    c.deadline = transfer_deadline(start, c.sent);
    const auto in_head = std::min(c.sent, c.head.size());
    const std::array<asio::const_buffer, 2> rest{asio::buffer(c.head) + in_head,
                                                 asio::buffer(body) + (c.sent - in_head)};
    const auto [failed, more] = co_await c.socket.async_write_some(rest, kWait);
    if (failed) co_return false;
    c.sent += more;
  }
  co_return true;
}

// A body out of a file, in pieces. False as above, or the disk does not answer: what was promised cannot be
// kept, so the connection ends.
Task<bool> Worker::write_file(Connection& c, const OpenFile& file) {
  const auto start = Clock::now();
  std::vector<char> piece(std::min<std::uint64_t>(file.size(), kFilePiece));
  for (std::uint64_t place = 0; place < file.size();) {
    const auto have = file.read(place, piece.data(), piece.size());
    if (have == 0) co_return false;
    place += have;
    for (std::size_t sent = 0; sent < have;) {
      c.deadline = transfer_deadline(start, place);
      const auto [failed, more] =
          co_await c.socket.async_write_some(asio::buffer(piece.data() + sent, have - sent), kWait);
      if (failed) co_return false;
      sent += more;
    }
  }
  co_return true;
}

// Answers a request that breaks the rules and ends the connection. What the client still sends is read for a
// moment: closing over unread bytes would reset the connection and take the answer with it.
Task<void> Worker::refuse(Connection& c, int status) {
  auto response = Response::text(status, "text/plain; charset=utf-8", std::string(reason(status)) + "\n");
  response.set("X-Content-Type-Options", "nosniff");
  response.set("Cache-Control", "no-store");
  c.timed_out = false;
  c.request.method = "GET";
  const auto body = begin_write(c, response, false);
  if (!co_await write_rest(c, body)) co_return;
  error_code ignored;
  c.socket.shutdown(tcp::socket::shutdown_send, ignored);
  c.deadline = Clock::now() + std::min(options_.head_time, std::chrono::milliseconds(2000));
  for (std::size_t drained = 0; drained < 256 * 1024;) {
    const auto [error, read] = co_await c.socket.async_read_some(asio::buffer(c.in), kWait);
    if (error) co_return;
    drained += read;
  }
}

}  // namespace

struct Server::Parts {
  Parts(ServerOptions options_in, Application& application_in)
      : options(std::move(options_in)),
        application(application_in),
        door(options.connections, options.connections_per_address, options.proxies) {}

  ServerOptions options;
  Application& application;
  Doorkeeper door;
  std::vector<std::unique_ptr<Worker>> workers;
  std::vector<std::thread> threads;
  std::uint16_t port = 0;
  std::mutex mutex;
  std::condition_variable ended;
  std::size_t running = 0;
};

Server::Server(ServerOptions options, Application& application)
    : parts_(std::make_unique<Parts>(std::move(options), application)) {}

Server::~Server() {
  stop();
}

void Server::start() {
  auto& p = *parts_;
  const auto& options = p.options;
  const MessageArgs where{{"address", options.address}, {"port", std::to_string(options.port)}};
  error_code error;
  const auto address = asio::ip::make_address(options.address, error);
  if (error)
    throw Error(ErrorKind::Unavailable, "{address} is not an address to listen on; use one like 127.0.0.1",
                where);
  tcp::endpoint endpoint(address, options.port);
  try {
    {
      // SO_REUSEPORT would let a second program of the same user share the port without a word: look first
      // without it.
      asio::io_context io;
      tcp::acceptor probe(io);
      probe.open(endpoint.protocol());
      probe.set_option(asio::socket_base::reuse_address(true));
      probe.bind(endpoint);
    }
    const auto threads =
        options.threads > 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
    for (unsigned i = 0; i < threads; ++i) {
      p.workers.push_back(std::make_unique<Worker>(options, p.application, p.door));
      p.workers.back()->listen(endpoint);
      endpoint = p.workers.front()->endpoint();
    }
  } catch (const boost::system::system_error& failure) {
    p.workers.clear();
    if (failure.code() == asio::error::address_in_use)
      throw Error(ErrorKind::Unavailable,
                  "Port {port} on {address} is in use; stop the program that has it, or choose another with "
                  "SIMPUL_PORT",
                  where);
    if (failure.code() == asio::error::access_denied)
      throw Error(
          ErrorKind::Unavailable,
          "Port {port} needs the rights of the administrator; choose one from 1024 up with SIMPUL_PORT",
          where);
    throw Error(ErrorKind::Unavailable,
                "Cannot listen on {address}, port {port}; is it an address of this machine?", where, {},
                failure.what());
  }
  p.port = endpoint.port();
  p.running = p.workers.size();
  for (auto& worker : p.workers) {
    p.threads.emplace_back([&p, &worker] {
      worker->run();
      std::lock_guard lock(p.mutex);
      --p.running;
      p.ended.notify_all();
    });
  }
}

std::uint16_t Server::port() const {
  return parts_->port;
}

void Server::stop() {
  auto& p = *parts_;
  for (auto& worker : p.workers) worker->begin_stop();
  {
    std::unique_lock lock(p.mutex);
    const auto done = [&p] { return p.running == 0; };
    if (!p.ended.wait_for(lock, p.options.stop_time, done)) {
      for (auto& worker : p.workers) worker->end_now();
      p.ended.wait(lock, done);
    }
  }
  for (auto& thread : p.threads) thread.join();
  p.threads.clear();
  p.workers.clear();
}

std::size_t Server::open_connections() const {
  return parts_->door.total();
}

}  // namespace simpul::http
