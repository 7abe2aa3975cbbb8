#include "http/framing.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace simpul::http {

namespace {

bool equals_lower(std::string_view text, std::string_view lower) {
  return std::ranges::equal(text, lower,
                            [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
}

// reg-name, IPv4 or [IPv6] with an optional port; nothing that could mean something in a URL.
bool valid_host(std::string_view host) {
  return !host.empty() && host.size() <= 255 && std::ranges::all_of(host, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-._~:[]").find(c) != std::string_view::npos;
  });
}

}  // namespace

int HeadScanner::scan(std::string_view bytes) {
  while (true) {
    const auto* newline =
        searched_ < bytes.size()
            ? static_cast<const char*>(std::memchr(bytes.data() + searched_, '\n', bytes.size() - searched_))
            : nullptr;
    if (newline == nullptr) {
      searched_ = bytes.size();
      if (lines_ == 0 && bytes.size() > kRequestLineLimit) return 414;
      return bytes.size() > kHeadLimit ? 431 : 0;
    }
    const auto at = static_cast<std::size_t>(newline - bytes.data());
    if (at == line_start_ || bytes[at - 1] != '\r') return 400;
    const auto line = bytes.substr(line_start_, at - 1 - line_start_);
    if (line.find('\r') != std::string_view::npos || line.find('\0') != std::string_view::npos) return 400;
    if (lines_ == 0 && line.size() > kRequestLineLimit) return 414;
    if (at + 1 > kHeadLimit) return 431;
    searched_ = line_start_ = at + 1;
    if (line.empty()) {
      if (lines_ == 0) return 400;
      head_size_ = at + 1;
      return 200;
    }
    if (lines_ > 0 && (line.front() == ' ' || line.front() == '\t')) return 400;
    if (++lines_ > kFieldLimit + 1) return 431;
  }
}

Framing framing_of(const Request& request, int minor) {
  Framing framing;
  int lengths = 0, codings = 0, hosts = 0;
  for (const auto& [name, value] : request.headers) {
    if (name == "content-length") {
      ++lengths;
      const auto [end, error] =
          std::from_chars(value.data(), value.data() + value.size(), framing.content_length);
      // from_chars takes no sign, no space and no overflow for an unsigned number.
      if (value.empty() || error != std::errc{} || end != value.data() + value.size()) framing.status = 400;
    } else if (name == "transfer-encoding") {
      ++codings;
      framing.chunked = equals_lower(value, "chunked");
      if (!framing.chunked) framing.status = 501;
    } else if (name == "host") {
      ++hosts;
      if (!valid_host(value)) framing.status = 400;
    } else if (name == "expect") {
      if (!equals_lower(value, "100-continue")) framing.status = 417;
      framing.expects_continue = minor >= 1;
    }
  }
  if (lengths > 1 || codings > 1 || hosts > 1 || (lengths > 0 && codings > 0) || (minor >= 1 && hosts == 0) ||
      (minor == 0 && codings > 0))
    framing.status = 400;
  return framing;
}

bool keeps_alive(const Request& request, int minor) {
  if (minor == 0) return false;
  for (const auto& [name, value] : request.headers) {
    if (name != "connection") continue;
    for (std::string_view rest = value; !rest.empty();) {
      const auto end = std::min(rest.find(','), rest.size());
      auto item = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      while (!item.empty() && (item.front() == ' ' || item.front() == '\t')) item.remove_prefix(1);
      while (!item.empty() && (item.back() == ' ' || item.back() == '\t')) item.remove_suffix(1);
      if (equals_lower(item, "close")) return false;
    }
  }
  return true;
}

}  // namespace simpul::http
