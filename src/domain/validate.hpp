// The rules that every record must meet, whoever brings it: an import, a form, later the REST interface.
// Pure; all faults at once, each with the field it belongs to (the names of the columns of an import).
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "domain/attachment.hpp"
#include "domain/register.hpp"
#include "domain/sectors.hpp"

namespace simpul::domain {

// What exists: codes that a record may name.
struct Vocabulary {
  const Classification* classification = nullptr;
  std::set<std::string, std::less<>> regions;
  std::set<std::string, std::less<>> commodities;
  // The area of a region, or nullptr when its boundary is not known: then positions are not compared with it.
  std::function<const geo::Geometry*(std::string_view region)> area_of;
};

// A potential as somebody wrote it: words where the record has enumerations.
struct PotentialDraft {
  std::string slug;
  std::string region_code;
  std::string sector;
  std::string category;
  std::string commodity;
  std::optional<geo::Geometry> geometry;
  std::string accuracy;
  LocalText title;
  LocalText summary;
  LocalText description;
  std::vector<Figure> figures;
  std::vector<std::string> forms;
  std::string status;
  std::vector<std::string> sources;
  std::string note;
  // What an officer adds and an import leaves alone.
  std::string unit;          // the office that keeps the record
  std::string maturity;      // empty: follows from the status
  std::string contact_unit;  // the office that answers
  std::vector<Attachment> attachments;
};

// A position outside its region by at most this many km is doubtful, beyond it is refused.
inline constexpr double kMaxOutsideKm = 25;
// How far the geometry's farthest position lies outside the region, in km; nullopt: all of it is inside, or
// it cannot be told (no geometry, unknown region, no boundary).
std::optional<double> outside_km(const std::optional<geo::Geometry>& geometry, std::string_view region,
                                 const Vocabulary& known);

std::vector<FieldError> validate(const PotentialDraft& draft, const Vocabulary& known);
// What is accepted but should be looked at.
std::vector<FieldError> warnings(const PotentialDraft& draft, const Vocabulary& known);
// Of a draft without faults. Unless an officer said otherwise maturity follows from the status: offered is
// prospektif, the others are potensi; only an officer with evidence makes it siap_ditawarkan.
Potential to_potential(const PotentialDraft& draft);

std::vector<FieldError> validate(const Region& region);
std::vector<FieldError> validate(const Commodity& commodity, const Vocabulary& known);
std::vector<FieldError> validate(const IndicatorValue& value, const Vocabulary& known);
std::vector<FieldError> validate(const Need& need, const Vocabulary& known);
std::vector<FieldError> validate(const Agreement& agreement, const Vocabulary& known);
std::vector<FieldError> validate(const Regulation& regulation);

// "Misi dagang Jawa Timur 2025" -> "misi-dagang-jawa-timur-2025": at most 100 characters; what is neither a
// letter of a-z nor a digit separates.
std::string slug_of(std::string_view title);

}  // namespace simpul::domain
