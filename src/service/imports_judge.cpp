#include "service/imports_judge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>

#include "base/error.hpp"
#include "domain/cells.hpp"
#include "geo/geojson.hpp"
#include "geo/measure.hpp"
#include "geo/operations.hpp"
#include "geo/utm.hpp"
#include "i18n/fold.hpp"
#include "service/potentials.hpp"
#include "storage/records.hpp"

namespace simpul::service {
namespace {

using domain::PotentialDraft;
using domain::RecordState;
using domain::Right;

// Around the province with its waters: what lies here was meant.
constexpr geo::Box kProvince{119.5, -7.5, 125.5, -2.0};

constexpr std::string_view kOutcomes[] = {"new", "changed", "same", "error"};

bool inside(const geo::Box& box, geo::Point p) {
  return p.x >= box.min_x && p.x <= box.max_x && p.y >= box.min_y && p.y <= box.max_y;
}

template <typename Change>
void each_point(geo::Geometry& geometry, const Change& change) {
  for (auto& part : geometry.parts)
    for (auto& path : part)
      for (auto& point : path) point = change(point);
}

// The apostrophe by which our own files keep a spreadsheet from running a text as a formula.
std::string plain(std::string text) {
  if (text.size() > 1 && text[0] == '\'' && std::string_view("=+-@").find(text[1]) != std::string_view::npos)
    text.erase(0, 1);
  return text;
}

std::vector<std::string> listed(const std::string& text, std::string_view separators) {
  std::vector<std::string> items;
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find_first_of(separators, at), text.size());
    if (auto item = domain::clean_cell(std::string_view(text).substr(at, end - at)); !item.empty())
      items.push_back(std::move(item));
    at = end + 1;
  }
  return items;
}

boost::json::object with_geometry(const PotentialDraft& draft) {
  auto object = storage::content_of(draft);
  object["geometry"] = draft.geometry && !draft.geometry->empty()
                           ? boost::json::parse(geo::to_geojson(*draft.geometry))
                           : boost::json::value(nullptr);
  return object;
}

void add_changes(const std::string& prefix, const boost::json::value& from, const boost::json::value& to,
                 std::vector<MemberChange>& changes) {
  if (from == to) return;
  // Texts by language are named each.
  if (from.is_object() && to.is_object() &&
      (prefix == "title" || prefix == "summary" || prefix == "description")) {
    for (const auto* language : {"id", "en", "ar", "zh", "ja", "ko"}) {
      const auto* before = from.as_object().if_contains(language);
      const auto* after = to.as_object().if_contains(language);
      const boost::json::value none(nullptr);
      add_changes(prefix + "." + language, before ? *before : none, after ? *after : none, changes);
    }
    return;
  }
  changes.push_back({prefix, from, to});
}

}  // namespace

std::string_view word(RowOutcome outcome) {
  return kOutcomes[static_cast<std::size_t>(outcome)];
}

std::optional<RowOutcome> row_outcome(std::string_view text) {
  const auto found = std::ranges::find(kOutcomes, text);
  if (found == std::end(kOutcomes)) return std::nullopt;
  return static_cast<RowOutcome>(found - std::begin(kOutcomes));
}

// --- rows
// ------------------------------------------------------------------------------------------------------------

struct RowJudge::Reading {
  db::Connection& connection;
  const ImportRow& row;
  JudgedRow out;
  std::string title_folded;

  void fault(std::string field, std::string key, MessageArgs args = {}) {
    out.errors.push_back({std::move(field), std::move(key), std::move(args)});
  }
  void understood(std::string_view field, const std::string& from, std::string to) {
    if (from != to) out.understood.push_back({std::string(field), from, std::move(to)});
  }
};

