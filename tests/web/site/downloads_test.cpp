#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "page_request.hpp"
#include "web/site/datasets.hpp"
#include "web/site/pages.hpp"

namespace simpul::web::site {

using test::body;
using test::get;
using testing::HasSubstr;
using testing::Not;

namespace {

std::size_t lines(const std::string& text) {
  return std::count(text.begin(), text.end(), '\n');
}

}  // namespace

TEST(Downloads, CsvHoldsTheFilterOfThePage) {
  const auto all = get(potentials_csv, "/id/potensi.csv");
  EXPECT_EQ(all.status, 200);
  EXPECT_EQ(all.header("Content-Type"), "text/csv; charset=utf-8");
  EXPECT_EQ(lines(body(all)), 1u + 7u);
  const auto some = body(get(potentials_csv, "/id/potensi.csv?group=laut"));
  EXPECT_EQ(lines(some), 1u + 2u);
  EXPECT_THAT(some, HasSubstr("\r\np-1,"));
  EXPECT_THAT(some, Not(HasSubstr("\r\np-2,")));
  EXPECT_EQ(body(get(potentials_csv, "/id/potensi.csv?bom=1")).substr(0, 3), "\xEF\xBB\xBF");
}

TEST(Downloads, NameTellsFilterAndDate) {
  EXPECT_EQ(get(potentials_csv, "/id/potensi.csv").header("Content-Disposition"),
            "attachment; filename=\"potensi-2026-11-24.csv\"; filename*=UTF-8''potensi-2026-11-24.csv");
  EXPECT_EQ(get(potentials_csv, "/id/potensi.csv?region=74.01&q=%C3%A9").header("Content-Disposition"),
            "attachment; filename=\"potensi-region-74.01-q-C3-A9-2026-11-24.csv\"; "
            "filename*=UTF-8''potensi-region%3D74.01_q%3D%C3%A9-2026-11-24.csv");
  const auto hostile = std::string(
      get(potentials_csv, "/id/potensi.csv?q=%22%3B%0D%0Ax:%20y%2F..%2F").header("Content-Disposition"));
  EXPECT_EQ(hostile.find_first_of("\r\n"), std::string::npos);
  EXPECT_EQ(std::count(hostile.begin(), hostile.end(), '"'), 2);
}

TEST(Downloads, UnknownFilterValueIsRefusedByName) {
  for (auto* handler : {potentials_csv, potentials_geojson, potentials_xlsx}) {
    const auto response = get(handler, "/en/potensi.csv?region=99.99");
    EXPECT_EQ(response.status, 400);
    EXPECT_THAT(body(response), HasSubstr("“99.99”"));
    EXPECT_EQ(response.header("Content-Disposition"), "");
  }
}

TEST(Downloads, APotentialOfARegionOnlyHasNoPoint) {
  const auto parsed = boost::json::parse(body(get(potentials_geojson, "/id/potensi.geojson")));
  const auto& features = parsed.at("features").as_array();
  ASSERT_EQ(features.size(), 7u);
  for (const auto& feature : features) {
    const bool regency = feature.at("properties").at("location_accuracy") == "regency";
    EXPECT_EQ(feature.at("geometry").is_null(), regency) << feature.at("id");
    EXPECT_EQ(feature.at("properties").at("longitude").is_null(), regency);
    EXPECT_EQ(regency, feature.at("id") == "p-7");
  }
  EXPECT_EQ(parsed.at("type"), "FeatureCollection");
}

TEST(Downloads, FigureWithoutYearIsNotGivenAway) {
  auto content = simpul::test::small_register();
  content.potentials[0].figures = {{12345, "t", "production", std::nullopt, "x"}};
  EXPECT_THAT(body(get(potentials_csv, "/id/potensi.csv", "", test::snapshot_of(content))),
              Not(HasSubstr("12345")));
}

TEST(Downloads, CsvRunsNoFormula) {
  auto content = simpul::test::small_register();
  content.potentials[0].title["id"] = "=HYPERLINK(\"http://x\")";
  EXPECT_THAT(body(get(potentials_csv, "/id/potensi.csv", "", test::snapshot_of(content))),
              HasSubstr("\"'=HYPERLINK(\"\"http://x\"\")\""));
}

TEST(Downloads, SpreadsheetIsOne) {
  const auto response = get(potentials_xlsx, "/id/potensi.xlsx?region=74.02");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(body(response).substr(0, 2), "PK");
  EXPECT_THAT(std::string(response.header("Content-Disposition")),
              HasSubstr("potensi-region-74.02-2026-11-24.xlsx"));
}

TEST(Datasets, EveryRowHasEveryColumnInBothFormats) {
  for (const auto& set : datasets()) {
    const auto csv = get(dataset_csv, "/en/data/x.csv", std::string(set.code));
    EXPECT_EQ(csv.status, 200);
    const auto json = boost::json::parse(body(get(dataset_json, "/en/data/x.json", std::string(set.code))));
    const auto& rows = json.at("rows").as_array();
    EXPECT_FALSE(rows.empty()) << set.code;
    EXPECT_EQ(rows.size(), set.count(*test::snapshot_of(test::rich_register()))) << set.code;
    for (const auto& row : rows) EXPECT_EQ(row.as_object().size(), set.columns.size()) << set.code;
    EXPECT_EQ(json.at("version"), "12-2026-11-24");
  }
}

TEST(Datasets, IndicatorsWithoutYearAreLeftOut) {
  const auto csv = body(get(dataset_csv, "/en/data/indicators.csv", "indicators"));
  EXPECT_THAT(csv, HasSubstr("74.01,production,,cocoa,2022,36285,t,Dinas (2022)"));
  EXPECT_THAT(csv, Not(HasSubstr("Tanpa tahun")));
}

TEST(Datasets, UnknownSetIsNotFound) {
  EXPECT_THROW(get(dataset_csv, "/en/data/secrets.csv", "secrets"), Error);
}

TEST(Datasets, NoBoundaryIsInAnyFile) {
  for (const auto& set : datasets()) {
    const auto json = body(get(dataset_json, "/en/data/x.json", std::string(set.code)));
    EXPECT_THAT(json, Not(HasSubstr("Polygon"))) << set.code;
    EXPECT_THAT(json, Not(HasSubstr("POLYGON"))) << set.code;
  }
  EXPECT_THAT(body(get(potentials_geojson, "/id/potensi.geojson")), Not(HasSubstr("Polygon")));
}

}  // namespace simpul::web::site
