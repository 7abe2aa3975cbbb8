#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "page_request.hpp"
#include "web/site/pages.hpp"

namespace simpul::web::site {

using test::body;
using test::get;
using testing::HasSubstr;
using testing::Not;

TEST(Sectors, AllAreListedWithTheirLetters) {
  const auto html = body(get(sectors_page, "/en/sektor"));
  EXPECT_THAT(html, HasSubstr("href=\"/en/sektor/A\""));
  EXPECT_THAT(html, HasSubstr("<td class=\"num\">4</td>"));  // potentials of A
}

TEST(Sector, TellsWhatItCoversAndWhatIsKnown) {
  const auto html = body(get(sector_page, "/en/sektor/A", "A"));
  EXPECT_THAT(html, HasSubstr("PDRB2010:A"));
  EXPECT_THAT(html, HasSubstr("Food crops, horticulture"));
  EXPECT_THAT(html, HasSubstr("23.48%"));
  EXPECT_THAT(html, HasSubstr("2024"));
  EXPECT_THAT(html, HasSubstr("IDR 2,791.77 trillion"));
  EXPECT_THAT(html, HasSubstr("href=\"/en/komoditas/cocoa\""));
  EXPECT_THAT(html, HasSubstr("href=\"/en/potensi?sector=A\""));
  EXPECT_THAT(html, HasSubstr("class=\"provenance\""));
  // Counts of the chart and of its table are those of the list.
  EXPECT_THAT(html, HasSubstr("Alfa Regency"));
  EXPECT_THAT(html, HasSubstr("href=\"/en/potensi?sector=A&amp;region=74.01\""));
}

TEST(Sector, WithoutPotentialsSaysSo) {
  auto content = simpul::test::small_register();
  content.sectors.push_back({"PDRB2010", "MN", {{"id", "Jasa Perusahaan"}, {"en", "Business Activities"}}});
  const auto html = body(get(sector_page, "/en/sektor/MN", "MN", test::snapshot_of(content)));
  EXPECT_THAT(html, HasSubstr("No potential of this field is registered yet."));
  EXPECT_THAT(html, HasSubstr("No figure with year and source is known for this field."));
  EXPECT_THAT(html, HasSubstr("The letter changed with KBLI 2025"));
}

TEST(Sector, UnknownIsNotFound) {
  EXPECT_THROW(get(sector_page, "/en/sektor/X", "X"), Error);
}

TEST(Commodities, StandByCategoryWithCounts) {
  const auto html = body(get(commodities_page, "/en/komoditas"));
  EXPECT_THAT(html, HasSubstr("Cocoa <span class=\"count\">2</span>"));
  EXPECT_THAT(html, HasSubstr("4 commodities"));
}

TEST(Commodity, ShowsFiguresWithYearAndSourceOnly) {
  const auto html = body(get(commodity_page, "/id/komoditas/cocoa", "cocoa"));
  EXPECT_THAT(html, HasSubstr("36.285"));
  EXPECT_THAT(html, HasSubstr("Dinas (2022)"));
  EXPECT_THAT(html, HasSubstr("2021–2022"));
  EXPECT_THAT(html, Not(HasSubstr("999")));
  EXPECT_THAT(html, Not(HasSubstr("Tanpa tahun")));
  EXPECT_THAT(html, HasSubstr("1801"));
  EXPECT_THAT(html, HasSubstr("href=\"/id/potensi/p-4\""));
  EXPECT_THAT(html, HasSubstr("class=\"provenance\""));
}

TEST(Commodity, ShowsWhatOnePersonNeeds) {
  const auto html = body(get(commodity_page, "/en/komoditas/tuna", "tuna"));
  EXPECT_THAT(html, HasSubstr("What one person needs in a year"));
  EXPECT_THAT(html, HasSubstr("Bought and eaten at home"));
  EXPECT_THAT(html, HasSubstr("54.5"));
}

TEST(Commodity, ComparesRegionsWhenASourceNamesThree) {
  auto content = test::rich_register();
  content.indicators.push_back({"74.03", "production", "", "cocoa", 2022, 50, "t", "Dinas (2022)"});
  EXPECT_THAT(body(get(commodity_page, "/en/komoditas/cocoa", "cocoa", test::snapshot_of(content))),
              Not(HasSubstr("Production, 2022")));
  content.indicators.push_back({"74.02", "production", "", "cocoa", 2022, 100, "t", "Dinas (2022)"});
  const auto html = body(get(commodity_page, "/en/komoditas/cocoa", "cocoa", test::snapshot_of(content)));
  EXPECT_THAT(html, HasSubstr("Production, 2022"));
  const auto largest = html.find("Alfa Regency"), middle = html.find("Beta Regency"),
             least = html.find("Gama Regency");
  EXPECT_LT(largest, middle);
  EXPECT_LT(middle, least);
}

TEST(Commodity, UnknownIsNotFound) {
  EXPECT_THROW(get(commodity_page, "/en/komoditas/gold", "gold"), Error);
}

TEST(Offers, AreThePotentialsReportedAsOffered) {
  const auto html = body(get(offers_page, "/en/peluang"));
  EXPECT_THAT(html, HasSubstr("1 offer"));
  EXPECT_THAT(html, HasSubstr("href=\"/en/potensi/p-5\""));
  EXPECT_THAT(html, Not(HasSubstr("href=\"/en/potensi/p-1\"")));
  EXPECT_THAT(html, HasSubstr("No office has confirmed these offers yet."));
}

}  // namespace simpul::web::site
