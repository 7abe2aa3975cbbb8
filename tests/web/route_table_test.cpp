#include "web/route_table.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace simpul::web {

namespace {

http::Response nothing(const RequestContext&) {
  return {};
}

constexpr Route row(std::string_view method, std::string_view path, std::string_view operation) {
  return Route{method, path, nothing, operation};
}

constexpr Route kRoutes[] = {row("GET", "/{lang}/", "home"),
                             row("GET", "/{lang}/potensi", "list"),
                             row("GET", "/{lang}/potensi/{slug}", "potential"),
                             row("GET", "/{lang}/potensi/baru", "new"),
                             row("POST", "/{lang}/potensi", "create"),
                             row("GET", "/{lang}/{page}", "page"),
                             row("GET", "/tiles/{layer}/{z}/{x}/{y}.mvt", "tile"),
                             row("GET", "/tiles/{layer}.json", "tilejson"),
                             row("GET", "/tiles/style.json", "style"),
                             row("GET", "/assets/{file...}", "asset"),
                             row("GET", "/", "start")};
const Face kFaces[] = {{kRoutes}};

std::string_view operation(std::string_view path, std::string_view method = "GET") {
  static const RouteTable table(kFaces);
  const auto match = table.find(method, path);
  return match.row == nullptr ? "-" : match.row->route->operation;
}

}  // namespace

TEST(RouteTable, FindsLiteralsBeforeCaptures) {
  EXPECT_EQ(operation("/"), "start");
  EXPECT_EQ(operation("/id/"), "home");
  EXPECT_EQ(operation("/id/potensi"), "list");
  EXPECT_EQ(operation("/id/potensi/baru"), "new");
  EXPECT_EQ(operation("/id/potensi/kakao-kolaka"), "potential");
  EXPECT_EQ(operation("/id/peta"), "page");
  EXPECT_EQ(operation("/tiles/style.json"), "style");
  EXPECT_EQ(operation("/tiles/regions.json"), "tilejson");
  EXPECT_EQ(operation("/assets/a.css"), "asset");
  EXPECT_EQ(operation("/assets/chunks/a/b.js"), "asset");
  EXPECT_EQ(operation("/id/potensi", "POST"), "create");
  EXPECT_EQ(operation("/id/potensi", "HEAD"), "list");
}

TEST(RouteTable, FindsNothingWhereNothingIs) {
  for (const auto* path : {"/id", "/id/potensi/", "/id/potensi/a/b", "/tiles/regions/1/2/.mvt",
                           "/tiles/regions/1/2/3", "/assets"})
    EXPECT_EQ(operation(path), "-") << path;
}

TEST(RouteTable, CapturesHoldForACopyOfThePath) {
  const RouteTable table(kFaces);
  const auto match = table.find("GET", "/tiles/regions/7/105/64.mvt");
  const std::string copy = "/tiles/regions/7/105/64.mvt";
  ASSERT_EQ(match.captured, 4U);
  EXPECT_EQ(match.captures[0].in(copy), "regions");
  EXPECT_EQ(match.captures[1].in(copy), "7");
  EXPECT_EQ(match.captures[2].in(copy), "105");
  EXPECT_EQ(match.captures[3].in(copy), "64");
  EXPECT_EQ(table.find("GET", "/assets/a/b.js").captures[0].in("/assets/a/b.js"), "a/b.js");
}

TEST(RouteTable, NamesTheMethodsOfAPath) {
  const RouteTable table(kFaces);
  const auto match = table.find("TRACE", "/id/potensi");
  EXPECT_EQ(match.row, nullptr);
  EXPECT_EQ(match.allow, "GET, HEAD, POST");
  EXPECT_EQ(table.find("GET", "/nothing/at/all/here/now").allow, "");
}

TEST(RouteTable, RefusesTwoOfTheSame) {
  static constexpr Route kTwice[] = {row("GET", "/a", "one"), row("GET", "/a", "two")};
  const Face faces[] = {{kTwice}};
  EXPECT_THROW(RouteTable{faces}, Error);
  static constexpr Route kMany[] = {row("GET", "/{a}/{b}/{c}/{d}/{e}", "many")};
  const Face many[] = {{kMany}};
  EXPECT_THROW(RouteTable{many}, Error);
}

}  // namespace simpul::web
