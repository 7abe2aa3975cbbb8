#include "domain/boundary_match.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "base/error.hpp"
#include "domain/boundary.hpp"

namespace simpul::domain {
namespace {

const std::vector<NamedArea> kKecamatan{{"74.06.17", "74.06", "Kep. Masaloka Raya"},
                                        {"74.04.27", "74.04", "Siotapina"},
                                        {"74.10.06", "74.10", "Wakorumba Utara"},
                                        {"74.03.31", "74.03", "Wakorumba Selatan"},
                                        {"74.05.01", "74.05", "Tinanggea"}};

TEST(FoldedName, LeavesLettersAndDigits) {
  EXPECT_EQ(folded_name("Kep. Masaloka Raya"), "kepmasalokaraya");
  EXPECT_EQ(folded_name("  "), "");
}

TEST(KecamatanNames, FindsByFoldedName) {
  const KecamatanNames names(kKecamatan);
  EXPECT_EQ(names.code_of("TINANGGEA"), "74.05.01");
  EXPECT_EQ(names.code_of("WakorumbaSelatan"), "74.03.31");
  EXPECT_EQ(names.code_of("Tinangge"), std::nullopt);
}

TEST(KecamatanNames, KnowsTheThreeOtherSpellings) {
  const KecamatanNames names(kKecamatan);
  EXPECT_EQ(names.code_of("KepulauanMasalokaRaya"), "74.06.17");
  EXPECT_EQ(names.code_of("Siontapina"), "74.04.27");
  EXPECT_EQ(names.code_of("Wakorumba"), "74.10.06");
}

TEST(KecamatanNames, RefusesANameThatStandsForTwo) {
  auto twice = kKecamatan;
  twice.push_back({"74.01.99", "74.01", "tinanggea"});
  EXPECT_THROW(KecamatanNames{twice}, Error);
}

TEST(BoundaryBand, EveryZoomHasItsBand) {
  EXPECT_EQ(boundary_band(0), 0);
  EXPECT_EQ(boundary_band(6), 0);
  EXPECT_EQ(boundary_band(7), 1);
  EXPECT_EQ(boundary_band(8), 1);
  EXPECT_EQ(boundary_band(10), 2);
  EXPECT_EQ(boundary_band(11), 3);
  EXPECT_EQ(boundary_band(22), 3);
}

}  // namespace
}  // namespace simpul::domain
