// /{lang}/sektor: the 17 business fields; /{lang}/sektor/{code}: what one covers, its letters in the business
// classifications, its potentials by region, its commodities and its figures.
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

constexpr std::size_t kPotentialsShown = 8;

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& part : parts) out += (out.empty() ? "" : ", ") + part;
  return out;
}

const domain::SectorMapping* mapping_of(std::string_view sector) {
  for (const auto& mapping : classification().mappings)
    if (mapping.sector == sector) return &mapping;
  return nullptr;
}

std::string group_of_sector(std::string_view sector) {
  const auto& groups = classification().group_of_sector;
  const auto found = groups.find(sector);
  return found == groups.end() ? "publik" : found->second;
}

// The rules that belong to a field beyond all others; empty: none does.
std::string_view topic_of_sector(std::string_view sector) {
  if (sector == "B") return "mining";
  if (sector == "C") return "industry";
  if (sector == "I" || sector == "RSTU") return "tourism";
  if (sector == "L") return "industry";
  return {};
}

void fill_mapping(html::Page& page, const domain::Sector& sector) {
  const auto* mapping = mapping_of(sector.code);
  page.set("SCHEME", sector.scheme);
  page.set("CODE", sector.code);
  page.set("KBLI2020", mapping ? joined(mapping->kbli2020) : "");
  page.set("KBLI2025", mapping ? joined(mapping->kbli2025) : "");
  page.show("SHIFTED", mapping && mapping->kbli2020 != mapping->kbli2025);
}

void fill_share(html::Page& page, const RequestContext& context,
                const std::vector<const domain::IndicatorValue*>& values) {
  const domain::IndicatorValue* newest = nullptr;
  for (const auto* value : values)
    if (value->indicator == "grdp_share_current" && value->region_code == "74" && value->year &&
        (!newest || *value->year > *newest->year))
      newest = value;
  if (!newest) return;
  auto& figure = page.section("SHARE");
  figure.set("SHARE_VALUE", quantity_text(*context.language, newest->value, newest->unit));
  figure.set("SHARE_YEAR", static_cast<long long>(*newest->year));
  fill_sources(figure, {newest->source});
}

void fill_commodities(html::Page& page, const RequestContext& context, std::string_view sector) {
  const auto& language = *context.language;
  const auto count_of = [&](const domain::Commodity* commodity) {
    return static_cast<long long>(context.snapshot->count("commodity", commodity->slug));
  };
  std::vector<const domain::Commodity*> list;
  for (const auto& commodity : context.snapshot->data().commodities)
    if (commodity.sector == sector) list.push_back(&commodity);
  std::sort(list.begin(), list.end(), [&](const auto* a, const auto* b) {
    if (count_of(a) != count_of(b)) return count_of(a) > count_of(b);
    return language.compare(name_of(a->name, language), name_of(b->name, language)) < 0;
  });
  if (list.empty()) return;
  auto& box = page.section("COMMODITIES");
  for (const auto* commodity : list) {
    auto& item = box.section("COMMODITY");
    item.set("COMMODITY_URL", address(language, "komoditas/" + commodity->slug));
    item.set("COMMODITY_NAME", name_of(commodity->name, language));
    item.set("COMMODITY_COUNT", count_of(commodity));
  }
}

std::vector<std::string> sources_of(const std::vector<const domain::IndicatorValue*>& values) {
  std::vector<std::string> sources;
  for (const auto* value : values)
    if (const auto name = source_name(value->source);
        std::find(sources.begin(), sources.end(), name) == sources.end())
      sources.push_back(name);
  return sources;
}

}  // namespace

http::Response sectors_page(const RequestContext& context) {
  const auto& language = *context.language;
  auto page = page_of(context, "site/sectors.html");
  for (const auto& sector : context.snapshot->data().sectors) {
    auto& item = page.section("SECTOR");
    const auto* mapping = mapping_of(sector.code);
    item.set("URL", address(language, "sektor/" + sector.code));
    item.set("CODE", sector.code);
    item.set("NAME", name_of(sector.name, language));
    item.set("COUNT", static_cast<long long>(context.snapshot->count("sector", sector.code)));
    item.set("KBLI2020", mapping ? joined(mapping->kbli2020) : "");
    item.set("KBLI2025", mapping ? joined(mapping->kbli2025) : "");
  }
  PageInfo info;
  info.title = language.tr("Business fields");
  info.description =
      language.tr("The 17 business fields of regional GDP with their potentials in Southeast Sulawesi.");
  info.path = "sektor";
  info.nav = Nav::Potentials;
  info.kind = "sectors";
  return render_page(context, info, page.render_fragment());
}

http::Response sector_page(const RequestContext& context) {
  const auto& language = *context.language;
  const auto* sector = context.snapshot->sector(context.captured);
  if (!sector)
    throw Error(ErrorKind::NotFound, "There is no business field “{code}”.",
                {{"code", std::string(context.captured)}});

  const auto filter = only("sector", sector->code);
  const auto name = name_of(sector->name, language);
  const auto group = group_of_sector(sector->code);
  std::vector<const domain::IndicatorValue*> values;
  for (const auto& value : context.snapshot->data().indicators)
    if (value.sector == sector->code && value.commodity.empty()) values.push_back(&value);

  auto page = page_of(context, "site/sector.html");
  std::size_t total = 0;
  const auto potentials = first_potentials(context, filter, kPotentialsShown, &total);
  page.set("NAME", name);
  page.set("GROUP", group);
  const auto description = sector_description(sector->code);
  page.set("DESCRIPTION", name_of(description, language));
  page.set("COUNT_TEXT", language.trn("{n} potential", "{n} potentials", static_cast<long long>(total)));
  page.set("LIST_URL", address(language, "potensi", domain::to_query(filter)));
  fill_mapping(page, *sector);
  fill_share(page, context, values);
  page.set("BY_REGION", potentials_by_region(context, filter, group));
  page.show("LISTED", total > 0);
  page.show("NO_POTENTIALS", total == 0);
  if (total) add_items(page.section("POTENTIALS"), "POTENTIAL", "site/result.html", context, potentials);
  fill_commodities(page, context, sector->code);
  page.show("NO_FIGURES", values.empty());
  page.set("TABLES", indicator_tables(context, values));
  if (const auto topic = topic_of_sector(sector->code); !topic.empty())
    page.section("RULES").set("RULES_URL", address(language, "regulasi", "topic=" + std::string(topic)));
  Provenance provenance;
  provenance.sources = sources_of(values);
  provenance.sources.insert(provenance.sources.begin(),
                            language.tr("Classification: Statistics Indonesia (BPS)"));
  page.set("PROVENANCE", provenance_box(context, provenance));

  PageInfo info;
  info.title = name;
  info.description = name_of(description, language);
  info.path = "sektor/" + sector->code;
  info.trail = {{language.tr("Business fields"), address(language, "sektor")}};
  info.nav = Nav::Potentials;
  info.kind = "sector";
  return render_page(context, info, page.render_fragment());
}

}  // namespace simpul::web::site
