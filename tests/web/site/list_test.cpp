#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "support/small_register.hpp"
#include "web/site/list_state.hpp"
#include "web/site/visit.hpp"

namespace simpul::web::site {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> all_of(const std::string& html, const std::string& pattern) {
  std::vector<std::string> found;
  const std::regex expression(pattern);
  for (std::sregex_iterator at(html.begin(), html.end(), expression), end; at != end; ++at)
    found.push_back((*at)[1]);
  return found;
}

std::string many_page(const std::string& target, int count) {
  auto world = rich_register();
  const auto model = world.potentials.front();
  world.potentials.clear();
  for (int i = 0; i < count; ++i) {
    auto one = model;
    one.id = i + 1;
    one.slug = "q-" + std::to_string(1000 + i);
    one.title = {{"id", "Judul " + std::to_string(1000 + i)}, {"en", "Title " + std::to_string(1000 + i)}};
    world.potentials.push_back(one);
  }
  const auto snapshot = catalog::build_snapshot(world, Date{2026, 11, 24});
  const auto response = visit(target, *snapshot);
  EXPECT_EQ(response.status, 200);
  return body_of(response);
}

TEST(List, ChipsTakeAwayOneFilterEach) {
  const auto html = page("/en/potensi?group=laut,tani&region=74.01&q=cocoa&sort=region");
  EXPECT_THAT(all_of(html, "class=\"chip\" href=\"([^\"]*)\""),
              ElementsAre("/en/potensi?group=laut,tani&amp;region=74.01&amp;sort=region",
                          "/en/potensi?group=tani&amp;region=74.01&amp;q=cocoa&amp;sort=region",
                          "/en/potensi?group=laut&amp;region=74.01&amp;q=cocoa&amp;sort=region",
                          "/en/potensi?group=laut,tani&amp;q=cocoa&amp;sort=region"));
  EXPECT_THAT(html, HasSubstr("<a href=\"/en/potensi?sort=region\">Clear all</a>"));
}

TEST(List, RepeatedNamesOfTheFormAreOneFilter) {
  EXPECT_EQ(page("/en/potensi?group=laut&group=tani"), page("/en/potensi?group=tani,laut"));
}

TEST(List, FacetCountsAreWhatTheLinkGives) {
  const auto html = page("/en/potensi?region=74.01");
  const std::regex option(
      "name=\"([a-z]+)\" value=\"([^\"]+)\"( checked)?( disabled)?>[^\\n]*?<span "
      "class=\"count\">(\\d+)</span>");
  int seen = 0;
  for (std::sregex_iterator at(html.begin(), html.end(), option), end; at != end; ++at) {
    const std::string name = (*at)[1], value = (*at)[2], count = (*at)[5];
    const bool chosen = (*at)[3].matched;
    if (name == "region") continue;  // widens instead of narrowing
    const auto narrowed = page("/en/potensi?region=74.01&" + name + "=" + value + "&fragment=list");
    EXPECT_THAT(narrowed, HasSubstr("data-count=\"" + count + "\"")) << name << "=" << value;
    EXPECT_EQ((*at)[4].matched, count == "0" && !chosen);
    ++seen;
  }
  EXPECT_GT(seen, 15);
}

TEST(List, UnknownValuesAndNamesAreNoticedAndLeftOut) {
  const auto response = visit("/en/potensi?group=laut,nirwana&warna=%3Cb%3E&page=zwei");
  const auto html = body_of(response);
  EXPECT_THAT(html, HasSubstr("“nirwana” is not known for “Group” and was left out."));
  EXPECT_THAT(html, HasSubstr("“warna” in the address is not understood here"));
  EXPECT_THAT(html, HasSubstr("“zwei” is not known"));
  EXPECT_THAT(all_of(html, "class=\"chip\" href=\"([^\"]*)\""), ElementsAre("/en/potensi"));
  EXPECT_THAT(html, Not(HasSubstr("nirwana\"")));
}

TEST(List, StateOfTheMapIsNoMistake) {
  EXPECT_THAT(page("/en/potensi?m=7/-4/122&sel=p-1&embed=1"), Not(HasSubstr("class=\"notices\"")));
}

TEST(List, PagesHoldTwentyAndEachPotentialOnce) {
  std::set<std::string> seen;
  for (const auto* target : {"/id/potensi", "/id/potensi?page=2", "/id/potensi?page=3"}) {
    const auto links = all_of(many_page(target, 45), "<h3 lang=\"id\"><a href=\"([^\"]*)\"");
    EXPECT_EQ(links.size(), std::string(target).ends_with("3") ? 5u : 20u);
    seen.insert(links.begin(), links.end());
  }
  EXPECT_EQ(seen.size(), 45u);
}

TEST(List, PagingLinksKeepFilterAndOrder) {
  const auto html = many_page("/id/potensi?group=laut&sort=newest&page=6", 230);
  EXPECT_THAT(html, HasSubstr("href=\"/id/potensi?group=laut&amp;sort=newest&amp;page=5\" rel=\"prev\""));
  EXPECT_THAT(html, HasSubstr("href=\"/id/potensi?group=laut&amp;sort=newest&amp;page=7\" rel=\"next\""));
  EXPECT_THAT(html, HasSubstr("<span aria-current=\"page\">6</span>"));
  EXPECT_THAT(all_of(html, "<li><a href=\"[^\"]*\">([0-9]+)</a></li>"),
              ElementsAre("1", "4", "5", "7", "8", "12"));
  EXPECT_EQ(all_of(html, "(class=\"gap\")").size(), 2u);
}

TEST(List, APageAfterTheLastIsTheLast) {
  EXPECT_THAT(many_page("/id/potensi?page=99", 45), HasSubstr("<span aria-current=\"page\">3</span>"));
}

TEST(List, DownloadsAndMapCarryTheFilter) {
  const auto html = page("/id/potensi?region=74.01&q=kakao%20rakyat");
  for (const auto* path : {"potensi.csv", "potensi.xlsx", "potensi.geojson", "peta"})
    EXPECT_THAT(html, HasSubstr("href=\"/id/" + std::string(path) + "?region=74.01&amp;q=kakao%20rakyat\""));
}

TEST(List, WordsAreEscapedInTheSearchField) {
  const auto html = page("/id/potensi?q=%22%3E%3Cscript%3E");
  EXPECT_THAT(html, HasSubstr("value=\"&quot;&gt;&lt;script&gt;\""));
  EXPECT_THAT(html, Not(HasSubstr("\"><script>")));
}

TEST(List, TheBareListHasNoFrame) {
  const auto html = page("/id/potensi?fragment=list&limit=2");
  EXPECT_THAT(html, Not(HasSubstr("<html")));
  EXPECT_THAT(html, HasSubstr("data-count=\"7\""));
  EXPECT_EQ(all_of(html, "(<li class=\"result\">)").size(), 2u);
}

TEST(MapPage, ListsAllAndTellsTheIslandWhatItNeeds) {
  const auto html = page("/id/peta?fragment=list&group=laut&bbox=122,-5,122.35,-3");
  EXPECT_THAT(html, HasSubstr("data-query=\"group=laut\""));
  EXPECT_THAT(html, HasSubstr("data-total=\"1\""));
  EXPECT_THAT(html, HasSubstr("laut:1"));
  const auto whole = page("/id/peta");
  EXPECT_EQ(all_of(whole, "<li data-id=\"[0-9]+\" data-slug=\"([^\"]*)\"").size(), 7u);
  EXPECT_THAT(whole, HasSubstr("data-bounds=\"122.00000,-4.30000,122.60000,-4.00000\""));
}

TEST(MapPage, WhatHasNoPointOfItsOwnGivesNone) {
  const auto html = page("/id/peta?fragment=list");
  EXPECT_TRUE(std::regex_search(html, std::regex("data-slug=\"p-7\" data-group=\"tani\"><a")));
}

TEST(Display, SetsCookiesAndGoesBack) {
  const auto response = visit("/id/tampilan?theme=dark&lowdata=1&back=%2Fen%2Fpotensi%3Fq%3Dikan");
  EXPECT_EQ(response.status, 303);
  EXPECT_EQ(response.header("Location"), "/en/potensi?q=ikan");
  std::vector<std::string> cookies;
  for (const auto& [name, value] : response.headers)
    if (name == "Set-Cookie") cookies.push_back(value);
  EXPECT_THAT(cookies, ElementsAre("theme=dark; Path=/; SameSite=Lax; Max-Age=31536000",
                                   "lowdata=1; Path=/; SameSite=Lax; Max-Age=31536000"));
}

TEST(Display, NeverLeavesTheSite) {
  for (const auto* back : {"//evil.example", "/%5Cevil.example", "https://evil.example", "/id%0d%0aX:1",
                           "/fr/potensi", "/id/%20", "id/potensi", "/", ""})
    EXPECT_EQ(visit("/id/tampilan?theme=light&back=" + std::string(back)).header("Location"), "/id/") << back;
}

}  // namespace
}  // namespace simpul::web::site
