// Potentials as the offices keep them: drafts, their course to the public, and what happened to them. Every
// call decides by the record's own region who may do it; what an actor may not see does not exist for them.
// Used by web/api and by import.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/published.hpp"
#include "catalog/snapshot.hpp"
#include "domain/record.hpp"
#include "storage/audit.hpp"
#include "storage/potentials.hpp"
#include "storage/record_index.hpp"
#include "storage/records.hpp"
#include "storage/store.hpp"

namespace simpul::service {

class Outbox;

// A record as one actor sees it.
struct RecordView {
  domain::Record record;
  std::vector<FieldError> errors;  // to mend before it can be submitted
  std::vector<FieldError> warnings;
  std::vector<domain::RecordStep> steps;
  std::optional<domain::PotentialDraft> published;  // what the public sees
  std::vector<domain::StoredFile> files;            // that draft and publication may name, by hash
};

struct RecordPage {
  std::vector<storage::RecordLine> lines;
  std::int64_t total = 0;
  bool more = false;
};

// What the public would see of a draft.
struct PotentialPreview {
  domain::Potential potential;
  std::vector<domain::StoredFile> files;  // that it may name, by hash
  bool is_public = false;                 // they see just that
};

// How a region's records stand.
struct RegionStanding {
  std::int64_t total = 0;
  std::int64_t published = 0;
  std::int64_t due = 0;    // published and past their confirmation's term
  std::int64_t never = 0;  // published and never confirmed
};

// Counts of the list by facet: each as if its own facet were not chosen. `standings`: of all that the actor
// sees, under the filter's words and marks only.
struct RecordCounts {
  std::int64_t total = 0, due = 0, never = 0;
  std::map<std::string, std::int64_t> states, regions, groups, sectors, tags;
  std::map<std::string, RegionStanding> standings;
};

class Potentials {
 public:
  // All must outlive it. `snapshots` holds what exists: regions with their areas, commodities.
  // No `outbox`: nobody is told anything by e-mail.
  Potentials(storage::Store& store, const domain::Classification& classification,
             const Published<catalog::Snapshot>& snapshots, const Outbox* outbox = nullptr);

  enum class Task { None, Mine, Review };
  RecordPage list(const domain::Actor& actor, storage::RecordFilter filter, Task task,
                  storage::RecordOrder order, const std::string& after_key, std::int64_t after_id, int limit);
  // The numbers of the whole list, in order.
  std::vector<std::int64_t> ids(const domain::Actor& actor, storage::RecordFilter filter,
                                storage::RecordOrder order);
  // The records with these numbers, in this order; what the actor may not see is left out, as if it did not
  // exist.
  std::vector<domain::Record> records_of(const domain::Actor& actor, std::span<const std::int64_t> ids);
  RecordCounts counts(const domain::Actor& actor, storage::RecordFilter filter, Task task);
  // Error NotFound: there is none, or not for this actor. The same for all calls below.
  RecordView get(const domain::Actor& actor, std::int64_t id);
  // The saved draft as it would be published. It may be unfinished: what is not chosen yet claims the least
  // (the region as place, indicative, a potential only).
  PotentialPreview preview(const domain::Actor& actor, std::int64_t id);

  // `key`: the same key of the same actor again gives the first record; empty: none. Errors: Invalid with
  // fields, Conflict: the key was used for something else.
  RecordView create(const domain::Actor& actor, domain::PotentialDraft draft, const std::string& key);
  // Errors: Invalid with fields, Conflict: `version` is not the current one, or the record is being reviewed.
  // `keep_attachments`: those of the draft says nothing, so they stay as they are.
  RecordView save(const domain::Actor& actor, std::int64_t id, std::int64_t version,
                  domain::PotentialDraft draft, bool keep_attachments = false);

