// /{lang}/bandingkan?region=74.01,74.02: two to four regions beside each other, indicator by indicator, in
// one year and on one scale; as values, as shares of the province, per head or as ranks. The same as CSV.
#include <algorithm>
#include <map>

#include "document/csv_writer.hpp"
#include "domain/filter.hpp"
#include "domain/region_places.hpp"
#include "web/site/charts.hpp"
#include "web/site/figures.hpp"
#include "web/site/pages.hpp"
#include "web/site/region_map.hpp"
#include "web/site/site.hpp"
#include "web/site/words.hpp"

namespace simpul::web::site {
namespace {

constexpr std::size_t kLeast = 2, kMost = 4;

// What is compared, in this order. Only what adds up over regions has a share of the province; only money is
// told per head.
struct Measure {
  std::string_view indicator;
  bool adds_up;
  bool is_money;
};
constexpr Measure kMeasures[] = {
    {"area", true, false},        {"population", true, false},    {"grdp_constant_2010", true, true},
    {"grdp_current", true, true}, {"grdp_growth", false, false},  {"grdp_per_capita_current", false, false},
    {"hdi", false, false},        {"poverty_rate", false, false}, {"poor_population", true, false}};

struct Look {
  std::string_view code;
  const char* name;
};
constexpr Look kLooks[] = {{"value", msgid("Values")},
                           {"share", msgid("Share of the province")},
                           {"head", msgid("Per head")},
                           {"rank", msgid("Rank")}};

using Values = std::map<std::string_view, const domain::IndicatorValue*>;  // by region

// The values of one indicator in one year.
struct Compared {
  Measure measure;
  int year = 0;
  Values values;
};

struct Question {
  std::vector<const domain::Region*> regions;  // in the order of their codes
  std::vector<std::string> unknown;            // codes that are none, or too many
  std::string_view look = kLooks[0].code;
};

Question question_of(const RequestContext& context) {
  Question question;
  if (const auto* as = context.request.parameter("as"))
    for (const auto& look : kLooks)
      if (*as == look.code) question.look = look.code;
  std::vector<domain::FilterNotice> ignored;
  for (const auto& code :
       domain::parse_filter(context.request.query, ignored).values[domain::facet_index("region")]) {
    const auto* region = context.snapshot->region(code);
    if (!region || region->kind == "province" || question.regions.size() == kMost)
      question.unknown.push_back(code);
    else
      question.regions.push_back(region);
  }
  return question;
}

std::string query_of(const std::vector<const domain::Region*>& regions, std::string_view look) {
  std::string query;
  for (const auto* region : regions) query += (query.empty() ? "region=" : ",") + region->code;
  if (look != kLooks[0].code) query += std::string(query.empty() ? "" : "&") + "as=" + std::string(look);
  return query;
}

// In the year that most of the regions asked for have; of equals the newest.
std::vector<Compared> compare(const catalog::Snapshot& snapshot,
                              const std::vector<const domain::Region*>& regions) {
  std::vector<Compared> found;
  for (const auto& measure : kMeasures) {
    std::map<int, Values> by_year;
    for (const auto& value : snapshot.data().indicators)
      if (value.indicator == measure.indicator && value.year && value.sector.empty() &&
          value.commodity.empty())
        by_year[*value.year].emplace(value.region_code, &value);
    const std::pair<const int, Values>* best = nullptr;
    std::size_t most = 0;
    for (const auto& year : by_year) {
      const auto have = static_cast<std::size_t>(std::ranges::count_if(
          regions, [&](const auto* region) { return year.second.contains(region->code); }));
      if (have < most || have < kLeast) continue;
      best = &year;
      most = have;
    }
    if (best) found.push_back({measure, best->first, best->second});
  }
  return found;
}

// A cell as it is asked for; nullopt: it cannot be said.
struct Cell {
  double size = 0;  // of its bar
  std::string text;
};
std::optional<Cell> cell_of(const RequestContext& context, const Compared& row, const domain::Region& region,
                            std::string_view look) {
  const auto& language = *context.language;
  const auto found = row.values.find(region.code);
  if (found == row.values.end()) return std::nullopt;
  const auto& value = *found->second;
  std::vector<double> of_regions;
  for (const auto* other : regions_of(*context.snapshot))
    if (const auto own = row.values.find(other->code); own != row.values.end())
      of_regions.push_back(own->second->value);
  if (look == "share") {
    // A share of what is not wholly known would be too large.
    if (!row.measure.adds_up || of_regions.size() != regions_of(*context.snapshot).size())
      return std::nullopt;
    double sum = 0;
    for (const auto one : of_regions) sum += one;
    if (sum <= 0) return std::nullopt;
    return Cell{value.value / sum, language.percent(100 * value.value / sum, 1)};
  }
  if (look == "head") {
    if (!row.measure.is_money || !region.population || *region.population <= 0) return std::nullopt;
    const auto each = value.value / static_cast<double>(*region.population);
    return Cell{each, quantity_text(language, each, value.unit)};
  }
  if (look == "rank") {
    const auto before = std::ranges::count_if(of_regions, [&](double other) { return other > value.value; });
    return Cell{
        static_cast<double>(of_regions.size()) - static_cast<double>(before),
        language.tr("{n} of {all}", {{"n", language.integer(before + 1)},
                                     {"all", language.integer(static_cast<long long>(of_regions.size()))}})};
  }
  return Cell{value.value, quantity_text(language, value.value, value.unit)};
}

void fill_picker(html::Page& page, const RequestContext& context, const Question& question) {
  const auto& language = *context.language;
  for (const auto* region : regions_of(*context.snapshot)) {
    auto& choice = page.section("CHOICE");
    choice.set("CHOICE_CODE", region->code);
    choice.set("CHOICE_NAME", short_name(*region, language));
    choice.show("CHOICE_CHOSEN", std::ranges::find(question.regions, region) != question.regions.end());
  }
  if (question.look != kLooks[0].code) page.section("KEEP_LOOK").set("LOOK", question.look);
  // The neighbours of the first one: the question most often asked.
  const auto* first = question.regions.empty() ? nullptr : question.regions.front();
  for (const auto& place : domain::region_places()) {
    if (!first || place.code != first->code || question.regions.size() >= kLeast) continue;
    std::vector<const domain::Region*> group{first};
    for (const auto& code : place.adjacent)
      if (const auto* other = context.snapshot->region(code); other && group.size() < kMost)
        group.push_back(other);
    if (group.size() < kLeast) continue;
    std::ranges::sort(group, {}, &domain::Region::code);
    auto& hint = page.section("HINT");
    hint.set("HINT_URL", address(language, "bandingkan", query_of(group, question.look)));
    hint.set("HINT_TEXT",
             language.tr("{region} and its neighbours on land", {{"region", short_name(*first, language)}}));
  }
}

void fill_rows(html::Page& page, const RequestContext& context, const Question& question) {
  const auto& language = *context.language;
  auto& table = page.section("TABLE");
  for (const auto& look : kLooks) {
    auto& tab = table.section("LOOK_TAB");
    tab.set("LOOK_NAME", language.tr(look.name));
    tab.set("LOOK_URL", address(language, "bandingkan", query_of(question.regions, look.code)));
    tab.show("LOOK_CURRENT", look.code == question.look);
  }
  for (const auto* region : question.regions) {
    auto& column = table.section("COLUMN");
    column.set("COLUMN_NAME", short_name(*region, language));
    column.set("COLUMN_URL", address(language, "wilayah/" + region->code));
  }
  table.set("CSV_URL", address(language, "bandingkan.csv", query_of(question.regions, kLooks[0].code)));
  std::size_t left_out = 0;
  for (const auto& row : compare(*context.snapshot, question.regions)) {
    std::vector<std::optional<Cell>> cells;
    double most = 0;
    std::vector<std::string> sources;
    for (const auto* region : question.regions) {
      cells.push_back(cell_of(context, row, *region, question.look));
      if (cells.back()) most = std::max(most, cells.back()->size);
      if (const auto found = row.values.find(region->code); found != row.values.end())
        if (const auto name = source_name(found->second->source);
            std::ranges::find(sources, name) == sources.end())
          sources.push_back(name);
    }
    if (std::ranges::none_of(cells, [](const auto& cell) { return cell.has_value(); })) {
      ++left_out;
      continue;
    }
    auto& line = table.section("ROW");
    line.set("ROW_NAME", indicator_name(language, row.measure.indicator));
    line.set("ROW_YEAR", std::to_string(row.year));
    std::string text;
    for (const auto& source : sources) text += (text.empty() ? "" : "; ") + source;
    line.set("ROW_SOURCE", text);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      auto& cell = line.section("CELL");
      cell.set("CELL_REGION", short_name(*question.regions[i], language));
      if (!cells[i]) {
        cell.show("CELL_EMPTY", true);
        continue;
      }
      auto& known = cell.section("CELL_KNOWN");
      known.set("CELL_TEXT", cells[i]->text);
      // What is below zero has no bar: its length would say the opposite.
      known.set("CELL_LENGTH", svg_number(most > 0 ? 100 * std::max(0.0, cells[i]->size) / most : 0));
    }
  }
  if (question.look == "value") {
    auto& line = table.section("ROW");
    line.set("ROW_NAME", language.tr("Potentials"));
    line.set("ROW_YEAR", language.date(context.snapshot->today()));
    line.set("ROW_SOURCE", language.tr("this register"));
    std::size_t most = 1;
    const auto count_of = [&](const domain::Region* region) {
      return context.snapshot->count("region", region->code);
    };
    for (const auto* region : question.regions) most = std::max(most, count_of(region));
    for (const auto* region : question.regions) {
      auto& cell = line.section("CELL");
      cell.set("CELL_REGION", short_name(*region, language));
      auto& known = cell.section("CELL_KNOWN");
      known.set("CELL_TEXT", language.integer(static_cast<long long>(count_of(region))));
      known.set("CELL_LENGTH",
                svg_number(100.0 * static_cast<double>(count_of(region)) / static_cast<double>(most)));
    }
  }
  if (left_out > 0)
    table.section("LEFT_OUT")
        .set("LEFT_OUT_TEXT", language.trn("{n} indicator cannot be told that way and is left out.",
                                           "{n} indicators cannot be told that way and are left out.",
                                           static_cast<long long>(left_out)));
  if (question.look == "head" && question.regions.front()->population_year)
    table.section("PER_HEAD")
        .set("PER_HEAD_TEXT",
             language.tr("Divided by the people registered in {year}, the same year for all of them.",
                         {{"year", std::to_string(*question.regions.front()->population_year)}}));
}

}  // namespace

