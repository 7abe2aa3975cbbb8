#include "web/site/paper_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "catalog/region_tiles.hpp"
#include "domain/region_places.hpp"
#include "tokens.hpp"
#include "web/assets.hpp"
#include "web/site/charts.hpp"
#include "web/site/paper_draw.hpp"
#include "web/site/paper_frame.hpp"
#include "web/site/paper_marks.hpp"
#include "web/site/region_map.hpp"
#include "web/site/words.hpp"

namespace simpul::web::site {
namespace {

constexpr auto& kInk = tokens::kMapPrint;
constexpr double kTilePixels = 512;  // of the live map
constexpr double kEquatorMetres = 40'075'016.686;
// Below it the picture would leave the square world. At about 13.7 a geo::MapFrame ends: the map shows 5 km
// across then, and no source of the register is finer.
constexpr double kLeastZoom = 3;
// Titles of potentials: from the zoom of the live map on, while they are few enough to be read.
constexpr double kTitleZoom = 10.5;
// Below it what lies close together is counted, as on the live map.
constexpr double kSingleZoom = 10;
constexpr std::size_t kMostTitled = 300;

// Lines of a name in `rect`, one below the other.
std::string name_in(const LabelPlace& place, const std::vector<std::string>& lines, const TextLook& look,
                    double line) {
  const auto side = place.side;
  const bool begins = side == Side::Right || side == Side::BelowRight || side == Side::AboveRight;
  const bool ends = side == Side::Left || side == Side::BelowLeft || side == Side::AboveLeft;
  auto here = look;
  here.anchor = begins ? "start" : ends ? "end" : "middle";
  const double x = begins ? place.rect.x : ends ? place.rect.right() : place.rect.middle().x;
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i)
    out += text_at({x, place.rect.y + line * static_cast<double>(i) + look.size * 0.86}, lines[i], here);
  return out;
}

// Puts names on the map as far as there is room.
class Names {
 public:
  Names(const PaperView& view)
      : view_(view),
        room_({view.area().x + 0.8, view.area().y + 0.8, view.area().width - 1.6, view.area().height - 1.6}) {
  }
  LabelRoom& room() { return room_; }
  const std::string& svg() const { return svg_; }

  // `ems`: the longest line, in sizes of the letters. `must`: it stands even where it covers something.
  void add(geo::Point at, std::string_view name, const TextLook& look, double ems, double away,
           std::span<const Side> sides, bool must) {
    if (!view_.shows(at)) return;
    const auto lines = lines_of(name, look, ems);
    if (lines.empty()) return;
    const double width = width_of(lines, look);
    const double step = look.size * kLine, height = step * static_cast<double>(lines.size());
    const auto place = must ? room_.place_anyway(at, width, height, away, sides)
                            : room_.place(at, width, height, away, sides);
    if (place) svg_ += name_in(*place, lines, look, step);
  }

