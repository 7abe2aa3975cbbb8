#include "web/site/charts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace simpul::web::site {
namespace {

using html::escape;
using html::Fragment;

// Where a series stands in its box.
struct Scale {
  double left, right, top, bottom;  // of the drawing, in units
  int first_year, last_year;
  double low, high;

  double x(int year) const {
    return first_year == last_year
               ? (left + right) / 2
               : left + (right - left) * (year - first_year) / static_cast<double>(last_year - first_year);
  }
  double y(double value) const {
    return high == low ? bottom : bottom - (bottom - top) * (value - low) / (high - low);
  }
};

// 1, 2 or 5 times a power of ten, so that about four lines stand between low and high.
double nice_step(double span) {
  if (span <= 0) return 1;
  const double raw = span / 4;
  const double power = std::pow(10, std::floor(std::log10(raw)));
  for (const double factor : {1.0, 2.0, 5.0})
    if (raw <= factor * power) return factor * power;
  return 10 * power;
}

Scale scale_of(const std::vector<SeriesPoint>& points, double left, double right, double top, double bottom) {
  Scale scale{left, right, top, bottom, points.front().year, points.back().year, 0, 0};
  for (const auto& point : points) {
    scale.low = std::min(scale.low, point.value);
    scale.high = std::max(scale.high, point.value);
  }
  const double step = nice_step(scale.high - scale.low);
  scale.low = std::floor(scale.low / step) * step;
  scale.high = std::ceil(scale.high / step) * step;
  return scale;
}

std::string line_path(const std::vector<SeriesPoint>& points, const Scale& scale) {
  std::string path;
  for (const auto& point : points)
    path += fmt::format("{}{} {}", path.empty() ? "M" : "L", svg_number(scale.x(point.year)),
                        svg_number(scale.y(point.value)));
  return path;
}

}  // namespace

std::string svg_number(double value) {
  auto text = fmt::format("{:.2f}", value);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text == "-0" ? "0" : text;
}

Fragment ring(const std::vector<Segment>& segments, const std::string& label) {
  const auto n = segments.size();
  std::string out = "<svg class=\"ring\" viewBox=\"0 0 52 52\"";
  out += label.empty() ? " aria-hidden=\"true\">" : " role=\"img\" aria-label=\"" + escape(label) + "\">";
  const auto arc = [&](const std::string& mark, const std::string& dashes, const std::string& offset) {
    out += fmt::format(
        "<path{} d=\"M26 4a22 22 0 0 1 0 44 22 22 0 0 1 0-44\" pathLength=\"{}\" stroke-dasharray=\"{}\" "
        "stroke-dashoffset=\"{}\"/>",
        mark, n, dashes, offset);
  };
  if (n > 0) arc("", ".8 .2", "-.1");
  for (std::size_t k = 0; k < n; ++k) {
    if (segments[k] == Segment::Off) continue;
    arc(segments[k] == Segment::Lit ? " class=\"lit\"" : " class=\"on\"", ".8 " + std::to_string(n),
        svg_number(-(static_cast<double>(k) + 0.1)));
  }
  return Fragment::trusted(out + "</svg>");
}

Fragment bars(const std::vector<Bar>& list) {
  double most = 0;
  for (const auto& bar : list) most = std::max(most, bar.value);
  std::string out = "<ul class=\"bars\">";
  for (const auto& bar : list) {
    out += "<li";
    if (!bar.group.empty()) out += " data-group=\"" + escape(bar.group) + "\"";
    out += "><span>";
    out += bar.url.empty() ? escape(bar.label)
                           : "<a href=\"" + escape(bar.url) + "\">" + escape(bar.label) + "</a>";
    out +=
        "</span><b>" + escape(bar.text) +
        "</b><svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect width=\"" +
        svg_number(most > 0 ? 100 * std::max(0.0, bar.value) / most : 0) + "\" height=\"10\"/></svg></li>";
  }
  return Fragment::trusted(out + "</ul>");
}

