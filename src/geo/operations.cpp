#include "geo/operations.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "geo/geos.hpp"

namespace simpul::geo {

std::optional<Invalidity> why_invalid(const Geometry& geometry) {
  const Geos geos;
  const auto g = geos.from(geometry);
  char* reason = nullptr;
  GEOSGeometry* place = nullptr;
  if (GEOSisValidDetail_r(geos.context(), g.get(), 0, &reason, &place) == 1) return std::nullopt;
  Invalidity found{reason == nullptr ? "not valid" : reason, {}};
  GEOSFree_r(geos.context(), reason);
  if (place != nullptr) {
    const auto at = geos.own(place);
    if (const auto points = geos.to(at.get(), 0); !points.empty()) found.at = points.parts[0][0][0];
  }
  return found;
}

void check_valid(const Geometry& geometry) {
  const auto found = why_invalid(geometry);
  if (!found) return;
  const std::string& reason = found->reason;
  const auto key = reason.find("elf-intersection") != reason.npos
                       ? msgid("The outline crosses itself at {latitude}, {longitude}")
                   : reason.find("Hole") != reason.npos || reason.find("hole") != reason.npos
                       ? msgid("A hole lies outside its area or in another hole, at {latitude}, {longitude}")
                       : msgid("Parts of the area overlap or touch wrongly at {latitude}, {longitude}");
  throw Error(
      ErrorKind::Invalid, key,
      {{"latitude", fmt::format("{:.5f}", found->at.y)}, {"longitude", fmt::format("{:.5f}", found->at.x)}},
      {}, reason);
}

Geometry repaired(const Geometry& geometry) {
  const Geos geos;
  const auto g = geos.from(geometry);
  const auto valid = geos.own(GEOSMakeValid_r(geos.context(), g.get()));
  return geos.to(valid.get(), dimension_of(geometry.kind));
}

Geometry repaired_on_grid(const Geometry& geometry, double cell) {
  const Geos geos;
  const auto g = geos.from(geometry);
  auto* how = GEOSMakeValidParams_create_r(geos.context());
  GEOSMakeValidParams_setMethod_r(geos.context(), how, GEOS_MAKE_VALID_STRUCTURE);
  auto* mended = GEOSMakeValidWithParams_r(geos.context(), g.get(), how);
  GEOSMakeValidParams_destroy_r(geos.context(), how);
  const auto valid = geos.own(mended);
  const auto rounded = geos.own(GEOSGeom_setPrecision_r(geos.context(), valid.get(), cell, 0));
  return geos.to(rounded.get(), dimension_of(geometry.kind));
}

Geometry united(std::span<const Geometry> geometries) {
  if (geometries.empty()) return {GeometryKind::MultiPolygon, {}};
  const Geos geos;
  std::vector<Geos::Owned> members;
  for (const auto& geometry : geometries) members.push_back(geos.from(geometry));
  const auto all = geos.collection(GEOS_GEOMETRYCOLLECTION, std::move(members));
  const auto joined = geos.own(GEOSUnaryUnion_r(geos.context(), all.get()));
  return geos.to(joined.get(), dimension_of(geometries.front().kind));
}

Geometry simplified(const Geometry& geometry, double tolerance) {
  const Geos geos;
  const auto g = geos.from(geometry);
  const auto thin = geos.own(GEOSTopologyPreserveSimplify_r(geos.context(), g.get(), tolerance));
  return geos.to(thin.get(), dimension_of(geometry.kind));
}

Point inside_point(const Geometry& geometry) {
  const Geos geos;
  const auto g = geos.from(geometry);
  const auto inside = geos.own(GEOSPointOnSurface_r(geos.context(), g.get()));
  const auto found = geos.to(inside.get(), 0);
  if (found.empty()) throw Error(ErrorKind::Invalid, "The geometry is empty.");
  return found.parts[0][0][0];
}

}  // namespace simpul::geo