  // The name of an area in the middle of one of `places`: the first where nothing stands yet, else the first.
  void add_inside(std::span<const geo::Point> places, std::string_view name, const TextLook& look,
                  double ems) {
    const auto lines = lines_of(name, look, ems);
    if (places.empty() || lines.empty()) return;
    const double width = width_of(lines, look),
                 height = look.size * kLine * static_cast<double>(lines.size());
    constexpr Side kThere[] = {Side::Middle};
    std::optional<LabelPlace> place;
    for (const auto at : places)
      if ((place = room_.place(at, width, height, 0, kThere))) break;
    if (!place) place = room_.place_anyway(places.front(), width, height, 0, kThere);
    svg_ += name_in(*place, lines, look, look.size * kLine);
  }
  // A name with a value below it, as one piece.
  void add_with_value(geo::Point at, std::string_view name, const TextLook& look, std::string_view value,
                      const TextLook& value_look, std::span<const Side> sides) {
    if (!view_.shows(at)) return;
    constexpr double kEms = 8;
    const auto lines = lines_of(name, look, kEms);
    const double width = std::max(width_of(lines, look), text_width(value, value_look.size));
    const double above = look.size * kLine * static_cast<double>(lines.size());
    const auto place = room_.place_anyway(at, width, above + value_look.size * kLine, 1, sides);
    const auto& rect = place.rect;
    const auto line = [&](double y, std::string_view text, TextLook here) {
      here.anchor = "middle";
      svg_ += text_at({rect.middle().x, rect.y + y + here.size * 0.86}, text, here);
    };
    for (std::size_t i = 0; i < lines.size(); ++i)
      line(look.size * kLine * static_cast<double>(i), lines[i], look);
    if (!value.empty()) line(above, value, value_look);
  }
  static double width_of(const std::vector<std::string>& lines, const TextLook& look) {
    double width = 0;
    for (const auto& line : lines) width = std::max(width, text_width(line, look.size, look.weight >= 600));
    return width;
  }
  // At most three; a word is not cut unless it is a very long one.
  static std::vector<std::string> lines_of(std::string_view name, const TextLook& look, double ems) {
    constexpr std::size_t kMostLines = 3;
    constexpr double kMostEms = 16;
    double widest = ems * look.size;
    for (std::size_t at = 0; at < name.size();) {
      const auto end = std::min(name.find(' ', at), name.size());
      widest = std::max(widest, std::min(text_width(name.substr(at, end - at), look.size, look.weight >= 600),
                                         kMostEms * look.size));
      at = end + 1;
    }
    return wrapped(name, widest, look.size, kMostLines, look.weight >= 600);
  }

