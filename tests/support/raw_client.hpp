// A TCP connection to a server on 127.0.0.1 that sends exactly the bytes it is told to, and reads answers.
// For tests of the server's manners; blocking, with a limit of ten seconds on each wait.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace simpul::test {

class RawClient {
 public:
  // `receive_buffer` in bytes; 0: as the system likes.
  explicit RawClient(std::uint16_t port, int receive_buffer = 0)
      : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    if (receive_buffer > 0)
      ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    const timeval limit{10, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
      throw std::runtime_error("cannot connect");
  }
  RawClient(RawClient&& other) noexcept : socket_(other.socket_), rest_(std::move(other.rest_)) {
    other.socket_ = -1;
  }
  RawClient(const RawClient&) = delete;
  ~RawClient() {
    if (socket_ >= 0) ::close(socket_);
  }

  // False: the server has closed.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  void end_of_sending() { ::shutdown(socket_, SHUT_WR); }

  // The next response with its body; `head_only` after a HEAD request. Empty: the server closed without one.
  std::string response(bool head_only = false) {
    std::size_t end = 0;
    while ((end = rest_.find("\r\n\r\n")) == std::string::npos)
      if (!more()) return "";
    end += 4;
    const auto length_at = rest_.find("Content-Length: ");
    if (!head_only && length_at < end) end += std::stoul(rest_.substr(length_at + 16));
    while (rest_.size() < end)
      if (!more()) throw std::runtime_error("the body is cut short");
    auto first = rest_.substr(0, end);
    rest_.erase(0, end);
    return first;
  }
  // All that comes until the server closes.
  std::string until_closed() {
    while (more()) {
    }
    return std::exchange(rest_, {});
  }

 private:
  bool more() {
    char bytes[16384];
    const auto got = ::recv(socket_, bytes, sizeof bytes, 0);
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
      throw std::runtime_error("no answer in ten seconds");
    if (got > 0) rest_.append(bytes, static_cast<std::size_t>(got));
    return got > 0;
  }

  int socket_;
  std::string rest_;
};

inline int status_of(std::string_view response) {
  return response.size() < 12 ? 0 : std::stoi(std::string(response.substr(9, 3)));
}
inline std::string_view body_of(std::string_view response) {
  const auto end = response.find("\r\n\r\n");
  return end == std::string_view::npos ? std::string_view{} : response.substr(end + 4);
}

}  // namespace simpul::test
