#include "web/site/words.hpp"

#include <map>

#include "base/error.hpp"

namespace simpul::web::site {
namespace {

using Words = std::map<std::string_view, const char*>;

std::string look_up(const Words& words, const i18n::Language& language, std::string_view code) {
  const auto found = words.find(code);
  return found == words.end() ? std::string(code) : language.tr(found->second);
}

}  // namespace

std::string status_name(const i18n::Language& language, domain::PotentialStatus status) {
  static const Words words = {{"existing", msgid("Running or in use")},
                              {"offered", msgid("Offered")},
                              {"indicative", msgid("Possibility")}};
  return look_up(words, language, domain::word(status));
}

std::string maturity_name(const i18n::Language& language, domain::Maturity maturity) {
  static const Words words = {{"potensi", msgid("Potential")},
                              {"prospektif", msgid("Prospective")},
                              {"siap_ditawarkan", msgid("Ready to be offered")}};
  return look_up(words, language, domain::word(maturity));
}

std::string accuracy_name(const i18n::Language& language, domain::LocationAccuracy accuracy) {
  static const Words words = {
      {"exact", msgid("The point of the place itself")},
      {"village", msgid("A point that stands for the village named by the source")},
      {"district", msgid("A point that stands for the district (kecamatan) named by the source")},
      {"regency", msgid("The source names only the region: there is no point of its own")}};
  return look_up(words, language, domain::word(accuracy));
}

std::string form_name(const i18n::Language& language, std::string_view form) {
  static const Words words = {{"ksdd", msgid("With another region (KSDD)")},
                              {"ksdpk", msgid("With a third party (KSDPK)")},
                              {"sinergi", msgid("Synergy with the central government")},
                              {"ksdpl", msgid("With a region abroad (KSDPL)")},
                              {"ksdll", msgid("With an institution abroad (KSDLL)")},
                              {"investment", msgid("Investment")}};
  return look_up(words, language, form);
}

std::string document_kind_name(const i18n::Language& language, std::string_view kind) {
  static const Words words = {{"", msgid("Document not named in the source")},
                              {"mou", msgid("Memorandum of understanding")},
                              {"kesepakatan_bersama", msgid("Joint agreement")},
                              {"pks", msgid("Cooperation agreement (PKS)")}};
  return look_up(words, language, kind);
}

std::string missing_name(const i18n::Language& language, std::string_view part) {
  static const Words words = {{"description", msgid("a description")},
                              {"figure", msgid("a figure")},
                              {"year", msgid("the year of the figure")},
                              {"point", msgid("a point of its own")},
                              {"commodity", msgid("the commodity")},
                              {"contact", msgid("the office that answers")},
                              {"confirmed", msgid("the confirmation of the region")},
                              {"translation", msgid("the text in both languages")}};
  return look_up(words, language, part);
}

std::string facet_name(const i18n::Language& language, std::string_view facet) {
  static const Words words = {{"group", msgid("Group")},        {"sector", msgid("Business field")},
                              {"region", msgid("Region")},      {"commodity", msgid("Commodity")},
                              {"form", msgid("Cooperation")},   {"status", msgid("Status")},
                              {"maturity", msgid("Readiness")}, {"q", msgid("Words")},
                              {"bbox", msgid("Map area")}};
  return look_up(words, language, facet);
}

std::string sort_name(const i18n::Language& language, std::string_view sort) {
  static const Words words = {{"relevance", msgid("Best match")},
                              {"title", msgid("Name")},
                              {"region", msgid("Region")},
                              {"newest", msgid("Newest")}};
  return look_up(words, language, sort);
}

std::string figure_kind_name(const i18n::Language& language, std::string_view kind) {
  static const Words words = {
      {"production", msgid("Production")}, {"area", msgid("Area")},
      {"population", msgid("Livestock")},  {"capacity", msgid("Capacity")},
      {"reserve", msgid("Reserve")},       {"length", msgid("Length")},
      {"visitors", msgid("Visitors")},     {"investment_value", msgid("Investment value")},
      {"export", msgid("Export")}};
  return look_up(words, language, kind);
}

std::string indicator_name(const i18n::Language& language, std::string_view indicator) {
  static const Words words = {
      {"area", msgid("Area")},
      {"electrification_rate", msgid("Households with electricity")},
      {"employment", msgid("People employed")},
      {"employment_share", msgid("Share of employment")},
      {"foreign_visitors", msgid("Foreign visitors")},
      {"gdp_constant_2010", msgid("GDP of Indonesia at constant 2010 prices")},
      {"gdp_constant_2010_gva", msgid("Gross value added of Indonesia at constant 2010 prices")},
      {"gdp_constant_2010_other_7_sectors",
       msgid("GDP of Indonesia of seven smaller fields together, constant 2010 prices")},
      {"gdp_constant_2010_product_taxes",
       msgid("Taxes less subsidies on products in Indonesia, constant 2010 prices")},
      {"gdp_current", msgid("GDP of Indonesia at current prices")},
      {"gdp_current_gva", msgid("Gross value added of Indonesia at current prices")},
      {"gdp_current_other_7_sectors",
       msgid("GDP of Indonesia of seven smaller fields together, current prices")},
      {"gdp_current_product_taxes", msgid("Taxes less subsidies on products in Indonesia, current prices")},
      {"gdp_growth", msgid("GDP growth of Indonesia")},
      {"gdp_share_current", msgid("Share of the GDP of Indonesia at current prices")},
      {"grdp_constant_2010", msgid("GRDP at constant 2010 prices")},
      {"grdp_constant_2010_q1", msgid("GRDP at constant 2010 prices, first quarter")},
      {"grdp_constant_2010_q2", msgid("GRDP at constant 2010 prices, second quarter")},
      {"grdp_current", msgid("GRDP at current prices")},
      {"grdp_current_q1", msgid("GRDP at current prices, first quarter")},
      {"grdp_current_q2", msgid("GRDP at current prices, second quarter")},
      {"grdp_growth", msgid("GRDP growth")},
      {"grdp_growth_q2", msgid("GRDP growth, second quarter")},
      {"grdp_irio", msgid("Value added in the inter-regional input-output table")},
      {"grdp_per_capita_current", msgid("GRDP per person at current prices")},
      {"grdp_share_current", msgid("Share of GRDP at current prices")},
      {"grdp_share_current_9_sector", msgid("Share of GRDP, former nine sectors")},
      {"grdp_share_current_q1", msgid("Share of GRDP, first quarter")},
      {"grdp_share_current_q2", msgid("Share of GRDP, second quarter")},
      {"grdp_share_of_province", msgid("Share of the GRDP of the province")},
      {"harvested_area", msgid("Harvested area")},
      {"hdi", msgid("Human development index")},
      {"homestay_rooms", msgid("Homestay rooms")},
      {"hotel_beds", msgid("Hotel beds")},
      {"installed_power", msgid("Installed power")},
      {"livestock_population", msgid("Livestock")},
      {"needs", msgid("Food needed in a year")},
      {"nickel_potential_area", msgid("Area with nickel")},
      {"peak_power_demand", msgid("Peak demand for power")},
      {"planted_area", msgid("Planted area")},
      {"poor_population", msgid("People in poverty")},
      {"population", msgid("Population")},
      {"poverty_rate", msgid("Poverty rate")},
      {"production", msgid("Production")},
      {"rice_milled_production", msgid("Milled rice production")},
      {"tourist_trips", msgid("Tourist trips")},
      {"tourist_trips_9m", msgid("Tourist trips, January to September")},
      {"tourist_visitors", msgid("Tourist visitors")}};
  return look_up(words, language, indicator);
}

std::string unit_name(const i18n::Language& language, std::string_view unit) {
  static const Words words = {{"t", msgid("tonnes")},
                              {"t Ni", msgid("tonnes of nickel")},
                              {"g", msgid("g")},
                              {"barrel", msgid("barrels")},
                              {"MWh", msgid("MWh")},
                              {"student", msgid("students")},
                              {"t/year", msgid("tonnes a year")},
                              {"t dry", msgid("tonnes dry")},
                              {"t Ni/year", msgid("tonnes of nickel a year")},
                              {"t cane/day", msgid("tonnes of cane a day")},
                              {"t copra/month", msgid("tonnes of copra a month")},
                              {"kg", msgid("kg")},
                              {"m", msgid("m")},
                              {"km", msgid("km")},
                              {"km2", msgid("km²")},
                              {"ha", msgid("ha")},
                              {"m3", msgid("m³")},
                              {"million m3", msgid("million m³")},
                              {"MW", msgid("MW")},
                              {"head", msgid("head")},
                              {"person", msgid("people")},
                              {"thousand_person", msgid("thousand people")},
                              {"students", msgid("students")},
                              {"trip", msgid("trips")},
                              {"trips", msgid("trips")},
                              {"visitors/year", msgid("visitors a year")},
                              {"TEU/year", msgid("TEU a year")},
                              {"room", msgid("rooms")},
                              {"homestay rooms", msgid("homestay rooms")},
                              {"bed", msgid("beds")},
                              {"index", ""}};
  const auto found = words.find(unit);
  if (found == words.end()) return std::string(unit);
  return *found->second ? language.tr(found->second) : "";
}

domain::TextIn text_of(const domain::LocalText& text, const i18n::Language& language) {
  return domain::text_in(text, language.code());
}

std::string name_of(const domain::LocalText& text, const i18n::Language& language) {
  return std::string(text_of(text, language).text);
}

std::string short_name(const domain::Region& region, const i18n::Language& language) {
  auto name = name_of(region.name, language);
  for (const std::string_view prefix : {"Kabupaten ", "Provinsi "})
    if (name.starts_with(prefix)) return name.substr(prefix.size());
  for (const std::string_view suffix : {" Regency", " City", " Province"})
    if (name.ends_with(suffix)) return name.substr(0, name.size() - suffix.size());
  return name;
}

}  // namespace simpul::web::site
