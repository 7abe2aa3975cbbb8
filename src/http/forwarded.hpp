// Who asks, when proxies stand in front. Their headers are believed only when the connection itself comes
// from one of ours: anybody can write X-Forwarded-For.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/message.hpp"

namespace simpul::http {

// Sets client_address and secure of `request`, whose connection comes from `peer`. From the right, each
// address in X-Forwarded-For was written by the proxy after it; the first that is none of `proxies` is the
// client.
void know_client(Request& request, const std::string& peer, const std::vector<std::string>& proxies);

// The address in its usual form, IPv4 also when it comes as ::ffff:1.2.3.4; empty: not an address.
std::string plain_address(std::string_view address);

}  // namespace simpul::http
