#include "web/site/paper_sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "tokens.hpp"
#include "web/site/charts.hpp"
#include "web/site/datasets.hpp"
#include "web/site/figures.hpp"
#include "web/site/list_state.hpp"
#include "web/site/map_panels.hpp"
#include "web/site/paper_draw.hpp"
#include "web/site/paper_frame.hpp"
#include "web/site/paper_map.hpp"
#include "web/site/qr.hpp"
#include "web/site/region_map.hpp"
#include "web/site/words.hpp"

namespace simpul::web::site {
namespace {

constexpr auto& kInk = tokens::kMapPrint;
constexpr std::string_view kText = "#000000", kSoft = "#4a4a4a";

// The sheet, in millimetres: A4 across.
constexpr double kWidth = 297, kHeight = 210, kMargin = 10;
constexpr Rect kMap{15.5, 31, 207, 151};
constexpr Rect kColumn{229.5, 31, kWidth - kMargin - 229.5, 151};
constexpr Rect kFoot{kMargin, 190.6, kWidth - 2 * kMargin, 14};

// "Wilayah Wakatobi, Kolaka; Kelompok Pariwisata"; empty: no filter.
std::string filter_words(const RequestContext& context, const domain::Filter& filter) {
  std::string words, kind;
  for (const auto& applied : applied_filters(*context.snapshot, *context.language, filter)) {
    if (applied.facet == "bbox") continue;  // the map shows it
    if (applied.kind == kind)
      words += ", " + applied.name;
    else
      words += (words.empty() ? "" : "; ") + applied.kind + " " + applied.name;
    kind = applied.kind;
  }
  return words;
}

// "Sulawesi Tenggara"; empty: the register has no province.
std::string province_name(const RequestContext& context) {
  for (const auto& region : context.snapshot->regions())
    if (region.kind == "province") return short_name(region, *context.language);
  return {};
}

// The column beside the map, filled from above.
class SideColumn {
 public:
  explicit SideColumn(const i18n::Language& language) : language_(language) {}

  void title(std::string_view text) {
    y_ += 3;
    out_ += text_at({kColumn.x, y_}, text, {.size = 3, .weight = 700});
    y_ += 2.2;
  }
  // `symbol` is drawn around the middle of the first 6 mm.
  template <typename Symbol>
  void row(Symbol symbol, std::string_view text, std::string_view number = {}) {
    constexpr double kRow = 5.1;
    const double middle = y_ + kRow / 2;
    out_ += symbol(geo::Point{kColumn.x + 2.6, middle});
    const double room = kColumn.width - 7 - (number.empty() ? 0 : 9);
    const auto lines = wrapped(text, room, 2.6, 1);
    if (!lines.empty()) out_ += text_at({kColumn.x + 7, middle + 0.95}, lines[0], {.size = 2.6});
    if (!number.empty())
      out_ += text_at({kColumn.right(), middle + 0.95}, number, {.size = 2.6, .anchor = "end"});
    y_ += kRow;
  }
  void small(std::string_view text, std::size_t lines, double size = 2.1, std::string_view colour = kSoft) {
    for (const auto& line : wrapped(text, kColumn.width, size, lines)) {
      y_ += size * 1.3;
      out_ += text_at({kColumn.x, y_}, line, {.size = size, .colour = colour});
    }
  }
  void add(const std::string& svg, double height) {
    out_ += svg;
    y_ += height;
  }
  void gap(double height) { y_ += height; }
  double y() const { return y_; }
  double left() const { return kColumn.bottom() - y_; }
  const i18n::Language& language() const { return language_; }
  const std::string& svg() const { return out_; }

