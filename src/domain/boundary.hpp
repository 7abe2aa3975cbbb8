// Batas wilayah: the areas of kabupaten/kota and kecamatan, ready for maps. Made by service/boundary_build, kept by
// storage, drawn by the catalogue.
#pragma once

#include <string>
#include <vector>

#include "geo/geometry.hpp"

namespace simpul::domain {

// Upper zoom of each simplified band: band i serves zooms up to kBoundaryBandZoom[i].
inline constexpr int kBoundaryBandZoom[] = {6, 8, 10, 22};
inline constexpr int kBoundaryBands = 4;

struct Boundary {
  std::string code;  // Kemendagri: "74.01", "74.01.01"
  std::string name;
  int level = 2;                     // 2 kabupaten/kota, 3 kecamatan
  std::vector<geo::Geometry> bands;  // kBoundaryBands polygons or multipolygons, coarse to fine; empty: no polygon known
};

struct BoundarySet {
  std::string source;       // "GADM 4.1", or what the office names
  std::string licence;      // "non-commercial"
  bool indicative = false;  // true: maps say so, and downloads hold none of it
  std::vector<Boundary> boundaries;
};

}  // namespace simpul::domain