 private:
  static constexpr double kLine = 1.12;  // from base line to base line, in sizes of the letters
  const PaperView& view_;
  LabelRoom room_;
  std::string svg_;
};

catalog::WorldBox world_of(const geo::Box& box) {
  catalog::WorldBox world;
  world.add(geo::to_world({box.min_x, box.max_y}));
  world.add(geo::to_world({box.max_x, box.min_y}));
  return world;
}

bool meet(const catalog::WorldBox& a, const catalog::WorldBox& b) {
  return a.min_x <= b.max_x && b.min_x <= a.max_x && a.min_y <= b.max_y && b.min_y <= a.max_y;
}

// Paper shows finer things than a screen: the outlines of the next zoom.
const catalog::MapBand& band_for(const catalog::MapShapes& shapes, double zoom) {
  return shapes.bands[catalog::band_of(static_cast<int>(std::ceil(zoom + 1)))];
}

// Areas and borders, in steps of the frame.
std::string ground(const catalog::Snapshot& snapshot, const PaperView& view, bool districts,
                   const ClassedIndicator* indicator) {
  const auto& shapes = snapshot.region_tiles().shapes();
  const auto& band = band_for(shapes, view.zoom());
  const auto& boundaries = snapshot.data().boundaries.boundaries;
  const auto seen = world_of(view.box());
  std::string out = fmt::format(
      "<g transform=\"translate({} {}) scale(.1)\"><g transform=\"{}\" fill=\"none\" "
      "stroke-linejoin=\"round\" stroke-linecap=\"round\">",
      svg_number(view.area().x), svg_number(view.area().y), geo::kSvgTransform);
  const auto steps = [](double mm) { return svg_number(mm * 10 * geo::kSvgSteps); };

  const auto under = out.size();
  // A rim of the same colour, so that no sea shines through between neighbours.
  out += fmt::format("<g fill=\"{0}\" stroke=\"{0}\" stroke-width=\"{1}\" fill-rule=\"evenodd\">", kInk.land,
                     steps(0.1));
  for (std::size_t i = 0; i < band.parts.size();) {
    const auto area = band.parts[i].area;
    std::string path;
    for (; i < band.parts.size() && band.parts[i].area == area; ++i) {
      const auto& part = band.parts[i];
      if (boundaries[area].level != 2 || !meet(part.box, seen)) continue;
      for (auto ring = part.first_ring; ring < part.end_ring; ++ring)
        path += geo::svg_ring(band.rings[ring], view.frame());
    }
    if (path.empty()) continue;
    std::string fill;
    if (indicator)
      for (const auto& region : indicator->regions)
        if (region.region->code == boundaries[area].code)
          fill = region.shade > 0 ? fmt::format(" fill=\"{0}\" stroke=\"{0}\"", shade_fill(region.shade))
                                  : " fill=\"url(#hatch-steps)\" stroke=\"none\"";
    out += "<path" + fill + " d=\"" + path + "\"/>";
  }
  out += "</g>";

  std::string coast, border, district;
  for (std::size_t i = 0; i < band.borders.size(); ++i) {
    const auto& line = band.borders[i];
    if (!meet(line.box, seen) || (line.level > 2 && !districts)) continue;
    auto& into = line.kind == catalog::BorderKind::Coast ? coast : line.level == 2 ? border : district;
    into += geo::svg_line(band.border_paths[i], view.frame());
  }
  const auto draw = [&](const std::string& path, std::string_view colour, double width, std::string dashes) {
    if (path.empty()) return;
    out += fmt::format("<path stroke=\"{}\" stroke-width=\"{}\"{} d=\"{}\"/>", colour, steps(width),
                       dashes.empty() ? "" : " stroke-dasharray=\"" + dashes + "\" stroke-linecap=\"butt\"",
                       path);
  };
  // The coast stands once and is drawn three times: twice below the land, where what is left of the wide
  // lines lies on the sea.
  const auto along_coast = [&](std::string_view colour, double width) {
    return fmt::format("<use xlink:href=\"#coast\" stroke=\"{}\" stroke-width=\"{}\"/>", colour,
                       steps(width));
  };
  if (!coast.empty())
    out.insert(under, "<defs><path id=\"coast\" d=\"" + coast + "\"/></defs>" +
                          along_coast(tokens::kLaut50, 3.4) + along_coast(tokens::kMapLight.sea, 1.7));
  draw(district, kInk.district, 0.18, "");
  if (indicator)  // on dark colours a dark line is lost
    draw(border, kInk.halo, 0.3, "");
  else
    draw(border, kInk.regency, 0.25, steps(1.4) + " " + steps(0.7));
  if (!coast.empty()) out += along_coast(kInk.coast, 0.22);
  return out + "</g></g>";
}

void draw_badges(DrawnMap& map, const catalog::Snapshot& snapshot, const i18n::Language& language,
                 const domain::Filter& filter, const PaperView& view) {
  const auto counts = snapshot.count_by_region(filter);
  const auto radius = [](std::uint32_t count) {
    return 1.9 + 0.24 * std::min(std::sqrt(static_cast<double>(count)), 8.0);
  };
  Names names(view);
  std::string badges;
  for (const auto& label : snapshot.region_tiles().labels()) {
    if (label.level != 2 || counts[label.region] == 0) continue;
    const auto at = view.on_page(label.badge);
    const double r = radius(counts[label.region]);
    if (!view.shows(at, r)) continue;
    badges += badge_at(at, r, language.integer(counts[label.region]));
    names.room().take(Rect::around(at, 1.9 * r, 1.9 * r));
    map.shown += counts[label.region];
  }
  for (const auto& label : snapshot.region_tiles().labels()) {
    if (label.level != 2) continue;
    const auto count = counts[label.region];
    constexpr Side kThere[] = {Side::Middle};
    names.add(view.on_page(label.badge), domain::text_in(label.name, language.code()).text,
              {.size = 2.7, .weight = 500, .colour = kInk.label, .halo = true}, 7,
              count > 0 ? radius(count) + 0.3 : 0,
              count > 0 ? std::span<const Side>(kAroundPoint) : std::span<const Side>(kThere), true);
  }
  map.svg += badges + names.svg();
}

// Name and value of each region.
void draw_values(DrawnMap& map, const catalog::Snapshot& snapshot, const i18n::Language& language,
                 const PaperView& view, const ClassedIndicator& indicator) {
  Names names(view);
  constexpr Side kThere[] = {Side::Middle, Side::Below, Side::Above, Side::Right, Side::Left};
  const TextLook name{.size = 2.5, .weight = 700, .colour = kInk.label, .halo = true};
  const TextLook value{.size = 2.2, .weight = 500, .colour = kInk.label, .halo = true};
  for (const auto& label : snapshot.region_tiles().labels()) {
    if (label.level != 2) continue;
    const auto region =
        std::ranges::find(indicator.regions, std::string_view(label.code),
                          [](const ClassedRegion& one) { return std::string_view(one.region->code); });
    const auto at = view.on_page(label.label);
    names.add_with_value(at, domain::text_in(label.name, language.code()).text, name,
                         region == indicator.regions.end() ? std::string_view() : region->text, value,
                         kThere);
  }
  map.svg += names.svg();
}

// The filter with its map area cut to what is seen.
std::optional<domain::Filter> seen_part(domain::Filter filter, const geo::Box& seen) {
  auto box = filter.bbox.value_or(seen);
  box = {std::max(box.min_x, seen.min_x), std::max(box.min_y, seen.min_y), std::min(box.max_x, seen.max_x),
         std::min(box.max_y, seen.max_y)};
  if (box.empty() || box.min_y > box.max_y) return std::nullopt;
  filter.bbox = box;
  return filter;
}

std::vector<PaperMark> points_of(DrawnMap& map, const catalog::Snapshot& snapshot,
                                 const domain::Filter& filter, const PaperView& view) {
  std::vector<PaperMark> points;
  const auto part = seen_part(filter, view.box());
  if (!part) return points;
  for (const auto& one : snapshot.placed(*part)) {
    const auto at = view.on_page(one.place);
    if (!view.shows(at)) continue;  // a line or an area of which only an end is in the picture
    points.push_back({.at = at, .count = 1, .group = one.group, .one = one.ordinal});
    if (one.group < map.groups.size()) ++map.groups[one.group];
  }
  map.shown = points.size();
  return points;
}

// Where a name can stand inside an area as far as it is in the picture: the middles of its widest stretches
// on lines across the map, the widest first. `width`: of the name.
std::vector<geo::Point> places_inside(const catalog::MapBand& band, std::span<const std::uint32_t> parts,
                                      const PaperView& view, double width) {
  constexpr int kLines = 30;
  const auto& area = view.area();
  const double step = area.height / kLines;
  std::vector<double> crossings[kLines];
  for (const auto number : parts)
    for (auto ring = band.parts[number].first_ring; ring < band.parts[number].end_ring; ++ring) {
      const auto path = band.rings[ring];
      for (std::size_t i = 1; i < path.size(); ++i) {
        auto a = view.on_page(path[i - 1]), b = view.on_page(path[i]);
        if (a.y > b.y) std::swap(a, b);
        if (b.y < area.y || a.y > area.bottom()) continue;
        // Line n lies in the middle of its strip.
        for (int n = std::max(0, static_cast<int>((a.y - area.y) / step - 1)); n < kLines; ++n) {
          const double y = area.y + (n + 0.5) * step;
          if (y >= b.y) break;
          if (y >= a.y) crossings[n].push_back(a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y));
        }
      }
    }
  struct Stretch {
    double width;
    geo::Point middle;
  };
  std::vector<Stretch> stretches;
  for (int n = 1; n + 1 < kLines; ++n) {
    auto& line = crossings[n];
    std::ranges::sort(line);
    for (std::size_t i = 1; i < line.size(); i += 2) {
      const double left = std::max(line[i - 1], area.x), right = std::min(line[i], area.right());
      if (right - left > 0.6 * width)
        stretches.push_back({right - left, {(left + right) / 2, area.y + (n + 0.5) * step}});
    }
  }
  std::ranges::stable_sort(stretches, std::ranges::greater(), &Stretch::width);
  std::vector<geo::Point> places;
  for (const auto& stretch : stretches) places.push_back(stretch.middle);
  return places;
}

