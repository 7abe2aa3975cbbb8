// /{lang}/tentang-data: where everything comes from, on what terms, how it was made, and what is doubtful.
// What the register can count itself is counted here, so that the page cannot fall behind.
#include <toml++/toml.h>

#include <algorithm>

#include "base/assets.hpp"
#include "web/site/figures.hpp"
#include "web/site/pages.hpp"
#include "web/site/site.hpp"
#include "web/site/words.hpp"

namespace simpul::web::site {
namespace {

const toml::table& reference(std::string_view path) {
  static const auto parse = [](std::string_view file) {
    const auto* asset = find_asset(file);
    if (!asset)
      throw Error(ErrorKind::Internal, "There is no reference file {file}", {{"file", std::string(file)}});
    return toml::parse(asset->bytes, file);
  };
  static const toml::table sources = parse("reference/sources.toml"), doubts = parse("reference/doubts.toml");
  return path == "sources" ? sources : doubts;
}

// "id_title", "en_title": the text in the language of the page, else in Indonesian.
std::string text(const toml::table& row, const std::string& name, const i18n::Language& language) {
  const auto value = row[language.code() + "_" + name].value<std::string>();
  return value ? *value : row["id_" + name].value_or(std::string());
}

void fill_sources_list(html::Page& page, const i18n::Language& language) {
  for (const auto& node : *reference("sources")["source"].as_array()) {
    const auto& row = *node.as_table();
    auto& item = page.section("ORIGIN");
    item.set("ORIGIN_TEXT", text(row, "text", language));
    item.set("ORIGIN_LICENCE", text(row, "licence", language));
    const auto name = row["name"].value_or(std::string());
    const auto url = row["url"].value_or(std::string());
    if (url.empty()) {
      item.section("ORIGIN_PLAIN").set("ORIGIN_NAME", name);
    } else {
      auto& link = item.section("ORIGIN_LINK");
      link.set("ORIGIN_NAME", name);
      link.set("ORIGIN_URL", url);
    }
  }
}

void fill_doubts(html::Page& page, const i18n::Language& language) {
  for (const auto& node : *reference("doubts")["doubt"].as_array()) {
    const auto& row = *node.as_table();
    auto& item = page.section("DOUBT");
    item.set("DOUBT_TITLE", text(row, "title", language));
    item.set("DOUBT_TEXT", text(row, "text", language));
  }
}

void fill_counts(html::Page& page, const RequestContext& context) {
  const auto& language = *context.language;
  const auto quality = context.snapshot->quality({});
  const auto set = [&](const char* name, std::size_t count) {
    page.set(name, language.integer(static_cast<long long>(count)));
  };
  const auto accuracy = [&](domain::LocationAccuracy value) {
    return quality.accuracy[static_cast<std::size_t>(value)];
  };
  set("POTENTIALS", quality.count);
  set("UNCONFIRMED", quality.unconfirmed);
  set("EXACT", accuracy(domain::LocationAccuracy::Exact));
  set("VILLAGE", accuracy(domain::LocationAccuracy::Village));
  set("DISTRICT", accuracy(domain::LocationAccuracy::District));
  set("REGENCY", accuracy(domain::LocationAccuracy::Regency));
  const auto& data = context.snapshot->data();
  page.set("INDICATORS", language.integer(static_cast<long long>(data.indicators.size())));
  page.set("COMMODITIES", language.integer(static_cast<long long>(data.commodities.size())));
  page.set("AGREEMENTS", language.integer(static_cast<long long>(data.agreements.size())));
  page.set("REGULATIONS", language.integer(static_cast<long long>(data.regulations.size())));
}

// Figures that are stored and not shown, because their source names no year.
void fill_yearless(html::Page& page, const RequestContext& context) {
  const auto& language = *context.language;
  const auto& snapshot = *context.snapshot;
  long long count = 0;
  const auto add = [&](std::string what, std::string where, std::string value, std::string_view source) {
    ++count;
    auto& row = page.section("YEARLESS");
    row.set("YEARLESS_WHAT", what);
    row.set("YEARLESS_WHERE", where);
    row.set("YEARLESS_VALUE", value);
    row.set("YEARLESS_SOURCE", source_name(source));
  };
  const auto region_name = [&](const std::string& code) {
    const auto* region = snapshot.region(code);
    return region ? name_of(region->name, language) : code;
  };
  for (const auto& potential : snapshot.potentials(snapshot.without_year()))
    for (const auto& figure : potential.figures)
      if (!figure.year)
        add(name_of(potential.title, language) + ": " + figure_kind_name(language, figure.kind),
            region_name(potential.region_code), quantity_text(language, figure.quantity, figure.unit),
            figure.source);
  for (const auto& value : snapshot.data().indicators)
    if (!value.year) {
      std::string what = indicator_name(language, value.indicator);
      if (const auto* commodity = snapshot.commodity(value.commodity))
        what += ": " + name_of(commodity->name, language);
      add(what, region_name(value.region_code), quantity_text(language, value.value, value.unit),
          value.source);
    }
  page.set("YEARLESS_COUNT", language.trn("{n} figure without a year", "{n} figures without a year", count));
  page.show("HAS_YEARLESS", count > 0);
}

void fill_boundaries(html::Page& page, const RequestContext& context) {
  const auto& set = context.snapshot->data().boundaries;
  std::vector<std::string> missing;
  long long districts = 0;
  for (const auto& boundary : set.boundaries) {
    if (boundary.level != 3) continue;
    ++districts;
    const bool empty = boundary.bands.empty() || boundary.bands.back().empty();
    if (empty) missing.push_back(boundary.name);
  }
  std::sort(missing.begin(), missing.end(),
            [&](const auto& a, const auto& b) { return context.language->compare(a, b) < 0; });
  page.show("NO_AREAS", set.boundaries.empty());
  page.show("INDICATIVE", !set.boundaries.empty() && set.indicative);
  if (!set.boundaries.empty() && !set.indicative) page.section("OFFICIAL").set("BOUNDARY_SOURCE", set.source);
  page.set("DISTRICTS", context.language->integer(districts));
  if (missing.empty()) return;
  auto& box = page.section("NO_POLYGON");
  box.set("NO_POLYGON_COUNT",
          context.language->trn("{n} district without an area", "{n} districts without an area",
                                static_cast<long long>(missing.size())));
  std::string names;
  for (const auto& name : missing) names += (names.empty() ? "" : ", ") + name;
  box.set("NO_POLYGON_NAMES", names);
}

}  // namespace

http::Response about_data_page(const RequestContext& context) {
  const auto& language = *context.language;
  auto page = page_of(context, "site/about_data.html");
  fill_counts(page, context);
  fill_sources_list(page, language);
  fill_doubts(page, language);
  fill_yearless(page, context);
  fill_boundaries(page, context);

  PageInfo info;
  info.title = language.tr("About the data");
  info.description = language.tr(
      "Where the data of this register come from, on what terms, how they were made and what "
      "is doubtful in them.");
  info.path = "tentang-data";
  info.nav = Nav::Data;
  info.kind = "about";
  return render_page(context, info, page.render_fragment());
}

}  // namespace simpul::web::site
