#include "web/site/cards.hpp"

#include "web/site/figures.hpp"
#include "web/site/list_state.hpp"
#include "web/site/site.hpp"
#include "web/site/words.hpp"

namespace simpul::web::site {
namespace {

std::string_view status_icon(domain::PotentialStatus status) {
  switch (status) {
    case domain::PotentialStatus::Existing:
      return "circle-check";
    case domain::PotentialStatus::Offered:
      return "megaphone";
    case domain::PotentialStatus::Indicative:
      break;
  }
  return "circle-dashed";
}

}  // namespace

void fill_potential(html::Page& page, const RequestContext& context, const domain::Potential& potential) {
  const auto& language = *context.language;
  const auto& snapshot = *context.snapshot;
  const auto title = text_of(potential.title, language);
  const auto summary = text_of(potential.summary, language);
  page.set("SLUG", potential.slug);
  page.set("URL", address(language, "potensi/" + potential.slug));
  page.set("TITLE", title.text);
  page.set("TITLE_LANG", title.language.empty() ? std::string_view(language.code()) : title.language);
  page.set("SUMMARY", summary.text);
  page.set("SUMMARY_LANG", summary.language.empty() ? std::string_view(language.code()) : summary.language);
  page.set("GROUP", potential.group);
  page.set("GROUP_NAME", value_name(snapshot, language, "group", potential.group));
  page.set("GROUP_URL", address(language, "potensi", domain::to_query(only("group", potential.group))));
  page.set("REGION_NAME", value_name(snapshot, language, "region", potential.region_code));
  page.set("REGION_URL", address(language, "wilayah/" + potential.region_code));
  page.set("STATUS", domain::word(potential.status));
  page.set("STATUS_ICON", status_icon(potential.status));
  page.set("STATUS_NAME", status_name(language, potential.status));
}

void show_confirmation(html::Page& page, const i18n::Language& language, const domain::Potential& potential) {
  page.show("UNCONFIRMED", !potential.confirmed);
  if (potential.confirmed && potential.overdue)
    page.section("STALE").set("STALE_TEXT", language.tr("Not confirmed since {date}",
                                                        {{"date", language.date(*potential.confirmed)}}));
}

void add_items(html::Page& page, std::string_view section, std::string_view file,
               const RequestContext& context, std::span<const domain::Potential> potentials) {
  const auto& language = *context.language;
  for (const auto& potential : potentials) {
    auto& item = page.section(section).partial("CARD", std::string(file));
    fill_potential(item, context, potential);
    if (const auto* group = context.snapshot->group(potential.group))
      item.set("GROUP_NAME", name_of(group->short_name, language));  // rows are narrow
    if (!potential.commodity.empty())
      item.section("COMMODITY")
          .set("COMMODITY_NAME", value_name(*context.snapshot, language, "commodity", potential.commodity));
    item.show("APPROXIMATE", potential.accuracy == domain::LocationAccuracy::Regency);
    show_confirmation(item, language, potential);
    for (const auto& one : potential.figures)
      if (const auto figure = shown(language, one)) {
        auto& box = item.section("FIGURE");
        box.set("FIGURE_VALUE", figure->value);
        box.set("FIGURE_KIND", figure->label);
        box.set("FIGURE_YEAR", figure->year);
        box.set("FIGURE_SOURCE", source_name(figure->source));
        break;
      }
  }
}

html::Fragment provenance_box(const RequestContext& context, const Provenance& provenance) {
  const auto& language = *context.language;
  auto page = page_of(context, "site/provenance.html");
  fill_sources(page, provenance.sources);
  if (provenance.confirmed.empty())
    page.show("UNCONFIRMED");
  else
    page.section("CONFIRMED").set("CONFIRMED_TEXT", provenance.confirmed);
  if (!provenance.changed.empty()) page.section("CHANGED").set("CHANGED_TEXT", provenance.changed);
  if (provenance.completeness >= 0) {
    auto& box = page.section("COMPLETENESS");
    box.set("PERCENT", static_cast<long long>(provenance.completeness));
    box.set("PERCENT_TEXT", language.percent(provenance.completeness, 0));
    if (!provenance.missing.empty()) {
      std::string list;
      for (const auto& part : provenance.missing) list += (list.empty() ? "" : ", ") + part;
      box.section("MISSING").set("MISSING_TEXT", list);
    }
  }
  if (!provenance.licence.empty()) page.section("LICENCE").set("LICENCE_TEXT", provenance.licence);
  if (!provenance.note.empty()) page.section("NOTE").set("NOTE_TEXT", provenance.note);
  if (!provenance.geojson_url.empty()) page.section("GEOJSON").set("GEOJSON_URL", provenance.geojson_url);
  return page.render_fragment();
}

}  // namespace simpul::web::site