// Each kabupaten/kota that is in the picture, also where the place of its name on small maps is not; one
// without a boundary at that place.
void add_region_names(Names& names, const catalog::Snapshot& snapshot, const i18n::Language& language,
                      const PaperView& view) {
  constexpr TextLook kLook{.size = 3.2, .weight = 700, .colour = kInk.label, .halo = true};
  constexpr double kEms = 9;
  constexpr Side kNearLabel[] = {Side::Middle, Side::Above, Side::Below, Side::Right, Side::Left};
  const auto& band = band_for(snapshot.region_tiles().shapes(), view.zoom());
  const auto& boundaries = snapshot.data().boundaries.boundaries;
  const auto seen = world_of(view.box());
  std::map<std::string_view, std::vector<std::uint32_t>>
      parts;  // of those with a boundary: what is seen of it
  for (std::uint32_t i = 0; i < band.parts.size(); ++i) {
    auto& of_region = parts[boundaries[band.parts[i].area].code];
    if (meet(band.parts[i].box, seen)) of_region.push_back(i);
  }
  for (const auto& label : snapshot.region_tiles().labels()) {
    if (label.level != 2) continue;
    const auto name = domain::text_in(label.name, language.code()).text;
    const auto found = parts.find(label.code);
    if (found != parts.end() && found->second.empty()) continue;
    std::vector<geo::Point> places;
    if (found != parts.end())
      places = places_inside(band, found->second, view,
                             Names::width_of(Names::lines_of(name, kLook, kEms), kLook));
    if (places.empty())  // too small for its name, or without a boundary
      names.add(view.on_page(label.label), name, kLook, kEms, 2.5, kNearLabel, true);
    else
      names.add_inside(places, name, kLook, kEms);
  }
}