http::Response compare_page(const RequestContext& context) {
  const auto& language = *context.language;
  const auto question = question_of(context);
  auto page = page_of(context, "site/compare.html");
  fill_picker(page, context, question);
  if (!question.unknown.empty()) {
    std::string list;
    for (const auto& code : question.unknown) list += (list.empty() ? "" : ", ") + code;
    page.section("NOTICE").set(
        "NOTICE_TEXT", language.tr("Left out: {codes}. Two to four regencies or cities can be compared.",
                                   {{"codes", list}}));
  }
  const bool enough = question.regions.size() >= kLeast;
  page.show("TOO_FEW", !enough);
  page.show("PICK_OPEN", !enough);
  if (enough) fill_rows(page, context, question);

  PageInfo info;
  info.title = language.tr("Compare regions");
  if (enough) {
    std::string names;
    for (const auto* region : question.regions)
      names += (names.empty() ? "" : ", ") + short_name(*region, language);
    info.title = language.tr("Compare: {names}", {{"names", names}});
  }
  page.set("TITLE", info.title);
  info.here = language.tr("Compare regions");
  info.description = language.tr(
      "Two to four regions beside each other: the same indicators, year and scale, with sources.");
  info.path = "bandingkan";
  info.query = query_of(question.regions, question.look);
  info.trail = {{language.tr("Regions"), address(language, "wilayah")}};
  info.index = question.regions.empty();
  info.nav = Nav::Regions;
  info.kind = "compare";
  return render_page(context, info, page.render_fragment());
}

