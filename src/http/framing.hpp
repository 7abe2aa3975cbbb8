// Where one request ends and the next begins: the strict rules on top of the parser, without sockets. A fault
// here ends the connection, because two programs that disagree about framing can be played against each
// other.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace simpul::http {

inline constexpr std::size_t kRequestLineLimit = 8 * 1024;
inline constexpr std::size_t kHeadLimit = 32 * 1024;
inline constexpr std::size_t kFieldLimit = 100;

// Looks for the end of a request head in a growing buffer, each byte once.
class HeadScanner {
 public:
  // `bytes` is all that has come of this request so far, each time from its first byte.
  // 0: go on reading. 200: head_size() is known. Else the status to refuse with: 400 (bare LF, bare CR, NUL,
  // folded line), 414 (request line too long), 431 (head too large, too many fields).
  int scan(std::string_view bytes);
  std::size_t head_size() const { return head_size_; }

 private:
  std::size_t line_start_ = 0;
  std::size_t lines_ = 0;
  std::size_t searched_ = 0;
  std::size_t head_size_ = 0;
};

// What the header fields say about the body. `status` 200, else the status to refuse with: 400
// (Content-Length twice, or not a plain number, or beside Transfer-Encoding; Host missing or twice), 417
// (unknown Expect), 501 (a transfer coding that is not "chunked").
struct Framing {
  int status = 200;
  bool chunked = false;
  std::uint64_t content_length = 0;
  bool expects_continue = false;
};
Framing framing_of(const Request& request, int http_minor_version);

// Whether the connection stays open: HTTP/1.1 unless "close"; HTTP/1.0 never, no client of ours needs it.
bool keeps_alive(const Request& request, int http_minor_version);

}  // namespace simpul::http