void draw_points(DrawnMap& map, const catalog::Snapshot& snapshot, const i18n::Language& language,
                 const domain::Filter& filter, const PaperView& view) {
  const auto& groups = snapshot.data().groups;
  const double zoom = view.zoom();
  const auto marks = paper_marks(points_of(map, snapshot, filter, view), zoom < kSingleZoom);
  Names names(view);
  std::string drawn;
  for (const auto& mark : marks) {
    const double r = mark.radius();
    names.room().take(Rect::around(mark.at, 1.9 * r, 1.9 * r));
    if (mark.count == 1) {
      drawn += mark_at(mark.at, groups[static_cast<std::size_t>(mark.group)].code, kMarkSize);
    } else {
      map.counted = true;
      drawn += badge_at(mark.at, r, language.integer(static_cast<long long>(mark.count)));
    }
  }

  constexpr Side kNearLabel[] = {Side::Middle, Side::Above, Side::Below, Side::Right, Side::Left};
  constexpr Side kBesideMark[] = {Side::Right, Side::Left, Side::Below, Side::Above};
  add_region_names(names, snapshot, language, view);
  if (zoom >= kTitleZoom && marks.size() <= kMostTitled)
    for (const auto& mark : marks)
      if (mark.count == 1)
        names.add(mark.at, name_of(snapshot.potential(mark.one).title, language),
                  {.size = 2.1, .weight = 500, .colour = kInk.label, .halo = true}, 10, mark.radius() + 0.3,
                  kBesideMark, false);
  if (zoom >= catalog::kDistrictLabelZoom)
    for (const auto& label : snapshot.region_tiles().labels())
      if (label.level == 3)
        names.add(view.on_page(label.label), domain::text_in(label.name, language.code()).text,
                  {.size = 2.1, .weight = 500, .colour = kInk.label_minor, .halo = true}, 8, 1.5, kNearLabel,
                  false);
  map.svg += drawn + names.svg();
}