http::Response compare_csv(const RequestContext& context) {
  const auto& language = *context.language;
  const auto question = question_of(context);
  if (!question.unknown.empty() || question.regions.size() < kLeast)
    throw Error(ErrorKind::Invalid, "Two to four regencies or cities can be compared");
  document::CsvWriter csv(document::ByteOrderMark::Yes);
  for (const auto* name :
       {"region_code", "region_name", "indicator", "indicator_name", "year", "value", "unit", "source"})
    csv.text(name);
  csv.end_row();
  for (const auto& row : compare(*context.snapshot, question.regions))
    for (const auto* region : question.regions)
      if (const auto found = row.values.find(region->code); found != row.values.end()) {
        csv.text(region->code);
        csv.text(name_of(region->name, language));
        csv.text(row.measure.indicator);
        csv.text(indicator_name(language, row.measure.indicator));
        csv.integer(row.year);
        csv.number(found->second->value);
        csv.text(found->second->unit);
        csv.text(found->second->source);
        csv.end_row();
      }
  auto response = http::Response::text(200, "text/csv; charset=utf-8", csv.take());
  response.set("Content-Disposition", "attachment; filename=\"bandingkan.csv\"");
  response.set("X-Robots-Tag", "noindex");
  return response;
}

}  // namespace simpul::web::site
