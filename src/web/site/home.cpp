// The home page: what is in the register, in one look. Every number on it is counted from the snapshot.
#include <algorithm>

#include "web/site/cards.hpp"
#include "web/site/charts.hpp"
#include "web/site/list_state.hpp"
#include "web/site/region_map.hpp"
#include "web/site/routes.hpp"
#include "web/site/site.hpp"
#include "web/site/words.hpp"

namespace simpul::web::site {
namespace {

constexpr std::size_t kChips = 5;
constexpr std::size_t kOffers = 6;
constexpr std::size_t kAgreements = 3;
// What people know the province for; those that the register holds come first, the most frequent others fill
// up.
constexpr std::string_view kKnownFor[] = {"cocoa",          "asphalt", "tuna",  "seaweed",
                                          "marine-tourism", "nickel",  "cashew"};

long long count_of(const catalog::Result& result, std::string_view facet, std::string_view code) {
  for (const auto& value : result.facets[domain::facet_index(facet)])
    if (value.code == code) return value.count;
  return 0;
}

void add_chips(html::Page& page, const RequestContext& context, const catalog::Result& all) {
  std::vector<std::string> chosen;
  const auto add = [&](std::string_view slug) {
    if (chosen.size() < kChips && std::ranges::find(chosen, slug) == chosen.end() &&
        count_of(all, "commodity", slug) > 0)
      chosen.emplace_back(slug);
  };
  for (const auto slug : kKnownFor) add(slug);
  auto values = all.facets[domain::facet_index("commodity")];
  std::ranges::stable_sort(values, std::ranges::greater(), &catalog::FacetValue::count);
  for (const auto& value : values) add(value.code);
  for (const auto& slug : chosen) {
    auto& chip = page.section("CHIP");
    chip.set("CHIP_NAME", value_name(*context.snapshot, *context.language, "commodity", slug));
    chip.set("CHIP_URL", address(*context.language, "potensi", domain::to_query(only("commodity", slug))));
  }
}

void add_map(html::Page& page, const RequestContext& context, const catalog::Result& all) {
  const auto& language = *context.language;
  std::vector<Area> areas;
  for (const auto* region : regions_of(*context.snapshot)) {
    const auto count = count_of(all, "region", region->code);
    areas.push_back(
        {region, static_cast<double>(count),
         short_name(*region, language) + ": " + language.trn("{n} potential", "{n} potentials", count),
         address(language, "wilayah/" + region->code)});
  }
  const auto map = region_map(*context.snapshot, language, areas,
                              language.tr("Map of the province: number of potentials in each region"));
  page.set("MAP", map.drawing);
  page.set("MAP_LEGEND", map.legend);
}

void add_facts(html::Page& page, const RequestContext& context, const catalog::Result& all) {
  const auto& language = *context.language;
  const auto& data = context.snapshot->data();
  const auto quality = context.snapshot->quality({});
  std::vector<Segment> segments;
  long long regions = 0;
  for (const auto* region : regions_of(*context.snapshot)) {
    const auto own = context.snapshot->quality(only("region", region->code));
    const bool whole = own.count > 0 && own.confirmed == own.count;
    segments.push_back(whole ? Segment::On : Segment::Off);
    regions += whole;
  }
  page.set("PUBLISHED", language.integer(static_cast<long long>(quality.count)));
  page.set("UNCONFIRMED_TEXT", language.trn("{n} from public sources, not yet confirmed by the region",
                                            "{n} from public sources, not yet confirmed by the region",
                                            static_cast<long long>(quality.unconfirmed)));
  page.set("OFFERED", language.integer(count_of(all, "status", "offered")));
  page.set("AGREEMENTS", language.integer(static_cast<long long>(data.agreements.size())));
  page.set("CONFIRMED", language.integer(regions));
  page.set("CONFIRMED_OF",
           language.tr("of {n}", {{"n", language.integer(static_cast<long long>(segments.size()))}}));
  page.set("RING", ring(segments, ""));
}

void add_groups(html::Page& page, const RequestContext& context, const catalog::Result& all) {
  for (const auto& group : context.snapshot->data().groups) {
    auto& tile = page.section("GROUP_TILE");
    tile.set("GROUP", group.code);
    tile.set("GROUP_NAME", name_of(group.name, *context.language));
    tile.set("GROUP_COUNT", context.language->integer(count_of(all, "group", group.code)));
    tile.set("GROUP_URL", address(*context.language, "potensi", domain::to_query(only("group", group.code))));
  }
}

void add_offers(html::Page& page, const RequestContext& context) {
  const auto& snapshot = *context.snapshot;
  catalog::Query query;
  query.filter = only("status", "offered");
  query.sort = catalog::Sort::Newest;
  query.language = context.language->code();
  query.limit = 60;
  const auto found = snapshot.find(query);
  if (found.ordinals.empty()) return;
  // One from each region first, so that the page does not speak of a single one.
  std::vector<domain::Potential> chosen;
  std::vector<std::string> regions;
  for (const auto ordinal : found.ordinals) {
    auto potential = snapshot.potential(ordinal);
    if (chosen.size() == kOffers || std::ranges::find(regions, potential.region_code) != regions.end())
      continue;
    regions.push_back(potential.region_code);
    chosen.push_back(std::move(potential));
  }
  auto& offers = page.section("OFFERS");
  offers.set("OFFERS_URL", address(*context.language, "potensi", domain::to_query(query.filter)));
  offers.set("OFFERS_ALL", context.language->trn("All {n} offered potentials", "All {n} offered potentials",
                                                 static_cast<long long>(found.total)));
  add_items(offers, "OFFER", "site/card.html", context, chosen);
}

void add_agreements(html::Page& page, const RequestContext& context) {
  const auto& language = *context.language;
  std::vector<const domain::Agreement*> latest;
  for (const auto& agreement : context.snapshot->data().agreements)
    if (agreement.signed_on) latest.push_back(&agreement);
  if (latest.empty()) return;
  std::ranges::stable_sort(latest,
                           [](const auto* a, const auto* b) { return *a->signed_on > *b->signed_on; });
  if (latest.size() > kAgreements) latest.resize(kAgreements);
  auto& strip = page.section("AGREEMENTS_STRIP");
  for (const auto* agreement : latest) {
    auto& row = strip.section("AGREEMENT");
    row.set("AGREEMENT_TITLE", name_of(agreement->title, language));
    row.set("AGREEMENT_DATE", language.date(*agreement->signed_on));
    row.set("AGREEMENT_ISO", to_iso(*agreement->signed_on));
    std::string parties;
    for (const auto& party : agreement->parties) parties += (parties.empty() ? "" : " · ") + party;
    row.set("AGREEMENT_PARTIES", parties);
    row.set("AGREEMENT_TYPE", form_name(language, agreement->type));
    row.set("AGREEMENT_KIND", document_kind_name(language, agreement->document_kind));
  }
}

}  // namespace

http::Response home_page(const RequestContext& context) {
  const auto& language = *context.language;
  catalog::Query query;
  query.language = language.code();
  query.limit = 0;
  query.facets = domain::facet_set({"group", "region", "commodity", "status"});
  const auto all = context.snapshot->find(query);
  const auto regions = static_cast<long long>(regions_of(*context.snapshot).size());

  auto page = page_of(context, "site/home.html");
  page.set("HEADLINE", language.trn("Potentials of {n} region, on one map that can be checked.",
                                    "Potentials of {n} regions, on one map that can be checked.", regions));
  add_chips(page, context, all);
  add_map(page, context, all);
  add_facts(page, context, all);
  add_groups(page, context, all);
  add_offers(page, context);
  add_agreements(page, context);

  PageInfo info;
  info.description = language.tr(
      "The potentials of the regions of Southeast Sulawesi with their sources: what there is, where it is, "
      "and who may be "
      "asked for cooperation.");
  info.nav = Nav::Home;
  info.kind = "home";
  const auto home = absolute(context, address(language, ""));
  info.structured.push_back(
      {{"@context", "https://schema.org"},
       {"@type", "WebSite"},
       {"name", "Potensi Sultra"},
       {"inLanguage", language.code()},
       {"url", home},
       {"potentialAction",
        {{"@type", "SearchAction"},
         {"target", absolute(context, address(language, "cari")) + "?q={search_term_string}"},
         {"query-input", "required name=search_term_string"}}}});
  return render_page(context, info, page.render_fragment());
}

}  // namespace simpul::web::site
