#include "web/guard.hpp"

#include "base/error.hpp"
#include "crypto/token.hpp"
#include "web/services.hpp"

namespace simpul::web {
namespace {

std::string_view cookie_name(const http::Request& request) {
  return request.secure ? "__Host-simpul" : "simpul";
}

bool changes(const Route& route) {
  return route.method != "GET";
}

// "https://host[:port]" of our own pages, as the browser names them.
bool own_origin(const RequestContext& context, std::string_view origin) {
  if (!context.site_url.empty() && origin == context.site_url) return true;
  const auto scheme = context.request.secure ? std::string_view("https://") : std::string_view("http://");
  return origin.starts_with(scheme) && origin.substr(scheme.size()) == context.request.header("host");
}

}  // namespace

service::Where where_of(const http::Request& request) {
  return {request.client_address, std::string(request.header("user-agent"))};
}

std::string session_cookie(const http::Request& request, std::string_view token) {
  return std::string(cookie_name(request)) + '=' + std::string(token) +
         "; Path=/; HttpOnly; SameSite=Strict" + (request.secure ? "; Secure" : "");
}

std::string no_session_cookie(const http::Request& request) {
  return session_cookie(request, "") + "; Max-Age=0";
}

void check_body_and_origin(const RequestContext& context, const Route& route) {
  if (!changes(route)) return;
  const auto& request = context.request;
  const auto origin = request.header("origin");
  if (!origin.empty() && !own_origin(context, origin))
    throw Error(ErrorKind::Forbidden, "This request comes from another site and was not carried out");
  const auto type = request.header("content-type");
  const auto plain = type.substr(0, type.find(';'));
  if (request.body.empty()) return;
  if (route.takes == Takes::Bytes && plain != "application/octet-stream")
    throw Error(ErrorKind::Invalid,
                "The body must be bytes of a file: Content-Type application/octet-stream");
  if (route.takes == Takes::Json && plain != "application/json")
    throw Error(ErrorKind::Invalid, "The body must be JSON: Content-Type application/json");
}

service::Visitor admit(const RequestContext& context, const Route& route) {
  auto visitor = context.services->sessions.visitor(context.request.cookie(cookie_name(context.request)));
  if (!visitor) throw Error(ErrorKind::Unauthenticated, "Please sign in");
  check_body_and_origin(context, route);
  if (changes(route)) {
    if (context.request.header("origin").empty())
      throw Error(ErrorKind::Forbidden,
                  "This request does not say where it comes from (Origin) and was not carried out");
    if (!crypto::same_secret(context.request.header("x-csrf-token"), visitor->session.csrf))
      throw Error(ErrorKind::Forbidden, "The page is out of date: load it again (X-CSRF-Token)");
  }
  if (route.access == Access::Account && visitor->needs.any())
    throw Error(ErrorKind::Forbidden, visitor->needs.password
                                          ? "Choose a password of your own first"
                                          : "Set up codes from an authenticator app first");
  return std::move(*visitor);
}

}  // namespace simpul::web
