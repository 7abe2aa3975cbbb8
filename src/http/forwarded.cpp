#include "http/forwarded.hpp"

#include <arpa/inet.h>

#include <algorithm>

namespace simpul::http {

std::string plain_address(std::string_view address) {
  const std::string text(address.substr(0, INET6_ADDRSTRLEN));
  char plain[INET6_ADDRSTRLEN] = {};
  in_addr v4{};
  in6_addr v6{};
  if (inet_pton(AF_INET, text.c_str(), &v4) == 1) return inet_ntop(AF_INET, &v4, plain, sizeof plain);
  if (inet_pton(AF_INET6, text.c_str(), &v6) != 1) return "";
  if (IN6_IS_ADDR_V4MAPPED(&v6)) return inet_ntop(AF_INET, &v6.s6_addr[12], plain, sizeof plain);
  return inet_ntop(AF_INET6, &v6, plain, sizeof plain);
}

void know_client(Request& request, const std::string& peer, const std::vector<std::string>& proxies) {
  const auto is_proxy = [&](std::string_view address) {
    return std::ranges::find(proxies, address) != proxies.end();
  };
  request.client_address = peer;
  request.secure = false;
  if (!is_proxy(peer)) return;
  request.secure = request.header("x-forwarded-proto") == "https";
  for (std::string_view list = request.header("x-forwarded-for"); !list.empty();) {
    const auto comma = list.rfind(',');
    auto item = comma == std::string_view::npos ? list : list.substr(comma + 1);
    list = comma == std::string_view::npos ? std::string_view{} : list.substr(0, comma);
    while (!item.empty() && item.front() == ' ') item.remove_prefix(1);
    while (!item.empty() && item.back() == ' ') item.remove_suffix(1);
    auto address = plain_address(item);
    if (address.empty()) return;
    request.client_address = std::move(address);
    if (!is_proxy(request.client_address)) return;
  }
}

}  // namespace simpul::http
