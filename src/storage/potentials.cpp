#include "storage/potentials.hpp"

#include <limits>

#include "crypto/hash.hpp"
#include "geo/wkb.hpp"
#include "storage/files.hpp"
#include "storage/hidden.hpp"
#include "storage/json.hpp"

namespace simpul::storage {
namespace {

// The scheme of sector letters, stored beside each: a bare letter is ambiguous since KBLI 2025.
constexpr const char* kScheme = "PDRB2010";

const db::Statement kAnyReal("potentials.any_real", "SELECT id FROM potentials WHERE id < $1 LIMIT 1");
const db::Statement kAny("potentials.any", "SELECT id FROM potentials LIMIT 1");

const db::Statement kPage("potentials.page", R"sql(
SELECT id, slug, region_code, sector_code, category, commodity, geometry, accuracy, title, summary, description, forms,
       status, maturity, contact_unit, sources, note, confirmed, changed_at, version, attachments
FROM potentials
WHERE id > $2 AND id <= $3 AND (CAST($1 AS TEXT) = '' OR state = $1) AND )sql" SIMPUL_NOT_HIDDEN(
                                                 "potentials.id") " ORDER BY id LIMIT $4");

const db::Statement kFiguresOfPage("potentials.figures_of_page", R"sql(
SELECT potential_id, quantity, unit, kind, year, source FROM potential_figures
WHERE potential_id > $1 AND potential_id <= $2 ORDER BY potential_id, position)sql");

const db::Statement kPublishedBySlug("potentials.published_by_slug", R"sql(
SELECT id, slug, region_code, sector_code, category, commodity, geometry, accuracy, title, summary, description, forms,
       status, maturity, contact_unit, sources, note, confirmed, changed_at, version, attachments
FROM potentials
WHERE slug = $1 AND state = 'published' AND )sql" SIMPUL_NOT_HIDDEN("potentials.id"));

const db::Statement kPut("potentials.put", R"sql(
INSERT INTO potentials (id, slug, region_code, sector_scheme, sector_code, category, commodity, geometry, min_x, min_y,
                        max_x, max_y, accuracy, title, summary, description, forms, status, maturity, contact_unit,
                        sources, note, confirmed, state, version, created_at, changed_at, attachments)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
        'published', $24, $25, $25, $26)
ON CONFLICT (id) DO UPDATE SET
  slug = excluded.slug, region_code = excluded.region_code, sector_scheme = excluded.sector_scheme,
  sector_code = excluded.sector_code, category = excluded.category, commodity = excluded.commodity,
  geometry = excluded.geometry, min_x = excluded.min_x, min_y = excluded.min_y, max_x = excluded.max_x,
  max_y = excluded.max_y, accuracy = excluded.accuracy, title = excluded.title, summary = excluded.summary,
  description = excluded.description, forms = excluded.forms, status = excluded.status, maturity = excluded.maturity,
  contact_unit = excluded.contact_unit, sources = excluded.sources, note = excluded.note,
  confirmed = excluded.confirmed, version = excluded.version, changed_at = excluded.changed_at,
  attachments = excluded.attachments)sql");

const db::Statement kById("potentials.by_id", R"sql(
SELECT id, slug, region_code, sector_code, category, commodity, geometry, accuracy, title, summary, description, forms,
       status, maturity, contact_unit, sources, note, confirmed, changed_at, version, attachments
FROM potentials WHERE id = $1)sql");

const db::Statement kFiguresOf("potentials.figures_of", R"sql(
SELECT quantity, unit, kind, year, source FROM potential_figures WHERE potential_id = $1 ORDER BY position)sql");

const db::Statement kVersion("potentials.version", "SELECT version FROM potentials WHERE id = $1");

const db::Statement kSetState("potentials.set_state",
                              "UPDATE potentials SET state = $2, changed_at = $3 WHERE id = $1");

const db::Statement kAhead("potentials.ahead_of_records", R"sql(
SELECT p.id FROM potentials p LEFT JOIN records r ON r.id = p.id
WHERE p.state = 'published' AND p.id < $1 AND (r.id IS NULL OR (r.state = 'published' AND r.version < p.version)))sql");

const db::Statement kDeleteFigures("potentials.delete_figures",
                                   "DELETE FROM potential_figures WHERE potential_id = $1");