// What stands inside <symbol id="g-laut"> of the site's icons; empty: the front end was not built.
std::string_view symbol_of(std::string_view group) {
  const auto sprite = asset_bytes("shared/icons/icons.svg");
  auto at = sprite.find(fmt::format("<symbol id=\"g-{}\"", group));
  if (at == sprite.npos) return {};
  at = sprite.find('>', at);
  const auto end = sprite.find("</symbol>", at);
  return end == sprite.npos ? std::string_view() : sprite.substr(at + 1, end - at - 1);
}

constexpr std::string_view kDisc =
    "<path d=\"M12 1a11 11 0 1 1 0 22 11 11 0 0 1 0-22z\" fill=\"currentColor\" stroke=\"none\"/>";

std::string_view outline_of(std::string_view symbol) {
  const auto from = symbol.find(" d=\"");
  if (from == symbol.npos) return {};
  return symbol.substr(from + 4, symbol.find('"', from + 4) - from - 4);
}

}  // namespace

PaperView::PaperView(const Rect& area, const geo::Box& lonlat)
    : area_(area), frame_(lonlat, area.width * 10, area.height * 10) {}

PaperView PaperView::of(const catalog::Snapshot& snapshot, const domain::Filter& filter,
                        const std::optional<MapView>& view, const Rect& area) {
  if (view) {
    const double side = kTilePixels * std::exp2(std::max(view->zoom, kLeastZoom));  // pixels of the world
    const double width = kPaperPixels / side, height = width * area.height / area.width;
    auto middle = geo::to_unit_square(view->middle);
    middle.y = std::clamp(middle.y, height / 2, 1 - height / 2);
    const auto a = geo::from_unit_square({middle.x - width / 2, middle.y + height / 2});
    const auto b = geo::from_unit_square({middle.x + width / 2, middle.y - height / 2});
    return PaperView(area, {a.x, a.y, b.x, b.y});
  }
  auto box = filter.bbox.value_or(province_bounds(snapshot));
  if (box.empty())
    for (const auto& place : domain::region_places()) box.add(place.badge);
  if (box.empty()) box = {95, -11, 141, 6};  // a register of nothing: Indonesia
  // Some sea around it: a sixtieth of the map on every side.
  const PaperView tight(area, box);
  const double margin = area.width * 10 / 60;
  const auto low = tight.frame().unproject({-margin, area.height * 10 + margin});
  const auto high = tight.frame().unproject({area.width * 10 + margin, -margin});
  return PaperView(area, {low.x, low.y, high.x, high.y});
}

double PaperView::zoom() const {
  return std::log2(frame_.units_per_degree() * 360 / 10 / area_.width * kPaperPixels / kTilePixels);
}

geo::Box PaperView::box() const {
  const auto a = frame_.unproject({0, frame_.height()}), b = frame_.unproject({frame_.width(), 0});
  return {a.x, a.y, b.x, b.y};
}

double PaperView::metres_per_mm() const {
  const auto middle = frame_.unproject({frame_.width() / 2, frame_.height() / 2});
  return kEquatorMetres * std::cos(middle.y * std::numbers::pi / 180) /
         (frame_.units_per_degree() * 360 / 10);
}

bool PaperView::shows(geo::Point p, double margin) const {
  return p.x >= area_.x + margin && p.y >= area_.y + margin && p.x <= area_.right() - margin &&
         p.y <= area_.bottom() - margin;
}

