#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "web/site/page_request.hpp"
#include "web/site/pages.hpp"

namespace simpul::web::site {
namespace {

using testing::HasSubstr;
using testing::Not;

domain::PublishedRegister world() {
  auto content = simpul::test::small_register();
  const auto value = [&](std::string region, std::string indicator, int year, double number,
                         std::string unit) {
    content.indicators.push_back({region, indicator, "", "", year, number, unit, "BPS Contoh (2025)"});
  };
  value("74.01", "area", 2024, 100, "km2");
  value("74.02", "area", 2024, 300, "km2");
  value("74.03", "area", 2024, 600, "km2");
  value("74.01", "hdi", 2023, 70, "index");
  value("74.02", "hdi", 2023, 71, "index");
  value("74.01", "hdi", 2024, 72, "index");
  value("74.01", "grdp_constant_2010", 2021, 10, "billion_idr");
  value("74.02", "grdp_constant_2010", 2021, 40, "billion_idr");
  for (auto& region : content.regions)
    if (region.kind != "province") {
      region.population = 1000;
      region.population_year = 2025;
    }
  return content;
}

std::string page(const std::string& query) {
  return test::body(test::get(compare_page, "/id/bandingkan" + query, "", test::snapshot_of(world())));
}

TEST(Compare, PutsRegionsBesideEachOtherInOneYear) {
  const auto html = page("?region=74.01,74.02");
  EXPECT_THAT(html, HasSubstr("Alfa"));
  EXPECT_THAT(html, HasSubstr("100\u00a0km²"));
  EXPECT_THAT(html, HasSubstr("300\u00a0km²"));
  EXPECT_THAT(html, HasSubstr("2023 · BPS Contoh")) << "the year that both have, not the newest of one";
  EXPECT_THAT(html, Not(HasSubstr(">72<")));
  // One scale within a row.
  EXPECT_THAT(html, HasSubstr("width=\"33.33\""));
  EXPECT_THAT(html, HasSubstr("width=\"100\""));
}

TEST(Compare, ARepeatedNameIsAChoiceOfTheForm) {
  EXPECT_THAT(page("?region=74.01&region=74.03"), HasSubstr("600\u00a0km²"));
}

TEST(Compare, TellsSharesOfWhatIsWhollyKnown) {
  const auto html = page("?region=74.01,74.02&as=share");
  EXPECT_THAT(html, HasSubstr("10%"));
  EXPECT_THAT(html, HasSubstr("30%"));
  EXPECT_THAT(html, Not(HasSubstr("20%")))
      << "one of three regions has no product: a share would be too large";
  EXPECT_THAT(html, HasSubstr("indikator tidak dapat"));
}

TEST(Compare, TellsMoneyPerHeadAndRanks) {
  EXPECT_THAT(page("?region=74.01,74.02&as=head"), HasSubstr("Rp10 juta"));
  const auto ranks = page("?region=74.01,74.02&as=rank");
  EXPECT_THAT(ranks, HasSubstr("3 dari 3"));
  EXPECT_THAT(ranks, HasSubstr("2 dari 3"));
}

TEST(Compare, AsksForTwoToFour) {
  EXPECT_THAT(page(""), HasSubstr("type=\"checkbox\" name=\"region\" value=\"74.01\""));
  EXPECT_THAT(page(""), Not(HasSubstr("<table")));
  EXPECT_THAT(page("?region=74.01"), Not(HasSubstr("<table")));
  const auto unknown = page("?region=74.01,74.02,74.99,74");
  EXPECT_THAT(unknown, HasSubstr("74, 74.99"));
  EXPECT_THAT(unknown, HasSubstr("<table"));
}

TEST(Compare, LeavesAsCsv) {
  const auto csv = test::body(
      test::get(compare_csv, "/id/bandingkan.csv?region=74.01,74.02", "", test::snapshot_of(world())));
  EXPECT_THAT(csv, HasSubstr("74.01,Kabupaten Alfa,area,"));
  EXPECT_THAT(csv, HasSubstr(",2024,300,km2,BPS Contoh (2025)"));
  EXPECT_THROW(test::get(compare_csv, "/id/bandingkan.csv?region=74.01", "", test::snapshot_of(world())),
               Error);
}

}  // namespace
}  // namespace simpul::web::site
