#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>

#include "catalog/snapshot.hpp"
#include "page_request.hpp"
#include "support/small_register.hpp"
#include "web/site/pages.hpp"
#include "web/site/routes.hpp"
#include "web/site/visit.hpp"

namespace simpul::web::site {
namespace {

using testing::HasSubstr;
using testing::Not;

// Each as its file under tests/golden/pages; SIMPUL_BLESS=1 writes them anew.
struct Golden {
  const char* file;
  const char* target;
};
constexpr Golden kGolden[] = {
    {"frame.id.html", "/id/wilayah/74.01"},
    {"home.id.html", "/id/"},
    {"home.en.html", "/en/"},
    {"potentials.id.html", "/id/potensi"},
    {"potentials-filtered.en.html", "/en/potensi?group=laut,tani&region=74.01&sort=title"},
    {"potentials-empty.id.html", "/id/potensi?q=tidakada"},
    {"potential-mine.id.html", "/id/potensi/p-2"},
    {"potential-hostile.en.html", "/en/potensi/p-5"},
    {"potential-unlocated.id.html", "/id/potensi/p-7"},
    {"potential-card.id.html", "/id/potensi/p-2?fragment=card"},
    {"regions.id.html", "/id/wilayah"},
    {"regions-by-area.en.html", "/en/wilayah?sort=area"},
    {"region.id.html", "/id/wilayah/74.01"},
    {"province.en.html", "/en/wilayah/74"},
    {"map.id.html", "/id/peta"},
    {"map-list.en.html", "/en/peta?fragment=list&group=laut"},
};

// What the page says: without the frame, which the page "frame" keeps once, and without the hashes of the
// front end.
std::string kept_part(std::string html, bool frame) {
  const auto begin = html.find("<main"), end = html.find("</main>");
  if (begin != html.npos && end != html.npos)
    html = frame ? html.substr(0, begin) + html.substr(end) : html.substr(begin, end - begin);
  std::string out;
  for (std::size_t at = 0;;) {
    const auto asset = html.find("/assets/", at);
    out += html.substr(at, asset - at);
    if (asset == html.npos) return out;
    out += "/assets/-";
    at = html.find_first_of("\"#", asset);
  }
}

class GoldenPage : public testing::TestWithParam<Golden> {};

TEST_P(GoldenPage, IsAsKept) {
  const auto html =
      kept_part(page(GetParam().target), std::string_view(GetParam().file).starts_with("frame"));
  const auto path = std::filesystem::path(SIMPUL_SOURCE_DIR) / "tests/golden/pages" / GetParam().file;
  if (std::getenv("SIMPUL_BLESS")) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << html;
    return;
  }
  std::ifstream file(path, std::ios::binary);
  const std::string kept((std::istreambuf_iterator<char>(file)), {});
  EXPECT_EQ(html, kept) << "look at the difference, then SIMPUL_BLESS=1 keeps it: " << path;
}

TEST_P(GoldenPage, HoldsNoStyleNoInlineScriptNoHostileText) {
  const auto html = page(GetParam().target);
  EXPECT_THAT(html, Not(HasSubstr(" style=")));
  EXPECT_THAT(html, Not(HasSubstr("<script>")));
  EXPECT_THAT(html, Not(HasSubstr("alert(1)</script>")));
  EXPECT_THAT(html, Not(HasSubstr("<media>")));
  EXPECT_THAT(html, Not(HasSubstr("<2020>")));
  EXPECT_FALSE(std::regex_search(html, std::regex(" on[a-z]+=\"")));
}

TEST_P(GoldenPage, RegionAndPotentialLinksAnswer) {
  const auto html = page(GetParam().target);
  const std::regex link("href=\"(/(?:id|en)/(?:potensi|wilayah|peta)(?:[/?][^\"]*)?)\"");
  for (std::sregex_iterator at(html.begin(), html.end(), link), end; at != end; ++at) {
    auto target = std::regex_replace((*at)[1].str(), std::regex("&amp;"), "&");
    EXPECT_EQ(visit(target).status, 200) << target << " on " << GetParam().target;
  }
}

std::string name_of_golden(const testing::TestParamInfo<Golden>& info) {
  std::string name = info.param.file;
  std::erase_if(name, [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); });
  return name;
}
INSTANTIATE_TEST_SUITE_P(Site, GoldenPage, testing::ValuesIn(kGolden), name_of_golden);

