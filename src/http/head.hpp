// Writes the head of a response. The one place where header bytes are made, so the one that refuses what
// would let text from outside become a header of its own.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/message.hpp"

namespace simpul::http {

// "Name: value\r\n" for each; Error Internal when a name is no token or a value holds CR, LF, NUL or another
// control character.
std::string header_lines(const std::vector<std::pair<std::string, std::string>>& headers);

// Status line, Date, the response's headers, Content-Encoding and Content-Length (none for 204 and 304),
// "Connection: close" unless `keep_alive`, and the empty line; appended to `out`. `date` is an IMF date.
void append_head(std::string& out, const Response& response, bool keep_alive, std::string_view date);

// "Tue, 24 Nov 2026 07:14:03 GMT"
std::string http_date(std::int64_t unix_seconds);

std::string_view reason(int status);

}  // namespace simpul::http
