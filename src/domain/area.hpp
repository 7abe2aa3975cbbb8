// Wilayah administrasi yang lebih halus: kecamatan (level 3) and desa/kelurahan (level 4) as a layer of the
// map, beside the boundaries of the register's own regions (boundary.hpp). Read from files by
// service/area_build, kept by storage, drawn by the catalogue.
#pragma once

#include <string>
#include <vector>

#include "geo/geometry.hpp"

namespace simpul::domain {

struct Area {
  std::string code;  // of the source, unique in it
  std::string name;
  int level = 4;
  std::string type;      // "Kecamatan", "Distrik", "Desa", "Kelurahan"; empty: not known
  std::string district;  // names of what it lies in; of a kecamatan: empty
  std::string regency;
  std::string province;
  geo::Geometry geometry;  // a polygon or several; empty where only the map is wanted
  std::string shapes;      // made by catalog::make_area_shapes()
};

// Where they come from, and what has to be said with every map that shows them: as in BoundarySet.
struct AreaSource {
  std::string source;  // empty: there are no areas
  std::string licence;
  bool indicative = false;
  std::string notice;
};

struct AreaSet : AreaSource {
  std::vector<Area> areas;
};

}  // namespace simpul::domain
