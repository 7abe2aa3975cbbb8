#include "domain/validate.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "geo/check.hpp"
#include "geo/measure.hpp"
#include "geo/operations.hpp"

namespace simpul::domain {
namespace {

using Words = std::span<const std::string_view>;

constexpr std::string_view kFigureKinds[] = {"production", "area",   "population", "capacity",
                                             "reserve",    "length", "visitors",   "investment_value",
                                             "export"};
constexpr std::string_view kStatusWords[] = {"existing", "offered", "indicative"};
constexpr std::string_view kAccuracyWords[] = {"exact", "village", "district", "regency"};
constexpr std::string_view kMaturityWords[] = {"potensi", "prospektif", "siap_ditawarkan"};
constexpr std::string_view kRegionKinds[] = {"province", "regency", "city"};
constexpr std::string_view kAgreementTypes[] = {"ksdd", "ksdpk", "sinergi", "ksdpl", "ksdll"};
constexpr std::string_view kDocumentKinds[] = {"", "mou", "kesepakatan_bersama", "pks"};
constexpr std::string_view kNeedScopes[] = {"national", "province"};
constexpr std::string_view kNeedKinds[] = {"household consumption", "total need"};
constexpr std::string_view kRegulationKinds[] = {"UU", "PP", "Perpres", "Permendagri", "Permenlu", "Perda"};
constexpr std::string_view kRegulationTopics[] = {
    "region", "cooperation", "investment", "data", "spatial", "industry", "mining", "tourism", "finance"};

constexpr std::string_view kNation = "00";
constexpr std::size_t kMaxTitle = 300;  // bytes
constexpr std::size_t kMaxText = 5'000;
constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2100;

// Gathers the faults of one record.
class Check {
 public:
  void fault(std::string field, std::string key, MessageArgs args = {}) {
    faults.push_back({std::move(field), std::move(key), std::move(args)});
  }

  void required(const char* field, std::string_view value) {
    if (value.empty()) faults.push_back(FieldError{field, "must not be empty", {}});
  }

  void source(const char* field, std::string_view value) {
    if (value.empty()) faults.push_back(FieldError{field, "A figure or statement needs its source", {}});
  }

  void text(const char* field, std::string_view value, std::size_t most = kMaxText) {
    if (value.size() > most)
      faults.push_back(FieldError{field, "is longer than {most} bytes", {{"most", std::to_string(most)}}});
  }

  void one_of(const char* field, std::string_view value, Words words) {
    if (std::ranges::find(words, value) != words.end()) return;
    std::string known;
    for (const auto word : words)
      if (!word.empty()) known.append(known.empty() ? "" : ", ").append(word);
    faults.push_back(FieldError{field,
                                "\"{value}\" is not known here; known: {known}",
                                {{"value", std::string(value)}, {"known", known}}});
  }

  void exists(const char* field, std::string_view value, bool there) {
    if (!there) unknown(field, value);
  }

  void year(const char* field, const std::optional<int>& value) {
    if (value && (*value < kFirstYear || *value > kLastYear))
      faults.push_back(FieldError{field, "{value} is not a year", {{"value", std::to_string(*value)}}});
  }

  void not_negative(const char* field, double value) {
    if (!std::isfinite(value) || value < 0)
      faults.push_back(FieldError{field, "must be a number not below 0", {}});
  }

  // Indonesian is always there; other languages may follow.
  void local(const char* field, const LocalText& value, std::size_t most) {
    const auto indonesian = value.find("id");
    required((std::string(field) + "_id").c_str(), indonesian == value.end() ? "" : indonesian->second);
    for (const auto& [language, words] : value)
      text((std::string(field) + '_' + language).c_str(), words, most);
  }

  void region(const char* field, const std::string& code, const Vocabulary& known) {
    exists(field, code, known.regions.contains(code));
  }

  void slug(const char* field, std::string_view value) {
    const bool good = !value.empty() && value.size() <= 100 && value.front() != '-' && value.back() != '-' &&
                      std::ranges::all_of(value, [](char c) {
                        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
                      });
    if (!good)
      faults.push_back(FieldError{field,
                                  "\"{value}\" is no identifier: a-z, 0-9 and -, at most 100",
                                  {{"value", std::string(value)}}});
  }

  std::vector<FieldError> faults;

