// `simpul backup [FILE|FOLDER]` and `simpul restore FILE`: say what the file holds and where the audit chain
// ends.
#include <fmt/format.h>

#include <CLI/App.hpp>
#include <cstdio>
#include <filesystem>

#include "base/error.hpp"
#include "main/commands.hpp"
#include "main/config.hpp"
#include "main/data_lock.hpp"
#include "service/backup.hpp"
#include "service/restore.hpp"

namespace simpul::main_program {

namespace {

void say_state(int schema, std::int64_t entries, const std::string& last_hash) {
  fmt::print("register: schema {}, audit log of {} entries, last hash {}\n", schema, entries,
             last_hash.empty() ? "none" : last_hash);
}

void backup(const Config& config, std::filesystem::path target) {
  service::refuse_half_restored(config.data_folder);
  const auto source = config.backup_source();
  if (target.empty()) {
    target = source.backup_folder;
    std::error_code failed;
    std::filesystem::create_directories(target, failed);
    if (failed)
      throw Error(ErrorKind::Unavailable, "The folder {folder} cannot be made: {reason}",
                  {{"folder", target.string()}, {"reason", failed.message()}});
  }
  const auto report = service::make_backup(source, target);
  fmt::print("{}: {} bytes, the database and {} files\n", report.file.string(), report.bytes, report.files);
  say_state(report.schema, report.audit_entries, report.audit_last_hash);
  if (!report.chain_is_whole)
    throw Error(ErrorKind::Conflict,
                "The backup was made, but the audit chain is broken: the log was altered");
}

void restore(const Config& config, const std::filesystem::path& file) {
  const DataLock lock(config.data_folder);
  const auto report = service::restore_backup(file, config.database_address(), config.data_folder);
  const auto& manifest = report.manifest;
  fmt::print("restored: the backup of {} by Simpul {}, the database and {} files, each as its hash says\n",
             manifest.created_at, manifest.program, report.files);
  say_state(manifest.schema, manifest.audit_entries, manifest.audit_last_hash);
}

}  // namespace

void add_backup_commands(CLI::App& app) {
  auto* backup_command =
      app.add_subcommand("backup", "write database and files into one file, while the server may run");
  const auto backup_args = add_config_options(*backup_command);
  const auto target = std::make_shared<std::string>();
  backup_command->add_option("target", *target, "file or folder; nothing: the backup folder of the settings");
  backup_command->callback([=] { backup(load_config(*backup_args, environment), *target); });

  auto* restore_command =
      app.add_subcommand("restore", "put a backup into an empty data folder and database, and verify it");
  const auto restore_args = add_config_options(*restore_command);
  const auto file = std::make_shared<std::string>();
  restore_command->add_option("file", *file, "the backup")->required();
  restore_command->callback([=] { restore(load_config(*restore_args, environment), *file); });
}

}  // namespace simpul::main_program
