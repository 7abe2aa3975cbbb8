#include "catalog/province_shapes.hpp"

#include <gtest/gtest.h>

namespace simpul::catalog {
namespace {

geo::Geometry square(double x, double y, double side) {
  return {geo::GeometryKind::MultiPolygon,
          {{{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}}}}};
}

domain::PublishedRegister two_regions() {
  domain::PublishedRegister content;
  for (const auto* code : {"74", "74.01", "74.02", "74.03"}) {
    domain::Region region;
    region.code = code;
    region.kind = region.code == "74" ? "province" : "regency";
    content.regions.push_back(region);
  }
  const auto bands = [](const geo::Geometry& shape) {
    return std::vector<geo::Geometry>(domain::kBoundaryBands, shape);
  };
  content.boundaries.boundaries.push_back({"74.01", "west", 2, bands(square(10, 0, 1))});
  content.boundaries.boundaries.push_back({"74.02", "east", 2, bands(square(20, 0, 1))});
  return content;
}

TEST(ProvinceShapes, PicturesHoldEveryRegionWithABoundary) {
  const auto content = two_regions();
  const ProvinceShapes shapes(content);
  EXPECT_FALSE(shapes.empty());
  EXPECT_EQ(shapes.bounds(), (geo::Box{10, 0, 21, 1}));
  for (const auto* picture : {&shapes.choropleth(), &shapes.poster()}) {
    ASSERT_EQ(picture->outlines.size(), 2u);
    EXPECT_EQ(picture->outlines[0].code, "74.01");
    EXPECT_EQ(picture->outlines[0].path,
              geo::svg_path(content.boundaries.boundaries[0].bands[1], picture->frame));
  }
  EXPECT_EQ(shapes.choropleth().frame.width(), kChoroplethSize.width);
  EXPECT_EQ(shapes.poster().frame.width(), kPosterSize.width);
}

TEST(ProvinceShapes, LocatorShowsOnlyWhatReachesIn) {
  const auto content = two_regions();
  const ProvinceShapes shapes(content);
  ASSERT_EQ(shapes.locator("74.02").outlines.size(), 1u);
  EXPECT_EQ(shapes.locator("74.02").outlines[0].code, "74.02");
  EXPECT_EQ(shapes.locator("74.03").outlines.size(), 2u) << "without a boundary: the province";
}

TEST(ProvinceShapes, APointOutsideWidensTheView) {
  const auto content = two_regions();
  const ProvinceShapes shapes(content);
  EXPECT_TRUE(shapes.in_locator("74.01", {10.5, 0.5}));
  const geo::Point far{20.5, 0.5};
  EXPECT_FALSE(shapes.in_locator("74.01", far));
  const auto wider = shapes.locator_around("74.01", far);
  EXPECT_EQ(wider.outlines.size(), 2u);
  const auto at = wider.frame.project(far);
  EXPECT_GE(at.x, 0);
  EXPECT_LE(at.x, kLocatorSize.width);
}

TEST(ProvinceShapes, NothingWithoutBoundaries) {
  auto content = two_regions();
  content.boundaries = {};
  const ProvinceShapes shapes(content);
  EXPECT_TRUE(shapes.empty());
  EXPECT_TRUE(shapes.bounds().empty());
  EXPECT_TRUE(shapes.choropleth().outlines.empty());
  EXPECT_TRUE(shapes.locator("74.01").outlines.empty());
}

}  // namespace
}  // namespace simpul::catalog
