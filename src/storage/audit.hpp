// The audit log: every change of the register, in commit order and without gaps, each entry chained to the
// one before by its hash. It is the change feed (the refresher follows it) and the proof that nothing was
// altered afterwards.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "db/connection.hpp"

// The condition by which statements leave out entries that change nothing for the public: those about
// accounts, sessions, records being worked on, imports and jobs.
#define SIMPUL_PUBLIC_NOUN "noun NOT IN ('account', 'session', 'record', 'job', 'backup', 'import')"

namespace simpul::storage {

struct AuditEntry {
  std::int64_t sequence = 0;  // 1, 2, 3, ...
  Instant at;
  std::string actor;
  std::string action;    // create | change | replace
  std::string noun;      // "potential"
  std::string key;       // which one: slug, code
  std::string content;   // the record after the change, as JSON
  std::string previous;  // hash of the entry before; empty for the first
  std::string hash;
};

// The hash that belongs to an entry: over its previous hash and all its fields but the hash itself.
std::string audit_hash(const AuditEntry& entry);

// Sequence, time and hash of the newest entry; nullopt: the log is empty. Other fields are not read.
std::optional<AuditEntry> last_audit_entry(db::Connection& connection);
// The same of the newest entry that changed what the public sees. Only entries after `after` are looked at.
std::optional<AuditEntry> last_public_entry(db::Connection& connection, std::int64_t after = 0);
std::optional<AuditEntry> find_audit_entry(db::Connection& connection, std::int64_t sequence);
// The entries of one record, the newest first, at most `limit`.
std::vector<AuditEntry> audit_entries_of(db::Connection& connection, std::string_view noun,
                                         std::string_view key, int limit);
// Entries before `before` (0: from the newest), the newest first, at most `limit`; an empty word asks
// nothing.
std::vector<AuditEntry> audit_entries(db::Connection& connection, std::string_view actor,
                                      std::string_view noun, std::string_view action, std::int64_t before,
                                      int limit);
void append_audit_entry(db::Connection& connection, const AuditEntry& entry);

struct AuditVerdict {
  std::int64_t entries = 0;
  std::string last_hash;  // note it elsewhere: it proves that the end of the log was not cut off
  std::optional<std::int64_t> broken_at;  // sequence of the first entry that does not fit
};

// Reads the whole log and recomputes the chain.
AuditVerdict verify_audit(db::Connection& connection);

}  // namespace simpul::storage