RowJudge::RowJudge(const storage::Import& import, const std::vector<std::string>& fields,
                   const domain::Actor& actor, const domain::Classification& classification,
                   std::shared_ptr<const catalog::Snapshot> snapshot,
                   const std::vector<domain::ImportCode>& remembered,
                   std::map<std::int64_t, storage::Cells> fixes)
    : import_(import),
      actor_(actor),
      classification_(classification),
      snapshot_(std::move(snapshot)),
      vocabulary_(vocabulary_of(classification, snapshot_)),
      codes_(classification, *snapshot_),
      fixes_(std::move(fixes)),
      fields_(fields) {
  for (const auto& column : import.settings.columns) {
    const auto found = std::ranges::find(fields, column.column);
    if (found == fields.end()) continue;
    const auto at = static_cast<std::size_t>(found - fields.begin());
    columns_[column.field] = at;
    if (column.fill_down) above_[at] = {};
  }
  for (const auto& one : import.settings.defaults) defaults_[one.field] = one.value;
  // Own words win over the province's, those of this import over all.
  for (auto it = remembered.rbegin(); it != remembered.rend(); ++it)
    codes_.add(it->field, it->value, it->code);
  for (const auto& one : import.settings.codes) codes_.add(one.field, one.value, one.code);
}

void RowJudge::complete(ImportRow& row) {
  if (const auto fixes = fixes_.find(row.n); fixes != fixes_.end())
    for (std::size_t i = 0; i < fields_.size(); ++i)
      if (const auto fix = fixes->second.find(fields_[i]); fix != fixes->second.end())
        row.cells[i] = fix->second;
  for (auto& [column, text] : above_) {
    auto& cell = row.cells[column];
    if (domain::clean_cell(cell).empty())
      cell = text;
    else
      text = cell;
  }
}

// None: neither a column nor a default; empty: a column with nothing in it.
std::optional<std::string> RowJudge::cell(const Reading& reading, std::string_view field) const {
  std::optional<std::string> text;
  if (const auto column = columns_.find(field); column != columns_.end())
    text = plain(domain::clean_cell(reading.row.cells[column->second]));
  if (!text || text->empty())
    if (const auto one = defaults_.find(field); one != defaults_.end()) text = one->second;
  return text;
}

std::string RowJudge::code(Reading& reading, std::string_view field, const std::string& value) const {
  if (value.empty()) return {};
  if (field == "region")
    if (auto region = domain::read_region_code(value); region && vocabulary_.regions.contains(*region)) {
      reading.understood(field, value, *region);
      return *region;
    }
  if (const auto* known = codes_.code_of(field, value)) {
    reading.understood(field, value, *known);
    return *known;
  }
  reading.out.unknown.push_back({std::string(field), value, {}});
  return value;  // validate() says what is wrong with it
}

JudgedRow RowJudge::judge(db::Connection& connection, const ImportRow& row, std::int64_t twin) const {
  Reading reading{connection, row, {}, {}};
  auto& out = reading.out;
  if (row.broken) {
    reading.fault(
        "", msgid("The rest of the file cannot be read: a quote is never closed, or the row is too long"));
    out.outcome = RowOutcome::Error;
    return std::move(out);
  }
  // The region and the title first: by them, or by slug or key, the record is found that the row goes on
  // from.
  auto& draft = out.draft;
  const auto region = cell(reading, "region");
  const auto region_code = region ? code(reading, "region", *region) : std::string();
  const auto title = cell(reading, "title.id");
  if (title) reading.title_folded = i18n::fold(*title);
  draft.region_code = region_code;
  if (auto slug = cell(reading, "slug")) draft.slug = *slug;
  if (auto key = cell(reading, "key")) out.key = key->substr(0, 200);
  find_record(reading);
  if (out.record) {
    const auto slug = draft.slug;
    draft = out.record->draft;
    if (!region_code.empty()) draft.region_code = region_code;
    if (!slug.empty()) draft.slug = slug;
  } else if (region_code.empty() && actor_.scope != domain::Scope::Province) {
    draft.region_code = actor_.region;
    reading.understood("region", "", actor_.region);
  }
  read_codes(reading);
  read_texts(reading);
  read_figure(reading);
  read_position(reading);
  if (draft.slug.empty()) {
    const auto found = draft.title.find("id");
    draft.slug = found == draft.title.end() ? "" : domain::slug_of(found->second);
    if (draft.slug.empty()) draft.slug = "impor";  // the run gives it its number
  }
  if (draft.unit.empty() && actor_.scope == domain::Scope::Unit) draft.unit = actor_.unit;
  check(reading, twin);
  return std::move(out);
}

