#include "storage/audit.hpp"

#include "crypto/hash.hpp"

namespace simpul::storage {
namespace {

const db::Statement kLast(
    "audit.last", "SELECT sequence, at, hash FROM audit WHERE sequence = (SELECT MAX(sequence) FROM audit)");

const db::Statement kAppend("audit.append", R"sql(
INSERT INTO audit (sequence, at, actor, action, noun, key, content, previous, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9))sql");

const db::Statement kAll(
    "audit.all",
    "SELECT sequence, at, actor, action, noun, key, content, previous, hash FROM audit ORDER BY sequence");

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
  return connection.first(kLast, {}, [](const db::Row& row) {
    AuditEntry entry;
    entry.sequence = row.integer(0);
    entry.at = row.instant(1);
    entry.hash = row.text(2);
    return entry;
  });
}

void append_audit_entry(db::Connection& connection, const AuditEntry& entry) {
  connection.run(kAppend, {entry.sequence, entry.at, entry.actor, entry.action, entry.noun, entry.key,
                           entry.content, entry.previous, entry.hash});
}

AuditVerdict verify_audit(db::Connection& connection) {
  AuditVerdict verdict;
  connection.each(kAll, {}, [&](const db::Row& row) {
    if (verdict.broken_at) return;
    const AuditEntry entry{row.integer(0), row.instant(1), row.text(2), row.text(3), row.text(4),
                           row.text(5),    row.text(6),    row.text(7), row.text(8)};
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
