// The outlines of the kabupaten/kota as SVG path data, for the pictures that pages draw: they depend on the
// boundaries only, so they are made once with the snapshot. Used by the maps of web/site.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "domain/register.hpp"
#include "geo/svg.hpp"

namespace simpul::catalog {

// A kabupaten/kota of the register that has a boundary.
struct Outline {
  std::string code;
  geo::Box box;  // of its boundary, lon/lat
  // Lon/lat; set by hand (domain::region_places) when near, else somewhere inside: of the badge, and of the
  // name where there is none.
  geo::Point badge;
  geo::Point label;
  std::string path;  // in the frame of its picture, in geo::kSvgSteps
};

// The frames of the pictures, in user units.
struct PictureSize {
  double width;
  double height;
  double margin;
};
inline constexpr PictureSize kChoroplethSize{640, 560, 6};
inline constexpr PictureSize kPosterSize{960, 760, 6};
inline constexpr PictureSize kLocatorSize{336, 252, 24};

struct Picture {
  geo::MapFrame frame;
  std::vector<Outline> outlines;  // by code; only those that reach into the frame
};

class ProvinceShapes {
 public:
  // `content` must live as long as this.
  explicit ProvinceShapes(const domain::PublishedTables& content);

  // No boundary: the pictures have no outlines.
  bool empty() const { return box_.empty(); }
  // Around all kabupaten/kota, as the coarsest band has them; empty without boundaries.
  const geo::Box& bounds() const { return bounds_; }

  const Picture& choropleth() const { return choropleth_; }
  const Picture& poster() const { return poster_; }
  // A region in its surroundings; the whole province for one without a boundary.
  const Picture& locator(std::string_view code) const;
  // The same with a wider view, so that `point` lies in it; drawn for the call.
  Picture locator_around(std::string_view code, geo::Point point) const;
  // Whether locator() holds the point already.
  bool in_locator(std::string_view code, geo::Point point) const;

 private:
  struct Shape {
    std::string code;
    geo::Box box;
    geo::Point badge;
    geo::Point label;
    std::vector<const geo::Geometry*> bands;  // coarse to fine
  };
  const geo::Box& locator_box(std::string_view code) const;
  Picture draw(const geo::Box& box, const PictureSize& size) const;

  std::vector<Shape> shapes_;
  geo::Box box_;     // around the shapes drawn
  geo::Box bounds_;  // of the coarsest band
  Picture choropleth_;
  Picture poster_;
  Picture whole_;
  std::map<std::string, Picture, std::less<>> locators_;
};

}  // namespace simpul::catalog
