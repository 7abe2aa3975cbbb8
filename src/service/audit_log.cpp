#include "service/audit_log.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "document/csv_writer.hpp"

namespace simpul::service {
namespace {

constexpr int kPage = 500;

void must_see(const domain::Actor& actor) {
  if (!actor.rights.has(domain::Right::ViewAudit)) throw Error(ErrorKind::NotFound, "There is no such page");
}

}  // namespace

AuditFile AuditLog::csv(const domain::Actor& actor, const AuditFilter& filter,
                        const i18n::Language& language) {
  must_see(actor);
  document::CsvWriter csv(document::ByteOrderMark::Yes);
  for (const auto& header :
       {language.tr("No."), language.tr("When"), language.tr("Who"), language.tr("Action"),
        language.tr("What kind"), language.tr("Which"), language.tr("Content"),
        language.tr("Hash of the entry before"), language.tr("Hash")})
    csv.text(header);
  csv.end_row();
  AuditFile file;
  TemporaryFile out(folder_);
  store_.read([&](db::Connection& connection) {
    std::int64_t before = 0;
    while (!file.cut) {
      // One more than is wanted tells whether there are older ones.
      const auto wanted = std::min<std::int64_t>(kPage, most_ - file.entries + 1);
      const auto page = storage::audit_entries(connection, filter.actor, filter.noun, filter.action, before,
                                               static_cast<int>(wanted));
      for (const auto& entry : page) {
        if (file.entries == most_) {
          file.cut = true;
          return;
        }
        csv.integer(entry.sequence);
        csv.text(to_iso(entry.at));
        csv.text(entry.actor);
        csv.text(entry.action);
        csv.text(entry.noun);
        csv.text(entry.key);
        csv.text(entry.content);
        csv.text(entry.previous);
        csv.text(entry.hash);
        csv.end_row();
        out.append(csv.take());
        ++file.entries;
      }
      if (static_cast<std::int64_t>(page.size()) < wanted) return;
      before = page.back().sequence;
    }
  });
  out.append(csv.take());
  file.csv = out.finish();
  return file;
}

storage::AuditVerdict AuditLog::verify(const domain::Actor& actor) {
  must_see(actor);
  if (verifying_.test_and_set())
    throw Error(ErrorKind::Conflict,
                "The chain is being verified for somebody else. Please try again in a moment");
  struct Turn {
    std::atomic_flag& taken;
    ~Turn() { taken.clear(); }
  } turn{verifying_};
  storage::AuditVerdict verdict;
  store_.read([&](db::Connection& connection) { verdict = storage::verify_audit(connection); });
  return verdict;
}

}  // namespace simpul::service
