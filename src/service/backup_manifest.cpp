#include "service/backup_manifest.hpp"

#include <boost/json.hpp>

#include "base/error.hpp"

namespace simpul::service {
namespace {

constexpr std::int64_t kFormat = 1;

}  // namespace

std::string to_json(const BackupManifest& manifest) {
  boost::json::array files;
  for (const auto& file : manifest.files)
    files.push_back({{"name", file.name}, {"bytes", file.bytes}, {"blake2b", file.hash}});
  return boost::json::serialize(boost::json::object{{"format", kFormat},
                                                    {"program", manifest.program},
                                                    {"created_at", manifest.created_at},
                                                    {"schema", manifest.schema},
                                                    {"audit_entries", manifest.audit_entries},
                                                    {"audit_last_hash", manifest.audit_last_hash},
                                                    {"files", std::move(files)}});
}

BackupManifest parse_manifest(std::string_view json) {
  using boost::json::value_to;
  BackupManifest manifest;
  std::int64_t format = 0;
  try {
    const auto root = boost::json::parse(json);
    format = root.at("format").as_int64();
    if (format == kFormat) {
      manifest.program = value_to<std::string>(root.at("program"));
      manifest.created_at = value_to<std::string>(root.at("created_at"));
      manifest.schema = value_to<int>(root.at("schema"));
      manifest.audit_entries = root.at("audit_entries").as_int64();
      manifest.audit_last_hash = value_to<std::string>(root.at("audit_last_hash"));
      for (const auto& file : root.at("files").as_array())
        manifest.files.push_back({value_to<std::string>(file.at("name")),
                                  value_to<std::uint64_t>(file.at("bytes")),
                                  value_to<std::string>(file.at("blake2b"))});
    }
  } catch (const std::exception& error) {
    throw Error(ErrorKind::Invalid, "The backup's list of its files is damaged", {}, {}, error.what());
  }
  if (format != kFormat)
    throw Error(ErrorKind::Conflict,
                "The backup was made by a newer Simpul. Install the newer program first");
  return manifest;
}

}  // namespace simpul::service
