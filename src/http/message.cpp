#include "http/message.hpp"

#include <algorithm>
#include <charconv>

#include "http/target.hpp"

namespace simpul::http {

namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool same_word(std::string_view a, std::string_view lower) {
  return std::ranges::equal(a, lower,
                            [](char x, char y) { return (x >= 'A' && x <= 'Z' ? x + 32 : x) == y; });
}

// The weight of "br;q=0.8" in thousandths; unreadable weights count as 0, so that nothing is sent that was
// not asked.
int weight_of(std::string_view parameters) {
  int weight = 1000;
  while (!parameters.empty()) {
    const auto end = std::min(parameters.find(';'), parameters.size());
    const auto item = trimmed(parameters.substr(0, end));
    parameters.remove_prefix(std::min(end + 1, parameters.size()));
    if (item.size() < 2 || (item[0] != 'q' && item[0] != 'Q') || item[1] != '=') continue;
    double value = 0;
    const auto [at, error] = std::from_chars(item.data() + 2, item.data() + item.size(), value);
    if (error != std::errc{} || at != item.data() + item.size() || !(value >= 0 && value <= 1)) return 0;
    weight = static_cast<int>(value * 1000);
  }
  return weight;
}

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

const std::string* Request::parameter(std::string_view name) const {
  const auto found = std::ranges::find(query, name, &Parameters::value_type::first);
  return found == query.end() ? nullptr : &found->second;
}

std::string_view Request::header(std::string_view name) const {
  for (const auto& [key, value] : headers)
    if (key == name) return value;
  return {};
}

std::string_view Request::cookie(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key != "cookie") continue;
    for (std::string_view rest = value; !rest.empty();) {
      const auto end = std::min(rest.find(';'), rest.size());
      const auto pair = trimmed(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (pair.size() > name.size() && pair[name.size()] == '=' && pair.starts_with(name))
        return pair.substr(name.size() + 1);
    }
  }
  return {};
}

void Response::set(std::string name, std::string value) {
  for (auto& [key, old] : headers) {
    if (!std::ranges::equal(key, name, [](char a, char b) { return (a | 0x20) == (b | 0x20); })) continue;
    old = std::move(value);
    return;
  }
  headers.emplace_back(std::move(name), std::move(value));
}

std::string_view Response::header(std::string_view name) const {
  for (const auto& [key, value] : headers)
    if (std::ranges::equal(key, name, [](char a, char b) { return (a | 0x20) == (b | 0x20); })) return value;
  return {};
}

Response Response::text(int status, std::string content_type, std::string bytes) {
  Response response;
  response.status = status;
  response.headers.emplace_back("Content-Type", std::move(content_type));
  response.body = std::make_shared<const Body>(Body{std::move(bytes), Encoding::Identity});
  return response;
}

Response Response::of_file(std::string content_type, std::shared_ptr<const OpenFile> file) {
  Response response;
  response.headers.emplace_back("Content-Type", std::move(content_type));
  response.body = std::make_shared<const Body>(Body{{}, Encoding::Identity, std::move(file)});
  return response;
}

Encoding best_encoding(std::string_view accept, bool brotli_available, bool gzip_available) {
  int brotli = -1, gzip = -1, any = 0;
  while (!accept.empty()) {
    const auto end = std::min(accept.find(','), accept.size());
    const auto item = accept.substr(0, end);
    accept.remove_prefix(std::min(end + 1, accept.size()));
    const auto semicolon = std::min(item.find(';'), item.size());
    const auto name = trimmed(item.substr(0, semicolon));
    const int weight = weight_of(item.substr(std::min(semicolon + 1, item.size())));
    if (same_word(name, "br")) brotli = weight;
    if (same_word(name, "gzip") || same_word(name, "x-gzip")) gzip = weight;
    if (name == "*") any = weight;
  }
  if (brotli < 0) brotli = any;
  if (gzip < 0) gzip = any;
  if (brotli_available && brotli > 0) return Encoding::Brotli;
  if (gzip_available && gzip > 0) return Encoding::Gzip;
  return Encoding::Identity;
}

bool valid_utf8(std::string_view text) {
  const auto byte = [&](std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
  };
  for (std::size_t at = 0; at < text.size();) {
    const unsigned lead = byte(at);
    if (lead < 0x80) {
      ++at;
      continue;
    }
    const unsigned length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4) return false;  // a continuation, an overlong form, or beyond Unicode
    for (unsigned i = 1; i < length; ++i)
      if ((byte(at + i) & 0xc0) != 0x80) return false;
    const unsigned second = byte(at + 1);
    // Overlong forms, surrogates and what lies beyond U+10FFFF show in the second byte.
    if ((lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f) ||
        (lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second > 0x8f))
      return false;
    at += length;
  }
  return true;
}

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex(text[i + 1]), low = hex(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus_is_space) {
      c = ' ';
    }
    if (c == '\0') return std::nullopt;
    decoded += c;
  }
  if (!valid_utf8(decoded)) return std::nullopt;
  return decoded;
}

std::optional<Parameters> parse_query(std::string_view query) {
  Parameters parameters;
  while (!query.empty()) {
    const auto end = std::min(query.find('&'), query.size());
    const auto item = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (item.empty()) continue;
    const auto equals = std::min(item.find('='), item.size());
    auto name = percent_decode(item.substr(0, equals), true);
    auto value = percent_decode(item.substr(std::min(equals + 1, item.size())), true);
    if (!name || !value) return std::nullopt;
    parameters.emplace_back(std::move(*name), std::move(*value));
  }
  return parameters;
}

std::string percent_encode(std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
        c == '-' || c == '.' || c == '_' || c == '~') {
      encoded += c;
    } else {
      encoded += '%';
      encoded += kHex[byte >> 4];
      encoded += kHex[byte & 15];
    }
  }
  return encoded;
}

bool parse_target(std::string_view target, Request& request) {
  // Origin form only: no "http://host/path", no "*", no fragment.
  if (target.empty() || target.front() != '/' || target.find('#') != std::string_view::npos) return false;
  const auto mark = target.find('?');
  const auto raw_path = target.substr(0, mark);
  request.target = target;
  request.query.clear();
  if (raw_path.find('%') == std::string_view::npos && valid_utf8(raw_path)) {
    request.path = raw_path;
  } else {
    auto decoded = percent_decode(raw_path, false);
    // An escaped slash would change which segments there are.
    if (!decoded || std::ranges::count(*decoded, '/') != std::ranges::count(raw_path, '/')) return false;
    request.path = std::move(*decoded);
  }
  for (std::size_t start = 1; start <= request.path.size();) {
    const auto end = std::min(request.path.find('/', start), request.path.size());
    const auto segment = std::string_view(request.path).substr(start, end - start);
    if (segment == "." || segment == ".." || (segment.empty() && end != request.path.size())) return false;
    start = end + 1;
  }
  for (const char c : request.path)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\\') return false;
  if (mark != std::string_view::npos) {
    auto query = parse_query(target.substr(mark + 1));
    if (!query) return false;
    request.query = std::move(*query);
  }
  return true;
}

}  // namespace simpul::http
