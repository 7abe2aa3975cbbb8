// The headers that every answer carries: security, caching. One place, so that no face can forget one.
#pragma once

#include <string_view>

#include "http/message.hpp"
#include "web/route.hpp"

namespace simpul::web {

inline constexpr std::string_view kContentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";
// One year; sent only over https.
inline constexpr std::string_view kStrictTransportSecurity = "max-age=31536000; includeSubDomains";

// Adds what is missing: CSP, nosniff, Referrer-Policy, COOP, Permissions-Policy, and Cache-Control and Vary
// by the kind of cache. What the handler has set stays, except that an error is never kept by anybody.
void add_headers(http::Response& response, Cache cache);

}  // namespace simpul::web