 private:
  void unknown(const char* field, std::string_view value) {
    faults.push_back(FieldError{field, "\"{value}\" does not exist", {{"value", std::string(value)}}});
  }
};

void check_figures(Check& check, const std::vector<Figure>& figures) {
  for (const auto& figure : figures) {
    check.not_negative("quantity", figure.quantity);
    check.required("unit", figure.unit);
    check.one_of("quantity_kind", figure.kind, kFigureKinds);
    check.year("year", figure.year);
    check.source("source", figure.source);
  }
}

std::string rounded(double km) {
  auto text = std::to_string(std::round(km * 10) / 10);
  return text.substr(0, text.find('.') + 2);
}

}  // namespace

std::optional<double> outside_km(const std::optional<geo::Geometry>& geometry, std::string_view region,
                                 const Vocabulary& known) {
  if (!geometry || geometry->empty() || !known.area_of) return std::nullopt;
  const auto* area = known.area_of(region);
  if (!area || area->empty()) return std::nullopt;
  double farthest = 0;
  for (const auto& part : geometry->parts)
    for (const auto& path : part)
      for (const auto point : path) farthest = std::max(farthest, geo::distance_km(*area, point));
  return farthest > 0 ? std::optional(farthest) : std::nullopt;
}

std::vector<FieldError> validate(const PotentialDraft& draft, const Vocabulary& known) {
  Check check;
  check.slug("id", draft.slug);
  check.region("region_code", draft.region_code, known);
  check.exists("sector", draft.sector, known.classification->sector(draft.sector) != nullptr);
  check.exists("category", draft.category, known.classification->category(draft.category) != nullptr);
  check.exists("commodity", draft.commodity,
               draft.commodity.empty() || known.commodities.contains(draft.commodity));
  check.local("title", draft.title, kMaxTitle);
  check.local("summary", draft.summary, kMaxText);
  for (const auto& [language, words] : draft.description) check.text("description", words);
  check.one_of("location_accuracy", draft.accuracy, kAccuracyWords);
  check.one_of("status", draft.status, kStatusWords);
  for (const auto& form : draft.forms) check.one_of("cooperation_forms", form, kCooperationForms);
  check_figures(check, draft.figures);
  if (draft.figures.empty() && draft.sources.empty()) check.source("source", "");
  check.text("note", draft.note);
  check.text("unit", draft.unit, kMaxTitle);
  check.text("contact_unit", draft.contact_unit, kMaxTitle);
  for (auto& fault : validate(draft.attachments)) check.faults.push_back(std::move(fault));
  if (!draft.maturity.empty()) check.one_of("maturity", draft.maturity, kMaturityWords);
  if (!draft.geometry) {
    // Known by its region only: a point would say more than is known.
    if (draft.accuracy != "regency") check.required("lat", "");
  } else {
    try {
      geo::check(*draft.geometry);
      geo::check_valid(*draft.geometry);
      if (const auto km = outside_km(draft.geometry, draft.region_code, known); km && *km > kMaxOutsideKm)
        check.fault("lat", "The position is {km} km outside {region}",
                    {{"km", rounded(*km)}, {"region", draft.region_code}});
    } catch (const Error& error) {
      check.fault("lat", error.key, error.args);
    }
  }
  return std::move(check.faults);
}

std::vector<FieldError> warnings(const PotentialDraft& draft, const Vocabulary& known) {
  std::vector<FieldError> doubts;
  if (const auto km = outside_km(draft.geometry, draft.region_code, known); km && *km <= kMaxOutsideKm)
    doubts.push_back(FieldError{"lat",
                                "The position is {km} km outside {region}",
                                {{"km", rounded(*km)}, {"region", draft.region_code}}});
  return doubts;
}

Potential to_potential(const PotentialDraft& draft) {
  Potential potential;
  potential.slug = draft.slug;
  potential.region_code = draft.region_code;
  potential.sector = draft.sector;
  potential.category = draft.category;
  potential.commodity = draft.commodity;
  potential.geometry = draft.geometry.value_or(geo::Geometry{});
  potential.accuracy = location_accuracy(draft.accuracy);
  potential.title = draft.title;
  potential.summary = draft.summary;
  potential.description = draft.description;
  potential.figures = draft.figures;
  // In the order of the law, each once.
  for (const auto form : kCooperationForms)
    if (std::ranges::find(draft.forms, form) != draft.forms.end()) potential.forms.emplace_back(form);
  potential.status = potential_status(draft.status);
  potential.maturity = !draft.maturity.empty()                        ? maturity(draft.maturity)
                       : potential.status == PotentialStatus::Offered ? Maturity::Prospektif
                                                                      : Maturity::Potensi;
  potential.contact_unit = draft.contact_unit;
  potential.attachments = draft.attachments;
  potential.sources = draft.sources;
  potential.note = draft.note;
  return potential;
}

std::vector<FieldError> validate(const Region& region) {
  Check check;
  check.required("code", region.code);
  check.required("bps_code", region.bps_code);
  check.local("name", region.name, kMaxTitle);
  check.one_of("kind", region.kind, kRegionKinds);
  if (region.area_km2) {
    check.not_negative("area_km2", *region.area_km2);
  }
  if (region.population) {
    check.not_negative("population", static_cast<double>(*region.population));
    if (!region.population_year) check.required("population_year", "");
  }
  check.year("population_year", region.population_year);
  check.year("established_year", region.established_year);
  if (!region.website.empty() && !region.website.starts_with("https://") &&
      !region.website.starts_with("http://"))
    check.fault("website", "An address begins with https:// or http://");
  check.source("source", region.source);
  return std::move(check.faults);
}

std::vector<FieldError> validate(const Commodity& commodity, const Vocabulary& known) {
  Check check;
  check.slug("slug", commodity.slug);
  check.local("name", commodity.name, kMaxTitle);
  check.exists("sector", commodity.sector, known.classification->sector(commodity.sector) != nullptr);
  check.exists("category", commodity.category, known.classification->category(commodity.category) != nullptr);
  return std::move(check.faults);
}

std::vector<FieldError> validate(const IndicatorValue& value, const Vocabulary& known) {
  Check check;
  check.exists("region_code", value.region_code,
               value.region_code == kNation || known.regions.contains(value.region_code));
  check.required("indicator", value.indicator);
  check.exists("sector", value.sector, value.sector.empty() || known.classification->sector(value.sector));
  check.exists("commodity", value.commodity,
               value.commodity.empty() || known.commodities.contains(value.commodity));
  check.year("year", value.year);
  check.required("unit", value.unit);
  check.source("source", value.source);
  return std::move(check.faults);
}

std::vector<FieldError> validate(const Need& need, const Vocabulary& known) {
  Check check;
  check.exists("commodity", need.commodity, known.commodities.contains(need.commodity));
  check.not_negative("kg_per_person_year", need.kg_per_person_year);
  check.one_of("scope", need.scope, kNeedScopes);
  check.year("year", need.year);
  check.one_of("kind", need.kind, kNeedKinds);
  check.source("source", need.source);
  return std::move(check.faults);
}

std::vector<FieldError> validate(const Agreement& agreement, const Vocabulary& known) {
  Check check;
  check.local("title", agreement.title, kMaxTitle);
  if (agreement.slug.empty()) check.fault("title_id", "holds no letter or digit to make an address of");
  if (agreement.parties.size() < 2)
    check.fault("parties", "An agreement has at least two parties, separated by ;");
  check.one_of("type", agreement.type, kAgreementTypes);
  check.one_of("document_kind", agreement.document_kind, kDocumentKinds);
  check.region("region_code", agreement.region_code, known);
  check.text("subject", agreement.subject);
  check.source("source", agreement.source);
  return std::move(check.faults);
}

std::vector<FieldError> validate(const Regulation& regulation) {
  Check check;
  check.required("code", regulation.code);
  check.local("title", regulation.title, kMaxTitle);
  check.year("year", regulation.year);
  check.required("number", regulation.number);
  check.one_of("kind", regulation.kind, kRegulationKinds);
  check.one_of("topic", regulation.topic, kRegulationTopics);
  check.source("source", regulation.source);
  return std::move(check.faults);
}

std::string slug_of(std::string_view title) {
  constexpr std::size_t kMost = 100;
  std::string slug;
  for (const char c : title) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if ((lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9'))
      slug += lower;
    else if (!slug.empty() && slug.back() != '-')
      slug += '-';
  }
  if (slug.size() > kMost) slug.resize(kMost);
  while (slug.ends_with('-')) slug.pop_back();
  return slug;
}

}  // namespace simpul::domain