Fragment line_chart(const std::vector<SeriesPoint>& points, const std::string& label) {
  constexpr double kWidth = 320, kHeight = 150;
  std::string out = fmt::format("<svg class=\"chart\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">",
                                kWidth, kHeight, escape(label));
  if (!points.empty()) {
    const Scale scale = scale_of(points, 12, kWidth - 12, 26, kHeight - 26);
    const double step = nice_step(scale.high - scale.low);
    for (double line = scale.low; line <= scale.high + step / 2; line += step)
      out += fmt::format("<path class=\"{}\" d=\"M0 {}H{}\"/>",
                         std::abs(line) < step / 1000 ? "zero" : "grid", svg_number(scale.y(line)), kWidth);
    out += "<path class=\"line\" d=\"" + line_path(points, scale) + "\"/>";
    for (const auto& point : points)
      out += fmt::format(
          "<circle class=\"dot\" cx=\"{}\" cy=\"{}\" r=\"4.5\" data-label=\"{}\" data-value=\"{}\"/>",
          svg_number(scale.x(point.year)), svg_number(scale.y(point.value)), point.year, escape(point.text));
    const auto& first = points.front();
    const auto& last = points.back();
    out += fmt::format("<text class=\"axis\" x=\"{}\" y=\"{}\">{}</text>", svg_number(scale.left - 8),
                       svg_number(kHeight - 6), first.year);
    out += fmt::format("<text class=\"axis\" x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
                       svg_number(scale.right + 8), svg_number(kHeight - 6), last.year);
    // The last value in words, above its point and inside the box.
    out += fmt::format("<text class=\"value\" x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
                       svg_number(scale.right + 8), svg_number(std::max(14.0, scale.y(last.value) - 11)),
                       escape(last.text));
  }
  return Fragment::trusted(out + "</svg>");
}

Fragment sparkline(const std::vector<SeriesPoint>& points) {
  if (points.empty()) return Fragment::trusted("");
  const Scale scale = scale_of(points, 4, 100, 4, 24);
  return Fragment::trusted(
      fmt::format("<svg class=\"chart sparkline\" viewBox=\"0 0 104 28\" aria-hidden=\"true\"><path "
                  "class=\"line\" d=\"{}\"/>"
                  "<circle class=\"dot\" cx=\"{}\" cy=\"{}\" r=\"3.5\"/></svg>",
                  line_path(points, scale), svg_number(scale.x(points.back().year)),
                  svg_number(scale.y(points.back().value))));
}

Fragment chart_figure(const i18n::Language& language, const ChartFigure& figure) {
  html::Page page("site/chart_figure.html", language.code());
  page.set("TITLE", figure.title);
  page.set("SUBTITLE", figure.subtitle);
  page.set("DRAWING", figure.drawing);
  if (!figure.rows.empty()) {
    auto& twin = page.section("TWIN");
    for (const auto& column : figure.columns) twin.section("COLUMN").set("COLUMN_NAME", column);
    for (const auto& row : figure.rows) {
      auto& line = twin.section("ROW");
      line.set("ROW_NAME", row.front());
      for (std::size_t i = 1; i < row.size(); ++i) line.section("CELL").set("CELL_TEXT", row[i]);
    }
  }
  if (!figure.source.empty()) page.section("CHART_SOURCE").set("SOURCE", figure.source);
  return page.render_fragment();
}

std::vector<double> quantile_bounds(std::vector<double> values, int classes) {
  std::ranges::sort(values);
  std::vector<double> bounds;
  for (int i = 0; i < classes && !values.empty(); ++i) {
    const double bound =
        values[values.size() * static_cast<std::size_t>(i) / static_cast<std::size_t>(classes)];
    if (bounds.empty() || bound > bounds.back()) bounds.push_back(bound);
  }
  return bounds;
}

int class_of(double value, const std::vector<double>& bounds) {
  return std::max(1, static_cast<int>(std::ranges::upper_bound(bounds, value) - bounds.begin()));
}

}  // namespace simpul::web::site
