#include <gtest/gtest.h>

#include "web/office/routes.hpp"
#include "web/site/site.hpp"

namespace simpul::web::office {
namespace {

http::Response ask(const std::string& cookie, View view = {}) {
  static const bool loaded = (site::load_site(true), true);
  EXPECT_TRUE(loaded);
  http::Request request;
  request.method = "GET";
  request.path = request.target = "/kantor/";
  if (!cookie.empty()) request.headers.emplace_back("cookie", cookie);
  const RequestContext context{.request = request, .view = view};
  return routes().front().handler(context);
}

std::string body(const http::Response& response) {
  return response.body ? response.body->bytes : "";
}

TEST(OfficeShell, SpeaksIndonesianUnlessToldOtherwise) {
  EXPECT_NE(body(ask("")).find("<html lang=\"id\""), std::string::npos);
  EXPECT_NE(body(ask("lang=en")).find("<html lang=\"en\""), std::string::npos);
  EXPECT_NE(body(ask("lang=\"><script>")).find("<html lang=\"id\""), std::string::npos);
}

TEST(OfficeShell, HasTheChosenColours) {
  EXPECT_NE(body(ask("", {.theme = Theme::Dark})).find("data-theme=\"dark\""), std::string::npos);
  EXPECT_NE(body(ask("")).find("data-theme=\"auto\""), std::string::npos);
}

// It is given to everybody, so nothing in it may depend on who asks; and no search engine wants it.
TEST(OfficeShell, HoldsNoDataAndIsNotIndexed) {
  const auto response = ask("simpul=something; __Host-simpul=something");
  EXPECT_EQ(body(response), body(ask("")));
  EXPECT_EQ(response.header("X-Robots-Tag"), "noindex");
  for (const auto& route : routes()) EXPECT_EQ(route.cache, Cache::None) << route.path;
}

}  // namespace
}  // namespace simpul::web::office
