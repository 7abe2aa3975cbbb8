// Geometries as SVG path data. Used by the pictures that the server draws itself: the map poster, the region
// profile's locator, printed documents.
#pragma once

#include <span>
#include <string>

#include "geo/geometry.hpp"
#include "geo/mercator.hpp"

namespace simpul::geo {

// A rectangle of width x height user units in which a lon/lat box is shown in Web Mercator, as large as it
// fits with `margin` units left on every side, centred.
class MapFrame {
 public:
  MapFrame(const Box& lonlat, double width, double height, double margin = 0);
  // User units from the upper left corner; may lie outside the frame.
  Point project(Point lonlat) const;
  Point project_world(WorldPoint point) const;
  // Where a point of the frame lies, lon/lat.
  Point unproject(Point p) const;
  double width() const { return width_; }
  double height() const { return height_; }
  // User units along the equator, and about as many near it.
  double units_per_degree() const { return scale_ / 360; }

 private:
  double width_;
  double height_;
  double scale_ = 1;
  Point origin_;  // of the frame's upper left corner, in the unit square
};

// Path data is in whole steps of a quarter of a user unit, no finer than a screen shows: it stands in a group
// with this transform.
inline constexpr int kSvgSteps = 4;
inline constexpr const char* kSvgTransform = "scale(.25)";

// Path data ("M48 13l-4 2...z"): relative, points that do not show left out, areas cut off a little outside
// the frame; a ring smaller than a step vanishes. A point becomes a stroke of no length (round line caps draw
// a dot).
std::string svg_path(const Geometry& geometry, const MapFrame& frame);
// The same for one path of the world grid: a closed ring, or a line. Of a line, the pieces outside the frame
// are left out.
std::string svg_ring(std::span<const WorldPoint> ring, const MapFrame& frame);
std::string svg_line(std::span<const WorldPoint> line, const MapFrame& frame);

}  // namespace simpul::geo