const db::Statement kAddFigure("potentials.add_figure", R"sql(
INSERT INTO potential_figures (potential_id, position, quantity, unit, kind, year, source)
VALUES ($1, $2, $3, $4, $5, $6, $7))sql");

std::optional<std::string> null_if_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

domain::Potential potential_of(const db::Row& row) {
  domain::Potential potential;
  potential.id = row.integer(0);
  potential.slug = row.text(1);
  potential.region_code = row.text(2);
  potential.sector = row.text(3);
  potential.category = row.text(4);
  potential.commodity = row.text(5);
  if (!row.null(6)) potential.geometry = geo::from_wkb(row.blob(6));
  potential.accuracy = domain::location_accuracy(row.text(7));
  potential.title = local_text(row.text(8));
  potential.summary = local_text(row.text(9));
  potential.description = local_text(row.text(10));
  potential.forms = words(row.text(11));
  potential.status = domain::potential_status(row.text(12));
  potential.maturity = domain::maturity(row.text(13));
  potential.contact_unit = row.text(14);
  potential.sources = words(row.text(15));
  potential.note = row.text(16);
  potential.confirmed = parse_date(row.text(17));
  potential.changed = row.instant(18);
  potential.version = row.integer(19);
  if (const auto attachments = row.text(20); attachments != "[]")
    potential.attachments = attachments_of(boost::json::parse(attachments));
  return potential;
}

void add_figures(db::Connection& connection, domain::Potential& potential) {
  connection.each(kFiguresOf, {potential.id}, [&](const db::Row& row) {
    potential.figures.push_back({row.real(0), row.text(1), row.text(2), row.optional_int(3), row.text(4)});
  });
}

}  // namespace

void each_potential(db::Connection& connection, std::string_view state, std::int64_t first, std::int64_t last,
                    const std::function<void(domain::Potential&&)>& take) {
  constexpr int kPotentialsOfPage = 2000;
  auto before = first - 1;
  for (;;) {
    std::vector<domain::Potential> page;
    connection.each(kPage, {state, before, last, kPotentialsOfPage},
                    [&](const db::Row& row) { page.push_back(potential_of(row)); });
    if (page.empty()) return;
    const auto end = page.back().id;
    auto at = page.begin();
    connection.each(kFiguresOfPage, {before, end}, [&](const db::Row& row) {
      const auto id = row.integer(0);
      while (at != page.end() && at->id < id) ++at;
      if (at == page.end() || at->id != id) return;  // of a record in another state
      at->figures.push_back({row.real(1), row.text(2), row.text(3), row.optional_int(4), row.text(5)});
    });
    const bool is_last = page.size() < static_cast<std::size_t>(kPotentialsOfPage);
    for (auto& potential : page) take(std::move(potential));
    if (is_last) return;
    before = end;
  }
}

bool has_real_potentials(db::Connection& connection) {
  return connection.first(kAnyReal, {kFirstMadeId}, [](const db::Row& row) { return row.integer(0); })
      .has_value();
}

bool has_potentials(db::Connection& connection) {
  return connection.first(kAny, {}, [](const db::Row& row) { return row.integer(0); }).has_value();
}

std::vector<domain::Potential> read_potentials(db::Connection& connection, std::string_view state) {
  std::vector<domain::Potential> potentials;
  each_potential(connection, state, 1, std::numeric_limits<std::int64_t>::max(),
                 [&](domain::Potential&& potential) { potentials.push_back(std::move(potential)); });
  return potentials;
}

std::optional<domain::Potential> find_published(db::Connection& connection, std::string_view slug) {
  auto potential = connection.first(kPublishedBySlug, {slug}, potential_of);
  if (potential) add_figures(connection, *potential);
  return potential;
}

std::optional<domain::Potential> find_potential(db::Connection& connection, std::int64_t id) {
  auto potential = connection.first(kById, {id}, potential_of);
  if (potential) add_figures(connection, *potential);
  return potential;
}

std::optional<std::int64_t> potential_version(db::Connection& connection, std::int64_t id) {
  return connection.first(kVersion, {id}, [](const db::Row& row) { return row.integer(0); });
}

void set_potential_state(WriteTransaction& transaction, std::int64_t id, std::string_view state) {
  transaction.connection().run(kSetState, {id, state, transaction.now()});
}

