// The last file of a backup: what the others are, and which state of the register they hold. Written by
// service/backup, compared by service/restore.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace simpul::service {

inline constexpr const char* kManifestName = "manifest.json";
inline constexpr std::string_view kDataPrefix = "data/";  // of what stood in the data folder
inline constexpr const char* kSqliteEntry = "database/simpul.db";
inline constexpr const char* kPostgresEntry = "database/simpul.dump";

struct BackupFile {
  std::string name;  // in the archive
  std::uint64_t bytes = 0;
  std::string hash;  // crypto::Hasher
  bool operator==(const BackupFile&) const = default;
};

struct BackupManifest {
  std::string program;     // version that wrote it
  std::string created_at;  // ISO, UTC
  int schema = 0;
  std::int64_t audit_entries = 0;
  std::string audit_last_hash;
  std::vector<BackupFile> files;  // in the order of the archive
};

std::string to_json(const BackupManifest& manifest);
// Error Invalid: it is none, or of a form that a newer program made.
BackupManifest parse_manifest(std::string_view json);

}  // namespace simpul::service