 private:
  const i18n::Language& language_;
  double y_ = kColumn.y;
  std::string out_;
};

// How many of each group the sheet shows: those in the picture, or, with badges, those of the filter.
std::vector<std::size_t> group_counts(const RequestContext& context, const DrawnMap& map,
                                      const catalog::Result& result) {
  if (map.points) return map.groups;
  const auto& groups = context.snapshot->data().groups;
  std::vector<std::size_t> counts(groups.size());
  const auto& facet = result.facets[domain::facet_index("group")];
  // A facet counts as if its own choice were not made.
  const bool chosen = std::ranges::any_of(facet, &catalog::FacetValue::selected);
  for (std::size_t i = 0; i < groups.size(); ++i)
    for (const auto& value : facet)
      if (value.code == groups[i].code && (value.selected || !chosen)) counts[i] = value.count;
  return counts;
}

// Samples of the lines of the map. Coloured regions part by their colours.
void line_legend(SideColumn& column, const RequestContext& context, const DrawnMap& map, bool coloured) {
  if (!has_boundaries(*context.snapshot)) return;
  const auto& language = column.language();
  const auto sample = [&](std::string_view colour, double width, std::string_view dashes) {
    return [=](geo::Point at) {
      return line_from({at.x - 2.6, at.y}, {at.x + 2.6, at.y}, colour, width, dashes);
    };
  };
  column.gap(1);
  column.row(sample(kInk.coast, 0.22, ""), language.tr("coast, edge of the province"));
  if (!coloured)
    column.row(sample(kInk.regency, 0.25, "stroke-dasharray=\"1.4 .7\""),
               language.tr("border of a kabupaten or city"));
  if (map.districts) column.row(sample("#999999", 0.18, ""), language.tr("border of a kecamatan"));
}

void class_legend(SideColumn& column, const ClassedIndicator& indicator) {
  const auto& language = column.language();
  column.title(language.tr("Number of regions in each class"));
  const auto swatch = [](int shade) {
    return [shade](geo::Point at) {
      return rect_at(at.x - 2.6, at.y - 1.7, 5.2, 3.4, shade_fill(shade), kInk.regency, 0.15);
    };
  };
  const auto count = [&](std::size_t n) { return language.integer(static_cast<long long>(n)); };
  for (std::size_t i = indicator.classes.size(); i-- > 0;)
    column.row(swatch(indicator.classes[i].shade), indicator.classes[i].text,
               count(indicator.classes[i].regions));
  if (indicator.unknown > 0) column.row(swatch(0), language.tr("no data"), count(indicator.unknown));
  column.small(class_method(language, indicator), 5);
  column.gap(1);
}

void legend(SideColumn& column, const RequestContext& context, const DrawnMap& map,
            const catalog::Result& result) {
  const auto& language = column.language();
  const auto& groups = context.snapshot->data().groups;
  const auto counts = group_counts(context, map, result);
  column.title(map.points ? language.tr("Potentials on the map") : language.tr("Potentials by group"));
  bool any = false;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (counts[i] == 0) continue;
    any = true;
    column.row([&](geo::Point at) { return mark_at(at, groups[i].code, 4.4); },
               name_of(groups[i].short_name, language), language.integer(static_cast<long long>(counts[i])));
  }
  if (!any) column.small(language.tr("No potential here for this choice."), 2, 2.6, kText);
  column.gap(0.6);
  if (!map.points && any)
    column.row([](geo::Point at) { return badge_at(at, 2.2, "n"); },
               language.tr("number of potentials in a region"));
  if (map.counted)
    column.row([](geo::Point at) { return badge_at(at, 2.2, "n"); },
               language.tr("n potentials close together"));
}

// Broken where an address has a joint, never elsewhere unless it must be; the rest of a very long one is left
// to the code.
std::vector<std::string> address_lines(std::string_view address) {
  constexpr double kSize = 2.1;
  constexpr std::size_t kMostLines = 4;
  std::vector<std::string> lines(1);
  while (!address.empty()) {
    const auto joint = std::min(address.find_first_of("/?&,=", 1), address.size() - 1) + 1;
    const auto piece = address.substr(0, joint);
    if (!lines.back().empty() && text_width(lines.back() + std::string(piece), kSize) > kColumn.width)
      lines.emplace_back();
    lines.back() += piece;
    address.remove_prefix(joint);
  }
  std::vector<std::string> out;
  for (const auto& line : lines)
    for (auto& part : wrapped(line, kColumn.width, kSize, kMostLines)) out.push_back(std::move(part));
  if (out.size() > kMostLines) {
    out.resize(kMostLines);
    out.back() += "…";
  }
  return out;
}

// The address of the view as text, and as a QR code where it is a whole one.
void address_block(SideColumn& column, const RequestContext& context, const domain::Filter& filter,
                   const std::optional<MapView>& view, const std::optional<ClassedIndicator>& indicator) {
  MapState state;
  state.view = view;
  if (indicator) {
    state.indicator = indicator->indicator.key;
    state.year = indicator->year;
  }
  const auto here = absolute(context, address(*context.language, "peta", map_query(state, filter)));
  constexpr double kSide = 27;
  constexpr std::size_t kLongest = 400;  // bytes: beyond it the modules are too small for paper
  const bool scanned = !context.site_url.empty() && here.size() <= kLongest;
  constexpr double kTextHeight = 11;
  double y = kColumn.bottom() - kTextHeight - (scanned ? kSide : 0);
  if (y < column.y() + 2) return;  // no room is left below the legend of a register with many groups
  std::string out;
  if (scanned) {
    const auto code = qr_drawing(here);
    // Its quiet zone of four modules lies on the margin, so that its left edge is that of the text.
    const double module = kSide / (code.side - 8);
    out += fmt::format("<path transform=\"translate({} {}) scale({:.5f})\" d=\"{}\"/>",
                       svg_number(kColumn.x - 4 * module), svg_number(y - 4 * module), module, code.path);
    y += kSide + 3.4;
  }
  for (const auto& line : address_lines(here)) {
    out += text_at({kColumn.x, y}, line, {.size = 2.1, .colour = kText});
    y += 2.7;
  }
  column.add(out, 0);
}

// Where the figures come from, and the potentials that are not drawn.
std::string source_words(const RequestContext& context, const DrawnMap& map, const catalog::Result& result,
                         const std::optional<ClassedIndicator>& indicator) {
  const auto& language = *context.language;
  if (indicator) {
    std::string names;
    for (const auto& statement : indicator->sources)
      for (const auto& part : source_parts(statement)) names += (names.empty() ? "" : "; ") + part.text;
    return language.tr("Source: {source}", {{"source", names}}) + ". ";
  }
  const auto n = [](std::size_t number) { return static_cast<long long>(number); };
  std::string text =
      language.tr("Source: {site}, {count}; the source of each stands on its page.",
                  {{"site", std::string(kSiteName)},
                   {"count", language.trn("{n} potential", "{n} potentials", n(result.total))}}) +
      " ";
  const auto pointless = result.total - result.located;
  if (pointless > 0)
    text += (map.points ? language.trn("{n} is known by its region only and is not drawn.",
                                       "{n} are known by their region only and are not drawn.", n(pointless))
                        : language.trn("{n} of them is known by its region only.",
                                       "{n} of them are known by their region only.", n(pointless))) +
            " ";
  if (!map.points && map.shown < result.total)
    text += language.trn("{n} concerns the whole province or lies outside the picture.",
                         "{n} concern the whole province or lie outside the picture.",
                         n(result.total - map.shown)) +
            " ";
  return text;
}

// Sources, date, version: below the map.
std::string foot(const RequestContext& context, const DrawnMap& map, const catalog::Result& result,
                 const std::optional<ClassedIndicator>& indicator) {
  const auto& language = *context.language;
  const auto& snapshot = *context.snapshot;
  auto text = source_words(context, map, result, indicator);
  text += boundary_note(context) + ". ";
  text += language.tr(find_dataset("potentials")->licence);
  const auto second = language.tr(
      "Data of {date}, version {version}. Web Mercator projection (EPSG:3857), WGS 84: the scale grows away "
      "from the equator.",
      {{"date", language.date(snapshot.today())}, {"version", std::string(snapshot.version())}});
  std::string out;
  double y = kFoot.y + 2.4;
  const auto add = [&](const std::string& paragraph, std::size_t lines) {
    for (const auto& line : wrapped(paragraph, kFoot.width, 2.1, lines)) {
      out += text_at({kFoot.x, y}, line, {.size = 2.1, .colour = kSoft});
      y += 2.9;
    }
  };
  add(text, 3);
  add(second, 2);
  return out;
}

// Title and the line below it.
struct Said {
  std::string title;
  std::string below;
};
Said said_of(const RequestContext& context, const domain::Filter& filter, const catalog::Result& result,
             const std::optional<ClassedIndicator>& indicator) {
  const auto& language = *context.language;
  if (indicator) {
    const auto regions = static_cast<long long>(indicator->regions.size());
    const auto province = province_name(context);
    return {indicator->indicator.name + ", " + std::to_string(indicator->year),
            (province.empty() ? "" : province + " · ") + language.trn("{n} region", "{n} regions", regions)};
  }
  const auto province = province_name(context);
  const auto words = filter_words(context, filter);
  return {province.empty() ? language.tr("Regional potentials")
                           : language.tr("Regional potentials of {province}", {{"province", province}}),
          (words.empty() ? language.tr("All potentials") : words) + " · " +
              language.trn("{n} potential", "{n} potentials", static_cast<long long>(result.total))};
}

}  // namespace

