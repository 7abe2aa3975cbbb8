// The indicative boundaries from the real packages (tools/boundary-data, fetched by ./test).
#include "service/boundary_build.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "base/error.hpp"
#include "geo/coverage_checks.hpp"

namespace simpul::service {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::SizeIs;

const std::filesystem::path kPackages =
    std::filesystem::path(SIMPUL_SOURCE_DIR) / "tools/boundary-data/node_modules";
const auto kGadm = kPackages / "geojson-indonesia/geojson/gadm41_IDN_3.json";
const auto kAreas = kPackages / "idn-area-data/data";

const domain::BoundarySet& real_set() {
  static const auto set = build_indicative_boundaries(kGadm, kAreas);
  return set;
}

std::vector<geo::Geometry> band_of(int level, int band) {
  std::vector<geo::Geometry> out;
  for (const auto& boundary : real_set().boundaries)
    if (boundary.level == level && !boundary.bands.empty())
      out.push_back(boundary.bands[static_cast<std::size_t>(band)]);
  return out;
}

const domain::Boundary& boundary(std::string_view code) {
  for (const auto& boundary : real_set().boundaries)
    if (boundary.code == code) return boundary;
  throw Error(ErrorKind::NotFound, "no boundary {code}", {{"code", std::string(code)}});
}

TEST(IndicativeBoundaries, SeventeenRegionsAnd221Kecamatan) {
  const auto& set = real_set();
  EXPECT_TRUE(set.indicative);
  EXPECT_EQ(set.source, "GADM 4.1");
  EXPECT_THAT(set.notice, HasSubstr("non-commercial"));
  EXPECT_THAT(set.boundaries, SizeIs(17 + 221));
  EXPECT_THAT(set.without_polygon, SizeIs(20));
  EXPECT_THAT(set.without_polygon, Contains("74.11.11"));  // Ueesi
  EXPECT_EQ(boundary("74.11").name, "Kabupaten Kolaka Timur");
  for (const auto& one : set.boundaries) {
    EXPECT_THAT(one.bands, SizeIs(testing::AnyOf(0U, std::size_t{domain::kBoundaryBands}))) << one.code;
    EXPECT_EQ(one.level, one.code.size() == 5 ? 2 : 3);
    if (one.level == 2) {
      EXPECT_FALSE(one.bands.empty()) << one.code;
    }
  }
  EXPECT_FALSE(boundary("74.06.17").bands.empty()) << "Masaloka Raya, spelled otherwise in GADM";
}

TEST(IndicativeBoundaries, NeighboursShareTheirBordersOnEveryBand) {
  for (int band = 0; band < domain::kBoundaryBands; ++band)
    for (const int level : {2, 3}) {
      SCOPED_TRACE("band " + std::to_string(band) + ", level " + std::to_string(level));
      const auto areas = band_of(level, band);
      EXPECT_THAT(areas, SizeIs(level == 2 ? 17 : 201));
      geo::expect_no_overlap(areas);
      geo::expect_shared_borders(areas);
      // No gap: the only hole of the whole province is a real one, a lagoon of Kabaena (2 km2).
      EXPECT_EQ(geo::holes_in(geo::united(areas)), 1U);
    }
}

TEST(IndicativeBoundaries, AKabupatenIsMadeOfItsKecamatanOnEveryBand) {
  for (std::size_t band = 0; band < domain::kBoundaryBands; ++band) {
    std::map<std::string, double> sum;
    for (const auto& one : real_set().boundaries)
      if (one.level == 3 && !one.bands.empty()) sum[one.code.substr(0, 5)] += geo::area_km2(one.bands[band]);
    EXPECT_THAT(sum, SizeIs(17));
    for (const auto& [code, area] : sum)
      EXPECT_NEAR(geo::area_km2(boundary(code).bands[band]), area, 0.01) << code;
  }
}

TEST(IndicativeBoundaries, TheAreaIsThatOfTheSource) {
  // The union of the 201 polygons as they come, with their 453 sliver holes, is 36,607 km2 (the official
  // figure is 36,139); filling the slivers adds less than a thousandth.
  const auto total = [](int band) { return geo::sum_of_areas(band_of(2, band)); };
  EXPECT_NEAR(total(3), 36'607, 36.6);
  for (int band = 0; band < 3; ++band)
    EXPECT_NEAR(total(band), total(3), 0.002 * total(3)) << "band " << band;
}

TEST(IndicativeBoundaries, CoarseBandsAreSmaller) {
  std::size_t last = 0;
  for (int band = 0; band < domain::kBoundaryBands; ++band) {
    std::size_t points = 0;
    for (const auto& area : band_of(2, band))
      for (const auto& part : area.parts)
        for (const auto& ring : part) points += ring.size();
    EXPECT_GT(points, last) << "band " << band;
    last = points;
  }
}

TEST(IndicativeBoundaries, PlacesLieInTheirRegion) {
  const auto& kendari = boundary("74.71").bands.back();
  EXPECT_TRUE(geo::contains(kendari, {122.5093, -3.9742}));
  EXPECT_FALSE(geo::contains(kendari, {122.6078, -5.4559}));
  EXPECT_TRUE(geo::contains(boundary("74.72").bands.back(), {122.6178, -5.4759})) << "Baubau";
  EXPECT_TRUE(geo::contains(boundary("74.13").bands.back(), {122.4601, -4.7917})) << "Laworo, Muna Barat";
}

class BadInput : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("simpul_boundary_" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) + "_" +
               testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
    write("regencies.csv", "code,province_code,name\n74.01,74,KABUPATEN KOLAKA\n");
    write("districts.csv", "code,regency_code,name\n74.01.01,74.01,Wundulako\n");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) { std::ofstream(folder_ / name) << text; }

  std::string feature(const std::string& kecamatan) {
    return R"({"type":"Feature","properties":{"NAME_1":"SulawesiTenggara","NAME_2":"Kolaka","NAME_3":")" +
           kecamatan +
           R"("},"geometry":{"type":"Polygon","coordinates":[[[121,-4],[122,-4],[122,-3],[121,-4]]]}})";
  }

  std::string message(const std::string& gadm) {
    write("gadm.json", gadm);
    try {
      build_indicative_boundaries(folder_ / "gadm.json", folder_);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind, ErrorKind::Invalid);
      return error.what();
    }
    return "accepted";
  }

  std::filesystem::path folder_;
};

TEST_F(BadInput, SaysWhatDoesNotFit) {
  EXPECT_EQ(message(R"({"type":"FeatureCollection","features":[)" + feature("Wundulako") + "]}"), "accepted");
  EXPECT_THAT(message("{}"), HasSubstr("gadm.json is not a GeoJSON"));
  EXPECT_THAT(message("rubbish"), HasSubstr("gadm.json is not a GeoJSON"));
  EXPECT_THAT(message(R"({"features":[7]})"), HasSubstr("gadm.json"));
  EXPECT_THAT(message(R"({"features":[)" + feature("Atlantis") + "]}"), HasSubstr("The kecamatan Atlantis"));
  EXPECT_THAT(message(R"({"features":[)" + feature("Wundulako") + "," + feature("Wundulako") + "]}"),
              HasSubstr("two polygons"));
  EXPECT_THAT(message(R"({"features":[]})"), HasSubstr("74.01"));
}

TEST_F(BadInput, MissingFilesAreNamed) {
  std::filesystem::remove(folder_ / "districts.csv");
  EXPECT_THAT(message("{}"), HasSubstr("districts.csv"));
  EXPECT_THROW(build_indicative_boundaries(folder_ / "none.json", kAreas), Error);
}

}  // namespace
}  // namespace simpul::service
