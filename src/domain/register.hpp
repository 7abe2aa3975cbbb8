// The nouns of the register as plain records, and the whole published register as one value: what storage
// reads, what the catalogue is built from. No I/O.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "domain/area.hpp"
#include "domain/attachment.hpp"
#include "domain/boundary.hpp"
#include "domain/freshness.hpp"
#include "domain/names.hpp"
#include "geo/geometry.hpp"

namespace simpul::domain {

// Daerah: the province or one of its kabupaten/kota. `code` is Kemendagri's ("74.01"), `bps_code` the other
// scheme ("7404"); they differ inside the province.
struct Region {
  std::string code;
  std::string bps_code;
  LocalText name;    // "Kabupaten Kolaka", "Kolaka Regency"
  std::string kind;  // province | regency | city
  std::string capital;
  std::optional<geo::Point> capital_point;
  std::optional<double> area_km2;
  std::optional<std::int64_t> population;
  std::optional<int> population_year;
  std::optional<int> established_year;
  std::string website;  // https://... or empty
  std::string source;
};

// Lapangan usaha: one of the 17 business fields of regional GDP (PDRB). The letter alone is ambiguous since
// KBLI 2025, so the scheme is stored with it.
struct Sector {
  std::string scheme;  // "PDRB2010"
  std::string code;    // "A" ... "MN", "RSTU"
  LocalText name;
};

// Display group: one of the 8 colours of the map.
struct Group {
  std::string code;  // tani laut tambang industri infra wisata dagang publik
  LocalText name;
  LocalText short_name;
};

struct Commodity {
  std::string slug;
  LocalText name;
  std::string sector;
  std::string category;
  std::string hs_code;
  std::string unit;
};

// One figure of a potential. Without a year it is stored and listed among the doubts, and not shown as a
// figure.
struct Figure {
  double quantity = 0;
  std::string unit;
  std::string kind;  // production area population capacity reserve length visitors investment_value export
  std::optional<int> year;
  std::string source;
};

// Potensi daerah.
struct Potential {
  std::int64_t id = 0;  // of the database; never in an address
  std::string slug;     // stable: the id of the address
  std::string region_code;
  std::string sector;      // code of Sector
  std::string category;    // tourism, fishery, ... (closed list of reference/sectors)
  std::string group;       // code of Group, derived from category, then sector
  std::string commodity;   // slug of Commodity or empty
  geo::Geometry geometry;  // empty when accuracy is Regency: no point of its own leaves the register
  LocationAccuracy accuracy = LocationAccuracy::Regency;
  LocalText title;
  LocalText summary;
  LocalText description;
  std::vector<Figure> figures;
  std::vector<std::string> forms;  // of kCooperationForms
  PotentialStatus status = PotentialStatus::Indicative;
  Maturity maturity = Maturity::Potensi;
  std::string contact_unit;  // the office that answers, or empty
  std::vector<Attachment> attachments;
  std::vector<std::string> sources;  // one statement each: publisher, date, address
  std::string note;                  // doubts, in Indonesian
  std::optional<Date>
      confirmed;         // last confirmed by the region; none: from public sources, not yet confirmed
  bool overdue = false;  // confirmed, and past the region's term on the snapshot's day; the catalogue decides
  Instant changed;
  std::int64_t version = 1;
};

// Nilai indikator. Region "00" is the nation.
struct IndicatorValue {
  std::string region_code;
  std::string indicator;
  std::string sector;     // or empty
  std::string commodity;  // or empty
  std::optional<int> year;
  double value = 0;
  std::string unit;
  std::string source;
};

// What one person needs of a food commodity in a year.
struct Need {
  std::string commodity;
  double kg_per_person_year = 0;
  std::string scope;  // national | province
  int year = 0;
  std::string kind;  // household consumption | total need
  std::string conversion_note;
  std::string source;
};

// Kerja sama as publicly reported: not yet a case with its course.
struct Agreement {
  std::int64_t id = 0;
  std::string slug;
  LocalText title;
  std::vector<std::string> parties;
  std::string type;           // ksdd ksdpk sinergi ksdpl ksdll
  std::string document_kind;  // mou | kesepakatan_bersama | pks | empty
  std::optional<Date> signed_on;
  std::optional<Date> ends_on;
  std::string subject;  // Indonesian
  std::string region_code;
  std::string source;
};

struct Regulation {
  std::string code;  // "UU-23-2014"
  LocalText title;
  int year = 0;
  std::string number;
  std::string kind;   // UU PP Perpres Permendagri Permenlu Perda
  std::string topic;  // region cooperation investment data spatial industry mining tourism finance
  LocalText summary;
  std::string source;
};

// What is published beside the potentials and what they refer to.
struct PublishedTables {
  std::vector<Region> regions;  // by code
  std::vector<Sector> sectors;  // A ... RSTU
  std::vector<Group> groups;    // in display order
  Freshness freshness;          // how long a confirmation counts
  std::vector<Commodity> commodities;
  std::vector<IndicatorValue> indicators;
  std::vector<Need> needs;
  std::vector<Agreement> agreements;
  std::vector<Regulation> regulations;
  BoundarySet boundaries;
};

// All that is published, at one point of the audit log, where the register is small enough to be one value.
struct PublishedRegister : PublishedTables {
  std::int64_t audit_sequence = 0;  // of the last audit entry that is in it
  Instant last_change;              // of that entry; 0: empty register
  std::vector<Potential> potentials;
  std::vector<StoredFile> files;  // that potentials name, by hash; without what is not public
  AreaSet areas;
};

// What a full record has, in this order.
inline constexpr std::string_view kRecordParts[] = {"description", "figure",  "year",      "point",
                                                    "commodity",   "contact", "confirmed", "translation"};
inline constexpr int kRecordPartCount = 8;

// What a potential lacks for a full record: bit i stands for kRecordParts[i].
std::uint8_t missing_mask(const Potential& potential);
// The same as names. Completeness is 100 * (8 - missing) / 8, rounded down.
std::vector<std::string_view> missing_parts(const Potential& potential);
int completeness_percent(const Potential& potential);
int percent_without(std::uint8_t missing_mask);

}  // namespace simpul::domain
