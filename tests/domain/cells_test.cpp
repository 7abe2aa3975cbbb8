#include "domain/cells.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "document/csv_reader.hpp"

namespace simpul::domain {
namespace {

TEST(Cells, AreCleanOfWhatNobodySees) {
  EXPECT_EQ(clean_cell("\xC2\xA0 Kolaka\xE2\x80\x8B \t"), "Kolaka");
  EXPECT_EQ(clean_cell("Kab.\xC2\xA0Kolaka"), "Kab. Kolaka");
  EXPECT_EQ(clean_cell("satu\r\ndua"), "satu\ndua");
  EXPECT_EQ(clean_cell(std::string("a\0b", 3)), "ab");
  EXPECT_EQ(clean_cell("caf\xE9"), "caf\xEF\xBF\xBD");
}

struct NumberCase {
  const char* cell;
  bool comma;
  double value;
  const char* unit;
};
class Numbers : public testing::TestWithParam<NumberCase> {};

TEST_P(Numbers, AreReadAsTheyWereMeant) {
  const auto [cell, comma, value, unit] = GetParam();
  const auto measure = read_measure(cell, comma);
  ASSERT_TRUE(measure) << cell;
  EXPECT_DOUBLE_EQ(measure->value, value) << cell;
  EXPECT_EQ(measure->unit, unit) << cell;
}

INSTANTIATE_TEST_SUITE_P(
    Cells, Numbers,
    testing::Values(NumberCase{"1.234,5 ha", true, 1234.5, "ha"},
                    NumberCase{"1.234,5 ha", false, 1234.5, "ha"}, NumberCase{"1,234.5", true, 1234.5, ""},
                    NumberCase{"1.234", true, 1234, ""}, NumberCase{"1.234", false, 1.234, ""},
                    NumberCase{"1,234", false, 1234, ""}, NumberCase{"1,5", false, 1.5, ""},
                    NumberCase{"0.125", true, 0.125, ""}, NumberCase{"Rp 1.500.000", true, 1'500'000, "Rp"},
                    NumberCase{"Rp. 2.000", true, 2000, "Rp"},
                    NumberCase{"12 500 ton/tahun", true, 12'500, "ton/tahun"},
                    NumberCase{"1.5E+09", false, 1.5e9, ""}, NumberCase{"-7", true, -7, ""},
                    NumberCase{"40%", true, 40, "%"}, NumberCase{"100ha", true, 100, "ha"}));

TEST(Cells, WhatIsNoNumberIsNone) {
  for (const auto* cell :
       {"", "ha", "1.2.3,4,5", "1.23.456", "12 ha 13", "kira-kira 5", "1..2", "5-10", "1,2345,678"})
    EXPECT_FALSE(read_measure(cell, true)) << cell;
}

TEST(Cells, YearsThatBecameDates) {
  for (const auto* cell :
       {"2024", "2024.0", "15/01/2024", "2024-01-15", "2024/01/15 00:00:00", "Januari 2024", "45306"})
    EXPECT_EQ(read_year(cell), 2024) << cell;
  EXPECT_EQ(read_year("2023-2023"), 2023);
  for (const auto* cell : {"", "24", "2023-2024", "20240", "1899", "sekitar"})
    EXPECT_FALSE(read_year(cell)) << cell;
}

TEST(Cells, RegionCodesThatASpreadsheetMadeNumbers) {
  EXPECT_EQ(read_region_code("74.1"), "74.10");
  EXPECT_EQ(read_region_code("74,1"), "74.10");
  EXPECT_EQ(read_region_code("74.09999999999999"), "74.10");
  EXPECT_EQ(read_region_code("74.01"), "74.01");
  EXPECT_EQ(read_region_code("74"), "74");
  EXPECT_EQ(read_region_code("74.01.02"), "74.01.02");
  // Without its dot it may be BPS's code, of another region.
  for (const auto* cell : {"7401", "74.015", "", ".", "Kolaka", "740.1"})
    EXPECT_FALSE(read_region_code(cell)) << cell;
}

TEST(Cells, AnglesInDegreesMinutesAndSeconds) {
  EXPECT_NEAR(read_angle("-4.05").value(), -4.05, 1e-12);
  EXPECT_NEAR(read_angle("-4,05").value(), -4.05, 1e-12);
  EXPECT_NEAR(read_angle("4°03'12\"S").value(), -(4 + 3 / 60.0 + 12 / 3600.0), 1e-12);
  EXPECT_NEAR(read_angle("4° 3′ 12,5″ LS").value(), -(4 + 3 / 60.0 + 12.5 / 3600.0), 1e-12);
  EXPECT_NEAR(read_angle("121 36 00 BT").value(), 121.6, 1e-12);
  EXPECT_NEAR(read_angle("345000").value(), 345000, 1e-9);
  for (const auto* cell : {"", "S", "4 70 0", "4.5 30 0", "utara", "1 2 3 4", "4-3-12"})
    EXPECT_FALSE(read_angle(cell)) << cell;
}

TEST(Cells, APositionInOneCell) {
  for (const auto* cell :
       {"-4.05, 121.6", "-4,05; 121,6", "-4.05 121.6", "-4,05 121,6", "4°03'00\"S 121°36'00\"E"}) {
    const auto position = read_position(cell);
    ASSERT_TRUE(position) << cell;
    EXPECT_NEAR(position->latitude, -4.05, 1e-9) << cell;
    EXPECT_NEAR(position->longitude, 121.6, 1e-9) << cell;
  }
  for (const auto* cell : {"", "-4.05", "Kolaka", "-4.05, timur"}) EXPECT_FALSE(read_position(cell)) << cell;
}

RC_GTEST_PROP(Cells, ANumberComesBackInBothSpellings, ()) {
  const auto whole = *rc::gen::inRange(0, 1'000'000'000);
  const auto cents = *rc::gen::inRange(0, 99);
  std::string digits = std::to_string(whole), grouped;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i && (digits.size() - i) % 3 == 0) grouped += '.';
    grouped += digits[i];
  }
  const auto tail = std::string(cents < 10 ? "0" : "") + std::to_string(cents);
  const double wanted = whole + cents / 100.0;
  RC_ASSERT(std::abs(read_measure(grouped + "," + tail + " t", true)->value - wanted) < 1e-6);
  RC_ASSERT(std::abs(read_measure(digits + "." + tail, false)->value - wanted) < 1e-6);
}

RC_GTEST_PROP(Cells, AnyBytesAreReadWithoutHarm, (const std::string& bytes)) {
  const auto clean = clean_cell(bytes);
  RC_ASSERT(document::find_bad_utf8(clean) == std::string_view::npos);
  RC_ASSERT(clean.find('\0') == std::string::npos);
  read_measure(clean, true), read_year(clean), read_region_code(clean), read_angle(clean),
      read_position(clean);
}

}  // namespace
}  // namespace simpul::domain
