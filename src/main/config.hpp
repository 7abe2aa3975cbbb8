// Every setting of the program with its default, and where it comes from: simpul.toml, then the environment,
// then the command line. Each folder owns the struct of its settings; here they are put together. Used by the
// sub-commands.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "http/server.hpp"
#include "service/attachments.hpp"
#include "service/backup.hpp"
#include "service/jobs.hpp"
#include "service/outbox.hpp"
#include "service/uploads.hpp"
#include "web/dispatch.hpp"

namespace CLI {
class App;
}

namespace simpul::main_program {

struct Config {
  std::string data_folder = "./var";
  std::string database;          // empty: a SQLite file in the data folder
  std::string reference_folder;  // empty: the reference data inside the program
  std::string admin_password;    // read already, used when accounts come
  std::string log_level = "info";
  http::ServerOptions server;
  web::DispatchOptions web;
  service::JobOptions jobs;
  service::BackupSettings backup;
  service::UploadSettings uploads;
  service::AttachmentSettings attachments;
  service::MailSettings mail;

  // `database`, or what stands for it.
  std::string database_address() const;
  // What a backup is of, and where backups go.
  service::BackupSource backup_source() const;
};

// What the command line says about settings; empty: nothing.
struct ConfigArgs {
  std::string file;
  std::string data_folder;
  std::string database;
  std::string port;
};

// Gives a sub-command the options --config, --data and --database.
std::shared_ptr<ConfigArgs> add_config_options(CLI::App& command);

// The value of an environment variable; empty: not set. Tests hand in their own.
using Environment = std::function<std::string(const std::string& name)>;
std::string environment(const std::string& name);

// Defaults < simpul.toml (--config, else the one in the data folder if there is one) < SIMPUL_SECTION_KEY and
// the short names SIMPUL_PORT, SIMPUL_DATA, SIMPUL_DATABASE, SIMPUL_ADMIN_PASSWORD < `args`. Error Invalid:
// unknown key or unfit value, with file and line or the name of the variable.
Config load_config(const ConfigArgs& args, const Environment& environment);

// All settings with their values and what they mean, as a simpul.toml; the password only as set or not.
std::string print_config(const Config& config);

}  // namespace simpul::main_program
