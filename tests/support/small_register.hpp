// A published register small enough to see, drawn with letters. Used by the tests of everything that reads a
// snapshot.
//
//   auto world = test::drawn_world(R"(
//       A   A1  B   B
//       A   A   B23 B
//       .   .   B   Bb
//   )");
//
// Each word is a square of 0.1 degrees, the first of them with its upper left corner at 122 E, 4 S; '.' is
// sea. A capital letter is the region: A has the code 74.01, B 74.02 and so on ("Kabupaten Alfa", "Kabupaten
// Beta", ...; every fifth is a city). A small letter is the kecamatan inside it ("74.02.02" for Bb). Each
// digit or further character is a potential in the square, spread along its middle line. The province is 74
// "Provinsi Contoh".
#pragma once

#include <functional>
#include <string_view>

#include "domain/register.hpp"

namespace simpul::test {

inline constexpr double kSquare = 0.1;  // degrees
inline constexpr double kWest = 122;
inline constexpr double kNorth = -4;

// The potential of mark '1' has the slug "p-1", titles "Potensi 1" / "Potential 1", sector A, category
// fishery, group laut, the accuracy exact and its point; `describe` may change it. One that it makes
// LocationAccuracy::Regency loses its point.
domain::PublishedRegister drawn_world(std::string_view drawing,
                                      const std::function<void(domain::Potential&)>& describe = {});

// Two regions on land beside each other, an island region, seven potentials of several groups in them (p-1
// ... p-7, p-7 known by its region only), in both languages: for tests that only want some register.
domain::PublishedRegister small_register();

}  // namespace simpul::test
