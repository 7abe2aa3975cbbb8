// Geometries as SVG path data. Used by the pictures that the server draws itself: the map poster, the region
// profile's locator, printed documents.
#pragma once

#include <string>

#include "geo/geometry.hpp"

namespace simpul::geo {

// A rectangle of width x height user units in which a lon/lat box is shown in Web Mercator, as large as it
// fits with `margin` units left on every side, centred.
class MapFrame {
 public:
  MapFrame(const Box& lonlat, double width, double height, double margin = 0);
  // User units from the upper left corner; may lie outside the frame.
  Point project(Point lonlat) const;
  double width() const { return width_; }
  double height() const { return height_; }

 private:
  double width_;
  double height_;
  double scale_ = 1;
  Point origin_;  // of the frame's upper left corner, in the unit square
};

// Path data ("M12 3.4l-1 .5...z"): relative, tenths of a unit, points that do not show left out; a ring
// smaller than a tenth vanishes. A point becomes a stroke of no length (round line caps draw a dot).
std::string svg_path(const Geometry& geometry, const MapFrame& frame);

}  // namespace simpul::geo