std::vector<std::int64_t> potentials_ahead_of_records(db::Connection& connection) {
  std::vector<std::int64_t> ids;
  connection.each(kAhead, {kFirstMadeId}, [&](const db::Row& row) { ids.push_back(row.integer(0)); });
  return ids;
}

std::string key_of(const domain::Potential& potential) {
  return potential.slug;
}

std::string content_of(const domain::Potential& potential) {
  boost::json::array figures;
  for (const auto& figure : potential.figures)
    figures.push_back(boost::json::object{{"quantity", figure.quantity},
                                          {"unit", figure.unit},
                                          {"kind", figure.kind},
                                          {"year", or_null(figure.year)},
                                          {"source", figure.source}});
  boost::json::value geometry(nullptr);
  if (!potential.geometry.empty()) {
    const auto box = geo::bounds(potential.geometry);
    geometry = boost::json::object{{"box", boost::json::array{box.min_x, box.min_y, box.max_x, box.max_y}},
                                   {"hash", crypto::hash_hex(geo::to_wkb(potential.geometry))}};
  }
  return boost::json::serialize(boost::json::object{{"slug", potential.slug},
                                                    {"region", potential.region_code},
                                                    {"scheme", kScheme},
                                                    {"sector", potential.sector},
                                                    {"category", potential.category},
                                                    {"commodity", potential.commodity},
                                                    {"geometry", std::move(geometry)},
                                                    {"accuracy", domain::word(potential.accuracy)},
                                                    {"title", to_json(potential.title)},
                                                    {"summary", to_json(potential.summary)},
                                                    {"description", to_json(potential.description)},
                                                    {"figures", std::move(figures)},
                                                    {"forms", to_json(potential.forms)},
                                                    {"status", domain::word(potential.status)},
                                                    {"maturity", domain::word(potential.maturity)},
                                                    {"contact_unit", potential.contact_unit},
                                                    {"attachments", to_json(potential.attachments)},
                                                    {"sources", to_json(potential.sources)},
                                                    {"note", potential.note},
                                                    {"confirmed", or_null(date_text(potential.confirmed))}});
}

PotentialText text_of(const domain::Potential& potential) {
  return {json_text(potential.title),
          json_text(potential.summary),
          json_text(potential.description),
          json_text(potential.forms),
          json_text(potential.sources),
          boost::json::serialize(to_json(potential.attachments)),
          potential.geometry.empty() ? std::string() : geo::to_wkb(potential.geometry)};
}

void put(WriteTransaction& transaction, const domain::Potential& potential) {
  put(transaction, potential, text_of(potential));
}

void put(WriteTransaction& transaction, const domain::Potential& potential, const PotentialText& text) {
  transaction.connection().run(kDeleteFigures, {potential.id});
  add(transaction, potential, text);
}

void add(WriteTransaction& transaction, const domain::Potential& potential, const PotentialText& text) {
  std::optional<db::Blob> wkb;
  std::optional<double> min_x, min_y, max_x, max_y;
  if (!text.wkb.empty()) {
    wkb = db::Blob{text.wkb};
    const auto box = geo::bounds(potential.geometry);
    min_x = box.min_x;
    min_y = box.min_y;
    max_x = box.max_x;
    max_y = box.max_y;
  }
  auto& connection = transaction.connection();
  connection.run(kPut, {potential.id,
                        potential.slug,
                        potential.region_code,
                        kScheme,
                        potential.sector,
                        potential.category,
                        null_if_empty(potential.commodity),
                        wkb,
                        min_x,
                        min_y,
                        max_x,
                        max_y,
                        domain::word(potential.accuracy),
                        text.title,
                        text.summary,
                        text.description,
                        text.forms,
                        domain::word(potential.status),
                        domain::word(potential.maturity),
                        potential.contact_unit,
                        text.sources,
                        potential.note,
                        date_text(potential.confirmed),
                        potential.version,
                        potential.changed,
                        text.attachments});
  int position = 0;
  for (const auto& figure : potential.figures)
    connection.run(kAddFigure, {potential.id, position++, figure.quantity, figure.unit, figure.kind,
                                figure.year, figure.source});
}

}  // namespace simpul::storage
