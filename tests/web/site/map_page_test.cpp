#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>

#include "web/headers.hpp"
#include "web/site/map_indicator.hpp"
#include "web/site/map_state.hpp"
#include "web/site/page_request.hpp"
#include "web/site/routes.hpp"

namespace simpul::web::site {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

// Ten regions beside each other, 74.01 to 74.10.
domain::PublishedRegister ten_regions() {
  auto content = simpul::test::drawn_world("A B C D E F G H I J");
  const auto value = [&](int region, std::string indicator, std::string commodity, std::optional<int> year,
                         double number) {
    content.indicators.push_back({(region < 10 ? "74.0" : "74.") + std::to_string(region), indicator,
                                  commodity.empty() ? "" : "A", commodity, year, number, "km2",
                                  "BPS Contoh (2025)"});
  };
  // By hand: 1 2 | 3 4 | 5 6 | 7 8 | 9 10.
  for (int i = 1; i <= 10; ++i) value(i, "area", "", 2024, i);
  // 14 values of two years: 1 1 | 1 2 2 | 3 3 3 | 4 4 4 | 5 5 5; equal ones stay together.
  for (int i = 1; i <= 7; ++i) value(i, "livestock_population", "cocoa", 2023, i);
  for (int i = 1; i <= 7; ++i) value(i, "livestock_population", "cocoa", 2024, 10 * i);
  // Six of ten are too few for a map; without a year nothing is shown.
  for (int i = 1; i <= 6; ++i) value(i, "hdi", "", 2024, i);
  for (int i = 1; i <= 10; ++i) value(i, "poverty_rate", "", std::nullopt, i);
  // Only three in this year: it is no step of the slider.
  for (int i = 1; i <= 3; ++i) value(i, "area", "", 2020, i);
  return content;
}

std::shared_ptr<const catalog::Snapshot> snapshot() {
  static const auto one = test::snapshot_of(ten_regions());
  return one;
}

std::string page(const std::string& target) {
  return test::body(test::get(map_page, target, "", snapshot(), "https://potensi.example.go.id"));
}

const i18n::Language& indonesian() {
  return *i18n::find_language("id");
}

std::vector<int> shades(const ClassedIndicator& chosen) {
  std::vector<int> all;
  for (const auto& one : chosen.regions) all.push_back(one.shade);
  return all;
}

TEST(MapIndicator, IsMadeOfWhatIsKnownForTwoThirds) {
  test::load_once();
  std::vector<std::string> keys;
  for (const auto& one : map_indicators(*snapshot(), indonesian())) keys.push_back(one.key);
  EXPECT_THAT(keys, ElementsAre("area", "livestock_population.cocoa"));
}

TEST(MapIndicator, FiveQuantileClassesByHand) {
  const auto area = classed_indicator(*snapshot(), indonesian(), "area", std::nullopt);
  ASSERT_TRUE(area);
  EXPECT_EQ(area->year, 2024);
  EXPECT_THAT(area->indicator.years, ElementsAre(2024));
  EXPECT_THAT(shades(*area), ElementsAre(1, 1, 2, 2, 3, 3, 4, 4, 5, 5));
  ASSERT_EQ(area->classes.size(), 5U);
  EXPECT_EQ(area->classes[0].text, "1\u00a0km²–2\u00a0km²");
  for (const auto& one : area->classes) EXPECT_EQ(one.regions, 2U);
  EXPECT_EQ(area->unknown, 0U);
  EXPECT_THAT(area->sources, ElementsAre("BPS Contoh (2025)"));
}

TEST(MapIndicator, ClassesHoldOverTheYears) {
  const auto before = classed_indicator(*snapshot(), indonesian(), "livestock_population.cocoa", 2023);
  const auto after = classed_indicator(*snapshot(), indonesian(), "livestock_population.cocoa", 2024);
  ASSERT_TRUE(before && after);
  EXPECT_THAT(before->indicator.years, ElementsAre(2023, 2024));
  // All 14 values in order: 1..7, 10..70; lower bounds at places 0, 2, 5, 8, 11: 1 3 6 20 50.
  EXPECT_THAT(shades(*before), ElementsAre(1, 1, 2, 2, 2, 3, 3, 0, 0, 0));
  EXPECT_THAT(shades(*after), ElementsAre(3, 4, 4, 4, 5, 5, 5, 0, 0, 0));
  EXPECT_EQ(before->unknown, 3U);
  ASSERT_EQ(before->classes.size(), 5U);
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(before->classes[i].text, after->classes[i].text);
}

TEST(MapIndicator, ARangeBelowZeroIsSaidInWords) {
  auto content = simpul::test::drawn_world("A B C D");
  int i = 0;
  for (const double value : {-3.5, -1.5, 0.5, 2.5})
    content.indicators.push_back(
        {"74.0" + std::to_string(++i), "grdp_growth", "", "", 2020, value, "percent", "BPS Contoh (2025)"});
  i = 0;
  for (const double value : {-4.0, -3.0, -2.0, 2.0})
    content.indicators.push_back(
        {"74.0" + std::to_string(++i), "grdp_growth", "", "", 2021, value, "percent", "BPS Contoh (2025)"});
  const auto one = test::snapshot_of(std::move(content));
  const auto growth = classed_indicator(*one, indonesian(), "grdp_growth", 2020);
  ASSERT_TRUE(growth);
  for (const auto& shown : growth->classes) EXPECT_THAT(shown.text, testing::Not(HasSubstr("–-")));
  EXPECT_THAT(growth->classes, testing::Contains(testing::Field(&MapClass::text, HasSubstr(" sampai "))));
}

TEST(MapIndicator, EqualValuesMakeFewerClassesOverTheWholeRamp) {
  auto content = simpul::test::drawn_world("A B C D");
  int i = 0;
  for (const double value : {7.0, 7.0, 7.0, 9.0})
    content.indicators.push_back(
        {"74.0" + std::to_string(++i), "area", "", "", 2024, value, "km2", "BPS Contoh (2025)"});
  const auto one = test::snapshot_of(std::move(content));
  const auto area = classed_indicator(*one, indonesian(), "area", 1900);
  ASSERT_TRUE(area);
  EXPECT_EQ(area->year, 2024) << "a year that is not known: the last";
  EXPECT_THAT(shades(*area), ElementsAre(1, 1, 1, 5));
}

TEST(MapIndicator, IsAPanelWithLegendTableAndSources) {
  const auto html = page("/id/peta?i=livestock_population.cocoa&year=2023");
  EXPECT_THAT(html,
              HasSubstr("data-classes=\"74.01:1 74.02:1 74.03:2 74.04:2 74.05:2 74.06:3 74.07:3 74.08:0"));
  EXPECT_THAT(html, HasSubstr("Kuantil: 5 kelas"));
  EXPECT_THAT(html, HasSubstr("tanpa data"));
  EXPECT_THAT(html, HasSubstr("BPS Contoh"));
  EXPECT_THAT(html, HasSubstr("year=2024\""));
  EXPECT_THAT(html, HasSubstr("id=\"map-potentials\" hidden"));
  EXPECT_THAT(html, Not(HasSubstr("data-slug=")));
}

TEST(MapIndicator, OneThatDoesNotExistIsSaid) {
  EXPECT_THAT(page("/id/peta?i=hdi"), HasSubstr("Peta ini tidak ada"));
  EXPECT_THAT(page("/id/peta?fragment=indicator&i=kemakmuran"), HasSubstr("Peta ini tidak ada"));
  EXPECT_THAT(page("/id/peta?i=%3Cscript%3E"), HasSubstr("id=\"map-other\" hidden")) << "no name at all";
}

TEST(MapLayers, SayWhatTheyAreAndWhereFrom) {
  const auto html = page("/id/peta?fragment=layers");
  EXPECT_THAT(html, HasSubstr("data-layer=\"potentials\""));
  EXPECT_THAT(html, HasSubstr("data-layer=\"districts\""));
  EXPECT_THAT(html, HasSubstr("10 dari 10 mempunyai poligon"));
  EXPECT_THAT(html, Not(HasSubstr("data-layer=\"indicator\"")));
  EXPECT_THAT(html, HasSubstr("value=\"potentials\" checked"));
  const auto beside = page("/id/peta?fragment=layers&i=area");
  EXPECT_THAT(beside, HasSubstr("value=\"indicator\" checked"));
  EXPECT_THAT(beside, Not(HasSubstr("value=\"potentials\" checked"))) << "points give way to colours";
  EXPECT_THAT(page("/id/peta?fragment=layers&i=area&layers=potentials"),
              HasSubstr("value=\"potentials\" checked"));
}

TEST(MapLayers, WithoutBoundariesThereAreOnlyPotentials) {
  auto content = ten_regions();
  content.boundaries = {};
  const auto bare = test::snapshot_of(std::move(content));
  const auto html = test::body(test::get(map_page, "/id/peta?panel=layers", "", bare));
  EXPECT_THAT(html, HasSubstr("data-layer=\"potentials\""));
  EXPECT_THAT(html, Not(HasSubstr("data-layer=\"regions\"")));
}

TEST(MapShare, PassesOnTheViewAsItIs) {
  const auto html = test::body(test::get(
      share_map_page,
      "/id/peta/bagikan?fragment=share&group=laut&i=area&year=2024&m=8.5/-4.1/122.3&sel=p-1&junk=%3Cb%3E", "",
      snapshot(), "https://potensi.example.go.id"));
  const std::string link =
      "https://potensi.example.go.id/id/peta?group=laut&amp;i=area&amp;year=2024&amp;m=8.50/-4.1000/"
      "122.3000&amp;sel=p-1";
  EXPECT_THAT(html, HasSubstr("value=\"" + link + "\""));
  EXPECT_THAT(html, HasSubstr("https://wa.me/?text="));
  EXPECT_THAT(html, HasSubstr("class=\"qr\""));
  EXPECT_THAT(html, HasSubstr("embed=1"));
  EXPECT_THAT(html, HasSubstr("/id/peta.pdf?group=laut"));
  EXPECT_THAT(html, HasSubstr("href=\"mailto:?subject=Luas%2C%202024"));
  EXPECT_THAT(html, Not(HasSubstr("<b>")));
  EXPECT_THAT(html, Not(HasSubstr("href=\"#\""))) << "an address that the escaper does not take";
}

TEST(MapShare, AnAddressTooLongForACodeHasNone) {
  std::string names;
  for (char c = 'a'; c < 'p'; ++c) names += std::string(100, c) + ",";
  const auto html = test::body(test::get(share_map_page, "/id/peta/bagikan?layers=" + names, "", snapshot(),
                                         "https://potensi.example.go.id"));
  EXPECT_THAT(html, Not(HasSubstr("class=\"qr\"")));
  EXPECT_THAT(html, HasSubstr("https://wa.me/"));
}

TEST(MapEmbedded, OnlyThisPageMayStandInOtherSites) {
  const auto framed = test::get(map_page, "/id/peta?embed=1", "", snapshot());
  EXPECT_THAT(std::string(framed.header("Content-Security-Policy")), HasSubstr("frame-ancestors *"));
  EXPECT_THAT(test::body(framed), Not(HasSubstr("<header>")));
  EXPECT_THAT(test::body(framed), Not(HasSubstr("site-footer")));
  EXPECT_THAT(test::body(framed), HasSubstr("target=\"_top\""));
  EXPECT_THAT(test::body(framed), HasSubstr("noindex"));
  const auto usual = test::get(map_page, "/id/peta", "", snapshot());
  EXPECT_TRUE(usual.header("Content-Security-Policy").empty()) << "the dispatcher's: 'self'";
  EXPECT_THAT(std::string(kContentSecurityPolicy), HasSubstr("frame-ancestors 'self'"));
  EXPECT_THAT(test::body(usual), HasSubstr("<header>"));
}

TEST(MapView, IsReadStrictly) {
  const auto view = parse_map_view("7.25/-4.1234/122.4321");
  ASSERT_TRUE(view);
  EXPECT_EQ(view->zoom, 7.25);
  EXPECT_EQ(view->middle.x, 122.4321);
  for (const auto* text :
       {"", "8", "8/1", "8/1/2/3", "99/1/2", "8/91/2", "8/1/181", "8/x/2", "nan/1/2", "8/1/ 2"})
    EXPECT_FALSE(parse_map_view(text)) << text;
}

TEST(MapState, IsWrittenAsItIsRead) {
  http::Request request;
  request.query =
      http::parse_query("layers=potentials,indicator,%3Cx%3E&panel=layers&i=area&year=2024&q=ikan&embed=1")
          .value();
  const auto state = read_map_state(request);
  EXPECT_EQ(state.panel, MapPanel::Layers);
  EXPECT_EQ(map_query(state, state.list.filter),
            "q=ikan&i=area&year=2024&panel=layers&layers=indicator,potentials&embed=1");
}

}  // namespace
}  // namespace simpul::web::site