void RowJudge::find_record(Reading& reading) const {
  auto& out = reading.out;
  auto& connection = reading.connection;
  std::optional<std::int64_t> id;
  const auto& match = import_.settings.match;
  if (match == "slug" && !out.draft.slug.empty())
    id = storage::record_of_slug(connection, out.draft.slug);
  else if (match == "key" && !out.key.empty())
    id = storage::record_of_key(connection, import_.region, out.key);
  else if (match == "title" && !reading.title_folded.empty()) {
    const auto& region = out.draft.region_code.empty() ? actor_.region : out.draft.region_code;
    const auto ids = storage::records_of_title(connection, region, reading.title_folded);
    if (ids.size() > 1)
      reading.fault("title.id", msgid("More than one record of this region has this title"));
    else if (!ids.empty())
      id = ids.front();
  }
  if (!id) return;
  auto record = storage::find_record(connection, *id);
  if (!record) return;
  // One that is not for the actor's eyes is said of no more than its address is taken.
  if (!domain::may(actor_, Right::Edit, {record->draft.region_code, record->draft.unit})) {
    reading.fault(match == "title" ? "title.id" : match, msgid("Another record has this address"));
    return;
  }
  out.record = std::move(record);
}

void RowJudge::read_codes(Reading& reading) const {
  auto& draft = reading.out.draft;
  const std::pair<std::string_view, std::string*> members[] = {
      {"sector", &draft.sector},     {"category", &draft.category}, {"commodity", &draft.commodity},
      {"accuracy", &draft.accuracy}, {"status", &draft.status},     {"maturity", &draft.maturity}};
  for (const auto& [field, member] : members)
    if (const auto value = cell(reading, field)) *member = code(reading, field, *value);
  if (const auto value = cell(reading, "forms")) {
    draft.forms.clear();
    for (const auto& form : listed(*value, ";,|/")) draft.forms.push_back(code(reading, "forms", form));
  }
  // What follows from the commodity need not be said.
  if (!draft.commodity.empty())
    if (const auto* commodity = snapshot_->commodity(draft.commodity)) {
      if (draft.sector.empty()) {
        draft.sector = commodity->sector;
        reading.understood("sector", "", commodity->sector);
      }
      if (draft.category.empty()) {
        draft.category = commodity->category;
        reading.understood("category", "", commodity->category);
      }
    }
}

void RowJudge::read_texts(Reading& reading) const {
  auto& draft = reading.out.draft;
  const auto local = [&](domain::LocalText& texts, const char* field, const char* language) {
    const auto value = cell(reading, field);
    if (!value) return;
    if (value->empty())
      texts.erase(language);
    else
      texts[language] = *value;
  };
  local(draft.title, "title.id", "id");
  local(draft.title, "title.en", "en");
  local(draft.summary, "summary.id", "id");
  local(draft.summary, "summary.en", "en");
  local(draft.description, "description.id", "id");
  local(draft.description, "description.en", "en");
  if (auto value = cell(reading, "unit")) draft.unit = *value;
  if (auto value = cell(reading, "contact_unit")) draft.contact_unit = *value;
  if (auto value = cell(reading, "note")) draft.note = *value;
  if (const auto value = cell(reading, "source")) {
    draft.sources.clear();
    // As everywhere in the register's own files: "; " parts sources.
    for (std::size_t at = 0; at <= value->size();) {
      const auto end = std::min(value->find("; ", at), value->size());
      if (auto one = domain::clean_cell(std::string_view(*value).substr(at, end - at)); !one.empty())
        draft.sources.push_back(std::move(one));
      at = end + 2;
    }
  }
}

