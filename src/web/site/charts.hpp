// Charts drawn by the server: SVG with the classes of frontend/shared/KIT.md, each in a figure with its table
// twin. Nothing here carries a style attribute; colours come from the style sheet. Used by the pages of this
// folder.
#pragma once

#include <string>
#include <vector>

#include "html/page.hpp"
#include "i18n/translator.hpp"

namespace simpul::web::site {

enum class Segment { Off, On, Lit };
// The ring of N regions, in the order of their codes, clockwise from the top. An empty label: decoration
// only.
html::Fragment ring(const std::vector<Segment>& segments, const std::string& label);

// Horizontal bars in HTML: label, value in words, bar. Lengths are relative to the largest value.
struct Bar {
  std::string label;
  double value = 0;
  std::string text;
  std::string group = {};  // display group for the colour, or empty
  std::string url = {};    // of the label, or empty
};
html::Fragment bars(const std::vector<Bar>& list);

// A series over years: gaps stay gaps, the axis starts at zero unless values are negative.
struct SeriesPoint {
  int year = 0;
  double value = 0;
  std::string text;  // with unit
};
// At least two points, by year.
html::Fragment line_chart(const std::vector<SeriesPoint>& points, const std::string& label);
// The same, small, for a line of text; decoration beside the numbers.
html::Fragment sparkline(const std::vector<SeriesPoint>& points);

// A chart in its figure: caption, drawing, table twin, source.
struct ChartFigure {
  std::string title;
  std::string subtitle;
  html::Fragment drawing = html::Fragment::trusted("");
  std::vector<std::string> columns;            // first: of the row headers
  std::vector<std::vector<std::string>> rows;  // first cell: the row header
  std::string source;
};
html::Fragment chart_figure(const i18n::Language& language, const ChartFigure& figure);

// Lower bounds of up to `classes` quantile classes over the values, ascending, no two alike. Empty for no
// values.
std::vector<double> quantile_bounds(std::vector<double> values, int classes = 5);
// 1..bounds.size()
int class_of(double value, const std::vector<double>& bounds);

// SVG numbers: at most two decimals, no trailing zeros.
std::string svg_number(double value);

}  // namespace simpul::web::site
