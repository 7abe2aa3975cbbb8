// The headers that every answer carries: security, caching. One place, so that no face can forget one.
#pragma once

#include <string_view>

#include "http/message.hpp"
#include "web/route.hpp"

namespace simpul::web {

#define SIMPUL_POLICY_BEFORE_FRAMES                                                                        \
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; " \
  "connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
inline constexpr std::string_view kContentSecurityPolicy = SIMPUL_POLICY_BEFORE_FRAMES "'self'";
// Of the one page that is made to stand in other sites: nothing in it is done for whoever is signed in.
inline constexpr std::string_view kFramedContentSecurityPolicy = SIMPUL_POLICY_BEFORE_FRAMES "*";
#undef SIMPUL_POLICY_BEFORE_FRAMES
// One year; sent only over https.
inline constexpr std::string_view kStrictTransportSecurity = "max-age=31536000; includeSubDomains";

// Adds what is missing: CSP, nosniff, Referrer-Policy, COOP, Permissions-Policy, and Cache-Control and Vary
// by the kind of cache. What the handler has set stays, except that an error is never kept by anybody.
void add_headers(http::Response& response, Cache cache);

}  // namespace simpul::web
