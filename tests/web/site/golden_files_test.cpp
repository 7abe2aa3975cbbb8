// Files whose exact form others rely on: names of columns, order, escaping.
#include <gtest/gtest.h>

#include "page_request.hpp"
#include "support/tile_reader.hpp"
#include "web/site/pages.hpp"

namespace simpul::web::site {

using test::body;
using test::get;

TEST(GoldenFiles, StayAsTheyWere) {
  const std::string_view site = "https://potensi.example";
  const auto file = [&](auto* handler, const std::string& target, const std::string& captured = "") {
    return body(get(handler, target, captured, nullptr, site));
  };
  const auto compare = simpul::test::golden_difference;
  EXPECT_EQ(compare("files/potensi.csv", file(potentials_csv, "/id/potensi.csv")), "");
  EXPECT_EQ(compare("files/potensi.geojson", file(potentials_geojson, "/en/potensi.geojson?region=74.02")),
            "");
  EXPECT_EQ(compare("files/indicators.csv", file(dataset_csv, "/id/data/indicators.csv", "indicators")), "");
  EXPECT_EQ(compare("files/agreements.json", file(dataset_json, "/id/data/agreements.json", "agreements")),
            "");
  EXPECT_EQ(compare("files/feed.atom", file(feed, "/id/feed.atom")), "");
  EXPECT_EQ(compare("files/robots.txt", file(robots, "/robots.txt")), "");
}

}  // namespace simpul::web::site