void RowJudge::read_figure(Reading& reading) const {
  auto& draft = reading.out.draft;
  const auto value = cell(reading, "quantity");
  if (!value) return;
  if (value->empty()) {
    // The first figure is the one that a table carries.
    if (!draft.figures.empty()) draft.figures.erase(draft.figures.begin());
    return;
  }
  const auto measure = domain::read_measure(*value, import_.settings.decimal == ",");
  if (!measure) {
    reading.fault("figures", msgid("\"{value}\" is not a number"), {{"value", *value}});
    return;
  }
  domain::Figure figure;
  if (!draft.figures.empty()) figure = draft.figures.front();
  figure.quantity = measure->value;
  const auto* column = import_.settings.column_of("quantity");
  if (const auto unit = cell(reading, "quantity_unit"); unit && !unit->empty())
    figure.unit = *unit;
  else if (!measure->unit.empty())
    figure.unit = measure->unit;
  else if (column && !column->unit.empty())
    figure.unit = column->unit;
  const auto plain = fmt::format("{}", measure->value);
  reading.understood("figures", *value, measure->unit.empty() ? plain : plain + " " + measure->unit);
  if (const auto kind = cell(reading, "quantity_kind")) figure.kind = code(reading, "quantity_kind", *kind);
  if (const auto year = cell(reading, "year")) {
    figure.year.reset();
    if (!year->empty()) {
      figure.year = domain::read_year(*year);
      if (!figure.year)
        reading.fault("figures", "{value} is not a year", {{"value", *year}});
      else
        reading.understood("year", *year, std::to_string(*figure.year));
    }
  }
  // The source of the figure goes with those of the record, unless they are as they were.
  const bool same_sources = reading.out.record && reading.out.record->draft.sources == draft.sources;
  if (const auto source = cell(reading, "source");
      source && !source->empty() && (figure.source.empty() || !same_sources))
    figure.source = *source;
  if (draft.figures.empty())
    draft.figures.push_back(std::move(figure));
  else
    draft.figures.front() = std::move(figure);
}

