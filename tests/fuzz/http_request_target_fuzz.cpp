// A request line's target, a head and its framing, as bytes from anybody.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "http/framing.hpp"
#include "http/target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  simpul::http::Request request;
  if (simpul::http::parse_target(bytes, request)) {
    // What was let in holds what its contract says.
    if (request.path.empty() || request.path.front() != '/' || request.path.find('\0') != std::string::npos ||
        request.path.find("//") != std::string::npos || request.path.find("/../") != std::string::npos ||
        !simpul::http::valid_utf8(request.path))
      std::abort();
  }
  simpul::http::HeadScanner whole;
  const int status = whole.scan(bytes);
  if (status == 200 && (whole.head_size() > size || whole.head_size() < 4 ||
                        bytes.substr(whole.head_size() - 4, 4) != "\r\n\r\n"))
    std::abort();
  // Pieces say the same as the whole.
  simpul::http::HeadScanner pieces;
  int last = 0;
  for (std::size_t end = 1; end <= size && last == 0; end += 1 + end / 7)
    last = pieces.scan(bytes.substr(0, end));
  if (last == 0) last = pieces.scan(bytes);
  if (size > 0 && last != status) std::abort();
  return 0;
}
