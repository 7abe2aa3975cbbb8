#include "web/site/datasets.hpp"

#include <algorithm>
#include <cmath>

#include "base/error.hpp"

namespace simpul::web::site {
namespace {

using domain::LocalText;

Cell text(std::string_view value) {
  return value.empty() ? Cell() : Cell(std::string(value));
}
Cell text_in(const LocalText& texts, std::string_view language) {
  const auto found = texts.find(language);
  return found == texts.end() ? Cell() : text(found->second);
}
template <typename Number>
Cell number(const std::optional<Number>& value) {
  return value ? Cell(static_cast<double>(*value)) : Cell();
}
// Six decimals, as in GeoJSON: a tenth of a metre.
Cell degrees(double value) {
  return Cell(std::round(value * 1e6) / 1e6);
}
Cell date(const std::optional<Date>& value) {
  return value ? text(to_iso(*value)) : Cell();
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (const auto& part : parts) {
    if (!out.empty()) out += separator;
    out += part;
  }
  return out;
}

// The first figure that has a year: without one a number is not given away.
const domain::Figure* first_figure(const domain::Potential& potential) {
  for (const auto& figure : potential.figures)
    if (figure.year) return &figure;
  return nullptr;
}

constexpr Column kPotentialColumns[] = {
    {"id", msgid("Stable name of the potential, part of its address"), 26},
    {"title_id", msgid("Title in Indonesian"), 38},
    {"title_en", msgid("Title in English"), 38},
    {"region_code", msgid("Code of the regency or city (Ministry of Home Affairs), text"), 10},
    {"region_name", msgid("Name of the regency or city in Indonesian"), 24},
    {"group", msgid("Display group: one of eight"), 10},
    {"sector", msgid("Business field of GRDP 2010 (PDRB2010), A to RSTU"), 8},
    {"category", msgid("Category, finer than the field"), 16},
    {"commodity", msgid("Commodity, as in the set of commodities"), 16},
    {"status",
     msgid("existing: in use; offered: an offer was reported; indicative: a possibility. Our reading"), 11},
    {"maturity", msgid("Readiness: potensi, prospektif, siap_ditawarkan"), 12},
    {"cooperation_forms",
     msgid("Forms that would suit, parted by semicolons. Our reading, confirmed by no office"), 20},
    {"quantity", msgid("Figure; empty when its source names no year"), 14},
    {"unit", msgid("Unit of the figure"), 10},
    {"quantity_kind", msgid("What the figure counts: production, area, reserve ..."), 12},
    {"year", msgid("Year of the figure"), 7},
    {"longitude", msgid("Degrees east (WGS84); empty when only the region is known"), 11},
    {"latitude", msgid("Degrees north (WGS84); empty when only the region is known"), 11},
    {"location_accuracy", msgid("exact, village, district: what the point stands for; regency: no point"),
     12},
    {"summary_id", msgid("Summary in Indonesian"), 60},
    {"summary_en", msgid("Summary in English"), 60},
    {"confirmed",
     msgid("Day on which the region confirmed the entry; empty: from public sources, not confirmed"), 11},
    {"not_confirmed_since",
     msgid("The same day, when that is longer ago than the region lets a confirmation count"), 11},
    {"completeness", msgid("How complete the record is, per cent"), 8},
    {"sources", msgid("Where it was read"), 60},
    {"note", msgid("Doubts, in Indonesian"), 40},
    {"changed", msgid("When the record last changed (UTC)"), 20},
    {"page", msgid("Address of the page"), 40},
};

void potential_rows(const DataRequest& request, const RowSink& sink) {
  for (const auto ordinal : request.potentials) {
    const auto potential = request.snapshot.potential(ordinal);
    const auto* region = request.snapshot.region(potential.region_code);
    const auto* figure = first_figure(potential);
    const bool located =
        potential.accuracy != domain::LocationAccuracy::Regency && !potential.geometry.empty();
    const auto box = geo::bounds(potential.geometry);
    sink({text(potential.slug),
          text_in(potential.title, "id"),
          text_in(potential.title, "en"),
          text(potential.region_code),
          region ? text_in(region->name, "id") : Cell(),
          text(potential.group),
          text(potential.sector),
          text(potential.category),
          text(potential.commodity),
          text(domain::word(potential.status)),
          text(domain::word(potential.maturity)),
          text(joined(potential.forms, ";")),
          figure ? Cell(figure->quantity) : Cell(),
          figure ? text(figure->unit) : Cell(),
          figure ? text(figure->kind) : Cell(),
          figure ? number(figure->year) : Cell(),
          located ? degrees((box.min_x + box.max_x) / 2) : Cell(),
          located ? degrees((box.min_y + box.max_y) / 2) : Cell(),
          text(domain::word(potential.accuracy)),
          text_in(potential.summary, "id"),
          text_in(potential.summary, "en"),
          date(potential.confirmed),
          potential.overdue ? date(potential.confirmed) : Cell(),
          Cell(static_cast<double>(domain::completeness_percent(potential))),
          text(joined(potential.sources, " | ")),
          text(potential.note),
          text(to_iso(potential.changed)),
          text(request.page_prefix + potential.slug)});
  }
}

constexpr Column kRegionColumns[] = {
    {"code", msgid("Code of the Ministry of Home Affairs, text")},
    {"bps_code", msgid("Code of Statistics Indonesia (BPS): differs inside the province")},
    {"name_id", msgid("Name in Indonesian")},
    {"name_en", msgid("Name in English")},
    {"kind", msgid("province, regency or city")},
    {"capital", msgid("Seat of government")},
    {"capital_longitude", msgid("Degrees east of the seat")},
    {"capital_latitude", msgid("Degrees north of the seat")},
    {"area_km2", msgid("Area in square kilometres")},
    {"population", msgid("People, civil registration")},
    {"population_year", msgid("Year of the population")},
    {"established_year", msgid("Year of the founding law")},
    {"website", msgid("Official site, where its address was seen in a source")},
    {"source", msgid("Where it was read")},
};

void region_rows(const DataRequest& request, const RowSink& sink) {
  for (const auto& region : request.snapshot.regions())
    sink({text(region.code), text(region.bps_code), text_in(region.name, "id"), text_in(region.name, "en"),
          text(region.kind), text(region.capital),
          region.capital_point ? degrees(region.capital_point->x) : Cell(),
          region.capital_point ? degrees(region.capital_point->y) : Cell(), number(region.area_km2),
          region.population_year ? number(region.population) : Cell(), number(region.population_year),
          number(region.established_year), text(region.website), text(region.source)});
}

constexpr Column kIndicatorColumns[] = {
    {"region_code", msgid("Code of the region; 00 is Indonesia, 74 the province")},
    {"indicator", msgid("Name of the indicator; quarters and nine months have names of their own")},
    {"sector", msgid("Business field of GRDP 2010 (PDRB2010), where the value belongs to one")},
    {"commodity", msgid("Commodity, where the value belongs to one")},
    {"year", msgid("Year of the value")},
    {"value", msgid("The value")},
    {"unit", msgid("Its unit")},
    {"source", msgid("Where it was read")},
};

void indicator_rows(const DataRequest& request, const RowSink& sink) {
  for (const auto& value : request.snapshot.data().indicators)
    if (value.year)
      sink({text(value.region_code), text(value.indicator), text(value.sector), text(value.commodity),
            number(value.year), Cell(value.value), text(value.unit), text(value.source)});
}

constexpr Column kCommodityColumns[] = {
    {"slug", msgid("Stable name of the commodity")},
    {"name_id", msgid("Name in Indonesian")},
    {"name_en", msgid("Name in English")},
    {"sector", msgid("Business field of GRDP 2010 (PDRB2010), A to RSTU")},
    {"category", msgid("Category, finer than the field")},
    {"hs_code", msgid("Code of the customs tariff (HS), where sure; text")},
    {"unit", msgid("Unit in which it is counted")},
};

void commodity_rows(const DataRequest& request, const RowSink& sink) {
  for (const auto& commodity : request.snapshot.data().commodities)
    sink({text(commodity.slug), text_in(commodity.name, "id"), text_in(commodity.name, "en"),
          text(commodity.sector), text(commodity.category), text(commodity.hs_code), text(commodity.unit)});
}

constexpr Column kNeedColumns[] = {
    {"commodity", msgid("Commodity, as in the set of commodities")},
    {"kg_per_person_year", msgid("Kilograms that one person needs in a year")},
    {"scope", msgid("national or province")},
    {"year", msgid("Year of the value")},
    {"kind", msgid("household consumption or total need: do not mix them")},
    {"conversion_note", msgid("How the yearly figure was worked out")},
    {"source", msgid("Where it was read")},
};

void need_rows(const DataRequest& request, const RowSink& sink) {
  for (const auto& need : request.snapshot.data().needs)
    sink({text(need.commodity), Cell(need.kg_per_person_year), text(need.scope),
          Cell(static_cast<double>(need.year)), text(need.kind), text(need.conversion_note),
          text(need.source)});
}

constexpr Column kAgreementColumns[] = {
    {"id", msgid("Stable name of the agreement")},
    {"title_id", msgid("Title in Indonesian")},
    {"title_en", msgid("Title in English")},
    {"parties", msgid("Parties, parted by semicolons")},
    {"type", msgid("ksdd, ksdpk, sinergi, ksdpl, ksdll. Our reading")},
    {"document_kind", msgid("mou, kesepakatan_bersama, pks; empty when not reported")},
    {"signed_on", msgid("Day, month or year of signature as reported")},
    {"ends_on", msgid("End of the term; empty when not reported")},
    {"subject", msgid("What it is about, in Indonesian")},
    {"region_code", msgid("Code of the region that signed; 74 is the province")},
    {"source", msgid("Where it was read")},
};

void agreement_rows(const DataRequest& request, const RowSink& sink) {
  for (const auto& agreement : request.snapshot.data().agreements)
    sink({text(agreement.slug), text_in(agreement.title, "id"), text_in(agreement.title, "en"),
          text(joined(agreement.parties, ";")), text(agreement.type), text(agreement.document_kind),
          date(agreement.signed_on), date(agreement.ends_on), text(agreement.subject),
          text(agreement.region_code), text(agreement.source)});
}

constexpr Column kRegulationColumns[] = {
    {"code", msgid("Stable name of the regulation")},
    {"kind", msgid("UU, PP, Perpres, Permendagri, Permenlu, Perda")},
    {"number", msgid("Number, text")},
    {"year", msgid("Year of the regulation")},
    {"topic", msgid("Topic, one of nine")},
    {"title_id", msgid("Title in Indonesian")},
    {"title_en", msgid("Title in English")},
    {"summary_id", msgid("Summary in Indonesian")},
    {"summary_en", msgid("Summary in English")},
    {"source", msgid("Where it was read; “belum dibaca” means that it was not opened")},
};

void regulation_rows(const DataRequest& request, const RowSink& sink) {
  for (const auto& regulation : request.snapshot.data().regulations)
    sink({text(regulation.code), text(regulation.kind), text(regulation.number),
          Cell(static_cast<double>(regulation.year)), text(regulation.topic), text_in(regulation.title, "id"),
          text_in(regulation.title, "en"), text_in(regulation.summary, "id"),
          text_in(regulation.summary, "en"), text(regulation.source)});
}

// The province has not chosen a licence for its data yet: until then the words say what the sources allow.
constexpr const char* kFacts = msgid(
    "Facts may be quoted with the source named; our own texts: Apache-2.0, the licence of this program.");
constexpr const char* kPoints = msgid(
    "Facts may be quoted with the source named; our own texts: Apache-2.0. Points of villages and districts "
    "were "
    "worked out from GADM 4.1: not for commercial use.");

std::size_t count_indicators(const catalog::Snapshot& snapshot) {
  const auto& all = snapshot.data().indicators;
  return static_cast<std::size_t>(
      std::count_if(all.begin(), all.end(), [](const auto& v) { return v.year.has_value(); }));
}

constexpr Dataset kDatasets[] = {
    {"potentials", msgid("Potentials"), kPoints, kPotentialColumns, potential_rows,
     [](const catalog::Snapshot& s) { return s.size(); }},
    {"regions", msgid("Regions"),
     msgid("Codes, areas and people: public decree, read through cahyadsn/wilayah (MIT). Some points of the "
           "seats were "
           "worked out from GADM 4.1: not for commercial use."),
     kRegionColumns, region_rows, [](const catalog::Snapshot& s) { return s.regions().size(); }},
    {"indicators", msgid("Indicators"),
     msgid("Facts of BPS and other offices: may be quoted with the source named."), kIndicatorColumns,
     indicator_rows, count_indicators},
    {"commodities", msgid("Commodities"), kFacts, kCommodityColumns, commodity_rows,
     [](const catalog::Snapshot& s) { return s.data().commodities.size(); }},
    {"needs", msgid("Needs per person"),
     msgid("Facts of several offices: may be quoted with the source named."), kNeedColumns, need_rows,
     [](const catalog::Snapshot& s) { return s.data().needs.size(); }},
    {"agreements", msgid("Agreements"), kFacts, kAgreementColumns, agreement_rows,
     [](const catalog::Snapshot& s) { return s.data().agreements.size(); }},
    {"regulations", msgid("Regulations"), kFacts, kRegulationColumns, regulation_rows,
     [](const catalog::Snapshot& s) { return s.data().regulations.size(); }},
};

}  // namespace

std::span<const Dataset> datasets() {
  return kDatasets;
}

const Dataset* find_dataset(std::string_view code) {
  for (const auto& set : kDatasets)
    if (set.code == code) return &set;
  return nullptr;
}

DataRequest whole(const catalog::Snapshot& snapshot, std::string page_prefix) {
  return {snapshot, snapshot.all({}), std::move(page_prefix)};
}

}  // namespace simpul::web::site
