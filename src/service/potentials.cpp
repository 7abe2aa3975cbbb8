#include "service/potentials.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "geo/check.hpp"
#include "i18n/fold.hpp"
#include "service/outbox.hpp"
#include "storage/files.hpp"
#include "storage/potentials.hpp"
#include "storage/unsaved.hpp"

namespace simpul::service {
namespace {

using domain::PotentialDraft;
using domain::Record;
using domain::RecordAction;
using domain::RecordState;
using domain::Right;

constexpr const char* kNoRecord = "There is no record with this number";
constexpr const char* kForm = "Something in the form is not right";
constexpr int kHistory = 200;

domain::Belonging belongs(const PotentialDraft& draft) {
  return {draft.region_code, draft.unit};
}

// The rules speak of the columns of a file; an officer sees the members of the form.
std::string member_of(const std::string& column) {
  constexpr std::pair<std::string_view, std::string_view> kNames[] = {{"id", "slug"},
                                                                      {"region_code", "region"},
                                                                      {"location_accuracy", "accuracy"},
                                                                      {"cooperation_forms", "forms"},
                                                                      {"lat", "geometry"},
                                                                      {"title_id", "title.id"},
                                                                      {"title_en", "title.en"},
                                                                      {"summary_id", "summary.id"},
                                                                      {"summary_en", "summary.en"},
                                                                      {"quantity", "figures"},
                                                                      {"quantity_kind", "figures"},
                                                                      {"year", "figures"},
                                                                      {"source", "sources"}};
  for (const auto& [from, to] : kNames)
    if (column == from) return std::string(to);
  return column;
}

}  // namespace

void as_members(std::vector<FieldError>& faults) {
  for (auto& fault : faults) fault.field = member_of(fault.field);
}

PotentialDraft draft_of(const domain::Potential& potential) {
  PotentialDraft draft;
  draft.slug = potential.slug;
  draft.region_code = potential.region_code;
  draft.sector = potential.sector;
  draft.category = potential.category;
  draft.commodity = potential.commodity;
  if (!potential.geometry.empty()) draft.geometry = potential.geometry;
  draft.accuracy = domain::word(potential.accuracy);
  draft.title = potential.title;
  draft.summary = potential.summary;
  draft.description = potential.description;
  draft.figures = potential.figures;
  draft.forms = potential.forms;
  draft.status = domain::word(potential.status);
  draft.maturity = domain::word(potential.maturity);
  draft.contact_unit = potential.contact_unit;
  draft.attachments = potential.attachments;
  draft.sources = potential.sources;
  draft.note = potential.note;
  return draft;
}

namespace {

std::string indonesian_title(const PotentialDraft& draft) {
  const auto found = draft.title.find("id");
  return found == draft.title.end() ? std::string() : found->second;
}

}  // namespace

std::string group_or_none(const domain::Classification& classification, const PotentialDraft& draft) {
  if (classification.category(draft.category) == nullptr && classification.sector(draft.sector) == nullptr)
    return {};
  try {
    return classification.group_of(draft.category, draft.sector);
  } catch (const Error&) {
    return {};
  }
}

namespace {

// A file belongs to the records that it was attached to: somebody who knows its hash has nothing by that.
std::vector<FieldError> file_faults(db::Connection& connection, const Record& record) {
  std::vector<FieldError> faults;
  if (record.draft.attachments.empty()) return faults;
  const auto files = storage::files_of_record(connection, record.id);
  for (std::size_t i = 0; i < record.draft.attachments.size(); ++i) {
    const auto& one = record.draft.attachments[i];
    const auto prefix = "attachments." + std::to_string(i);
    const auto* file = domain::find_file(files, one.file);
    if (file == nullptr)
      faults.push_back({prefix + ".file", msgid("This file was not attached to this record"), {}});
    else if (file->kind != one.kind)
      faults.push_back({prefix + ".kind", msgid("The file is of another kind"), {}});
  }
  return faults;
}

}  // namespace

Potentials::Potentials(storage::Store& store, const domain::Classification& classification,
                       const Published<catalog::Snapshot>& snapshots, const Outbox* outbox)
    : store_(store), classification_(classification), snapshots_(snapshots), outbox_(outbox) {}

domain::Vocabulary Potentials::vocabulary(const std::shared_ptr<const catalog::Snapshot>& snapshot) const {
  return vocabulary_of(classification_, snapshot);
}

domain::Vocabulary vocabulary_of(const domain::Classification& classification,
                                 const std::shared_ptr<const catalog::Snapshot>& snapshot) {
  domain::Vocabulary known;
  known.classification = &classification;
  if (!snapshot) return known;
  for (const auto& region : snapshot->regions()) known.regions.insert(region.code);
  for (const auto& commodity : snapshot->data().commodities) known.commodities.insert(commodity.slug);
  known.area_of = [snapshot](std::string_view code) -> const geo::Geometry* {
    for (const auto& boundary : snapshot->data().boundaries.boundaries)
      if (boundary.code == code && !boundary.bands.empty()) return &boundary.bands.back();
    return nullptr;
  };
  return known;
}

domain::RecordStanding Potentials::standing_of(const Record& record, bool complete) const {
  return {record.state, belongs(record.draft), record.published, complete, record.checked, record.author};
}

RecordView Potentials::view_of(db::Connection& connection, const domain::Actor& actor, Record record) const {
  RecordView view;
  const auto known = vocabulary(snapshots_.get());
  view.errors = domain::validate(record.draft, known);
  view.warnings = domain::warnings(record.draft, known);
  view.steps = domain::steps(standing_of(record, view.errors.empty()), actor);
  as_members(view.errors);
  as_members(view.warnings);
  if (record.published)
    if (const auto published = storage::find_potential(connection, record.id))
      view.published = draft_of(*published);
  view.files = storage::files_of_record(connection, record.id);
  view.record = std::move(record);
  return view;
}

bool Potentials::narrow(const domain::Actor& actor, storage::RecordFilter& filter, Task task) {
  if (!actor.rights.has(Right::View)) return false;
  if (actor.scope != domain::Scope::Province) filter.scope_region = actor.region;
  if (actor.scope == domain::Scope::Unit) filter.scope_unit = actor.unit;
  // An actor that belongs nowhere sees nothing, not everything.
  if (actor.scope != domain::Scope::Province && actor.region.empty()) return false;
  if (actor.scope == domain::Scope::Unit && actor.unit.empty()) return false;
  if (task == Task::Mine) {
    filter.author = actor.account;
    filter.states = {"draft"};
  } else if (task == Task::Review) {
    filter.states.clear();
    if (actor.rights.has(Right::Check) || actor.rights.has(Right::Verify))
      filter.states.emplace_back("submitted");
    if (actor.rights.has(Right::Publish)) filter.states.emplace_back("verified");
    if (filter.states.empty()) return false;
  }
  return true;
}

std::string Potentials::today() const {
  const auto snapshot = snapshots_.get();
  return snapshot ? to_iso(snapshot->today()) : std::string();
}

RecordPage Potentials::list(const domain::Actor& actor, storage::RecordFilter filter, Task task,
                            storage::RecordOrder order, const std::string& after_key, std::int64_t after_id,
                            int limit) {
  RecordPage page;
  if (!narrow(actor, filter, task)) return page;
  store_.read([&](db::Connection& connection) {
    settle(connection, filter);
    index_.follow(connection);
    auto found = index_.find(filter, order, after_key, after_id, limit + 1);
    page.total = found.total;
    page.more = found.ids.size() > static_cast<std::size_t>(limit);
    if (page.more) found.ids.pop_back();
    for (const auto id : found.ids)
      if (auto line = storage::find_line(connection, id, order)) page.lines.push_back(std::move(*line));
    page.more = page.more && !page.lines.empty();
  });
  return page;
}

RecordView Potentials::get(const domain::Actor& actor, std::int64_t id) {
  std::optional<RecordView> view;
  store_.read([&](db::Connection& connection) {
    auto record = storage::find_record(connection, id);
    if (record && domain::may(actor, Right::View, belongs(record->draft)))
      view = view_of(connection, actor, std::move(*record));
  });
  if (!view) throw Error(ErrorKind::NotFound, kNoRecord);
  return std::move(*view);
}

Record Potentials::must_find(db::Connection& connection, const domain::Actor& actor, std::int64_t id,
                             std::int64_t version) const {
  auto record = storage::find_record(connection, id);
  if (!record || !domain::may(actor, Right::View, belongs(record->draft)))
    throw Error(ErrorKind::NotFound, kNoRecord);
  if (record->version != version)
    throw Error(ErrorKind::Conflict,
                "Somebody changed this meanwhile. Look at their version before you save yours");
  return std::move(*record);
}

Record Potentials::must_edit(db::Connection& connection, const domain::Actor& actor, std::int64_t id,
                             std::int64_t version) const {
  auto record = must_find(connection, actor, id, version);
  if (!domain::may(actor, Right::Edit, belongs(record.draft))) throw Error(ErrorKind::NotFound, kNoRecord);
  if (record.state == RecordState::Submitted || record.state == RecordState::Verified)
    throw Error(ErrorKind::Conflict, "The record is being reviewed: withdraw it or have it returned first");
  if (record.state == RecordState::Archived)
    throw Error(ErrorKind::Conflict, "The record is archived: reopen it first");
  return record;
}

void Potentials::touch(Record& record, const domain::Actor& actor) const {
  record.state = RecordState::Draft;
  record.checked = false;
  record.author = actor.account;
  ++record.version;
}

// What even an unfinished draft must keep to, so that it can be stored, listed and found again.
void Potentials::check_storable(db::Connection& connection, const Record& record) const {
  const auto known = vocabulary(snapshots_.get());
  std::vector<FieldError> faults;
  for (auto& fault : domain::validate(record.draft, known)) {
    const bool too_long = fault.key == "is longer than {most} bytes";
    if (too_long || fault.field == "id" || fault.field == "region_code" || fault.field == "title_id")
      faults.push_back(std::move(fault));
  }
  if (record.draft.geometry) {
    try {
      geo::check(*record.draft.geometry);
    } catch (const Error& error) {
      faults.push_back({"geometry", error.key, error.args});
    }
  }
  for (auto& fault : file_faults(connection, record)) faults.push_back(std::move(fault));
  if (storage::slug_taken(connection, record.draft.slug, record.id))
    faults.push_back({"slug", msgid("Another record has this address"), {}});
  if (faults.empty()) return;
  as_members(faults);
  throw Error(ErrorKind::Invalid, kForm, {}, std::move(faults));
}

void Potentials::write(storage::WriteTransaction& transaction, const domain::Actor& actor, Record& record,
                       std::string_view action, const std::string& reason, std::int64_t restored) const {
  write_record(transaction, classification_, actor, record, action, reason, restored);
}

void write_record(storage::WriteTransaction& transaction, const domain::Classification& classification,
                  const domain::Actor& actor, Record& record, std::string_view action,
                  const std::string& reason, std::int64_t restored) {
  record.group = group_or_none(classification, record.draft);
  write_record(transaction, actor, record, storage::text_of(record), action, reason, restored);
}

void write_record(storage::WriteTransaction& transaction, const domain::Actor& actor, Record& record,
                  const storage::RecordText& text, std::string_view action, const std::string& reason,
                  std::int64_t restored) {
  record.changed = transaction.now();
  record.changed_by = actor.name;
  storage::put_record(transaction, record, text);
  // The content with what belongs to the change behind it: put together as text, because most of it is
  // already.
  boost::json::object change{{"shape", text.shape},
                             {"state", domain::word(record.state)},
                             {"version", record.version},
                             {"reason", reason}};
  if (restored != 0) change["restored"] = restored;
  auto entry = text.content;
  entry.back() = ',';
  entry.append(boost::json::serialize(change), 1);
  if (!record.comments.empty() && action == "return") {
    entry.back() = ',';
    entry += "\"comments\":" + text.comments + "}";
  }
  transaction.audit(action, "record", std::to_string(record.id), std::move(entry));
}

RecordView Potentials::create(const domain::Actor& actor, PotentialDraft draft, const std::string& key) {
  if (!domain::may(actor, Right::Edit, belongs(draft)))
    throw Error(ErrorKind::NotFound, "There is no region with this code for you to write in");
  const auto request =
      key.empty() ? std::string() : crypto::hash_hex(boost::json::serialize(storage::content_of(draft)));
  std::optional<RecordView> view;
  const auto earlier = [&](db::Connection& connection) {
    if (key.empty() || view) return;
    const auto found = storage::find_idempotency_key(connection, actor.account, key);
    if (!found) return;
    if (found->request != request)
      throw Error(ErrorKind::Conflict, "This Idempotency-Key was used for something else");
    if (auto record = storage::find_record(connection, found->record))
      view = view_of(connection, actor, std::move(*record));
  };
  store_.read(earlier);
  if (view) return std::move(*view);
  store_.write(actor, [&](storage::WriteTransaction& transaction) {
    earlier(transaction.connection());
    if (view) return;
    Record record;
    record.id = transaction.next_sequence();
    record.draft = std::move(draft);
    if (record.draft.slug.empty()) {
      record.draft.slug = domain::slug_of(indonesian_title(record.draft));
      if (record.draft.slug.empty() ||
          storage::slug_taken(transaction.connection(), record.draft.slug, record.id))
        record.draft.slug = record.draft.slug.substr(0, 80) + (record.draft.slug.empty() ? "" : "-") +
                            std::to_string(record.id);
    }
    record.author = actor.account;
    check_storable(transaction.connection(), record);
    write(transaction, actor, record, "create", "");
    storage::drop_unsaved(transaction.connection(), actor.account, 0);
    if (!key.empty())
      storage::put_idempotency_key(transaction, actor.account, key, "record", record.id, request);
    view = view_of(transaction.connection(), actor, std::move(record));
  });
  return std::move(*view);
}

RecordView Potentials::save(const domain::Actor& actor, std::int64_t id, std::int64_t version,
                            PotentialDraft draft, bool keep_attachments) {
  std::optional<RecordView> view;
  store_.write(actor, [&](storage::WriteTransaction& transaction) {
    auto record = must_edit(transaction.connection(), actor, id, version);
    // Not only where it is, also where it shall go.
    if (!domain::may(actor, Right::Edit, belongs(draft))) throw Error(ErrorKind::NotFound, kNoRecord);
    if (draft.slug.empty()) draft.slug = record.draft.slug;
    if (record.published && draft.slug != record.draft.slug)
      throw Error(ErrorKind::Invalid, kForm, {},
                  {{"slug", msgid("The address of a published record stays: others have linked to it"), {}}});
    if (keep_attachments) draft.attachments = std::move(record.draft.attachments);
    record.draft = std::move(draft);
    touch(record, actor);
    check_storable(transaction.connection(), record);
    write(transaction, actor, record, "change", "");
    storage::drop_unsaved(transaction.connection(), actor.account, id);
    view = view_of(transaction.connection(), actor, std::move(record));
  });
  return std::move(*view);
}

void Potentials::check_attachable(const domain::Actor& actor, std::int64_t id, std::int64_t version,
                                  std::string_view kind) {
  store_.read([&](db::Connection& connection) {
    const auto record = must_edit(connection, actor, id, version);
    const auto count = std::ranges::count(record.draft.attachments, kind, &domain::Attachment::kind);
    if (static_cast<std::size_t>(count) >= domain::kMostOfAKind)
      throw Error(ErrorKind::Invalid,
                  kind == domain::kPhoto ? "There can be at most {most} photos"
                                         : "There can be at most {most} documents",
                  {{"most", std::to_string(domain::kMostOfAKind)}});
  });
}

RecordView Potentials::attach(const domain::Actor& actor, std::int64_t id, std::int64_t version,
                              const domain::StoredFile& file, domain::Attachment attachment,
                              std::int64_t region_bytes) {
  std::optional<RecordView> view;
  store_.write(actor, [&](storage::WriteTransaction& transaction) {
    auto& connection = transaction.connection();
    auto record = must_edit(connection, actor, id, version);
    auto& attachments = record.draft.attachments;
    if (std::ranges::count(attachments, file.hash, &domain::Attachment::file) > 0)
      throw Error(ErrorKind::Invalid, msgid("This file is attached to the record already"));
    const auto files = storage::files_of_record(connection, id);
    if (domain::find_file(files, file.hash) == nullptr &&
        storage::stored_bytes(connection, record.draft.region_code) + file.stored > region_bytes)
      throw Error(ErrorKind::TooLarge,
                  msgid("The files of this region take all the {most} GB that they may. Please tell who runs "
                        "the server"),
                  {{"most", std::to_string(region_bytes >> 30)}});
    storage::put_file(transaction, file);
    storage::attach_file(transaction, id, file.hash, record.draft.region_code);
    attachments.push_back(std::move(attachment));
    touch(record, actor);
    check_storable(connection, record);
    write(transaction, actor, record, "attach", "");
    view = view_of(connection, actor, std::move(record));
  });
  return std::move(*view);
}

std::pair<domain::StoredFile, std::string> Potentials::file(const domain::Actor& actor, std::int64_t id,
                                                            std::string_view hash) {
  std::optional<domain::StoredFile> found;
  std::string name = "document";
  store_.read([&](db::Connection& connection) {
    const auto record = storage::find_record(connection, id);
    if (!record || !domain::may(actor, Right::View, belongs(record->draft))) return;
    const auto files = storage::files_of_record(connection, id);
    if (const auto* file = domain::find_file(files, hash)) found = *file;
    for (const auto& attachment : record->draft.attachments)
      if (attachment.file == hash) name = attachment.name;
  });
  if (!found) throw Error(ErrorKind::NotFound, "There is no such file");
  return {std::move(*found), std::move(name)};
}

void Potentials::discard(const domain::Actor& actor, std::int64_t id, std::int64_t version) {
  store_.write(actor, [&](storage::WriteTransaction& transaction) {
    auto& connection = transaction.connection();
    auto record = must_find(connection, actor, id, version);
    if (!domain::may(actor, Right::Edit, belongs(record.draft))) throw Error(ErrorKind::NotFound, kNoRecord);
    if (record.state != RecordState::Draft) throw Error(ErrorKind::Conflict, "Only a draft can be discarded");
    const auto published = storage::find_potential(connection, id);
    if (!published) {
      storage::drop_record(transaction, id);
      transaction.audit("discard", "record", std::to_string(id),
                        boost::json::serialize(storage::content_of(record.draft)));
      return;
    }
    const auto unit = record.draft.unit;
    record.draft = draft_of(*published);
    record.draft.unit = unit;
    // A record that was archived and reopened goes back to the archive.
    record.state = record.published ? RecordState::Published : RecordState::Archived;
    record.comments.clear();
    record.author = 0;
    ++record.version;
    write(transaction, actor, record, "discard", "");
  });
}

void Potentials::publish(storage::WriteTransaction& transaction, const Record& record) const {
  publish_record(transaction, record);
}

domain::Potential public_version(const Record& record) {
  auto potential = domain::to_potential(record.draft);
  potential.id = record.id;
  potential.confirmed = record.confirmed;
  return potential;
}

void publish_record(storage::WriteTransaction& transaction, const Record& record) {
  auto potential = public_version(record);
  const auto text = storage::text_of(potential);
  auto content = storage::content_of(potential);
  publish_record(transaction, record, std::move(potential), text, std::move(content));
}

void publish_record(storage::WriteTransaction& transaction, const Record& record, domain::Potential potential,
                    const storage::PotentialText& text, std::string content) {
  const auto before = storage::potential_version(transaction.connection(), record.id);
  potential.version = std::max(record.version, before ? *before + 1 : 1);
  potential.changed = transaction.now();
  transaction.audit(before ? "change" : "create", "potential", potential.slug, std::move(content));
  storage::put(transaction, potential, text);
  storage::set_potential_state(transaction, record.id, "published");
}

RecordView Potentials::step(const domain::Actor& actor, std::int64_t id, std::int64_t version,
                            RecordAction action, const std::string& reason,
                            std::vector<domain::Comment> comments) {
  if (domain::needs_reason(action) && reason.empty() && comments.empty())
    throw Error(ErrorKind::Invalid, kForm, {},
                {{"reason", msgid("Say why, so that the others can act on it"), {}}});
  std::optional<RecordView> view;
  store_.write(actor, [&](storage::WriteTransaction& transaction) {
    auto& connection = transaction.connection();
    auto record = must_find(connection, actor, id, version);
    const bool complete = domain::validate(record.draft, vocabulary(snapshots_.get())).empty();
    record.state = domain::take_step(standing_of(record, complete), action, actor);
    ++record.version;
    switch (action) {
      case RecordAction::Submit:
        record.comments.clear();
        record.checked = false;
        // Who submits answers for it, and will not be the one who verifies it.
        record.author = actor.account;
        break;
      case RecordAction::Return:
        record.comments = std::move(comments);
        record.checked = false;
        break;
      case RecordAction::Check:
        record.checked = true;
        break;
      case RecordAction::Publish:
        publish(transaction, record);
        record.published = true;
        break;
      case RecordAction::Archive: {
        const auto published = storage::find_potential(connection, id);
        if (published)
          transaction.audit("archive", "potential", published->slug, storage::content_of(*published));
        storage::set_potential_state(transaction, id, "archived");
        record.published = false;
        break;
      }
      case RecordAction::Confirm: {
        record.confirmed = wita_day(transaction.now());
        auto published = storage::find_potential(connection, id);
        if (published) {
          published->confirmed = record.confirmed;
          published->version = std::max(record.version, published->version + 1);
          published->changed = transaction.now();
          transaction.audit("change", "potential", published->slug, storage::content_of(*published));
          storage::put(transaction, *published);
        }
        break;
      }
      case RecordAction::Withdraw:
      case RecordAction::Verify:
      case RecordAction::Reopen:
        break;
    }
    write(transaction, actor, record, domain::word(action), reason);
    if (action == RecordAction::Return && outbox_ != nullptr && record.author != actor.account)
      outbox_->record_returned(transaction, record.author, id, reason);
    view = view_of(connection, actor, std::move(record));
  });
  return std::move(*view);
}

std::vector<storage::AuditEntry> Potentials::history(const domain::Actor& actor, std::int64_t id) {
  std::vector<storage::AuditEntry> entries;
  bool seen = false;
  store_.read([&](db::Connection& connection) {
    const auto record = storage::find_record(connection, id);
    seen = record && domain::may(actor, Right::View, belongs(record->draft));
    if (seen) entries = storage::audit_entries_of(connection, "record", std::to_string(id), kHistory);
  });
  if (!seen) throw Error(ErrorKind::NotFound, kNoRecord);
  return entries;
}

std::size_t adopt_published(storage::WriteTransaction& transaction,
                            const domain::Classification& classification) {
  const auto ids = storage::potentials_ahead_of_records(transaction.connection());
  for (const auto id : ids) {
    const auto potential = storage::find_potential(transaction.connection(), id);
    const auto before = storage::find_record(transaction.connection(), id);
    Record record;
    record.id = id;
    record.state = RecordState::Published;
    record.published = true;
    record.draft = draft_of(*potential);
    if (before) record.draft.unit = before->draft.unit;
    record.group = group_or_none(classification, record.draft);
    record.confirmed = potential->confirmed;
    record.changed_by = "import";
    record.version = potential->version;
    record.changed = potential->changed;
    storage::put_record(transaction, record);
  }
  return ids.size();
}

}  // namespace simpul::service
