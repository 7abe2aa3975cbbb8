#include "web/site/region_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "web/site/charts.hpp"
#include "web/site/words.hpp"

namespace simpul::web::site {
namespace {

using html::escape;
using html::Fragment;

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

// What stands for no data, once for the picture; in the steps of its path data.
constexpr std::string_view kHatch =
    "<defs><pattern id=\"no-data\" width=\"36\" height=\"36\" patternUnits=\"userSpaceOnUse\" "
    "patternTransform=\"rotate(-45)\"><rect width=\"36\" height=\"36\"/><path d=\"M0 "
    "18h36\"/></pattern></defs>";

std::string name_label(const Area& area, const i18n::Language& language, geo::Point at) {
  return fmt::format("<text class=\"label\" x=\"{}\" y=\"{}\">{}</text>", svg_number(at.x), svg_number(at.y),
                     escape(short_name(*area.region, language)));
}

std::string badge(const Area& area, const i18n::Language& language, geo::Point at) {
  const double value = area.value.value_or(0);
  const auto x = svg_number(at.x), y = svg_number(at.y);
  return fmt::format(
      "<circle class=\"badge\" cx=\"{}\" cy=\"{}\" r=\"{}\"/><text class=\"badge-text\" x=\"{}\" "
      "y=\"{}\">{}</text>{}",
      x, y, value >= 20 ? 14 : 12, x, y, escape(language.integer(static_cast<long long>(value))),
      name_label(area, language, {at.x, at.y + 27}));
}

}  // namespace

std::vector<const domain::Region*> regions_of(const catalog::Snapshot& snapshot) {
  std::vector<const domain::Region*> regions;
  for (const auto& region : snapshot.regions())
    if (region.kind != "province") regions.push_back(&region);
  return regions;
}

bool has_boundaries(const catalog::Snapshot& snapshot) {
  return !snapshot.shapes().bounds().empty();
}

RegionMap region_map(const catalog::Snapshot& snapshot, const i18n::Language& language,
                     const std::vector<Area>& areas, const std::string& label, MapLook look) {
  const bool badges = look == MapLook::Badges;
  const bool named = look == MapLook::Named;
  std::vector<double> values;
  for (const auto& area : areas)
    if (area.value) values.push_back(*area.value);
  const auto classes = quantile_bounds(values);
  RegionMap map;
  if (look == MapLook::Classes) map.legend = legend_of(language, areas, classes);
  const auto& picture =
      look != MapLook::Classes ? snapshot.shapes().poster() : snapshot.shapes().choropleth();
  if (snapshot.shapes().empty()) {
    map.drawing = ring_and_list(areas, label);
    return map;
  }
  const auto& frame = picture.frame;
  std::string out =
      fmt::format("<svg class=\"choropleth\" viewBox=\"0 0 {} {}\" role=\"group\" aria-label=\"{}\">",
                  svg_number(frame.width()), svg_number(frame.height()), escape(label));
  std::string counts;
  if (named) out += kHatch;
  out += fmt::format("<g transform=\"{}\">", geo::kSvgTransform);
  for (const auto& area : areas) {
    const auto outline = std::ranges::find(picture.outlines, area.region->code, &catalog::Outline::code);
    if (outline == picture.outlines.end()) continue;
    const std::string mark = area.here    ? "here"
                             : badges     ? "land"
                             : named      ? "q" + std::to_string(area.shade)
                             : area.value ? "q" + std::to_string(class_of(*area.value, classes))
                                          : "q0";
    const auto name = escape(area.text);
    out += "<a href=\"" + escape(area.url) + "\" aria-label=\"" + name + "\"><title>" + name +
           "</title><path class=\"" + mark + "\" d=\"" + outline->path + "\"/>";
    if (badges) counts += badge(area, language, frame.project(outline->badge));
    if (named) counts += name_label(area, language, frame.project(outline->label));
    out += "</a>";
  }
  out += "</g>";
  if (!counts.empty()) out += "<g aria-hidden=\"true\">" + counts + "</g>";
  map.drawing = Fragment::trusted(out + "</svg>");
  return map;
}

Fragment locator(const catalog::Snapshot& snapshot, const domain::Region& region,
                 const std::optional<geo::Point>& point, const std::string& group, const std::string& label) {
  const auto& shapes = snapshot.shapes();
  if (shapes.empty()) return Fragment::trusted("");
  std::optional<catalog::Picture> wider;
  if (point && !shapes.in_locator(region.code, *point)) wider = shapes.locator_around(region.code, *point);
  const auto& picture = wider ? *wider : shapes.locator(region.code);
  const auto& frame = picture.frame;
  std::string out =
      fmt::format("<svg class=\"locator\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">",
                  svg_number(frame.width()), svg_number(frame.height()), escape(label));
  out += fmt::format("<g transform=\"{}\">", geo::kSvgTransform);
  // What lies around it first, its own region above.
  for (const bool mine : {false, true})
    for (const auto& outline : picture.outlines)
      if ((outline.code == region.code) == mine)
        out += std::string("<path") + (mine ? " class=\"here\"" : "") + " d=\"" + outline.path + "\"/>";
  out += "</g>";
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
  auto box = snapshot.shapes().bounds();
  return box.empty() ? snapshot.bounds({}) : box;
}

std::string bounds_text(const geo::Box& box) {
  if (box.empty()) return {};
  return fmt::format("{:.5f},{:.5f},{:.5f},{:.5f}", box.min_x, box.min_y, box.max_x, box.max_y);
}

}  // namespace simpul::web::site
