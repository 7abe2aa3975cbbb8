#include "storage/records.hpp"

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "geo/wkb.hpp"
#include "i18n/fold.hpp"
#include "storage/files.hpp"
#include "storage/freshness.hpp"
#include "storage/hidden.hpp"
#include "storage/json.hpp"
#include "storage/tags.hpp"

namespace simpul::storage {
namespace {

const db::Statement kFind("records.find", R"sql(
SELECT r.id, r.state, r.published, r.content, s.wkb, r.group_code, r.confirmed, r.comments, r.checked, r.author,
       r.changed_by, r.version, r.changed_at, r.confirm_due, r.assignee, r.tags
FROM records r LEFT JOIN shapes s ON s.hash = r.shape
WHERE r.id = $1 AND )sql" SIMPUL_NOT_HIDDEN("r.id"));

const db::Statement kVersion(
    "records.version", "SELECT version FROM records WHERE id = $1 AND " SIMPUL_NOT_HIDDEN("records.id"));

const db::Statement kSlugTaken("records.slug_taken", "SELECT id FROM records WHERE slug = $1 AND id <> $2");

const db::Statement kPut("records.put", R"sql(
INSERT INTO records (id, slug, region_code, unit, state, published, title, title_folded, words_folded, group_code,
                     sector, category, commodity, confirmed, content, shape, comments, checked, author, changed_by,
                     version, created_at, changed_at, confirm_due)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $22, $23)
ON CONFLICT (id) DO UPDATE SET
  slug = excluded.slug, region_code = excluded.region_code, unit = excluded.unit, state = excluded.state,
  published = excluded.published, title = excluded.title, title_folded = excluded.title_folded,
  words_folded = excluded.words_folded, group_code = excluded.group_code, sector = excluded.sector,
  category = excluded.category, commodity = excluded.commodity, confirmed = excluded.confirmed,
  content = excluded.content, shape = excluded.shape, comments = excluded.comments, checked = excluded.checked,
  author = excluded.author, changed_by = excluded.changed_by, version = excluded.version,
  changed_at = excluded.changed_at, confirm_due = excluded.confirm_due)sql");

const db::Statement kDropFiles("record_files.drop", "DELETE FROM record_files WHERE record = $1");
const db::Statement kDropKeys("import_keys.drop", "DELETE FROM import_keys WHERE record = $1");
const db::Statement kDrop("records.drop", "DELETE FROM records WHERE id = $1");

const db::Statement kPutShape("shapes.put",
                              "INSERT INTO shapes (hash, wkb) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING");

const db::Statement kFindShape("shapes.find", "SELECT wkb FROM shapes WHERE hash = $1");

const db::Statement kFindKey("idempotency_keys.find",
                             "SELECT record, request FROM idempotency_keys WHERE account = $1 AND key = $2");
const db::Statement kPutKey("idempotency_keys.put", R"sql(
INSERT INTO idempotency_keys (account, key, noun, record, request, made_at) VALUES ($1, $2, $3, $4, $5, $6))sql");

const db::Statement kLine("records.line", R"sql(
SELECT id, slug, title, region_code, unit, group_code, sector, category, commodity, state, published, version,
       changed_at, changed_by, confirmed, confirm_due, assignee, tags, title_folded
FROM records WHERE id = $1 AND )sql" SIMPUL_NOT_HIDDEN("records.id"));

std::string indonesian(const domain::LocalText& text) {
  const auto found = text.find("id");
  return found == text.end() ? std::string() : found->second;
}

// What the list's search looks through.
std::string search_words(const domain::PotentialDraft& draft) {
  std::string words = draft.slug;
  for (const auto* texts : {&draft.title, &draft.summary})
    for (const auto& [language, text] : *texts) words += ' ' + text;
  return i18n::fold(words + ' ' + draft.commodity + ' ' + draft.category + ' ' + draft.unit);
}

domain::Record record_of(const db::Row& row) {
  domain::Record record;
  record.id = row.integer(0);
  record.state = domain::record_state(row.text(1));
  record.published = row.boolean(2);
  record.draft = draft_of(row.text(3));
  if (!row.null(4)) record.draft.geometry = geo::from_wkb(row.blob(4));
  record.group = row.text(5);
  record.confirmed = parse_date(row.text(6));
  const auto comments = boost::json::parse(row.text(7));
  for (const auto& comment : comments.as_array())
    record.comments.push_back(
        {std::string(comment.at("field").as_string()), std::string(comment.at("text").as_string())});
  record.checked = row.boolean(8);
  record.author = row.integer(9);
  record.changed_by = row.text(10);
  record.version = row.integer(11);
  record.changed = row.instant(12);
  record.confirm_due = parse_date(row.text(13));
  record.assignee = row.integer(14);
  record.tags = tags_of(row.text(15));
  return record;
}

}  // namespace

