#include "http/forwarded.hpp"

#include <gtest/gtest.h>

namespace simpul::http {

namespace {

std::string client(const std::string& forwarded, const std::string& peer,
                   const std::vector<std::string>& proxies) {
  Request request;
  request.headers = {{"x-forwarded-for", forwarded}};
  know_client(request, peer, proxies);
  return request.client_address;
}

}  // namespace

TEST(Forwarded, IsBelievedFromTheRightAndFromProxiesOnly) {
  EXPECT_EQ(client("1.1.1.1", "9.9.9.9", {}), "9.9.9.9");
  EXPECT_EQ(client("1.1.1.1", "9.9.9.9", {"8.8.8.8"}), "9.9.9.9");
  EXPECT_EQ(client("1.1.1.1", "9.9.9.9", {"9.9.9.9"}), "1.1.1.1");
  EXPECT_EQ(client("6.6.6.6, 1.1.1.1 ,8.8.8.8", "9.9.9.9", {"9.9.9.9", "8.8.8.8"}), "1.1.1.1");
  EXPECT_EQ(client("6.6.6.6, nonsense", "9.9.9.9", {"9.9.9.9"}), "9.9.9.9");
  EXPECT_EQ(client("", "9.9.9.9", {"9.9.9.9"}), "9.9.9.9");
  EXPECT_EQ(client("::ffff:1.2.3.4", "9.9.9.9", {"9.9.9.9"}), "1.2.3.4");
}

TEST(Forwarded, KnowsOneFormOfAnAddress) {
  EXPECT_EQ(plain_address("::FFFF:127.0.0.1"), "127.0.0.1");
  EXPECT_EQ(plain_address("2001:DB8:0:0::1"), "2001:db8::1");
  for (const auto* text : {"", "1.2.3", "1.2.3.4:80", "localhost"})
    EXPECT_EQ(plain_address(text), "") << text;
}

}  // namespace simpul::http
