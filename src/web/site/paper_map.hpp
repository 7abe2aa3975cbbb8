// The map of a printed sheet: what part of the world it shows and what is drawn in it. Used by the sheet.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "catalog/snapshot.hpp"
#include "geo/svg.hpp"
#include "i18n/translator.hpp"
#include "web/site/map_indicator.hpp"
#include "web/site/map_state.hpp"
#include "web/site/paper_labels.hpp"

namespace simpul::web::site {

// Pixels of the live map that the width of the paper map holds: what a usual screen shows at a zoom, the
// paper shows.
inline constexpr double kPaperPixels = 960;
// As on the live map: below it one badge for each kabupaten/kota, from it on the potentials themselves.
inline constexpr double kPaperPointZoom = 7.7;

// The part of the world in a rectangle of the page.
class PaperView {
 public:
  PaperView(const Rect& area, const geo::Box& lonlat);
  // `area` in millimetres of the page. No view: the whole province, or the map area of the filter.
  static PaperView of(const catalog::Snapshot& snapshot, const domain::Filter& filter,
                      const std::optional<MapView>& view, const Rect& area);

  const Rect& area() const { return area_; }
  // Its user units are tenths of a millimetre from the area's upper left corner.
  const geo::MapFrame& frame() const { return frame_; }
  double zoom() const;
  geo::Box box() const;  // lon/lat
  // Metres of the ground in one millimetre, in the middle of the map.
  double metres_per_mm() const;

  geo::Point on_page(geo::Point lonlat) const { return moved(frame_.project(lonlat)); }
  geo::Point on_page(geo::WorldPoint point) const { return moved(frame_.project_world(point)); }
  // On the area, at least `margin` mm from its edge.
  bool shows(geo::Point on_page, double margin = 0) const;

 private:
  geo::Point moved(geo::Point p) const { return {area_.x + p.x / 10, area_.y + p.y / 10}; }

  Rect area_;
  geo::MapFrame frame_;
};

struct DrawnMap {
  std::string svg;                  // in millimetres of the page, cut at the area
  bool points = false;              // the potentials themselves; else badges
  bool counted = false;             // points: at least one mark stands for several
  bool districts = false;           // borders of kecamatan are drawn
  std::size_t shown = 0;            // potentials that a mark or a badge stands for
  std::vector<std::size_t> groups;  // points: how many of each group of the register are in the picture
};

// The drawing refers to mark_definitions(). With an `indicator` the regions are coloured and bear their
// values, and no potential is drawn.
DrawnMap draw_map(const catalog::Snapshot& snapshot, const i18n::Language& language,
                  const domain::Filter& filter, const PaperView& view,
                  const ClassedIndicator* indicator = nullptr);

// The fill of a class, 1 to kMapClasses; 0: no data, hatched.
std::string shade_fill(int shade);

// What the drawing refers to, for <defs>: the hatching, and the marks of the groups: shape and glyph of the
// site's icons, each 1 unit wide around 0,0. A group without an icon is a disc.
std::string mark_definitions(const std::vector<domain::Group>& groups);
// One of them.
std::string mark_at(geo::Point middle, std::string_view group, double size);
std::string badge_at(geo::Point middle, double radius, const std::string& count);

}  // namespace simpul::web::site
