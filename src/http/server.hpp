// The HTTP/1.1 server: sockets, limits and framing. One io_context per core, each with its own listening
// socket (SO_REUSEPORT), so that a connection stays on one thread. main starts one; Boost.Beast and Asio are
// known to server.cpp alone. What to answer is decided by an Application.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "http/message.hpp"

namespace simpul::http {

// A promise to answer later. Copies are one promise; the first response counts; callable from any thread,
// also after the server has gone.
class Reply {
 public:
  struct State {
    virtual ~State() = default;
    virtual void send(Response response) = 0;
    virtual bool wanted() const = 0;
  };
  explicit Reply(std::shared_ptr<State> state) : state_(std::move(state)) {}
  void send(Response response) const { state_->send(std::move(response)); }
  // False when the time for the request is over or the connection has gone: the work can be left.
  bool wanted() const { return state_->wanted(); }

 private:
  std::shared_ptr<State> state_;
};

using MakeReply = std::function<Reply()>;

class Application {
 public:
  virtual ~Application() = default;
  // The largest body that this request may bring, in bytes; asked before the body is read. 0: none.
  virtual std::size_t body_limit(const Request& head) const = 0;
  // How long an answer that comes later may take; none: ServerOptions::answer_time.
  virtual std::optional<std::chrono::milliseconds> patience(const Request&) const { return std::nullopt; }
  // Called on the connection's thread: must not block. Either returns the response, or takes one `later()`
  // and returns nothing. `request` is valid during the call only.
  virtual std::optional<Response> answer(const Request& request, const MakeReply& later) = 0;
};

struct ServerOptions {
  std::string address = "127.0.0.1";  // to listen on
  std::uint16_t port = 8080;          // 0: any free one
  unsigned threads = 0;               // 0: one per core
  std::size_t connections = 2000;
  std::size_t connections_per_address = 100;  // those of `proxies` are not counted
  std::vector<std::string> proxies;           // addresses whose X-Forwarded-For and -Proto are believed
  std::chrono::milliseconds head_time{10'000};
  std::chrono::milliseconds idle_time{15'000};       // between requests
  std::chrono::milliseconds transfer_grace{10'000};  // for a body in either direction, plus 1 s for each...
  std::size_t transfer_rate = 1024;                  // ... this many bytes
  std::chrono::milliseconds answer_time{10'000};     // for an answer that comes later
  std::chrono::milliseconds stop_time{8'000};        // for requests in flight when the server stops
};

class Server {
 public:
  // `application` outlives the server.
  Server(ServerOptions options, Application& application);
  ~Server();

  // Listens and serves in threads of its own. Error Unavailable: the port is in use or not allowed, or there
  // is no such address.
  void start();
  std::uint16_t port() const;
  // Takes no new connection, ends idle ones, lets requests in flight finish within stop_time, ends the
  // threads.
  void stop();

  std::size_t open_connections() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace simpul::http
