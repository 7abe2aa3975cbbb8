// Official boundaries: files as offices make them, through the real ogr2ogr.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "base/error.hpp"
#include "domain/region_places.hpp"
#include "foreign/child.hpp"
#include "geo/coverage_checks.hpp"
#include "service/boundary_build.hpp"

namespace simpul::service {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

// The 17 regions as a row of squares, a tenth of a degree each; every second one overlaps its neighbour by
// 0.00005.
std::string square(int i, const std::string& properties, double left = 0, double right = 1) {
  const auto x = [&](double part) {
    return std::to_string(121 + (i + part) / 10 + (i % 2 == 1 ? 0.00005 * part : 0));
  };
  return R"({"type":"Feature","properties":{)" + properties +
         R"(},"geometry":{"type":"Polygon","coordinates":[[[)" + x(left) + ",-5],[" + x(right) + ",-5],[" +
         x(right) + ",-4],[" + x(left) + ",-4],[" + x(left) + ",-5]]]}}";
}

class OfficialBoundaries : public testing::Test {
 protected:
  std::filesystem::path write(const std::vector<std::string>& features) {
    const auto path = folder_.path() / "batas.geojson";
    std::ofstream out(path);
    out << R"({"type":"FeatureCollection","features":[)";
    for (std::size_t i = 0; i < features.size(); ++i) out << (i > 0 ? "," : "") << features[i];
    out << "]}";
    return path;
  }

  // One feature per region; `properties` makes the members from the code.
  template <typename Properties>
  static std::vector<std::string> regions(Properties&& properties) {
    std::vector<std::string> out;
    int i = 0;
    for (const auto& place : domain::region_places()) out.push_back(square(i++, properties(place.code)));
    return out;
  }

  std::string refusal(const std::vector<std::string>& features) {
    try {
      boundaries_from_file(write(features));
    } catch (const Error& error) {
      EXPECT_EQ(error.kind, ErrorKind::Invalid);
      return error.what();
    }
    return "accepted";
  }

  foreign::OutputFolder folder_;
};

std::string kode(const std::string& code) {
  return R"("NAMOBJ":"Daerah )" + code + R"(","KDPBPS":"74.99","KDPKAB":")" + code + '"';
}

std::vector<geo::Geometry> level(const domain::BoundarySet& set, int level, std::size_t band) {
  std::vector<geo::Geometry> out;
  for (const auto& one : set.boundaries)
    if (one.level == level) out.push_back(one.bands.at(band));
  return out;
}

TEST_F(OfficialBoundaries, OfKabupatenFromAnyFormat) {
  // As the office has it: a GeoPackage in UTM.
  foreign::ChildCommand convert;
  convert.program = "/usr/bin/ogr2ogr";
  convert.input = write(regions(kode));
  convert.output_folder = folder_.path();
  const auto file = folder_.path() / "batas.gpkg";
  convert.arguments = {"-f", "GPKG", "-t_srs", "EPSG:32751", file.string(), convert.input.string()};
  ASSERT_TRUE(foreign::run_child(convert).ok());

  const auto set = boundaries_from_file(file);
  EXPECT_FALSE(set.indicative);
  EXPECT_EQ(set.notice, "");
  EXPECT_EQ(set.source, "batas.gpkg");
  ASSERT_THAT(set.boundaries, SizeIs(17));
  EXPECT_EQ(set.boundaries[16].code, "74.72");
  EXPECT_EQ(set.boundaries[16].name, "Daerah 74.72");
  for (std::size_t band = 0; band < domain::kBoundaryBands; ++band) {
    const auto areas = level(set, 2, band);
    geo::expect_no_overlap(areas);
    geo::expect_shared_borders(areas);
    EXPECT_EQ(geo::holes_in(geo::united(areas)), 0U);
  }
}

TEST_F(OfficialBoundaries, OfVillagesAreJoinedToBothLevels) {
  std::vector<std::string> features;
  int i = 0;
  for (const auto& place : domain::region_places()) {
    const auto village = [&](const std::string& code, const std::string& kecamatan) {
      return R"("WADMKK":"Kab )" + place.code + R"(","WADMKC":")" + kecamatan + R"(","KDEPUM":")" + code +
             '"';
    };
    features.push_back(square(i, village(place.code + ".01.2001", "Satu"), 0, 0.3));
    features.push_back(square(i, village(place.code + ".01.2002", "Satu"), 0.3, 0.6));
    features.push_back(square(i, village(place.code + ".02.1001", "Dua"), 0.6, 1));
    ++i;
  }
  // A file of the whole country: other provinces are passed over.
  features.push_back(square(30, R"("WADMKK":"Makassar","WADMKC":"Ujung Pandang","KDEPUM":"73.71.01.1001")"));
  const auto set = boundaries_from_file(write(features));
  ASSERT_THAT(set.boundaries, SizeIs(17 * 3));
  EXPECT_EQ(set.boundaries[1].code, "74.01.01");
  EXPECT_EQ(set.boundaries[1].name, "Satu");
  EXPECT_EQ(set.boundaries[0].name, "Kab 74.01");
  for (std::size_t band = 0; band < domain::kBoundaryBands; ++band) {
    geo::expect_no_overlap(level(set, 2, band));
    geo::expect_no_overlap(level(set, 3, band));
  }
}

TEST_F(OfficialBoundaries, ACodeThatBecameANumberIsUnderstood) {
  const auto set =
      boundaries_from_file(write(regions([](const std::string& code) { return R"("kode":)" + code; })));
  ASSERT_THAT(set.boundaries, SizeIs(17));
  EXPECT_EQ(set.boundaries[9].code, "74.10");
}

TEST_F(OfficialBoundaries, SaysWhatIsWrong) {
  EXPECT_THAT(
      refusal(regions([](const std::string& code) { return R"("nama":"x","kd_bps":")" + code + '"'; })),
      HasSubstr("No column holds the Kemendagri code of every feature, such as 74.01 or 74.01.01. Columns: "
                "kd_bps, nama."));
  auto features = regions(kode);
  features.push_back(square(20, kode("74.73")));
  EXPECT_THAT(refusal(features), HasSubstr("74.73 is not the code of a kabupaten/kota"));
  features = regions(kode);
  features.erase(features.begin() + 3);
  EXPECT_THAT(refusal(features), HasSubstr("The file has no polygon for 74.04"));
  features = regions(kode);
  features[3] = square(3, kode("74.04.01"));
  EXPECT_THAT(refusal(features), HasSubstr("KDPKAB mixes codes"));
  features = regions(kode);
  features[3] = square(2, kode("74.04"));
  EXPECT_THAT(refusal(features), HasSubstr("lies wholly under others"));
  features = regions(kode);
  features[3] = R"({"type":"Feature","properties":{)" + kode("74.04") +
                R"(},"geometry":{"type":"Point","coordinates":[122,-4]}})";
  EXPECT_THAT(refusal(features), HasSubstr("74.04 is not a polygon"));
}

}  // namespace
}  // namespace simpul::service
