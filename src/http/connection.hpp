// What a connection of the server is made of: its socket, the reader of its requests, the promise of a later
// answer. Included by server.cpp alone; the two are the only places that know Boost.Beast and Asio.
#pragma once

#include <atomic>
#include <boost/asio.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "http/framing.hpp"
#include "http/server.hpp"
#include "http/target.hpp"

namespace simpul::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::asio::ip::tcp;
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
  std::string head;      // of the response
  std::size_t sent = 0;  // of head and body
  bool with_body = false;
  Request request;
  std::shared_ptr<Waiting> waiting;  // for an answer of another thread
};

}  // namespace simpul::http