  // What attach() would refuse, before seconds of work are spent on the file.
  void check_attachable(const domain::Actor& actor, std::int64_t id, std::int64_t version,
                        std::string_view kind);
  // Puts the file behind the draft's attachments. Errors: as save(); TooLarge: the files of the region would
  // take more than `region_bytes`.
  RecordView attach(const domain::Actor& actor, std::int64_t id, std::int64_t version,
                    const domain::StoredFile& file, domain::Attachment attachment, std::int64_t region_bytes);
  // A file that was attached to the record, with the name it has in it.
  std::pair<domain::StoredFile, std::string> file(const domain::Actor& actor, std::int64_t id,
                                                  std::string_view hash);
  // Back to what is published, or away.
  void discard(const domain::Actor& actor, std::int64_t id, std::int64_t version);
  RecordView step(const domain::Actor& actor, std::int64_t id, std::int64_t version,
                  domain::RecordAction action, const std::string& reason,
                  std::vector<domain::Comment> comments);
  // Makes the version of this audit entry the draft, its place included. Errors as save(); NotFound: no such
  // version.
  RecordView restore(const domain::Actor& actor, std::int64_t id, std::int64_t version,
                     std::int64_t sequence);
  std::vector<storage::AuditEntry> history(const domain::Actor& actor, std::int64_t id);

 private:
  // To what the actor may see, and to the task. false: that is nothing.
  static bool narrow(const domain::Actor& actor, storage::RecordFilter& filter, Task task);
  // Words folded, the day and what lies in the database: ready for the index.
  void settle(db::Connection& connection, storage::RecordFilter& filter) const;
  std::string today() const;  // of what the public sees; empty before the first snapshot
  domain::Vocabulary vocabulary(const std::shared_ptr<const catalog::Snapshot>& snapshot) const;
  RecordView view_of(db::Connection& connection, const domain::Actor& actor, domain::Record record) const;
  domain::RecordStanding standing_of(const domain::Record& record, bool complete) const;
  domain::Record must_find(db::Connection& connection, const domain::Actor& actor, std::int64_t id,
                           std::int64_t version) const;
  // As must_find(), for who is about to change the draft.
  domain::Record must_edit(db::Connection& connection, const domain::Actor& actor, std::int64_t id,
                           std::int64_t version) const;
  // Back into work, by this actor.
  void touch(domain::Record& record, const domain::Actor& actor) const;
  void check_storable(db::Connection& connection, const domain::Record& record) const;
  void write(storage::WriteTransaction& transaction, const domain::Actor& actor, domain::Record& record,
             std::string_view action, const std::string& reason, std::int64_t restored = 0) const;
  void publish(storage::WriteTransaction& transaction, const domain::Record& record) const;

  storage::Store& store_;
  const domain::Classification& classification_;
  const Published<catalog::Snapshot>& snapshots_;
  const Outbox* outbox_;
  storage::RecordIndex index_;
};

// --- what the imports of the offices do in the same way ---------------------------------------------------

// What exists, by the snapshot (none: nothing).
domain::Vocabulary vocabulary_of(const domain::Classification& classification,
                                 const std::shared_ptr<const catalog::Snapshot>& snapshot);
// The fields of faults as members of the form instead of columns.
void as_members(std::vector<FieldError>& faults);
domain::PotentialDraft draft_of(const domain::Potential& potential);
// The display group; empty: the draft says too little for one.
std::string group_or_none(const domain::Classification& classification, const domain::PotentialDraft& draft);
// Stores the record as changed by the actor now, with its audit entry.
void write_record(storage::WriteTransaction& transaction, const domain::Classification& classification,
                  const domain::Actor& actor, domain::Record& record, std::string_view action,
                  const std::string& reason, std::int64_t restored = 0);
// The same with its text made before; its group must be right.
void write_record(storage::WriteTransaction& transaction, const domain::Actor& actor, domain::Record& record,
                  const storage::RecordText& text, std::string_view action, const std::string& reason = "",
                  std::int64_t restored = 0);
// Makes the record what the public sees, with its audit entry.
void publish_record(storage::WriteTransaction& transaction, const domain::Record& record);
// The potential that the record makes, without version and time of change.
domain::Potential public_version(const domain::Record& record);
// The same with the public version, its text and its content (see storage/potentials.hpp) made before.
void publish_record(storage::WriteTransaction& transaction, const domain::Record& record,
                    domain::Potential potential, const storage::PotentialText& text, std::string content);

// Gives every published potential its record, so that officers find what an import brought. Records that are
// being worked on stay as they are. Gives how many were written.
std::size_t adopt_published(storage::WriteTransaction& transaction,
                            const domain::Classification& classification);

}  // namespace simpul::service
