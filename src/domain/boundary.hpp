// Batas wilayah: the areas of kabupaten/kota and kecamatan, ready for maps. Made by service/boundary_build,
// kept by storage, drawn by the catalogue. On every band neighbours share exactly the same border points.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "geo/geometry.hpp"

namespace simpul::domain {

// Upper zoom of each simplified band: band i serves zooms up to kBoundaryBandZoom[i].
inline constexpr int kBoundaryBandZoom[] = {6, 8, 10, 22};
inline constexpr int kBoundaryBands = 4;

// How far, in degrees, a border may be moved on a band: a third of a screen pixel at the band's upper zoom;
// on the last band it is the source as it is.
inline constexpr double kBoundaryBandTolerance[] = {0.004, 0.001, 0.00025, 0.0};

// The band that serves a zoom.
constexpr int boundary_band(int zoom) {
  int band = 0;
  while (band + 1 < kBoundaryBands && zoom > kBoundaryBandZoom[band]) ++band;
  return band;
}

// From here on maps draw the borders of kecamatan.
inline constexpr int kDistrictZoom = 8;

// Lengths of the codes of the two levels: "74.01", "74.01.01".
inline constexpr std::size_t kRegencyCodeLength = 5;
inline constexpr std::size_t kKecamatanCodeLength = 8;

struct Boundary {
  std::string code;  // Kemendagri: "74.01", "74.01.01"
  std::string name;
  int level = 2;                     // 2 kabupaten/kota, 3 kecamatan
  std::vector<geo::Geometry> bands;  // kBoundaryBands multipolygons, coarse to fine; empty: no polygon known
};

struct BoundarySet {
  std::string source;                // "GADM 4.1", or what the office names
  std::string licence;               // "non-commercial"
  bool indicative = false;           // true: maps say so, and downloads hold none of it
  std::string notice;                // gettext msgid that stands with every map that draws them; empty: none
  std::vector<Boundary> boundaries;  // by code
  std::vector<std::string> without_polygon;  // codes of the boundaries that have no bands
};

}  // namespace simpul::domain
