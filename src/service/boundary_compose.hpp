// From coded polygons to the boundaries of a register: one coverage, simplified once per band, drawn as
// kecamatan and as kabupaten/kota. Used by both builders of boundaries.
#pragma once

#include <string>
#include <vector>

#include "domain/boundary.hpp"

namespace simpul::service {

struct CodedPolygon {
  std::string code;  // Kemendagri, of a kabupaten/kota or of a kecamatan; several polygons may have the same
  geo::Geometry polygon;
};

// Fills the bands of `regions` (code, name and level are given; those without a polygon stay without).
// `cells` is the grid of the coverage, cells per degree. Every geometry keeps within the limits of
// geo/check.hpp: the finest band is simplified as far as that needs. Error Invalid: a kabupaten/kota without
// polygon, a polygon that lies wholly under others.
std::vector<domain::Boundary> compose_boundaries(std::vector<domain::Boundary> regions,
                                                 const std::vector<CodedPolygon>& polygons, double cells);

}  // namespace simpul::service