boost::json::object content_of(const domain::PotentialDraft& draft) {
  boost::json::array figures;
  for (const auto& figure : draft.figures)
    figures.push_back(boost::json::object{{"quantity", figure.quantity},
                                          {"unit", figure.unit},
                                          {"kind", figure.kind},
                                          {"year", or_null(figure.year)},
                                          {"source", figure.source}});
  return {{"slug", draft.slug},
          {"region", draft.region_code},
          {"unit", draft.unit},
          {"sector", draft.sector},
          {"category", draft.category},
          {"commodity", draft.commodity},
          {"accuracy", draft.accuracy},
          {"title", to_json(draft.title)},
          {"summary", to_json(draft.summary)},
          {"description", to_json(draft.description)},
          {"figures", std::move(figures)},
          {"forms", to_json(draft.forms)},
          {"status", draft.status},
          {"maturity", draft.maturity},
          {"contact_unit", draft.contact_unit},
          {"attachments", to_json(draft.attachments)},
          {"sources", to_json(draft.sources)},
          {"note", draft.note}};
}

domain::PotentialDraft draft_of(std::string_view json) {
  const auto value = boost::json::parse(json);
  const auto& object = value.as_object();
  const auto text = [&](std::string_view name) { return std::string(object.at(name).as_string()); };
  const auto local = [&](std::string_view name) {
    return local_text(boost::json::serialize(object.at(name)));
  };
  domain::PotentialDraft draft;
  draft.slug = text("slug");
  draft.region_code = text("region");
  draft.unit = text("unit");
  draft.sector = text("sector");
  draft.category = text("category");
  draft.commodity = text("commodity");
  draft.accuracy = text("accuracy");
  draft.title = local("title");
  draft.summary = local("summary");
  draft.description = local("description");
  for (const auto& figure : object.at("figures").as_array()) {
    const auto& year = figure.at("year");
    draft.figures.push_back({figure.at("quantity").to_number<double>(),
                             std::string(figure.at("unit").as_string()),
                             std::string(figure.at("kind").as_string()),
                             year.is_null() ? std::nullopt : std::optional(year.to_number<int>()),
                             std::string(figure.at("source").as_string())});
  }
  draft.forms = words(boost::json::serialize(object.at("forms")));
  draft.status = text("status");
  draft.maturity = text("maturity");
  draft.contact_unit = text("contact_unit");
  // Older contents have none.
  if (const auto* attachments = object.if_contains("attachments"))
    draft.attachments = attachments_of(*attachments);
  draft.sources = words(boost::json::serialize(object.at("sources")));
  draft.note = text("note");
  return draft;
}

std::optional<geo::Geometry> find_shape(db::Connection& connection, std::string_view hash) {
  return connection.first(kFindShape, {hash}, [](const db::Row& row) { return geo::from_wkb(row.blob(0)); });
}

std::optional<domain::Record> find_record(db::Connection& connection, std::int64_t id) {
  return connection.first(kFind, {id}, record_of);
}

std::optional<std::int64_t> record_version(db::Connection& connection, std::int64_t id) {
  return connection.first(kVersion, {id}, [](const db::Row& row) { return row.integer(0); });
}

