// The officers, and the rows that they send in, of the tests of imports.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "support/import_office.hpp"

namespace simpul::service {

inline const std::string kHeader =
    "Judul;Wilayah;Sektor;Kategori;Ringkasan;Lintang;Bujur;Luas (ha);Tahun;Sumber\n";

inline std::string row(const std::string& title, const std::string& region = "74.01",
                       const std::string& tail = {}) {
  return title + ";" + region + ";A;fishery;Perairan yang cocok.;" +
         (tail.empty() ? "-4,05;121,6;1.234,5;2024;Dinas Perikanan (2026)" : tail) + "\n";
}

class ImportsTest : public testing::Test {
 protected:
  test::ImportOffice office_;
  domain::Actor kolaka_ = office_.account("regional_operator", "74.01");
  domain::Actor konawe_ = office_.account("regional_operator", "74.02");
  domain::Actor admin_ = office_.account("provincial_administrator", "74");
};

}  // namespace simpul::service
