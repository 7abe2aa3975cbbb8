#include "http/server.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <condition_variable>
#include <ctime>
#include <list>
#include <mutex>
#include <random>
#include <thread>

#include "base/error.hpp"
#include "base/log.hpp"
#include "http/doorkeeper.hpp"
#include "http/forwarded.hpp"
#include "http/framing.hpp"
#include "http/head.hpp"
#include "http/target.hpp"

namespace simpul::http {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;
// The concrete executor instead of any_io_executor: no type erasure on each operation.
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;
using Timer = asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, Executor>;
template <typename T>
using Task = asio::awaitable<T, Executor>;
constexpr asio::as_tuple_t<asio::use_awaitable_t<Executor>> kWait{};

// Beast parses; the fields go straight into our Request.
class RequestReader final : public beast::http::basic_parser<true> {
 public:
  explicit RequestReader(Request& request) : request_(request) {
    header_limit(kHeadLimit + 1);
    body_limit(boost::none);
  }
  int minor_version = 1;
  bool bad_target = false;

 private:
  void on_request_impl(beast::http::verb, beast::string_view method, beast::string_view target, int version,
                       error_code&) override {
    request_.method.assign(method.data(), method.size());
    bad_target = !http::parse_target({target.data(), target.size()}, request_);
    minor_version = version % 10;
  }
  void on_response_impl(int, beast::string_view, int, error_code&) override {}
  void on_field_impl(beast::http::field, beast::string_view name, beast::string_view value,
                     error_code&) override {
    auto& field = request_.headers.emplace_back(std::string(name.data(), name.size()),
                                                std::string(value.data(), value.size()));
    for (char& c : field.first)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  void on_header_impl(error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  std::size_t on_body_impl(beast::string_view bytes, error_code&) override {
    request_.body.append(bytes.data(), bytes.size());
    return bytes.size();
  }
  void on_chunk_header_impl(std::uint64_t, beast::string_view, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view bytes, error_code&) override {
    request_.body.append(bytes.data(), bytes.size());
    return bytes.size();
  }
  void on_finish_impl(error_code&) override {}

  Request& request_;
};

// The answer of another thread on its way back to the connection's thread.
struct Waiting {
  std::optional<Response> response;  // touched on the connection's thread only, as is the timer
  Timer* timer = nullptr;            // null: the connection waits no more
  bool gone = false;                 // the client has closed
};

class LaterReply final : public Reply::State {
 public:
  LaterReply(std::weak_ptr<asio::io_context> io, std::shared_ptr<Waiting> waiting)
      : io_(std::move(io)), waiting_(std::move(waiting)) {}
  void send(Response response) override {
    if (sent_.exchange(true)) return;
    const auto io = io_.lock();
    if (!io) return;
    asio::post(*io, [waiting = waiting_, response = std::move(response)]() mutable {
      if (waiting->timer == nullptr) return;
      waiting->response = std::move(response);
      waiting->timer->cancel();
    });
  }
  bool wanted() const override { return !sent_ && !over_ && !io_.expired(); }
  void give_up() { over_ = true; }

 private:
  std::weak_ptr<asio::io_context> io_;
  std::shared_ptr<Waiting> waiting_;
  std::atomic<bool> sent_ = false;
  std::atomic<bool> over_ = false;
};

struct Connection {
  Socket socket;
  std::string address;
  Clock::time_point deadline{};
  bool idle = true;
  bool timed_out = false;
  std::size_t filled = 0;  // of `in`
  std::vector<char> in = std::vector<char>(4096);
  std::string head;  // of the response
  Request request;
  std::shared_ptr<Waiting> waiting;  // for an answer of another thread
};

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
  Task<Response> answer(Connection& c);
  static void watch(Connection& c);
  Task<bool> write(Connection& c, const Response& response, bool keep_alive);
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
  if (status == 200) {
    status = co_await read_body(c, reader, head_size);
    if (status == 0) co_return false;
  }
  if (status != 200) {
    co_await refuse(c, status);
    co_return false;
  }
  const auto response = co_await answer(c);
  if (c.timed_out && !c.socket.is_open()) co_return false;
  const bool keep_alive = keeps_alive(c.request, reader.minor_version) && !stopping_;
  co_return co_await write(c, response, keep_alive) && keep_alive;
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
    std::copy(c.in.begin() + static_cast<std::ptrdiff_t>(used),
              c.in.begin() + static_cast<std::ptrdiff_t>(c.filled), c.in.begin());
    c.filled -= used;
    used = 0;
    if (c.filled == c.in.size()) co_return 400;  // a chunk head that fills the whole buffer
    c.deadline = transfer_deadline(start, raw);
    const auto [failed, read] = co_await c.socket.async_read_some(
        asio::buffer(c.in.data() + c.filled, c.in.size() - c.filled), kWait);
    if (failed) co_return c.timed_out ? 408 : 0;
    c.filled += read;
  }
  if (used != c.filled)
    std::copy(c.in.begin() + static_cast<std::ptrdiff_t>(used),
              c.in.begin() + static_cast<std::ptrdiff_t>(c.filled), c.in.begin());
  c.filled -= used;
  co_return 200;
}

Task<Response> Worker::answer(Connection& c) {
  std::shared_ptr<LaterReply> promise;
  std::optional<Response> response;
  try {
    response = application_.answer(c.request, [&] {
      c.waiting = std::make_shared<Waiting>();
      promise = std::make_shared<LaterReply>(io_, c.waiting);
      return Reply(promise);
    });
  } catch (const std::exception& error) {
    spdlog::error("request {:016x}: {}", c.request.id, error.what());
    response = Response::text(500, "text/plain; charset=utf-8", "Internal Server Error\n");
  }
  if (!response && promise) {
    Timer timer(*io_, options_.answer_time);
    c.deadline = Clock::time_point::max();
    c.waiting->timer = &timer;
    watch(c);
    while (!c.waiting->response && !c.timed_out && !c.waiting->gone) {
      const auto [cancelled] = co_await timer.async_wait(kWait);
      if (!cancelled) break;
    }
    promise->give_up();
    c.waiting->timer = nullptr;
    error_code ignored;
    c.socket.cancel(ignored);
    response = std::move(c.waiting->response);
    c.waiting.reset();
  }
  if (!response) {
    response = Response::text(503, "text/plain; charset=utf-8", "This took too long. Please try again.\n");
    response->set("Retry-After", "5");
  }
  co_return std::move(*response);
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

Task<bool> Worker::write(Connection& c, const Response& response, bool keep_alive) {
  c.head.clear();
  bool with_body =
      response.body && c.request.method != "HEAD" && response.status != 204 && response.status != 304;
  try {
    append_head(c.head, response, keep_alive, date());
  } catch (const Error& error) {
    spdlog::error("request {:016x}: {}", c.request.id, error.what());
    c.head.clear();
    append_head(c.head, Response{.status = 500}, keep_alive, date());
    with_body = false;
  }
  const std::string_view body = with_body ? std::string_view(response.body->bytes) : std::string_view{};
  const std::array<asio::const_buffer, 2> buffers{asio::buffer(c.head), asio::buffer(body)};
  // Almost every answer fits into the socket's buffer: one plain writev, no trip through the reactor.
  error_code error;
  const auto sent = c.socket.write_some(buffers, error);
  const auto total = c.head.size() + body.size();
  if (!error && sent == total) co_return true;
  if (error && error != asio::error::would_block) co_return false;
  std::size_t done = error ? 0 : sent;
  const auto start = Clock::now();
  while (done < total) {
    c.deadline = transfer_deadline(start, done);
    const auto in_head = std::min(done, c.head.size());
    const std::array<asio::const_buffer, 2> rest{asio::buffer(c.head) + in_head,
                                                 asio::buffer(body) + (done - in_head)};
    const auto [failed, more] = co_await c.socket.async_write_some(rest, kWait);
    if (failed) co_return false;
    done += more;
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
  if (!co_await write(c, response, false)) co_return;
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
