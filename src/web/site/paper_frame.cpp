#include "web/site/paper_frame.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "tokens.hpp"
#include "web/site/charts.hpp"
#include "web/site/paper_draw.hpp"

namespace simpul::web::site {
namespace {

constexpr std::string_view kInk = "#000000", kSoft = "#666666";

// Between two ticks at least that many millimetres.
constexpr double kLeastStep = 26;

// In seconds of arc: round in the way that degrees are.
double step_of(const PaperView& view) {
  constexpr double kSteps[] = {1,   2,   5,    10,   15,   30,    60,    120,   300,
                               600, 900, 1800, 3600, 7200, 18000, 36000, 54000, 108000};
  const double mm_per_second = view.frame().units_per_degree() / 10 / 3600;
  for (const double step : kSteps)
    if (step * mm_per_second >= kLeastStep) return step;
  return kSteps[std::size(kSteps) - 1];
}

// Multiples of the step from `low` to `high`, in degrees.
std::vector<double> round_values(double low, double high, double step_seconds) {
  std::vector<double> values;
  const auto first = std::llround(std::ceil(low * 3600 / step_seconds - 1e-9));
  const auto last = std::llround(std::floor(high * 3600 / step_seconds + 1e-9));
  for (auto n = first; n <= last; ++n) values.push_back(static_cast<double>(n) * step_seconds / 3600);
  return values;
}

struct Degrees {
  std::vector<double> meridians, parallels;
};
Degrees degrees_of(const PaperView& view) {
  const auto box = view.box();
  const double step = step_of(view);
  return {round_values(box.min_x, box.max_x, step), round_values(box.min_y, box.max_y, step)};
}

}  // namespace

double round_below(double value) {
  const double power = std::pow(10, std::floor(std::log10(value)));
  for (const double digit : {5.0, 2.0})
    if (digit * power <= value) return digit * power;
  return power;
}

std::string degrees_text(const i18n::Language& language, double value, bool longitude) {
  const auto seconds = std::llround(std::abs(value) * 3600);
  std::string number = fmt::format("{}°", seconds / 3600);
  if (seconds % 3600 != 0) number += fmt::format(" {:02}′", seconds / 60 % 60);
  if (seconds % 60 != 0) number += fmt::format(" {:02}″", seconds % 60);
  if (seconds == 0) return number;
  const i18n::Language& l = language;
  if (longitude)
    return value > 0 ? l.tr("{degrees} E", {{"degrees", number}})
                     : l.tr("{degrees} W", {{"degrees", number}});
  return value > 0 ? l.tr("{degrees} N", {{"degrees", number}}) : l.tr("{degrees} S", {{"degrees", number}});
}

std::string degree_crosses(const PaperView& view) {
  const auto degrees = degrees_of(view);
  constexpr double kArm = 1.2;
  std::string path;
  for (const double lon : degrees.meridians)
    for (const double lat : degrees.parallels) {
      const auto at = view.on_page(geo::Point{lon, lat});
      path +=
          fmt::format("M{} {}h{}M{} {}v{}", svg_number(at.x - kArm), svg_number(at.y), svg_number(2 * kArm),
                      svg_number(at.x), svg_number(at.y - kArm), svg_number(2 * kArm));
    }
  return path.empty() ? path
                      : "<path d=\"" + path + "\" fill=\"none\" stroke=\"#9a9a9a\" stroke-width=\".12\"/>";
}

std::string degree_frame(const PaperView& view, const i18n::Language& language) {
  const auto& area = view.area();
  const auto degrees = degrees_of(view);
  constexpr double kTick = 1.4;
  const TextLook look{.size = 2.1, .colour = kInk, .anchor = "middle"};
  std::string out, ticks;
  for (const double lon : degrees.meridians) {
    const double x = view.on_page(geo::Point{lon, 0}).x;
    ticks += fmt::format("M{0} {1}v-{3}M{0} {2}v{3}", svg_number(x), svg_number(area.y),
                         svg_number(area.bottom()), svg_number(kTick));
    const auto text = degrees_text(language, lon, true);
    const double half = text_width(text, look.size) / 2;
    if (x - half >= area.x && x + half <= area.right())
      out += text_at({x, area.bottom() + kTick + 2.4}, text, look);
  }
  for (const double lat : degrees.parallels) {
    const double y = view.on_page(geo::Point{0, lat}).y;
    ticks += fmt::format("M{1} {0}h-{3}M{2} {0}h{3}", svg_number(y), svg_number(area.x),
                         svg_number(area.right()), svg_number(kTick));
    const auto text = degrees_text(language, lat, false);
    const double half = text_width(text, look.size) / 2;
    if (y - half < area.y || y + half > area.bottom()) continue;
    const double x = area.x - kTick - 0.8;
    out += fmt::format("<g transform=\"translate({} {}) rotate(-90)\">{}</g>", svg_number(x), svg_number(y),
                       text_at({0, 0}, text, look));
  }
  return "<path d=\"" + ticks + "\" fill=\"none\" stroke=\"#000000\" stroke-width=\".2\"/>" +
         rect_at(area.x, area.y, area.width, area.height, "none", kInk, 0.35) + out;
}

std::string scale_bar(const PaperView& view, const i18n::Language& language, geo::Point at, double longest) {
  const double metres = round_below(view.metres_per_mm() * longest);
  const double width = metres / view.metres_per_mm();
  const bool kilometres = metres >= 1000;
  const auto text = [&](double value) { return language.number(kilometres ? value / 1000 : value, 1); };
  constexpr double kHeight = 1.3;
  // Four pieces, dark and light by turns.
  std::string out = rect_at(at.x, at.y, width, kHeight, "#ffffff", kInk, 0.2);
  for (const double piece : {0.0, 2.0})
    out += rect_at(at.x + width / 4 * piece, at.y, width / 4, kHeight, kInk);
  const TextLook look{.size = 2.3, .anchor = "middle"};
  const double below = at.y + kHeight + 2.8;
  out += text_at({at.x, below}, "0", {.size = 2.3});
  out += text_at({at.x + width / 2, below}, text(metres / 2), look);
  out += text_at({at.x + width, below}, text(metres) + "\u00a0" + (kilometres ? "km" : "m"), look);
  // To two figures: more it does not hold.
  const double scale = view.metres_per_mm() * 1000;
  const double unit = std::pow(10, std::floor(std::log10(scale)) - 1);
  out += text_at({at.x, below + 4},
                 language.tr("Scale in the middle of the map about 1 : {number}",
                             {{"number", language.integer(std::llround(scale / unit) * std::llround(unit))}}),
                 {.size = 2.1, .colour = kSoft});
  return out;
}

std::string north_arrow(const i18n::Language& language, geo::Point at) {
  const auto x = svg_number(at.x), y = svg_number(at.y);
  return fmt::format(
             "<path d=\"M{0} {1}l-1.6 0l1.6-5.2l1.6 5.2z\" fill=\"#ffffff\" stroke=\"#000000\" "
             "stroke-width=\".2\" stroke-linejoin=\"round\"/><path d=\"M{0} {1}v-5.2l1.6 5.2z\"/>",
             x, y) +
         text_at({at.x, at.y - 5.9}, language.tr("N"), {.size = 2.6, .weight = 700, .anchor = "middle"});
}

std::string locator_inset(const catalog::Snapshot& snapshot, const PaperView& view, const Rect& area) {
  if (snapshot.shapes().empty()) return {};
  const auto& picture = snapshot.shapes().locator("");
  const auto& frame = picture.frame;
  const double scale = std::min(area.width / frame.width(), area.height / frame.height());
  const double left = area.x + (area.width - frame.width() * scale) / 2;
  std::string out = "<clipPath id=\"inset\">" + rect_at(area.x, area.y, area.width, area.height, kInk) +
                    "</clipPath><g clip-path=\"url(#inset)\">";
  out += fmt::format(
      "<g transform=\"translate({} {}) scale({:.5f})\"><g transform=\"{}\" fill=\"#e2e2de\" "
      "stroke=\"#777777\" stroke-width=\"3\" fill-rule=\"evenodd\">",
      svg_number(left), svg_number(area.y), scale, geo::kSvgTransform);
  for (const auto& outline : picture.outlines) out += "<path d=\"" + outline.path + "\"/>";
  out += "</g></g>";
  const auto box = view.box();
  const auto a = frame.project({box.min_x, box.max_y}), b = frame.project({box.max_x, box.min_y});
  // No smaller than can be seen.
  const double width = std::max((b.x - a.x) * scale, 1.6), height = std::max((b.y - a.y) * scale, 1.2);
  const auto here =
      Rect::around({left + (a.x + b.x) / 2 * scale, area.y + (a.y + b.y) / 2 * scale}, width, height);
  out += rect_at(here.x, here.y, here.width, here.height, "none", "#ffffff", 1.2);
  out += rect_at(here.x, here.y, here.width, here.height, "none", kInk, 0.5);
  return out + "</g>" + rect_at(area.x, area.y, area.width, area.height, "none", kInk, 0.2);
}

}  // namespace simpul::web::site
