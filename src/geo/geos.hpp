// The one door to GEOS: a context of its own, geometries that free themselves, and conversion both ways. Used
// only inside this folder. A context belongs to one thread; make one for each operation, it costs
// microseconds.
#pragma once

#define GEOS_USE_ONLY_R_API
#include <geos_c.h>

#include <memory>
#include <string>
#include <vector>

#include "geo/geometry.hpp"

namespace simpul::geo {

class Geos {
 public:
  struct Free {
    GEOSContextHandle_t context;
    void operator()(GEOSGeometry* g) const { GEOSGeom_destroy_r(context, g); }
  };
  using Owned = std::unique_ptr<GEOSGeometry, Free>;

  Geos();
  ~Geos();
  Geos(const Geos&) = delete;
  Geos& operator=(const Geos&) = delete;

  GEOSContextHandle_t context() const { return context_; }

  // Takes what a GEOS function returned; null (the function failed) throws Error Invalid with GEOS's words in
  // detail.
  Owned own(GEOSGeometry* g) const;

  Owned line(const Path& path) const;
  Owned collection(int type, std::vector<Owned> members) const;
  Owned from(const Geometry& geometry) const;

  // The parts of a GEOS geometry with that dimension (0 points, 1 lines, 2 polygons), others left out. A
  // multi kind when there are several parts or the GEOS geometry is one.
  Geometry to(const GEOSGeometry* g, int dimension) const;

 private:
  static void remember(const char* message, void* self);
  Owned polygon(const Part& part) const;
  GEOSCoordSequence* sequence(const Path& path) const;
  Path path(const GEOSGeometry* g) const;
  void collect(const GEOSGeometry* g, int dimension, std::vector<Part>& parts) const;

  GEOSContextHandle_t context_;
  std::string last_error_;
};

// 0 for points, 1 for lines, 2 for polygons.
int dimension_of(GeometryKind kind);

}  // namespace simpul::geo
