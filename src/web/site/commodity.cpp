// /{lang}/komoditas: all commodities by category; /{lang}/komoditas/{slug}: where one is found, what is known
// of its production and of what one person needs of it.
#include <algorithm>
#include <map>

#include "web/site/cards.hpp"
#include "web/site/classification.hpp"
#include "web/site/counts.hpp"
#include "web/site/figures.hpp"
#include "web/site/indicator_tables.hpp"
#include "web/site/list_state.hpp"
#include "web/site/pages.hpp"
#include "web/site/site.hpp"
#include "web/site/terms.hpp"
#include "web/site/words.hpp"

namespace simpul::web::site {
namespace {

constexpr std::size_t kPotentialsShown = 12;

long long count_of(const catalog::Snapshot& snapshot, std::string_view commodity) {
  return static_cast<long long>(snapshot.count("commodity", commodity));
}

void fill_needs(html::Page& page, const RequestContext& context, const domain::Commodity& commodity,
                std::vector<std::string>& sources) {
  const auto& language = *context.language;
  std::vector<const domain::Need*> needs;
  for (const auto& need : context.snapshot->data().needs)
    if (need.commodity == commodity.slug) needs.push_back(&need);
  if (needs.empty()) return;
  std::stable_sort(needs.begin(), needs.end(),
                   [](const auto* a, const auto* b) { return a->year > b->year; });
  auto& box = page.section("NEEDS");
  for (const auto* need : needs) {
    auto& row = box.section("NEED");
    row.set("NEED_KIND", need_kind_name(language, need->kind));
    row.set("NEED_SCOPE", need_scope_name(language, need->scope));
    row.set("NEED_YEAR", static_cast<long long>(need->year));
    row.set("NEED_VALUE", quantity_text(language, need->kg_per_person_year, "kg"));
    row.set("NEED_NOTE", need->conversion_note);
    fill_sources(row, {need->source});
    sources.push_back(need->source);
  }
}

void fill_facts(html::Page& page, const RequestContext& context, const domain::Commodity& commodity) {
  const auto& language = *context.language;
  page.set("CATEGORY_NAME", category_name(language, commodity.category));
  if (const auto* sector = context.snapshot->sector(commodity.sector)) {
    auto& link = page.section("SECTOR");
    link.set("SECTOR_URL", address(language, "sektor/" + sector->code));
    link.set("SECTOR_NAME", sector->code + " · " + name_of(sector->name, language));
  }
  if (!commodity.hs_code.empty()) page.section("HS").set("HS_CODE", commodity.hs_code);
  const auto unit = unit_name(language, commodity.unit);
  if (!unit.empty()) page.section("UNIT").set("UNIT_NAME", unit);
}

}  // namespace

http::Response commodities_page(const RequestContext& context) {
  const auto& language = *context.language;
  const auto& snapshot = *context.snapshot;
  std::map<std::string, std::vector<const domain::Commodity*>> by_category;
  for (const auto& commodity : snapshot.data().commodities)
    by_category[commodity.category].push_back(&commodity);
  std::vector<std::pair<std::string, std::string>> categories;  // name, code
  for (const auto& [code, list] : by_category) categories.emplace_back(category_name(language, code), code);
  std::sort(categories.begin(), categories.end(),
            [&](const auto& a, const auto& b) { return language.compare(a.first, b.first) < 0; });

  auto page = page_of(context, "site/commodities.html");
  page.set("COUNT_TEXT", language.trn("{n} commodity", "{n} commodities",
                                      static_cast<long long>(snapshot.data().commodities.size())));
  for (const auto& [name, code] : categories) {
    auto& list = by_category[code];
    std::sort(list.begin(), list.end(), [&](const auto* a, const auto* b) {
      return language.compare(name_of(a->name, language), name_of(b->name, language)) < 0;
    });
    auto& part = page.section("CATEGORY");
    part.set("CATEGORY_ID", code);
    part.set("CATEGORY_NAME", name);
    for (const auto* commodity : list) {
      auto& item = part.section("COMMODITY");
      item.set("COMMODITY_URL", address(language, "komoditas/" + commodity->slug));
      item.set("COMMODITY_NAME", name_of(commodity->name, language));
      item.set("COMMODITY_COUNT", count_of(snapshot, commodity->slug));
    }
  }
  PageInfo info;
  info.title = language.tr("Commodities");
  info.description = language.tr("The commodities of Southeast Sulawesi by category, with their potentials.");
  info.path = "komoditas";
  info.nav = Nav::Potentials;
  info.kind = "commodities";
  return render_page(context, info, page.render_fragment());
}

http::Response commodity_page(const RequestContext& context) {
  const auto& language = *context.language;
  const auto* commodity = context.snapshot->commodity(context.captured);
  if (!commodity)
    throw Error(ErrorKind::NotFound, "There is no commodity “{slug}”.",
                {{"slug", std::string(context.captured)}});

  const auto filter = only("commodity", commodity->slug);
  const auto name = name_of(commodity->name, language);
  const std::string group = classification().category(commodity->category)
                                ? classification().group_of(commodity->category, commodity->sector)
                                : "publik";
  std::vector<const domain::IndicatorValue*> values;
  std::vector<std::string> sources;
  for (const auto& value : context.snapshot->data().indicators)
    if (value.commodity == commodity->slug && value.year) {
      values.push_back(&value);
      sources.push_back(value.source);
    }

  auto page = page_of(context, "site/commodity.html");
  std::size_t total = 0;
  const auto potentials = first_potentials(context, filter, kPotentialsShown, &total);
  page.set("NAME", name);
  page.set("GROUP", group);
  page.set("COUNT_TEXT", language.trn("{n} potential", "{n} potentials", static_cast<long long>(total)));
  page.set("LIST_URL", address(language, "potensi", domain::to_query(filter)));
  fill_facts(page, context, *commodity);
  page.set("BY_REGION", potentials_by_region(context, filter, group));
  page.show("LISTED", total > 0);
  page.show("NO_POTENTIALS", total == 0);
  if (total) {
    auto& list = page.section("POTENTIALS");
    list.show("PARTIAL", total > potentials.size());
    add_items(list, "POTENTIAL", "site/result.html", context, potentials);
    for (const auto& potential : potentials)
      sources.insert(sources.end(), potential.sources.begin(), potential.sources.end());
  }
  page.show("NO_FIGURES", values.empty());
  page.set("COMPARED", regions_compared(context, values, group));
  page.set("TABLES", indicator_tables(context, values));
  fill_needs(page, context, *commodity, sources);

  Provenance provenance;
  for (const auto& source : sources)
    if (const auto short_name = source_name(source);
        std::find(provenance.sources.begin(), provenance.sources.end(), short_name) ==
        provenance.sources.end())
      provenance.sources.push_back(short_name);
  page.set("PROVENANCE", provenance_box(context, provenance));

  PageInfo info;
  info.title = name;
  info.description =
      language.tr("{name} in Southeast Sulawesi: potentials by region, production and needs, with sources.",
                  {{"name", name}});
  info.path = "komoditas/" + commodity->slug;
  info.trail = {{language.tr("Commodities"), address(language, "komoditas")}};
  info.nav = Nav::Potentials;
  info.kind = "commodity";
  return render_page(context, info, page.render_fragment());
}

}  // namespace simpul::web::site