Sheet map_sheet(const RequestContext& context, const domain::Filter& filter,
                const std::optional<MapView>& asked, const std::optional<ClassedIndicator>& indicator) {
  const auto& language = *context.language;
  const auto& snapshot = *context.snapshot;
  catalog::Query query;
  query.filter = filter;
  query.limit = 0;
  query.facets = domain::facet_set({"group"});
  const auto result = snapshot.find(query);
  const auto view = PaperView::of(snapshot, filter, asked, kMap);
  const auto map = draw_map(snapshot, language, filter, view, indicator ? &*indicator : nullptr);
  const auto words = said_of(context, filter, result, indicator);
  Sheet sheet;
  sheet.title = words.title + ": " + words.below;

  std::string& out = sheet.svg;
  out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
      "width=\"{0}mm\" "
      "height=\"{1}mm\" viewBox=\"0 0 {0} {1}\" xml:lang=\"{2}\" font-family=\"{3}\" role=\"img\" "
      "aria-label=\"{4}\"><title>{4}</title><defs>{5}</defs>",
      kWidth, kHeight, language.code(), kPaperFonts, xml_text(sheet.title),
      mark_definitions(snapshot.data().groups));
  out += rect_at(0, 0, kWidth, kHeight, "#ffffff");
  out += text_at({kWidth - kMargin, 17}, kSiteName,
                 {.size = 3.2, .weight = 700, .colour = kSoft, .anchor = "end"});
  constexpr double kRoom = kWidth - 2 * kMargin - 32;  // beside the name of the site
  for (const auto& line : wrapped(words.title, kRoom, 6.6, 1, true))
    out += text_at({kMargin, 17}, line, {.size = 6.6, .weight = 700, .colour = kText});
  double y = 22.8;
  for (const auto& line : wrapped(words.below, kWidth - 2 * kMargin, 3.2, 2)) {
    out += text_at({kMargin, y}, line, {.size = 3.2, .colour = kSoft});
    y += 4.2;
  }
  out += map.svg + degree_frame(view, language);

  SideColumn column(language);
  if (indicator)
    class_legend(column, *indicator);
  else
    legend(column, context, map, result);
  line_legend(column, context, map, indicator.has_value());
  column.gap(4);
  column.add(scale_bar(view, language, {kColumn.x, column.y()}, 38), 9.5);
  out += north_arrow(language, {kColumn.right() - 3, column.y() - 4});
  if (asked && column.left() > 71) {
    column.gap(2);
    constexpr double kInset = 30;
    column.add(locator_inset(snapshot, view, {kColumn.x, column.y(), kColumn.width, kInset}), kInset);
  }
  address_block(column, context, filter, asked, indicator);
  out += column.svg() + foot(context, map, result, indicator) + "</svg>\n";
  return sheet;
}

}  // namespace simpul::web::site