DrawnMap draw_map(const catalog::Snapshot& snapshot, const i18n::Language& language,
                  const domain::Filter& filter, const PaperView& view, const ClassedIndicator* indicator) {
  DrawnMap map;
  const double zoom = view.zoom();
  map.points = !indicator && zoom >= kPaperPointZoom;
  map.districts = zoom >= catalog::kDistrictZoom;
  map.groups.resize(snapshot.data().groups.size());
  const auto& area = view.area();
  map.svg = fmt::format("<clipPath id=\"area\">{}</clipPath><g clip-path=\"url(#area)\">",
                        rect_at(area.x, area.y, area.width, area.height, "#000000"));
  map.svg += rect_at(area.x, area.y, area.width, area.height, kInk.sea);
  map.svg += ground(snapshot, view, map.districts, indicator) + degree_crosses(view);
  if (indicator)
    draw_values(map, snapshot, language, view, *indicator);
  else if (map.points)
    draw_points(map, snapshot, language, filter, view);
  else
    draw_badges(map, snapshot, language, filter, view);
  map.svg += "</g>";
  return map;
}

std::string shade_fill(int shade) {
  if (shade < 1 || shade > static_cast<int>(tokens::kRampLaut.size())) return "url(#hatch)";
  return std::string(tokens::kRampLaut[static_cast<std::size_t>(shade - 1)]);
}

std::string mark_definitions(const std::vector<domain::Group>& groups) {
  // In millimetres where it fills the legend, in steps of the map where it fills a region.
  std::string out = fmt::format(
      "<pattern id=\"hatch\" patternUnits=\"userSpaceOnUse\" width=\"1.2\" height=\"1.2\">"
      "<path d=\"M0 0h1.2v1.2h-1.2z\" fill=\"#ffffff\"/><path d=\"M-.3 .3l.6-.6M0 1.2l1.2-1.2M.9 "
      "1.5l.6-.6\" stroke=\"{}\" stroke-width=\".18\"/></pattern>"
      "<pattern id=\"hatch-steps\" xlink:href=\"#hatch\" patternTransform=\"scale({})\"/>",
      kInk.hatch, 10 * geo::kSvgSteps);
  for (const auto& group : groups) {
    auto symbol = symbol_of(group.code);
    if (symbol.empty()) symbol = kDisc;
    const auto found = std::ranges::find(tokens::kGroups, std::string_view(group.code), &tokens::Group::code);
    const auto colour = found == tokens::kGroups.end() ? kInk.marker_casing : found->light;
    const auto rim = [&](std::string_view ink, double width) {
      return fmt::format(
          "<path d=\"{0}\" fill=\"{1}\" stroke=\"{1}\" stroke-width=\"{2}\" "
          "stroke-linejoin=\"round\"/>",
          outline_of(symbol), ink, svg_number(width));
    };
    // As on the live map: a thin dark casing, a white ring, then the mark.
    out += fmt::format("<g id=\"mark-{}\" transform=\"scale({}) translate(-12 -12)\">", xml_text(group.code),
                       1 / 30.0);
    out += rim(kInk.marker_casing, 5) + rim(kInk.marker_ring, 3.6) +
           fmt::format("<g color=\"{}\" stroke=\"{}\" stroke-width=\"2.2\">{}</g></g>", colour,
                       kInk.marker_ring, symbol);
  }
  return out;
}

std::string mark_at(geo::Point middle, std::string_view group, double size) {
  return fmt::format("<use xlink:href=\"#mark-{}\" transform=\"translate({} {}) scale({})\"/>",
                     xml_text(group), svg_number(middle.x), svg_number(middle.y), svg_number(size));
}

std::string badge_at(geo::Point middle, double radius, const std::string& count) {
  // The longer the number, the smaller its digits.
  const double size = std::min(2.6, 3.0 * radius / std::max<double>(1.6, static_cast<double>(count.size())));
  return circle_at(middle, radius, kInk.badge, kInk.marker_casing, 0.35) +
         text_at({middle.x, middle.y + size * 0.35}, count,
                 {.size = size, .weight = 700, .colour = kInk.badge_text, .anchor = "middle"});
}

}  // namespace simpul::web::site
