#include "domain/validate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace simpul::domain {

TEST(Slug, IsMadeOfATitle) {
  EXPECT_EQ(slug_of("Misi dagang Jawa Timur-Sulawesi Tenggara 2025"),
            "misi-dagang-jawa-timur-sulawesi-tenggara-2025");
  EXPECT_EQ(slug_of("  (KSDD) / 2 "), "ksdd-2");
  EXPECT_EQ(slug_of("\xE4\xB8\xAD"), "");
}

RC_GTEST_PROP(SlugProperty, IsStableAndClean, (const std::string& title)) {
  const auto slug = slug_of(title);
  RC_ASSERT(slug_of(slug) == slug);
  RC_ASSERT(slug.size() <= 100u);
  RC_ASSERT(slug.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos);
}

TEST(Validate, ARegionsPopulationNeedsItsYear) {
  Region region;
  region.code = "74.01";
  region.bps_code = "7404";
  region.name = {{"id", "Kolaka"}};
  region.kind = "regency";
  region.source = "Kepmendagri";
  EXPECT_TRUE(validate(region).empty());
  region.population = 5;
  ASSERT_EQ(validate(region).size(), 1u);
  EXPECT_EQ(validate(region)[0].field, "population_year");
  region.population_year = 2025;
  region.website = "javascript:alert(1)";
  EXPECT_EQ(validate(region).at(0).field, "website");
}

TEST(Validate, AnAgreementHasTwoParties) {
  Vocabulary known;
  known.regions = {"74"};
  Agreement agreement;
  agreement.title = {{"id", "Misi"}};
  agreement.slug = "misi";
  agreement.parties = {"Sultra"};
  agreement.type = "ksdd";
  agreement.region_code = "74";
  agreement.source = "Telisik";
  EXPECT_EQ(validate(agreement, known).at(0).field, "parties");
  agreement.parties.push_back("Jatim");
  EXPECT_TRUE(validate(agreement, known).empty());
  agreement.type = "ksad";
  EXPECT_EQ(validate(agreement, known).at(0).field, "type");
}

TEST(OutsideKm, IsTheFarthestPositionOfTheGeometry) {
  const geo::Geometry square{geo::GeometryKind::Polygon,
                             {{{{122, -4}, {123, -4}, {123, -5}, {122, -5}, {122, -4}}}}};
  Vocabulary known;
  known.area_of = [&](std::string_view region) { return region == "74.01" ? &square : nullptr; };
  EXPECT_FALSE(outside_km(geo::point(122.5, -4.5), "74.01", known)) << "inside";
  EXPECT_FALSE(outside_km(geo::point(1, 1), "74.02", known)) << "its boundary is not known";
  EXPECT_FALSE(outside_km(std::nullopt, "74.01", known));
  const geo::Geometry line{geo::GeometryKind::LineString, {{{{122.5, -4.5}, {123.1, -4.5}}}}};
  EXPECT_NEAR(outside_km(line, "74.01", known).value_or(0), 0.1 * 111.19 * 0.9969, 0.2);
}

}  // namespace simpul::domain