TEST(Home, CountsWhatIsThere) {
  const auto html = page("/en/");
  EXPECT_THAT(html, HasSubstr("<dt>Potentials published</dt><dd>7</dd>"));
  EXPECT_THAT(html, HasSubstr("6 from public sources, not yet confirmed by the region"));
  EXPECT_THAT(html, HasSubstr("<dt>Offered for cooperation</dt><dd>1</dd>"));
  EXPECT_THAT(html, HasSubstr("<span>0 <small>of 3</small>"));
}

TEST(Home, ARegionIsConfirmedWhenAllItsPotentialsAre) {
  auto world = rich_register();
  for (auto& potential : world.potentials)
    if (potential.region_code == "74.02") potential.confirmed = Date{2026, 1, 2};
  const auto snapshot = catalog::build_snapshot(world, Date{2026, 11, 24});
  const auto html = body_of(visit("/en/", *snapshot));
  EXPECT_THAT(html, HasSubstr("<span>1 <small>of 3</small>"));
  EXPECT_THAT(html, HasSubstr("<path class=\"on\""));
}

TEST(Pages, WhatWasNotConfirmedForTooLongSaysSo) {
  auto world = rich_register();
  for (auto& potential : world.potentials)
    if (potential.slug == "p-2") potential.confirmed = Date{2025, 11, 23};
  const auto since = HasSubstr("Belum dikonfirmasi sejak 23 November 2025");
  const auto old = catalog::build_snapshot(world, Date{2026, 11, 24});
  for (const auto* target : {"/id/potensi/p-2", "/id/potensi/p-2?fragment=card", "/id/potensi"})
    EXPECT_THAT(body_of(visit(target, *old)), since) << target;
  EXPECT_THAT(body_of(visit("/id/potensi/p-2", *old)), HasSubstr("belum dikonfirmasi lagi sejak itu"));
  EXPECT_THAT(test::body(test::get(potentials_csv, "/id/potensi.csv", "", old)),
              HasSubstr(",2025-11-23,2025-11-23,"));
  // The day before it was still good.
  const auto good = catalog::build_snapshot(world, Date{2026, 11, 23});
  for (const auto* target : {"/id/potensi/p-2", "/id/potensi/p-2?fragment=card", "/id/potensi"})
    EXPECT_THAT(body_of(visit(target, *good)), Not(since)) << target;
  EXPECT_THAT(test::body(test::get(potentials_csv, "/id/potensi.csv", "", good)), HasSubstr(",2025-11-23,,"));
}

TEST(Pages, ThePotentialOfANumberIsTheOneOfItsName) {
  const auto id = std::to_string(rich_snapshot()->potential("p-2")->id);
  const auto page = visit("/en/p/" + id);
  EXPECT_EQ(page.status, 303);
  EXPECT_EQ(page.header("Location"), "/en/potensi/p-2");
  EXPECT_EQ(body_of(visit("/id/p/" + id + "?fragment=card")),
            body_of(visit("/id/potensi/p-2?fragment=card")));
  for (const auto* wrong : {"999999", "p-2", "2x", "-2", "99999999999999999999"})
    EXPECT_EQ(visit("/id/p/" + std::string(wrong)).status, 404) << wrong;
}

TEST(EveryPage, StandsOnAnEmptyRegister) {
  const auto snapshot = catalog::build_snapshot({}, Date{2026, 11, 24});
  for (const auto* target : {"/id/", "/id/potensi", "/id/wilayah", "/id/peta", "/en/peta?fragment=list"})
    EXPECT_EQ(visit(target, *snapshot).status, 200) << target;
}

TEST(EveryPage, StandsWithoutBoundaries) {
  auto world = rich_register();
  world.boundaries = {};
  const auto snapshot = catalog::build_snapshot(world, Date{2026, 11, 24});
  for (const auto* target :
       {"/id/", "/id/potensi/p-2", "/id/wilayah", "/id/wilayah/74.01", "/id/wilayah/74", "/id/peta"})
    EXPECT_EQ(visit(target, *snapshot).status, 200) << target;
  const auto home = body_of(visit("/id/", *snapshot));
  EXPECT_THAT(home, Not(HasSubstr("class=\"choropleth\"")));
  EXPECT_THAT(home, HasSubstr("href=\"/id/wilayah/74.01\"")) << "the ring and a list stand for the map";
}

