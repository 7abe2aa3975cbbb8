// `simpul serve`: opens the register, publishes the first snapshot, serves until it is told to stop.
#include <fmt/format.h>
#include <signal.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "base/log.hpp"
#include "base/published.hpp"
#include "catalog/snapshot.hpp"
#include "http/server.hpp"
#include "main/commands.hpp"
#include "main/config.hpp"
#include "main/data_lock.hpp"
#include "service/refresher.hpp"
#include "storage/reference.hpp"
#include "storage/store.hpp"
#include "web/assets.hpp"
#include "web/dispatch.hpp"
#include "web/site/routes.hpp"
#include "web/site/site.hpp"
#include "web/status.hpp"
#include "web/tiles/routes.hpp"

namespace simpul::main_program {

namespace {

// Blocked before the first thread starts, so that no thread is interrupted and wait_for_signal() gets them
// all.
sigset_t blocked_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

void serve(const Config& config) {
  spdlog::set_level(spdlog::level::from_str(config.log_level));
  const auto signals = blocked_signals();
  const DataLock lock(config.data_folder);
  storage::Store store(config.database_address());
  web::site::load_site(false);

  // The order matters: what stands above is used by what stands below, until the end.
  Published<catalog::Snapshot> snapshots;
  service::Refresher refresher(store, storage::read_classification(config.reference_folder), snapshots);
  refresher.refresh();
  refresher.start();
  auto web = config.web;
  // Canonical addresses, the sitemap and the feed want whole addresses: without a public one, where it listens.
  if (web.site_url.empty() && config.server.port != 0)
    web.site_url = fmt::format("http://{}:{}", config.server.address, config.server.port);
  web::Dispatcher dispatcher({{web::status_routes(), nullptr, false},
                              {web::asset_routes(), nullptr, false},
                              {web::site::site_routes(), web::site::error_page},
                              {web::tiles::routes()}},
                             snapshots, web);
  http::Server server(config.server, dispatcher);
  server.start();
  fmt::print("Simpul serves on http://{}:{}\n", config.server.address, server.port());
  std::fflush(stdout);

  int signal = 0;
  sigwait(&signals, &signal);
  spdlog::info("stopping: requests in flight are finished first");
  server.stop();
}

}  // namespace

void add_serve_command(CLI::App& app) {
  auto* command = app.add_subcommand("serve", "serve the website, the map and the data");
  const auto args = add_config_options(*command);
  command->add_option("--port", args->port, "port to listen on; 0: any free one");
  command->callback([args] { serve(load_config(*args, environment)); });
}

}  // namespace simpul::main_program
