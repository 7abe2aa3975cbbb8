#include "geo/geos.hpp"

#include "base/error.hpp"

namespace simpul::geo {

Geos::Geos() : context_(GEOS_init_r()) {
  GEOSContext_setErrorMessageHandler_r(context_, &Geos::remember, this);
}

Geos::~Geos() {
  GEOS_finish_r(context_);
}

void Geos::remember(const char* message, void* self) {
  static_cast<Geos*>(self)->last_error_ = message;
}

Geos::Owned Geos::own(GEOSGeometry* g) const {
  if (g == nullptr)
    throw Error(ErrorKind::Invalid, "The shape cannot be worked on: it is not valid.", {}, {}, last_error_);
  return Owned(g, Free{context_});
}

GEOSCoordSequence* Geos::sequence(const Path& path) const {
  static_assert(sizeof(Point) == 2 * sizeof(double), "a path is copied as pairs of doubles");
  return GEOSCoordSeq_copyFromBuffer_r(context_, &path.front().x, static_cast<unsigned>(path.size()), 0, 0);
}

Geos::Owned Geos::line(const Path& path) const {
  return own(GEOSGeom_createLineString_r(context_, sequence(path)));
}

Geos::Owned Geos::polygon(const Part& part) const {
  auto shell = own(GEOSGeom_createLinearRing_r(context_, sequence(part.front())));
  std::vector<Owned> holes;
  for (std::size_t i = 1; i < part.size(); ++i)
    holes.push_back(own(GEOSGeom_createLinearRing_r(context_, sequence(part[i]))));
  std::vector<GEOSGeometry*> raw;
  for (auto& hole : holes) raw.push_back(hole.release());
  return own(
      GEOSGeom_createPolygon_r(context_, shell.release(), raw.data(), static_cast<unsigned>(raw.size())));
}

Geos::Owned Geos::collection(int type, std::vector<Owned> members) const {
  std::vector<GEOSGeometry*> raw;
  raw.reserve(members.size());
  for (auto& member : members) raw.push_back(member.release());
  return own(GEOSGeom_createCollection_r(context_, type, raw.data(), static_cast<unsigned>(raw.size())));
}

Geos::Owned Geos::from(const Geometry& geometry) const {
  const auto single = [&](const Part& part) {
    switch (dimension_of(geometry.kind)) {
      case 0:
        return own(GEOSGeom_createPoint_r(context_, sequence(part.at(0))));
      case 1:
        return line(part.at(0));
      default:
        return polygon(part);
    }
  };
  if (geometry.kind < GeometryKind::MultiPoint) return single(geometry.parts.at(0));
  std::vector<Owned> members;
  for (const auto& part : geometry.parts) members.push_back(single(part));
  // GEOS numbers the multi kinds as WKB does.
  return collection(static_cast<int>(geometry.kind), std::move(members));
}

Path Geos::path(const GEOSGeometry* g) const {
  const auto* coordinates = GEOSGeom_getCoordSeq_r(context_, g);
  unsigned size = 0;
  GEOSCoordSeq_getSize_r(context_, coordinates, &size);
  Path path(size);
  if (size > 0) GEOSCoordSeq_copyToBuffer_r(context_, coordinates, &path.front().x, 0, 0);
  return path;
}

void Geos::collect(const GEOSGeometry* g, int dimension, std::vector<Part>& parts) const {
  switch (GEOSGeomTypeId_r(context_, g)) {
    case GEOS_POINT:
    case GEOS_LINESTRING:
    case GEOS_LINEARRING:
      if (GEOSGeom_getDimensions_r(context_, g) == dimension && GEOSisEmpty_r(context_, g) == 0)
        parts.push_back({path(g)});
      break;
    case GEOS_POLYGON: {
      if (dimension != 2 || GEOSisEmpty_r(context_, g) != 0) break;
      Part part{path(GEOSGetExteriorRing_r(context_, g))};
      for (int i = 0; i < GEOSGetNumInteriorRings_r(context_, g); ++i)
        part.push_back(path(GEOSGetInteriorRingN_r(context_, g, i)));
      parts.push_back(std::move(part));
      break;
    }
    default:
      for (int i = 0; i < GEOSGetNumGeometries_r(context_, g); ++i)
        collect(GEOSGetGeometryN_r(context_, g, i), dimension, parts);
  }
}

Geometry Geos::to(const GEOSGeometry* g, int dimension) const {
  Geometry geometry;
  collect(g, dimension, geometry.parts);
  const bool multi = geometry.parts.size() != 1 || GEOSGeomTypeId_r(context_, g) >= GEOS_MULTIPOINT;
  geometry.kind = static_cast<GeometryKind>(dimension + (multi ? 4 : 1));
  return geometry;
}

int dimension_of(GeometryKind kind) {
  return (static_cast<int>(kind) - 1) % 3;
}

}  // namespace simpul::geo
