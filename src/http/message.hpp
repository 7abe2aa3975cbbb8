// Request and response as the faces see them: values, no sockets. server.cpp turns bytes into a Request and a
// Response into bytes; handlers are called directly in tests.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/open_file.hpp"

namespace simpul::http {

// Query parameters in the order sent, percent-decoded once ('+' is a space). Later duplicates stay in the
// list; find() gives the first.
using Parameters = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string method;  // GET, HEAD, POST, ...
  std::string target;  // as sent: path and query
  std::string path;    // percent-decoded once, starts with '/', no empty, '.' or '..' segment
  Parameters query;
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  std::string body;
  std::string client_address;  // without port; from X-Forwarded-For only behind a configured proxy
  bool secure = false;         // came by https, as told by a configured proxy
  std::uint64_t id = 0;        // for the log and for error pages

  // nullptr / empty when absent.
  const std::string* parameter(std::string_view name) const;
  std::string_view header(std::string_view name) const;
  std::string_view cookie(std::string_view name) const;
};

enum class Encoding : std::uint8_t { Identity, Gzip, Brotli };

// Bytes ready to be sent, shared by a cache and by requests in flight. Immutable. What is large lies in
// `file` and is sent from there piece by piece; then `bytes` is empty.
struct Body {
  std::string bytes;
  Encoding encoding = Encoding::Identity;
  std::shared_ptr<const OpenFile> file = nullptr;

  std::uint64_t size() const { return file ? file->size() : bytes.size(); }
};

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;  // without Content-Length, Content-Encoding, Date
  std::shared_ptr<const Body> body;                          // none: empty
  // Header lines that a cache made once ("ETag: ...\r\nVary: ...\r\n"), sent as they are beside `headers`.
  // Only made by header_lines(), which refuses what would break the framing.
  std::shared_ptr<const std::string> ready_headers;

  void set(std::string name, std::string value);  // replaces
  std::string_view header(std::string_view name) const;
  static Response text(int status, std::string content_type, std::string bytes);
  static Response of_file(std::string content_type, std::shared_ptr<const OpenFile> file);  // status 200
};

// "gzip, br;q=0.8" -> what we would send. Brotli before gzip when both are welcome.
Encoding best_encoding(std::string_view accept_encoding, bool brotli_available, bool gzip_available);

// Splits and decodes "?a=1&b=2" (without '?'). nullopt: bad percent escape, NUL or not UTF-8.
std::optional<Parameters> parse_query(std::string_view query);

// %-escapes all but unreserved characters (RFC 3986).
std::string percent_encode(std::string_view text);

}  // namespace simpul::http
