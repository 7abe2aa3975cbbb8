#include "web/canonical.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

namespace simpul::web {

namespace {

http::Response nothing(const RequestContext&) {
  return {};
}
constexpr Route kList{.method = "GET",
                      .path = "/{lang}/potensi",
                      .handler = nothing,
                      .operation = "list",
                      .parameters = "sort,page",
                      .filtered = true};

std::optional<std::string> canonical(std::string_view query, const Route& route = kList) {
  http::Request request;
  request.query = *http::parse_query(query);
  return canonical_query(route, request);
}

http::Request with(std::vector<std::pair<std::string, std::string>> headers) {
  http::Request request;
  request.headers = std::move(headers);
  return request;
}

}  // namespace

TEST(CanonicalQuery, IsOneTextForOneMeaning) {
  EXPECT_EQ(canonical("page=2&group=tani,laut&utm_source=x&sort=title"), "group=laut,tani&sort=title&page=2");
  EXPECT_EQ(canonical("sort=title&group=laut&page=2&group=tani"),
            canonical("group=tani,laut&page=2&sort=title"));
  EXPECT_EQ(canonical("utm_medium=mail&m=7/-4/122"), "");
  EXPECT_EQ(canonical("page=1&page=2"), "page=1");
  EXPECT_EQ(canonical("page=%261"), "page=%261");
}

TEST(CanonicalQuery, LeavesOutTheFilterWhereThereIsNone) {
  auto plain = kList;
  plain.filtered = false;
  EXPECT_EQ(canonical("group=laut&page=2", plain), "page=2");
}

TEST(CanonicalQuery, IsNoneWhenTheHandlerMustSaySomething) {
  EXPECT_EQ(canonical("bbox=1,2,3"), std::nullopt);
  EXPECT_EQ(canonical("group=laut&warna=biru"), std::nullopt);
  EXPECT_TRUE(canonical("bbox=121,-5,123,-3").has_value());
}

TEST(CanonicalQuery, DoesNotDependOnOrderAndReadsBackAsItself) {
  EXPECT_TRUE(rc::check("permutation and idempotence", [] {
    const auto name = rc::gen::element<std::string>("group", "region", "q", "sort", "page", "sel");
    auto query = *rc::gen::container<http::Parameters>(
        rc::gen::pair(name, rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab,& =%")))));
    // A name given twice means its first: only the order of different names is free.
    std::ranges::stable_sort(query, {}, &http::Parameters::value_type::first);
    const auto same = std::ranges::unique(query, {}, &http::Parameters::value_type::first);
    query.erase(same.begin(), same.end());
    http::Request request;
    request.query = query;
    const auto first = canonical_query(kList, request);
    std::ranges::reverse(request.query);
    RC_ASSERT(canonical_query(kList, request) == first);
    RC_ASSERT(first.has_value());
    request.query = *http::parse_query(*first);
    RC_ASSERT(canonical_query(kList, request) == first);
  }));
}

TEST(View, ComesFromCookiesAndSaveData) {
  EXPECT_EQ(view_of(with({{"cookie", "theme=dark"}})).theme, Theme::Dark);
  EXPECT_EQ(view_of(with({{"cookie", "theme=light"}})).theme, Theme::Light);
  EXPECT_EQ(view_of(with({{"cookie", "theme=pink"}})).theme, Theme::Auto);
  EXPECT_TRUE(view_of(with({{"cookie", "lowdata=1"}})).low_data);
  EXPECT_TRUE(view_of(with({{"save-data", "on"}})).low_data);
  EXPECT_FALSE(view_of(with({{"save-data", "on"}, {"cookie", "lowdata=0"}})).low_data);
  EXPECT_FALSE(view_of(with({})).low_data);
}

TEST(Etag, IsComparedByItsText) {
  EXPECT_TRUE(names_etag("\"a\"", "\"a\""));
  EXPECT_TRUE(names_etag("W/\"a\"", "\"a\""));
  EXPECT_TRUE(names_etag("\"b\" , \"a\"", "\"a\""));
  EXPECT_TRUE(names_etag("*", "\"a\""));
  EXPECT_FALSE(names_etag("\"b\"", "\"a\""));
  EXPECT_FALSE(names_etag("a", "\"a\""));
  EXPECT_FALSE(names_etag("", "\"a\""));
  EXPECT_FALSE(names_etag("*", ""));
}

}  // namespace simpul::web
