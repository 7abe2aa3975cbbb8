// One potential: /{lang}/potensi/{slug}, by its number /{lang}/p/{id}, and the card that the map shows of it
// (fragment=card).
#include <fmt/format.h>

#include <charconv>

#include "web/site/cards.hpp"
#include "web/site/figures.hpp"
#include "web/site/gallery.hpp"
#include "web/site/list_state.hpp"
#include "web/site/region_map.hpp"
#include "web/site/routes.hpp"
#include "web/site/site.hpp"
#include "web/site/words.hpp"

namespace simpul::web::site {
namespace {

// Also CONFIRMED{CONFIRMED_TEXT}.
void show_standing(html::Page& page, const i18n::Language& language, const domain::Potential& potential) {
  show_confirmation(page, language, potential);
  if (potential.confirmed && !potential.overdue)
    page.section("CONFIRMED")
        .set("CONFIRMED_TEXT",
             language.tr("Confirmed {date}", {{"date", language.date(*potential.confirmed)}}));
}

constexpr std::size_t kNeighbours = 4;
constexpr std::size_t kFactsOfCard = 3;

std::optional<geo::Point> point_of(const domain::Potential& potential) {
  if (potential.accuracy == domain::LocationAccuracy::Regency) return std::nullopt;
  return place_of(potential.geometry);
}

std::string coordinates(const i18n::Language& language, geo::Point point) {
  return language.tr("{lat} latitude, {lon} longitude",
                     {{"lat", fmt::format("{:.5f}°", point.y)}, {"lon", fmt::format("{:.5f}°", point.x)}});
}

http::Response card(const RequestContext& context, const domain::Potential& potential) {
  const auto& language = *context.language;
  auto page = page_of(context, "site/map_card.html");
  fill_potential(page, context, potential);
  if (const auto point = point_of(potential)) {
    auto& located = page.section("LOCATED");
    located.set("LON", fmt::format("{:.5f}", point->x));
    located.set("LAT", fmt::format("{:.5f}", point->y));
  }
  std::size_t facts = 0;
  for (const auto& one : potential.figures)
    if (const auto figure = shown(language, one); figure && facts++ < kFactsOfCard) {
      auto& fact = page.section("FACT");
      fact.set("FACT_LABEL", figure->label);
      fact.set("FACT_VALUE", figure->value);
      fact.set("FACT_YEAR", figure->year);
      fact.set("FACT_SOURCE", source_name(figure->source));
    }
  page.set("ACCURACY_TEXT", accuracy_name(language, potential.accuracy));
  page.set("ACCURACY_ICON", point_of(potential) ? "map-pin" : "map-pin-off");
  show_standing(page, language, potential);
  return render_part(context, page.render_fragment());
}

void fill_figures(html::Page& page, const i18n::Language& language, const domain::Potential& potential) {
  long long undated = 0;
  std::vector<ShownFigure> figures;
  for (const auto& one : potential.figures) {
    if (const auto figure = shown(language, one))
      figures.push_back(*figure);
    else
      ++undated;
  }
  if (!figures.empty()) {
    auto& box = page.section("FIGURES");
    for (const auto& figure : figures) {
      auto& item = box.section("FIGURE");
      item.set("FIGURE_VALUE", figure.value);
      item.set("FIGURE_KIND", figure.label);
      item.set("FIGURE_YEAR", figure.year);
      item.set("FIGURE_SOURCE", source_name(figure.source));
    }
  }
  if (undated > 0)
    page.section("UNDATED").set(
        "UNDATED_TEXT",
        language.trn("{n} figure is not shown, because its source names no year.",
                     "{n} figures are not shown, because their sources name no year.", undated));
}

void fill_facts(html::Page& page, const RequestContext& context, const domain::Potential& potential) {
  const auto& language = *context.language;
  const auto& snapshot = *context.snapshot;
  if (!potential.commodity.empty()) {
    auto& fact = page.section("COMMODITY");
    fact.set("COMMODITY_NAME", value_name(snapshot, language, "commodity", potential.commodity));
    fact.set("COMMODITY_URL", address(language, "komoditas/" + potential.commodity));
  }
  // A draft may not say it yet.
  page.show("GROUPED", !potential.group.empty());
  page.show("NO_SECTOR", potential.sector.empty());
  if (!potential.sector.empty()) {
    auto& sector = page.section("SECTOR");
    sector.set("SECTOR_NAME", value_name(snapshot, language, "sector", potential.sector));
    sector.set("SECTOR_URL", address(language, "sektor/" + potential.sector));
  }
  page.set("MATURITY_NAME", maturity_name(language, potential.maturity));
  for (const auto& form : potential.forms) page.section("FORM").set("FORM_NAME", form_name(language, form));
  page.show("NO_FORM", potential.forms.empty());
  page.set("ACCURACY_TEXT", accuracy_name(language, potential.accuracy));
  if (const auto point = point_of(potential))
    page.section("COORDINATES").set("COORDINATES_TEXT", coordinates(language, *point));
  page.set("CONTACT", potential.contact_unit.empty() ? language.tr("Not yet named by the region")
                                                     : potential.contact_unit);
  const auto description = text_of(potential.description, language);
  if (!description.text.empty()) {
    auto& box = page.section("DESCRIPTION");
    box.set("DESCRIPTION_TEXT", description.text);
    box.set("DESCRIPTION_LANG", description.language);
  }
}

void fill_place(html::Page& page, const RequestContext& context, const domain::Potential& potential) {
  const auto& language = *context.language;
  const auto* region = context.snapshot->region(potential.region_code);
  if (!region) return;
  const auto point = point_of(potential);
  const auto name = short_name(*region, language);
  const auto picture =
      locator(*context.snapshot, *region, point, potential.group,
              point ? language.tr("The place of this potential in {region}", {{"region", name}})
                    : language.tr("Outline of {region}", {{"region", name}}));
  if (picture.html().empty()) return;
  auto& place = page.section("PLACE");
  place.set("LOCATOR", picture);
  auto query = domain::to_query(only("region", potential.region_code));
  if (point) query += "&sel=" + potential.slug;
  place.set("PLACE_MAP_URL", address(language, "peta", query));
  const auto& boundaries = context.snapshot->data().boundaries;
  place.set("BOUNDARY_SOURCE",
            boundaries.indicative
                ? language.tr("Boundaries: {source}, indicative", {{"source", boundaries.source}})
                : language.tr("Boundaries: {source}", {{"source", boundaries.source}}));
}

// `own`: the potential's place in the snapshot, if it has one: it is no neighbour of itself.
void fill_related(html::Page& page, const RequestContext& context, const domain::Potential& potential,
                  std::optional<catalog::Ordinal> own) {
  const auto& language = *context.language;
  const auto& snapshot = *context.snapshot;
  std::vector<domain::Potential> near;
  bool by_distance = false;
  if (const auto point = point_of(potential))
    for (const auto& [other, km] : snapshot.nearest(*point, kNeighbours, own)) {
      near.push_back(snapshot.potential(other));
      by_distance = true;
    }
  catalog::Query query;
  query.language = language.code();
  query.limit = 40;
  if (near.empty()) {
    query.filter = only("region", potential.region_code);
    for (const auto other : snapshot.find(query).ordinals)
      if (other != own && near.size() < kNeighbours) near.push_back(snapshot.potential(other));
  }
  if (!near.empty()) {
    auto& box = page.section("NEARBY");
    box.set("NEARBY_TITLE",
            by_distance ? language.tr("Nearest potentials") : language.tr("In the same region"));
    add_items(box, "NEAR", "site/card.html", context, near);
  }
  if (potential.commodity.empty()) return;
  query.filter = only("commodity", potential.commodity);
  std::vector<domain::Potential> same;
  for (const auto other : snapshot.find(query).ordinals) {
    if (same.size() == kNeighbours) break;
    auto candidate = snapshot.potential(other);
    if (candidate.region_code != potential.region_code) same.push_back(std::move(candidate));
  }
  if (same.empty()) return;
  auto& box = page.section("ELSEWHERE");
  box.set("ELSEWHERE_TITLE",
          language.tr("{commodity} in other regions",
                      {{"commodity", value_name(snapshot, language, "commodity", potential.commodity)}}));
  box.set("ELSEWHERE_URL", address(language, "potensi", domain::to_query(query.filter)));
  add_items(box, "SAME", "site/card.html", context, same);
}

html::Fragment provenance_of(const RequestContext& context, const domain::Potential& potential) {
  const auto& language = *context.language;
  Provenance provenance;
  provenance.sources = potential.sources;
  if (potential.confirmed) {
    const auto day = language.date(*potential.confirmed);
    provenance.confirmed = potential.overdue ? language.tr("{date}, not again since", {{"date", day}}) : day;
  }
  if (potential.changed.microseconds) provenance.changed = language.date(wita_day(potential.changed));
  provenance.completeness = domain::completeness_percent(potential);
  for (const auto& part : domain::missing_parts(potential))
    provenance.missing.push_back(missing_name(language, part));
  provenance.note = potential.note;
  provenance.licence =
      language.tr("Facts may be quoted with the source named. Title and summary are our own words.");
  return provenance_box(context, provenance);
}

boost::json::value structured(const RequestContext& context, const domain::Potential& potential) {
  const auto& language = *context.language;
  boost::json::object place = {
      {"@context", "https://schema.org"},
      {"@type", "Place"},
      {"name", name_of(potential.title, language)},
      {"description", name_of(potential.summary, language)},
      {"url", absolute(context, address(language, "potensi/" + potential.slug))},
      {"containedInPlace",
       {{"@type", "AdministrativeArea"},
        {"name", value_name(*context.snapshot, language, "region", potential.region_code)}}}};
  if (const auto cover = cover_address(context, potential); !cover.empty())
    place["image"] = absolute(context, cover);
  if (const auto point = point_of(potential))
    place["geo"] = {{"@type", "GeoCoordinates"}, {"latitude", point->y}, {"longitude", point->x}};
  return place;
}

// `own` as in fill_related(). Gives what stands on the page beside its content.
PageInfo fill_page(html::Page& page, const RequestContext& context, const domain::Potential& potential,
                   std::optional<catalog::Ordinal> own, const FileShelf& shelf) {
  const auto& language = *context.language;
  fill_potential(page, context, potential);
  show_standing(page, language, potential);
  fill_figures(page, language, potential);
  fill_facts(page, context, potential);
  fill_attachments(page, context, shelf, potential);
  fill_place(page, context, potential);
  fill_related(page, context, potential, own);
  page.set("PROVENANCE", provenance_of(context, potential));

  PageInfo info;
  info.title = name_of(potential.title, language);
  info.description = name_of(potential.summary, language);
  info.path = "potensi/" + potential.slug;
  info.trail = {{language.tr("Potentials"), address(language, "potensi")},
                {value_name(*context.snapshot, language, "region", potential.region_code),
                 address(language, "wilayah/" + potential.region_code)}};
  info.nav = Nav::Potentials;
  info.kind = "potential";
  return info;
}

bool asks_for_card(const RequestContext& context) {
  const auto* fragment = context.request.parameter("fragment");
  return fragment && *fragment == "card";
}

}  // namespace

http::Response potential_page(const RequestContext& context) {
  const auto ordinal = context.snapshot->find_potential(context.captured);
  if (!ordinal) throw Error(ErrorKind::NotFound, "There is no potential of that name.");
  const auto potential = context.snapshot->potential(*ordinal);
  if (asks_for_card(context)) return card(context, potential);

  auto page = page_of(context, "site/potential.html");
  auto info = fill_page(page, context, potential, ordinal, published_files(context));
  info.image = cover_address(context, potential);
  info.structured.push_back(structured(context, potential));
  return render_page(context, info, page.render_fragment());
}

http::Response potential_by_number(const RequestContext& context) {
  const auto text = context.captured;
  std::int64_t id = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), id);
  const auto ordinal = read.ec == std::errc() && read.ptr == text.data() + text.size()
                           ? context.snapshot->find_potential(id)
                           : std::nullopt;
  if (!ordinal) throw Error(ErrorKind::NotFound, "There is no potential of that number.");
  const auto potential = context.snapshot->potential(*ordinal);
  if (asks_for_card(context)) return card(context, potential);
  return see_other(address(*context.language, "potensi/" + potential.slug));
}

http::Response preview_page(const RequestContext& context, const Preview& preview) {
  auto page = page_of(context, "site/potential.html");
  auto& told = page.section("PREVIEW");
  told.set("BACK_URL", preview.back);
  told.section(preview.is_public ? "PREVIEW_PUBLIC" : "PREVIEW_DRAFT");
  auto info =
      fill_page(page, context, preview.potential, context.snapshot->find_potential(preview.potential.slug),
                {preview.files, preview.files_address});
  info.instead = preview.address;
  info.index = false;
  return render_page(context, info, page.render_fragment());
}

}  // namespace simpul::web::site
