#include "catalog/province_shapes.hpp"

#include <algorithm>

#include "domain/region_places.hpp"
#include "geo/operations.hpp"

namespace simpul::catalog {

namespace {

// The band that frames and badges are measured on.
constexpr std::size_t kBoxBand = 1;

const geo::Geometry* shape_of(const domain::PublishedTables& content, std::string_view code, int band) {
  for (const auto& boundary : content.boundaries.boundaries)
    if (boundary.level == 2 && boundary.code == code && boundary.bands.size() == domain::kBoundaryBands &&
        !boundary.bands[static_cast<std::size_t>(band)].empty())
      return &boundary.bands[static_cast<std::size_t>(band)];
  return nullptr;
}

void add(geo::Box& box, const geo::Box& other) {
  box.add({other.min_x, other.min_y});
  box.add({other.max_x, other.max_y});
}

// Within half a degree of it: the badge of a narrow region may stand on the sea beside.
bool is_near(const geo::Box& box, geo::Point p) {
  constexpr double kNear = 0.5;
  return p.x > box.min_x - kNear && p.x < box.max_x + kNear && p.y > box.min_y - kNear &&
         p.y < box.max_y + kNear;
}

// Set by hand, so that those of small regions side by side do not cover each other; else somewhere inside.
geo::Point set_place(std::string_view code, const geo::Geometry& shape, const geo::Box& box,
                     geo::Point domain::RegionPlace::*member) {
  for (const auto& place : domain::region_places())
    if (place.code == code && is_near(box, place.*member)) return place.*member;
  return geo::inside_point(shape);
}

// The coarsest band on which no border is a user unit off: more shows on no screen and costs every reader
// bytes.
std::size_t band_for(const geo::MapFrame& frame) {
  std::size_t band = 0;
  while (band + 1 < domain::kBoundaryBands &&
         domain::kBoundaryBandTolerance[band] * frame.units_per_degree() > 1)
    ++band;
  return band;
}

Picture blank(const PictureSize& size) {
  return {geo::MapFrame({0, 0, 0, 0}, size.width, size.height, size.margin), {}};
}

}  // namespace

ProvinceShapes::ProvinceShapes(const domain::PublishedTables& content)
    : choropleth_(blank(kChoroplethSize)), poster_(blank(kPosterSize)), whole_(blank(kLocatorSize)) {
  for (const auto& region : content.regions) {
    if (region.kind == "province") continue;
    if (const auto* coarse = shape_of(content, region.code, 0)) add(bounds_, geo::bounds(*coarse));
    Shape shape{region.code, {}, {}, {}, {}};
    for (int band = 0; band < domain::kBoundaryBands; ++band)
      shape.bands.push_back(shape_of(content, region.code, band));
    if (std::ranges::find(shape.bands, nullptr) != shape.bands.end()) continue;
    shape.box = geo::bounds(*shape.bands[kBoxBand]);
    shape.badge = set_place(region.code, *shape.bands[kBoxBand], shape.box, &domain::RegionPlace::badge);
    shape.label = set_place(region.code, *shape.bands[kBoxBand], shape.box, &domain::RegionPlace::label);
    add(box_, shape.box);
    shapes_.push_back(std::move(shape));
  }
  if (shapes_.empty()) return;
  choropleth_ = draw(box_, kChoroplethSize);
  poster_ = draw(box_, kPosterSize);
  whole_ = draw(box_, kLocatorSize);
  for (const auto& shape : shapes_) locators_.emplace(shape.code, draw(shape.box, kLocatorSize));
}

const Picture& ProvinceShapes::locator(std::string_view code) const {
  const auto found = locators_.find(code);
  return found != locators_.end() ? found->second : whole_;
}

Picture ProvinceShapes::locator_around(std::string_view code, geo::Point point) const {
  auto box = locator_box(code);
  box.add(point);
  return draw(box, kLocatorSize);
}

bool ProvinceShapes::in_locator(std::string_view code, geo::Point point) const {
  const auto& box = locator_box(code);
  return point.x >= box.min_x && point.x <= box.max_x && point.y >= box.min_y && point.y <= box.max_y;
}

const geo::Box& ProvinceShapes::locator_box(std::string_view code) const {
  for (const auto& shape : shapes_)
    if (shape.code == code) return shape.box;
  return box_;
}

Picture ProvinceShapes::draw(const geo::Box& box, const PictureSize& size) const {
  Picture picture{geo::MapFrame(box, size.width, size.height, size.margin), {}};
  const auto band = band_for(picture.frame);
  for (const auto& shape : shapes_) {
    const auto a = picture.frame.project({shape.box.min_x, shape.box.max_y});
    const auto b = picture.frame.project({shape.box.max_x, shape.box.min_y});
    if (b.x < 0 || b.y < 0 || a.x > size.width || a.y > size.height) continue;
    picture.outlines.push_back(
        {shape.code, shape.box, shape.badge, shape.label, geo::svg_path(*shape.bands[band], picture.frame)});
  }
  return picture;
}

}  // namespace simpul::catalog
