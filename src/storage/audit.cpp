#include "storage/audit.hpp"

#include "crypto/hash.hpp"

namespace simpul::storage {
namespace {

const db::Statement kLast(
    "audit.last", "SELECT sequence, at, hash FROM audit WHERE sequence = (SELECT MAX(sequence) FROM audit)");

const db::Statement kLastPublic("audit.last_public", R"sql(
SELECT sequence, at, hash FROM audit
WHERE )sql" SIMPUL_PUBLIC_NOUN R"sql( AND sequence > $1 ORDER BY sequence DESC LIMIT 1)sql");

const db::Statement kOfRecord("audit.of_record", R"sql(
SELECT sequence, at, actor, action, noun, key, content, previous, hash FROM audit
WHERE noun = $1 AND key = $2 ORDER BY sequence DESC LIMIT $3)sql");

const db::Statement kOne("audit.one", R"sql(
SELECT sequence, at, actor, action, noun, key, content, previous, hash FROM audit WHERE sequence = $1)sql");

const db::Statement kPage("audit.page", R"sql(
SELECT sequence, at, actor, action, noun, key, content, previous, hash FROM audit
WHERE (CAST($1 AS TEXT) = '' OR actor = $1) AND (CAST($2 AS TEXT) = '' OR noun = $2)
  AND (CAST($3 AS TEXT) = '' OR action = $3) AND (CAST($4 AS BIGINT) = 0 OR sequence < $4)
ORDER BY sequence DESC LIMIT $5)sql");

const db::Statement kAppend("audit.append", R"sql(
INSERT INTO audit (sequence, at, actor, action, noun, key, content, previous, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9))sql");

const db::Statement kAll(
    "audit.all",
    "SELECT sequence, at, actor, action, noun, key, content, previous, hash FROM audit ORDER BY sequence");

AuditEntry entry_of(const db::Row& row) {
  return {row.integer(0), row.instant(1), row.text(2), row.text(3), row.text(4),
          row.text(5),    row.text(6),    row.text(7), row.text(8)};
}

AuditEntry newest_of(const db::Row& row) {
  AuditEntry entry;
  entry.sequence = row.integer(0);
  entry.at = row.instant(1);
  entry.hash = row.text(2);
  return entry;
}

}  // namespace

std::string audit_hash(const AuditEntry& entry) {
  // Each field with its length before it, so that no two entries share one text.
  std::string text;
  const auto add = [&](const std::string& field) {
    text += std::to_string(field.size()) + ':' + field + ',';
  };
  add(entry.previous);
  add(std::to_string(entry.sequence));
  add(std::to_string(entry.at.microseconds));
  add(entry.actor);
  add(entry.action);
  add(entry.noun);
  add(entry.key);
  add(entry.content);
  return crypto::hash_hex(text);
}

std::optional<AuditEntry> last_audit_entry(db::Connection& connection) {
  return connection.first(kLast, {}, newest_of);
}

std::optional<AuditEntry> last_public_entry(db::Connection& connection, std::int64_t after) {
  return connection.first(kLastPublic, {after}, newest_of);
}

std::optional<AuditEntry> find_audit_entry(db::Connection& connection, std::int64_t sequence) {
  return connection.first(kOne, {sequence}, entry_of);
}

std::vector<AuditEntry> audit_entries_of(db::Connection& connection, std::string_view noun,
                                         std::string_view key, int limit) {
  std::vector<AuditEntry> entries;
  connection.each(kOfRecord, {noun, key, limit},
                  [&](const db::Row& row) { entries.push_back(entry_of(row)); });
  return entries;
}

std::vector<AuditEntry> audit_entries(db::Connection& connection, std::string_view actor,
                                      std::string_view noun, std::string_view action, std::int64_t before,
                                      int limit) {
  std::vector<AuditEntry> entries;
  connection.each(kPage, {actor, noun, action, before, limit},
                  [&](const db::Row& row) { entries.push_back(entry_of(row)); });
  return entries;
}

void append_audit_entry(db::Connection& connection, const AuditEntry& entry) {
  connection.run(kAppend, {entry.sequence, entry.at, entry.actor, entry.action, entry.noun, entry.key,
                           entry.content, entry.previous, entry.hash});
}

AuditVerdict verify_audit(db::Connection& connection) {
  AuditVerdict verdict;
  connection.each(kAll, {}, [&](const db::Row& row) {
    if (verdict.broken_at) return;
    const auto entry = entry_of(row);
    if (entry.sequence != verdict.entries + 1 || entry.previous != verdict.last_hash ||
        entry.hash != audit_hash(entry)) {
      verdict.broken_at = entry.sequence;
      return;
    }
    ++verdict.entries;
    verdict.last_hash = entry.hash;
  });
  return verdict;
}

}  // namespace simpul::storage