TEST(EveryPage, UnknownNamesAre404) {
  for (const auto* target : {"/id/potensi/tidak-ada", "/id/wilayah/99", "/fr/potensi", "/id/nirwana"})
    EXPECT_EQ(visit(target).status, 404) << target;
}

TEST(Potential, WithoutAPointHasNoCoordinatesAnywhere) {
  const auto html = page("/en/potensi/p-7");
  EXPECT_THAT(html, HasSubstr("The source names only the region"));
  EXPECT_THAT(html, Not(HasSubstr("class=\"point\"")));
  EXPECT_THAT(html, Not(HasSubstr("GeoCoordinates")));
  EXPECT_THAT(html, HasSubstr("In the same region"));
}

TEST(Potential, FiguresWithoutAYearAreNotShown) {
  const auto html = page("/en/potensi/p-2");
  EXPECT_THAT(html, HasSubstr("1,300,000,000\u00a0tonnes"));
  EXPECT_THAT(html, Not(HasSubstr("5\u00a0ha")));
  EXPECT_THAT(html, HasSubstr("1 figure is not shown"));
}

TEST(Potential, SaysInWhichLanguageItsTextIs) {
  EXPECT_THAT(page("/en/potensi/p-5"), HasSubstr("<h1 lang=\"id\">&lt;script&gt;"));
  EXPECT_THAT(page("/en/potensi/p-2"), HasSubstr("<dd lang=\"id\">Angka pembulatan"));
}

TEST(Potential, StructuredDataCannotCloseItsScript) {
  const auto html = page("/en/potensi/p-5");
  EXPECT_THAT(html, HasSubstr("\"name\":\"\\u003cscript>"));
}

TEST(Region, LeavesOutIndicatorsWithoutAYear) {
  const auto html = page("/en/wilayah/74.01");
  EXPECT_THAT(html, HasSubstr("12,346"));
  EXPECT_THAT(html, Not(HasSubstr("4,711")));
  EXPECT_THAT(html, HasSubstr("Kabupaten Alfa")) << "party of the agreement";
  EXPECT_THAT(html, HasSubstr("2 districts (kecamatan)"));
}

TEST(Region, NamesItsNeighboursOnLandByTheTable) {
  auto world = rich_register();  // its Beta in the place of Kolaka Timur, which borders on Kolaka
  for (auto& region : world.regions)
    if (region.code == "74.02") region.code = "74.11";
  std::ranges::sort(world.regions, {}, &domain::Region::code);
  for (auto& potential : world.potentials)
    if (potential.region_code == "74.02") potential.region_code = "74.11";
  const auto snapshot = catalog::build_snapshot(world, Date{2026, 11, 24});
  EXPECT_THAT(body_of(visit("/en/wilayah/74.01", *snapshot)),
              HasSubstr("href=\"/en/wilayah/74.11\">Beta</a>"));
  EXPECT_THAT(page("/en/wilayah/74.01"), Not(HasSubstr("Borders on land")))
      << "those of the table are not in this world";
}

TEST(Frame, KeepsPathAndQueryInTheLanguageSwitch) {
  const auto html = page("/id/potensi?region=74.01&group=laut");
  EXPECT_THAT(html, HasSubstr("href=\"/en/potensi?group=laut&amp;region=74.01\" lang=\"en\""));
}

TEST(Frame, BearsTheChosenTheme) {
  View dark;
  dark.theme = Theme::Dark;
  dark.low_data = true;
  const auto html = body_of(visit("/id/", *rich_snapshot(), dark));
  EXPECT_THAT(html, HasSubstr("data-theme=\"dark\" data-lowdata=\"1\""));
  EXPECT_THAT(html, Not(HasSubstr("<script type=\"module\""))) << "no script in low-data mode";
}

}  // namespace
}  // namespace simpul::web::site
