#include "web/site/region_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "domain/region_places.hpp"
#include "geo/operations.hpp"
#include "geo/svg.hpp"
#include "web/site/charts.hpp"
#include "web/site/words.hpp"

namespace simpul::web::site {
namespace {

using html::escape;
using html::Fragment;

const geo::Geometry* shape_of(const catalog::Snapshot& snapshot, std::string_view code, int band) {
  for (const auto& boundary : snapshot.data().boundaries.boundaries)
    if (boundary.level == 2 && boundary.code == code && boundary.bands.size() == domain::kBoundaryBands &&
        !boundary.bands[static_cast<std::size_t>(band)].empty())
      return &boundary.bands[static_cast<std::size_t>(band)];
  return nullptr;
}

// Within half a degree of it: the badge of a narrow region may stand on the sea beside.
bool is_near(const geo::Box& box, geo::Point p) {
  constexpr double kNear = 0.5;
  return p.x > box.min_x - kNear && p.x < box.max_x + kNear && p.y > box.min_y - kNear &&
         p.y < box.max_y + kNear;
}

geo::Box bounds_of_all(const catalog::Snapshot& snapshot, int band) {
  geo::Box box;
  for (const auto* region : regions_of(snapshot))
    if (const auto* shape = shape_of(snapshot, region->code, band)) {
      const auto own = geo::bounds(*shape);
      box.add({own.min_x, own.min_y});
      box.add({own.max_x, own.max_y});
    }
  return box;
}

// Without boundaries: every region as a segment, and the list of links under it.
Fragment ring_and_list(const std::vector<Area>& areas, const std::string& label) {
  std::vector<Segment> segments;
  std::string list = "<ul class=\"chips\">";
  for (const auto& area : areas) {
    segments.push_back(area.here ? Segment::Lit : area.value.value_or(0) > 0 ? Segment::On : Segment::Off);
    list += "<li><a class=\"chip\" href=\"" + escape(area.url) + "\">" + escape(area.text) + "</a></li>";
  }
  return Fragment::trusted(ring(segments, label).html() + list + "</ul>");
}

Fragment legend_of(const i18n::Language& language, const std::vector<Area>& areas,
                   const std::vector<double>& bounds) {
  if (bounds.empty()) return Fragment::trusted("");
  // Each class is named by the least and the greatest value that is in it.
  std::map<int, std::pair<double, double>> members;
  bool unknown = false;
  for (const auto& area : areas) {
    if (!area.value) {
      unknown = true;
      continue;
    }
    const int c = class_of(*area.value, bounds);
    auto [at, fresh] = members.try_emplace(c, *area.value, *area.value);
    at->second = {std::min(at->second.first, *area.value), std::max(at->second.second, *area.value)};
  }
  std::string out = "<ul class=\"legend\">";
  const auto item = [&](int c, const std::string& text) {
    out += fmt::format(
        "<li><svg viewBox=\"0 0 44 9\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"q{}\" "
        "width=\"44\" height=\"9\"/></svg>{}</li>",
        c, text);
  };
  for (const auto& [c, range] : members) {
    const auto low = language.number(range.first, 1);
    const auto high = language.number(range.second, 1);
    item(c, "<bdi>" + escape(low == high ? low : low + "–" + high) + "</bdi>");
  }
  if (unknown) item(0, escape(language.tr("no data")));
  return Fragment::trusted(out + "</ul>");
}

// Set by hand, so that badges of small regions side by side do not cover each other; else somewhere inside.
geo::Point badge_place(const domain::Region& region, const geo::Geometry& shape) {
  for (const auto& place : domain::region_places())
    if (place.code == region.code && is_near(geo::bounds(shape), place.badge)) return place.badge;
  return geo::inside_point(shape);
}

std::string badge(const Area& area, const i18n::Language& language, geo::Point at) {
  const double value = area.value.value_or(0);
  const auto x = svg_number(at.x), y = svg_number(at.y);
  return fmt::format(
      "<circle class=\"badge\" cx=\"{}\" cy=\"{}\" r=\"{}\"/><text class=\"badge-text\" x=\"{}\" "
      "y=\"{}\">{}</text>"
      "<text class=\"label\" x=\"{}\" y=\"{}\">{}</text>",
      x, y, value >= 20 ? 14 : 12, x, y, escape(language.integer(static_cast<long long>(value))), x,
      svg_number(at.y + 27), escape(short_name(*area.region, language)));
}

}  // namespace

std::vector<const domain::Region*> regions_of(const catalog::Snapshot& snapshot) {
  std::vector<const domain::Region*> regions;
  for (const auto& region : snapshot.regions())
    if (region.kind != "province") regions.push_back(&region);
  return regions;
}

bool has_boundaries(const catalog::Snapshot& snapshot) {
  return !bounds_of_all(snapshot, 0).empty();
}

RegionMap region_map(const catalog::Snapshot& snapshot, const i18n::Language& language,
                     const std::vector<Area>& areas, const std::string& label, const MapLook& look) {
  std::vector<double> values;
  for (const auto& area : areas)
    if (area.value) values.push_back(*area.value);
  const auto classes = quantile_bounds(values);
  RegionMap map;
  if (!look.badges) map.legend = legend_of(language, areas, classes);
  const auto box = bounds_of_all(snapshot, look.band);
  if (box.empty()) {
    map.drawing = ring_and_list(areas, label);
    return map;
  }
  const geo::MapFrame frame(box, look.width, look.height, 6);
  std::string out =
      fmt::format("<svg class=\"choropleth\" viewBox=\"0 0 {} {}\" role=\"group\" aria-label=\"{}\">",
                  svg_number(look.width), svg_number(look.height), escape(label));
  std::string badges;
  for (const auto& area : areas) {
    const auto* shape = shape_of(snapshot, area.region->code, look.band);
    if (!shape) continue;
    const std::string mark = area.here     ? "here"
                             : look.badges ? "land"
                             : area.value  ? "q" + std::to_string(class_of(*area.value, classes))
                                           : "q0";
    const auto name = escape(area.text);
    out += "<a href=\"" + escape(area.url) + "\" aria-label=\"" + name + "\"><title>" + name +
           "</title><path class=\"" + mark + "\" d=\"" + geo::svg_path(*shape, frame) + "\"/>";
    if (look.badges) badges += badge(area, language, frame.project(badge_place(*area.region, *shape)));
    out += "</a>";
  }
  if (!badges.empty()) out += "<g aria-hidden=\"true\">" + badges + "</g>";
  map.drawing = Fragment::trusted(out + "</svg>");
  return map;
}

Fragment locator(const catalog::Snapshot& snapshot, const domain::Region& region,
                 const std::optional<geo::Point>& point, const std::string& group, const std::string& label) {
  constexpr double kWidth = 336, kHeight = 252;
  const auto* own = shape_of(snapshot, region.code, 1);
  geo::Box box = own ? geo::bounds(*own) : bounds_of_all(snapshot, 1);
  if (box.empty()) return Fragment::trusted("");
  if (point) box.add(*point);
  const geo::MapFrame frame(box, kWidth, kHeight, 24);
  std::string out =
      fmt::format("<svg class=\"locator\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">",
                  svg_number(kWidth), svg_number(kHeight), escape(label));
  // What lies around it first, its own region above.
  for (const bool mine : {false, true})
    for (const auto* other : regions_of(snapshot)) {
      if ((other->code == region.code) != mine) continue;
      const auto* shape = shape_of(snapshot, other->code, 1);
      if (!shape) continue;
      const auto extent = geo::bounds(*shape);
      const auto a = frame.project({extent.min_x, extent.max_y});
      const auto b = frame.project({extent.max_x, extent.min_y});
      if (b.x < 0 || b.y < 0 || a.x > kWidth || a.y > kHeight) continue;
      out += std::string("<path") + (mine ? " class=\"here\"" : "") + " d=\"" + geo::svg_path(*shape, frame) +
             "\"/>";
    }
  if (point) {
    const auto at = frame.project(*point);
    out += fmt::format("<circle class=\"point\"{} cx=\"{}\" cy=\"{}\" r=\"8\"/>",
                       group.empty() ? "" : " data-group=\"" + escape(group) + "\"", svg_number(at.x),
                       svg_number(at.y));
  }
  return Fragment::trusted(out + "</svg>");
}

std::optional<geo::Point> place_of(const geo::Geometry& geometry) {
  const auto box = geo::bounds(geometry);
  if (box.empty()) return std::nullopt;
  return geo::Point{(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2};
}

geo::Box province_bounds(const catalog::Snapshot& snapshot) {
  auto box = bounds_of_all(snapshot, 0);
  if (box.empty())
    for (const auto& potential : snapshot.potentials())
      if (const auto at = place_of(potential.geometry)) box.add(*at);
  return box;
}

std::string bounds_text(const geo::Box& box) {
  if (box.empty()) return {};
  return fmt::format("{:.5f},{:.5f},{:.5f},{:.5f}", box.min_x, box.min_y, box.max_x, box.max_y);
}

}  // namespace simpul::web::site
