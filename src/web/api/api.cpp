#include "web/api/api.hpp"

#include <algorithm>
#include <charconv>

#include "http/message.hpp"
#include "storage/json.hpp"

namespace simpul::web::api {
namespace {

template <typename T>
std::optional<T> whole(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && !text.empty() ? std::optional(value)
                                                                                   : std::nullopt;
}

Error bad_parameter(std::string_view name) {
  return Error(ErrorKind::Invalid, "The query parameter {name} is not right", {{"name", std::string(name)}});
}

}  // namespace

http::Response json(int status, const boost::json::value& value) {
  return http::Response::text(status, "application/json", boost::json::serialize(value));
}

http::Response no_content() {
  http::Response response;
  response.status = 204;
  return response;
}

const i18n::Language& language_of(const RequestContext& context) {
  return i18n::best_language(context.request.header("accept-language"));
}

boost::json::array errors_json(const std::vector<FieldError>& errors, const i18n::Language& language) {
  boost::json::array list;
  for (const auto& error : errors)
    list.push_back(boost::json::object{
        {"field", error.field}, {"key", error.key}, {"message", language.tr(error.key, error.args)}});
  return list;
}

http::Response problem(const RequestContext& context, const Error& error) {
  const auto& language = language_of(context);
  const int status = error.kind == ErrorKind::Invalid ? 422 : http_status(error.kind);
  boost::json::object body{{"type", "about:blank"},
                           {"title", language.tr(error.key, error.args)},
                           {"status", status},
                           {"key", error.key}};
  if (status >= 500) body["request"] = std::to_string(context.request.id);
  if (!error.fields.empty()) body["errors"] = errors_json(error.fields, language);
  auto response = http::Response::text(status, "application/problem+json", boost::json::serialize(body));
  response.set("Content-Language", language.code());
  if (const auto seconds = error.args.find("seconds");
      error.kind == ErrorKind::TooMany && seconds != error.args.end())
    response.set("Retry-After", seconds->second);
  return response;
}

boost::json::value instant(const std::optional<Instant>& instant) {
  return instant ? boost::json::value(to_iso(*instant)) : boost::json::value(nullptr);
}

boost::json::value words(const std::vector<std::string>& words) {
  return storage::to_json(words);
}

std::int64_t id_of(std::string_view captured) {
  const auto id = whole<std::int64_t>(captured);
  if (!id || *id < 1) throw Error(ErrorKind::NotFound, "There is no such page");
  return *id;
}

void set_version(http::Response& response, std::int64_t version) {
  response.set("ETag", '"' + std::to_string(version) + '"');
}

std::int64_t wanted_version(const http::Request& request) {
  auto text = request.header("if-match");
  if (text.starts_with("W/")) text.remove_prefix(2);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
  const auto version = whole<std::int64_t>(text);
  if (!version)
    throw Error(ErrorKind::Invalid,
                "A change says which version it was made of: If-Match with the ETag of that version");
  return *version;
}

void only_parameters(const http::Request& request, std::initializer_list<std::string_view> known) {
  std::vector<std::string_view> seen;
  for (const auto& [name, value] : request.query) {
    if (std::ranges::find(known, name) == known.end())
      throw Error(ErrorKind::Invalid, "There is no query parameter {name} here", {{"name", name}});
    if (std::ranges::find(seen, name) != seen.end()) throw bad_parameter(name);
    seen.push_back(name);
  }
}

std::string parameter(const http::Request& request, std::string_view name, std::size_t most) {
  const auto* value = request.parameter(name);
  if (value == nullptr) return {};
  if (value->size() > most) throw bad_parameter(name);
  return *value;
}

std::vector<std::string> parameter_list(const http::Request& request, std::string_view name,
                                        std::size_t most) {
  std::vector<std::string> values;
  const auto text = parameter(request, name, most);
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find(',', at), text.size());
    if (end > at) values.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return values;
}

int limit_of(const http::Request& request) {
  const auto text = parameter(request, "limit");
  if (text.empty()) return 50;
  const auto limit = whole<int>(text);
  if (!limit || *limit < 1 || *limit > 1000) throw bad_parameter("limit");
  return *limit;
}

std::string cursor(std::int64_t id, std::string_view key) {
  return std::to_string(id) + '.' + std::string(key);
}

Cursor cursor_of(const http::Request& request) {
  const auto text = parameter(request, "cursor");
  if (text.empty()) return {};
  const auto dot = text.find('.');
  const auto id = whole<std::int64_t>(std::string_view(text).substr(0, dot));
  if (dot == text.npos || !id || *id < 1) throw bad_parameter("cursor");
  return {*id, text.substr(dot + 1)};
}

}  // namespace simpul::web::api
