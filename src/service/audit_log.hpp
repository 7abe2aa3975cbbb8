// The audit log for who may see all of it: as a file, and whether its chain of hashes is whole. Used by
// web/api.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "base/open_file.hpp"
#include "domain/actor.hpp"
#include "i18n/translator.hpp"
#include "storage/audit.hpp"
#include "storage/store.hpp"

namespace simpul::service {

// More entries than this are not put into one file: half a gigabyte is what an office can open.
inline constexpr std::int64_t kMostAuditEntries = 250'000;

// Which entries; an empty word asks nothing.
struct AuditFilter {
  std::string actor;
  std::string noun;
  std::string action;
};

struct AuditFile {
  std::shared_ptr<const OpenFile> csv;
  std::int64_t entries = 0;
  bool cut = false;  // there are older entries that are not in it
};

// Error NotFound of all calls: the actor does not see the log.
class AuditLog {
 public:
  // `store` must outlive it. Files grow in `folder`; empty: in memory. `most`: entries of one file.
  explicit AuditLog(storage::Store& store, std::filesystem::path folder = {},
                    std::int64_t most = kMostAuditEntries)
      : store_(store), folder_(std::move(folder)), most_(most) {}

  // The newest entries at the top, with the hashes of the chain; the content of an entry as JSON.
  AuditFile csv(const domain::Actor& actor, const AuditFilter& filter, const i18n::Language& language);
  // Reads the whole log and recomputes every hash: seconds of work with a million entries, so one at a time.
  // Error Conflict: another one is at it.
  storage::AuditVerdict verify(const domain::Actor& actor);

 private:
  storage::Store& store_;
  const std::filesystem::path folder_;
  const std::int64_t most_;
  std::atomic_flag verifying_;
};

}  // namespace simpul::service