void RowJudge::read_position(Reading& reading) const {
  auto& draft = reading.out.draft;
  const auto& settings = import_.settings;
  std::optional<geo::Geometry> geometry;
  if (reading.row.geometry) {
    try {
      // Metres called degrees must come through: they are named below.
      geometry = geo::from_geojson(*reading.row.geometry);
    } catch (const Error& error) {
      // A coordinate beyond the Earth may be one in metres.
      if (const auto* object = reading.row.geometry->if_object();
          object && object->if_contains("coordinates")) {
        const auto& position = object->at("coordinates");
        if (const auto* pair = position.if_array(); pair && pair->size() >= 2 && (*pair)[0].is_number())
          geometry = geo::point((*pair)[0].to_number<double>(), (*pair)[1].to_number<double>());
      }
      if (!geometry) return reading.fault("geometry", error.key, error.args);
    }
  } else {
    std::optional<double> latitude, longitude;
    std::string shown;
    if (const auto both = cell(reading, "position"); both && !both->empty()) {
      const auto pair = domain::read_position(*both);
      if (!pair) return reading.fault("geometry", msgid("\"{value}\" is not a position"), {{"value", *both}});
      latitude = pair->latitude;
      longitude = pair->longitude;
      shown = *both;
    } else {
      const auto north = cell(reading, "lat"), east = cell(reading, "lon");
      if ((!north || north->empty()) && (!east || east->empty())) return;  // what is known already stays
      latitude = north ? domain::read_angle(*north) : std::nullopt;
      longitude = east ? domain::read_angle(*east) : std::nullopt;
      if (!latitude || !longitude)
        return reading.fault("geometry", msgid("\"{value}\" is not a position"),
                             {{"value", north.value_or("") + ", " + east.value_or("")}});
      shown = *north + ", " + *east;
    }
    const auto zone = geo::utm_zone(settings.crs);
    const auto place = zone ? geo::from_utm(*longitude, *latitude, zone->zone, zone->south)
                            : geo::Point{*longitude, *latitude};
    geometry = geo::point(place.x, place.y);
    // Seven decimals: a centimetre.
    each_point(*geometry, [](geo::Point p) {
      return geo::Point{std::round(p.x * 1e7) / 1e7, std::round(p.y * 1e7) / 1e7};
    });
    const auto p = geometry->parts[0][0][0];
    if (shown.find_first_not_of("0123456789.-, ") != std::string::npos || shown.find(',') != shown.rfind(','))
      reading.understood("geometry", shown, fmt::format("{}, {}", p.y, p.x));
  }
  if (geometry->empty()) return;
  const auto first = geometry->parts[0][0][0];
  // The three ways in which positions go wrong; each is told apart by where the place would be.
  const auto mend = [&](const char* kind, const char* key, auto change) {
    if (!inside(kProvince, change(first))) return false;
    reading.out.repairs.emplace_back(kind);
    if (settings.accepts(kind)) {
      each_point(*geometry, change);
      const auto now = geometry->parts[0][0][0];
      reading.understood("geometry", fmt::format("{}, {}", first.y, first.x),
                         fmt::format("{:.7g}, {:.8g}", now.y, now.x));
    } else {
      reading.fault("geometry", key);
    }
    return true;
  };
  bool troubled = false;
  if (!inside(kProvince, first)) {
    troubled = mend("swapped", msgid("Latitude and longitude look exchanged"),
                    [](geo::Point p) {
                      return geo::Point{p.y, p.x};
                    }) ||
               mend("south", msgid("The latitude has no minus: the province lies south of the equator"),
                    [](geo::Point p) {
                      return geo::Point{p.x, -p.y};
                    }) ||
               (first.x > 100'000 && first.x < 900'000 && first.y > 9'000'000 && first.y < 10'000'000 &&
                mend("utm", msgid("The position looks like metres of UTM zone 51 south, not degrees"),
                     [](geo::Point p) {
                       const auto turned = geo::from_utm(p.x, p.y, 51, true);
                       return geo::Point{std::round(turned.x * 1e7) / 1e7, std::round(turned.y * 1e7) / 1e7};
                     }));
    if (troubled && !reading.out.errors.empty() && reading.out.errors.back().field == "geometry") return;
  }
  if (geometry->kind != geo::GeometryKind::Point && geometry->kind != geo::GeometryKind::MultiPoint) {
    try {
      if (const auto why = geo::why_invalid(*geometry)) {
        reading.out.repairs.emplace_back("polygon");
        if (settings.accepts("polygon")) {
          *geometry = geo::repaired(*geometry);
          reading.understood("geometry", why->reason, "valid");
        } else {
          geo::check_valid(*geometry);
        }
      }
    } catch (const Error& error) {
      return reading.fault("geometry", error.key, error.args);
    }
  }
  draft.geometry = std::move(geometry);
}

std::string RowJudge::identity(const JudgedRow& judged) const {
  if (judged.record) return "r" + std::to_string(judged.record->id);
  const auto& match = import_.settings.match;
  if (match == "slug" && columns_.contains("slug") && !judged.draft.slug.empty())
    return "s" + judged.draft.slug;
  if (match == "key" && !judged.key.empty()) return "k" + judged.key;
  if (match == "title") {
    const auto title = judged.draft.title.find("id");
    if (title != judged.draft.title.end())
      return "t" + judged.draft.region_code + " " + i18n::fold(title->second);
  }
  return {};
}

