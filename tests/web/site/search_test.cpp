#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "page_request.hpp"
#include "web/site/highlight.hpp"
#include "web/site/pages.hpp"

namespace simpul::web::site {

using test::body;
using test::get;
using testing::HasSubstr;
using testing::Not;

TEST(Search, FindsAcrossKindsAndMarksTheWords) {
  const auto html = body(get(search_page, "/en/cari?q=nickel"));
  EXPECT_THAT(html, HasSubstr("<mark>Nickel</mark> mine"));
  EXPECT_THAT(html, HasSubstr("href=\"/en/potensi/p-2\""));
  EXPECT_THAT(html, HasSubstr("href=\"/en/komoditas/nickel\""));
  EXPECT_THAT(html, HasSubstr("id=\"potentials\""));
  EXPECT_THAT(html, HasSubstr("id=\"commodities\""));
}

TEST(Search, CodeOfARegionGoesFirst) {
  const auto html = body(get(search_page, "/id/cari?q=74.02"));
  const auto regions = html.find("id=\"regions\"");
  ASSERT_NE(regions, std::string::npos);
  EXPECT_THAT(html, HasSubstr("href=\"/id/wilayah/74.02\""));
  const auto potentials = html.find("id=\"potentials\"");
  EXPECT_LT(regions, potentials);  // also when there are none
}

TEST(Search, CodesOfFieldsAndTariffAreKnown) {
  EXPECT_THAT(body(get(search_page, "/en/cari?q=b")), HasSubstr("href=\"/en/sektor/B\""));
  EXPECT_THAT(body(get(search_page, "/en/cari?q=2604")), HasSubstr("href=\"/en/komoditas/nickel\""));
}

TEST(Search, FindsAgreementsAndRegulations) {
  const auto html = body(get(search_page, "/en/cari?q=beras"));
  EXPECT_THAT(html, HasSubstr("href=\"/en/kerja-sama#alfa-beta-2023\""));
  EXPECT_THAT(body(get(search_page, "/en/cari?q=PP+28")), HasSubstr("href=\"/en/regulasi#PP-28-2018\""));
}

TEST(Search, NothingFoundOffersOtherWords) {
  const auto html = body(get(search_page, "/en/cari?q=zzzzzz"));
  EXPECT_THAT(html, HasSubstr("Nothing found for “zzzzzz”"));
  EXPECT_THAT(html, HasSubstr("href=\"/en/cari?q=Cocoa\""));
}

TEST(Search, EmptyWordsAskWhatIsLookedFor) {
  for (const auto* target : {"/en/cari", "/en/cari?q=", "/en/cari?q=%20%20", "/en/cari?q=%2B%2B"})
    EXPECT_THAT(body(get(search_page, target)), HasSubstr("What are you looking for?")) << target;
}

TEST(Search, WhatWasTypedIsEscaped) {
  const auto html = body(get(search_page, "/en/cari?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E%22nickel"));
  EXPECT_THAT(html, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(html, HasSubstr("&lt;script&gt;"));
}

TEST(Search, LongWordsAreCutAtACharacter) {
  std::string long_query = "/en/cari?q=";
  for (int i = 0; i < 150; ++i) long_query += "%C3%A9";
  EXPECT_EQ(get(search_page, long_query + "a").status, 200);
}

TEST(Highlight, MarksWholeWordsAndEscapesTheRest) {
  EXPECT_EQ(highlight("Kakao & <kakao>", i18n::words("kak")).html(),
            "<mark>Kakao</mark> &amp; &lt;<mark>kakao</mark>&gt;");
  EXPECT_EQ(highlight("Kakao", {}).html(), "Kakao");
}

}  // namespace simpul::web::site
