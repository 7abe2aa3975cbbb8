// `simpul migrate`, `simpul check` and `simpul export`: the small commands on the register itself.
#include <fmt/format.h>

#include <CLI/App.hpp>
#include <cstdio>
#include <fstream>
#include <iostream>

#include "base/error.hpp"
#include "main/commands.hpp"
#include "main/config.hpp"
#include "main/open_store.hpp"
#include "service/attachments.hpp"
#include "service/check.hpp"
#include "service/export.hpp"
#include "storage/reference.hpp"
#include "web/api/routes.hpp"
#include "web/assets.hpp"
#include "web/media/routes.hpp"
#include "web/office/routes.hpp"
#include "web/site/routes.hpp"
#include "web/status.hpp"
#include "web/tiles/routes.hpp"

namespace simpul::main_program {

namespace {

void migrate(const Config& config) {
  const auto store = open_store(config);
  fmt::print("The database is at schema {}\n", store->schema_version());
}

// The chain alone: no snapshot is built, so it is quick and also says something of a register that cannot be
// read.
void check_audit(const Config& config) {
  const auto store = open_store(config);
  storage::AuditVerdict verdict;
  store->read([&](db::Connection& connection) { verdict = storage::verify_audit(connection); });
  if (verdict.broken_at)
    throw Error(ErrorKind::Conflict, "The audit chain is broken at entry {entry}: the log was altered",
                {{"entry", std::to_string(*verdict.broken_at)}});
  fmt::print("audit log whole: {} entries, last hash {}\n", verdict.entries,
             verdict.last_hash.empty() ? "none" : verdict.last_hash);
}

void check(const Config& config) {
  const auto store = open_store(config);
  auto findings = service::check_register(*store, storage::read_classification(config.reference_folder));
  for (auto& fault : service::missing_files(*store, config.data_folder))
    findings.faults.push_back(std::move(fault));
  fmt::print("audit log: {} entries, last hash {}\n", findings.audit.entries,
             findings.audit.last_hash.empty() ? "none" : findings.audit.last_hash);
  for (const auto& fault : findings.faults) fmt::print(stderr, "{}\n", fault);
  if (!findings.faults.empty())
    throw Error(ErrorKind::Conflict, "The register is not in order: {count} findings",
                {{"count", std::to_string(findings.faults.size())}});
  const auto workflows =
      storage::read_workflows(config.reference_folder, storage::read_roles(config.reference_folder));
  const auto affairs = storage::read_affairs(config.reference_folder);
  fmt::print("in order: {}; {} courses of cooperation, {} affairs\n", findings.summary, workflows.size(),
             affairs.size());
}

// One line a route: method, path, operation, who may ask. For the test that compares them with the contract.
void print_routes() {
  constexpr const char* kAccess[] = {"public", "session", "account"};
  for (const auto routes :
       {web::status_routes(), web::asset_routes(), web::office::routes(), web::office::preview_routes(),
        web::site::site_routes(), web::tiles::routes(), web::media::routes(), web::api::routes()})
    for (const auto& route : routes)
      fmt::print("{} {} {} {}\n", route.method, route.path, route.operation,
                 kAccess[static_cast<int>(route.access)]);
}

void export_potentials(const Config& config, const std::string& file) {
  const auto store = open_store(config);
  const auto csv = service::potentials_csv(*store);
  if (file.empty()) {
    std::cout << csv << std::flush;
    return;
  }
  std::ofstream out(file, std::ios::binary);
  out << csv << std::flush;
  if (!out) throw Error(ErrorKind::Unavailable, "{file} cannot be written", {{"file", file}});
}

}  // namespace

void add_register_commands(CLI::App& app) {
  auto* migrate_command = app.add_subcommand("migrate", "bring the database to the schema of this program");
  migrate_command->callback(
      [args = add_config_options(*migrate_command)] { migrate(load_config(*args, environment)); });

  auto* check_command =
      app.add_subcommand("check", "verify the audit chain and the register; show the settings");
  const auto check_args = add_config_options(*check_command);
  const auto print = std::make_shared<bool>(false);
  check_command->add_flag("--print-config", *print,
                          "print all settings and their values, and do nothing else");
  const auto audit = std::make_shared<bool>(false);
  check_command->add_flag("--audit", *audit, "verify the audit chain, and do nothing else");
  const auto routes = std::make_shared<bool>(false);
  check_command->add_flag("--print-routes", *routes,
                          "print all routes with who may ask, and do nothing else");
  check_command->callback([check_args, print, routes, audit] {
    if (*routes) return print_routes();
    const auto config = load_config(*check_args, environment);
    if (*print)
      fmt::print("{}", print_config(config));
    else if (*audit)
      check_audit(config);
    else
      check(config);
  });

  auto* export_command =
      app.add_subcommand("export", "write all potentials as CSV, ready to be imported again");
  const auto export_args = add_config_options(*export_command);
  const auto file = std::make_shared<std::string>();
  export_command->add_option("file", *file, "where to; nothing: standard output");
  export_command->callback([=] { export_potentials(load_config(*export_args, environment), *file); });
}

}  // namespace simpul::main_program