bool slug_taken(db::Connection& connection, std::string_view slug, std::int64_t but) {
  return connection.first(kSlugTaken, {slug, but}, [](const db::Row&) { return true; }).has_value();
}

RecordText text_of(const domain::Record& record) {
  const auto& draft = record.draft;
  RecordText text;
  text.title = json_text(draft.title);
  text.title_folded = i18n::fold(indonesian(draft.title));
  text.words = search_words(draft);
  text.content = boost::json::serialize(content_of(draft));
  boost::json::array comments;
  for (const auto& comment : record.comments)
    comments.push_back(boost::json::object{{"field", comment.field}, {"text", comment.text}});
  text.comments = boost::json::serialize(comments);
  if (draft.geometry && !draft.geometry->empty()) {
    text.wkb = geo::to_wkb(*draft.geometry);
    text.shape = crypto::hash_hex(text.wkb);
  }
  return text;
}

void put_record(WriteTransaction& transaction, const domain::Record& record) {
  put_record(transaction, record, text_of(record));
}

void put_record(WriteTransaction& transaction, const domain::Record& record, const RecordText& text) {
  auto& connection = transaction.connection();
  const auto& draft = record.draft;
  if (!text.shape.empty()) connection.run(kPutShape, {text.shape, db::Blob{text.wkb}});
  std::optional<std::string> due;
  if (record.confirmed)
    due = to_iso(
        domain::confirmed_until(*record.confirmed, read_freshness(connection).months_of(draft.region_code)));
  connection.run(kPut, {record.id,
                        draft.slug,
                        draft.region_code,
                        draft.unit,
                        domain::word(record.state),
                        record.published,
                        text.title,
                        text.title_folded,
                        text.words,
                        record.group,
                        draft.sector,
                        draft.category,
                        draft.commodity,
                        date_text(record.confirmed),
                        text.content,
                        text.shape.empty() ? std::nullopt : std::optional(text.shape),
                        text.comments,
                        record.checked,
                        record.author,
                        record.changed_by,
                        record.version,
                        record.changed,
                        due});
}

void drop_record(WriteTransaction& transaction, std::int64_t id) {
  // What pointed at it: files, whose room is free again, and the key of an office's own list.
  transaction.connection().run(kDropFiles, {id});
  transaction.connection().run(kDropKeys, {id});
  transaction.connection().run(kDrop, {id});
}

std::optional<RecordLine> find_line(db::Connection& connection, std::int64_t id, RecordOrder order) {
  return connection.first(kLine, {id}, [&](const db::Row& row) {
    RecordLine line{row.integer(0),
                    row.text(1),
                    local_text(row.text(2)),
                    row.text(3),
                    row.text(4),
                    row.text(5),
                    row.text(6),
                    row.text(7),
                    row.text(8),
                    row.text(9),
                    row.boolean(10),
                    row.integer(11),
                    row.instant(12),
                    row.text(13),
                    row.text(14),
                    row.text(15),
                    row.integer(16),
                    tags_of(row.text(17)),
                    {}};
    if (order == RecordOrder::Title || order == RecordOrder::TitleDown)
      line.sort_key = row.text(18);
    else if (order == RecordOrder::Region || order == RecordOrder::RegionDown)
      line.sort_key = line.region;
    else
      line.sort_key = std::to_string(line.changed.microseconds);
    return line;
  });
}

std::optional<EarlierAnswer> find_idempotency_key(db::Connection& connection, std::int64_t account,
                                                  std::string_view key) {
  return connection.first(kFindKey, {account, key}, [](const db::Row& row) {
    return EarlierAnswer{row.integer(0), row.text(1)};
  });
}

void put_idempotency_key(WriteTransaction& transaction, std::int64_t account, std::string_view key,
                         std::string_view noun, std::int64_t record, std::string_view request) {
  transaction.connection().run(kPutKey, {account, key, noun, record, request, transaction.now()});
}

}  // namespace simpul::storage