void RowJudge::check(Reading& reading, std::int64_t twin) const {
  auto& out = reading.out;
  const auto& draft = out.draft;
  const domain::Belonging belongs{draft.region_code, draft.unit};
  if (vocabulary_.regions.contains(draft.region_code) && !domain::may(actor_, Right::Edit, belongs))
    reading.fault("region", msgid("The row belongs to another region: you write in {region} only"),
                  {{"region", actor_.region}});
  else if (import_.settings.action == "submit" && !domain::may(actor_, Right::Submit, belongs))
    reading.fault("region", msgid("You may not submit records of this region"));
  else if (import_.settings.action == "publish" && !domain::may(actor_, Right::Publish, belongs))
    reading.fault("region", msgid("You may not publish records of this region"));
  // An address made from the title is changed when it is taken; one that the file gives is not.
  const bool told_slug =
      std::ranges::any_of(out.errors, [](const FieldError& error) { return error.field == "slug"; });
  if (columns_.contains("slug") && !told_slug &&
      storage::slug_taken(reading.connection, draft.slug, out.record ? out.record->id : 0))
    reading.fault("slug", msgid("Another record has this address"));
  if (twin != 0) reading.fault("", msgid("Row {row} means the same record"), {{"row", std::to_string(twin)}});
  auto faults = domain::validate(draft, vocabulary_);
  as_members(faults);
  out.warnings = domain::warnings(draft, vocabulary_);
  as_members(out.warnings);
  const auto is_away = [](const FieldError& fault) { return fault.args.contains("km"); };
  const bool misplaced = std::ranges::any_of(out.warnings, is_away) || std::ranges::any_of(faults, is_away);
  const bool told =
      std::ranges::any_of(out.errors, [](const FieldError& error) { return error.field == "geometry"; });
  for (auto& fault : faults)
    // That there is no position follows from the trouble with it.
    if (!told || fault.field != "geometry") out.errors.push_back(std::move(fault));
  if (misplaced && draft.geometry && !draft.geometry->empty()) {
    Misplaced place;
    place.point = draft.geometry->parts[0][0][0];
    place.region = draft.region_code;
    if (const auto* area = vocabulary_.area_of(draft.region_code))
      place.km = geo::distance_km(*area, place.point);
    for (const auto& region : snapshot_->regions())
      if (region.code.size() > 2 && region.code != draft.region_code)
        if (const auto* area = vocabulary_.area_of(region.code); area && geo::contains(*area, place.point))
          place.in = region.code;
    out.misplaced = std::move(place);
  }
  if (out.record) {
    const auto& record = *out.record;
    if (record.state == RecordState::Submitted || record.state == RecordState::Verified)
      reading.fault("", "The record is being reviewed: withdraw it or have it returned first");
    else if (record.state == RecordState::Archived)
      reading.fault("", "The record is archived: reopen it first");
    else if (record.published && draft.slug != record.draft.slug)
      reading.fault("slug", "The address of a published record stays: others have linked to it");
    else if (import_.settings.action != "drafts" && record.state == RecordState::Draft &&
             record.author != actor_.account)
      reading.fault("", msgid("Somebody else is working on this record"));
  }
  if (!out.errors.empty()) {
    out.outcome = RowOutcome::Error;
    return;
  }
  if (!out.record) {
    out.outcome = RowOutcome::New;
    return;
  }
  const auto before = with_geometry(out.record->draft), after = with_geometry(draft);
  for (const auto& [name, value] : after) add_changes(std::string(name), before.at(name), value, out.changes);
  const auto state = out.record->state;
  const auto& action = import_.settings.action;
  if (action != "drafts" && state == RecordState::Draft)
    out.changes.push_back({"state", "draft", action == "submit" ? "submitted" : "published"});
  out.outcome = out.changes.empty() ? RowOutcome::Same : RowOutcome::Changed;
}

}  // namespace simpul::service
