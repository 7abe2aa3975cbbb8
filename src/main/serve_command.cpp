// `simpul serve`: opens the register, publishes the first snapshot, serves until it is told to stop.
#include <fmt/format.h>
#include <malloc.h>
#include <signal.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "base/log.hpp"
#include "base/published.hpp"
#include "catalog/snapshot.hpp"
#include "crypto/key.hpp"
#include "http/server.hpp"
#include "main/commands.hpp"
#include "main/config.hpp"
#include "main/data_lock.hpp"
#include "service/accounts.hpp"
#include "service/attachments.hpp"
#include "service/backup.hpp"
#include "service/desk.hpp"
#include "service/freshness.hpp"
#include "service/imports.hpp"
#include "service/jobs.hpp"
#include "service/outbox.hpp"
#include "service/potentials.hpp"
#include "service/record_facts.hpp"
#include "service/refresher.hpp"
#include "service/restore.hpp"
#include "service/sessions.hpp"
#include "service/uploads.hpp"
#include "storage/reference.hpp"
#include "storage/store.hpp"
#include "web/api/routes.hpp"
#include "web/assets.hpp"
#include "web/dispatch.hpp"
#include "web/media/routes.hpp"
#include "web/office/routes.hpp"
#include "web/services.hpp"
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

// Memory freed after a page is kept for the next one, up to 8 MB a thread: giving it back and asking again
// costs a page of 40 kB more than writing it.
void keep_freed_memory() {
  mallopt(M_TRIM_THRESHOLD, 8 << 20);
  mallopt(M_MMAP_THRESHOLD, 4 << 20);
}

// Each connection is a descriptor, and a shell gives a program 1,024 unless it asks for more.
void allow_descriptors(std::size_t connections) {
  constexpr rlim_t kBeside = 200;  // databases, threads, files, the log
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  const rlim_t wanted = connections + kBeside;
  if (limit.rlim_cur >= wanted) return;
  limit.rlim_cur = std::min(wanted, limit.rlim_max);
  if (setrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur < wanted)
    spdlog::warn("only {} files may be open at once: fewer than {} connections; raise the limit (ulimit -n)",
                 limit.rlim_cur, connections);
}

// The lock of the data folder keeps a second server from a SQLite file; a server of PostgreSQL has many
// clients.
service::JobOptions job_options(const Config& config) {
  auto options = config.jobs;
  options.alone = db::sqlite_path(config.database_address()).has_value();
  return options;
}

void serve(const Config& config) {
  spdlog::set_level(spdlog::level::from_str(config.log_level));
  const auto signals = blocked_signals();
  keep_freed_memory();
  allow_descriptors(config.server.connections);
  const DataLock lock(config.data_folder);
  service::refuse_half_restored(config.data_folder);
  storage::Store store(config.database_address());
  web::site::load_site(false);

  auto web = config.web;
  web.files_folder = (std::filesystem::absolute(config.data_folder) / "files").string();
  web.scratch_folder = (std::filesystem::absolute(config.data_folder) / "spool").string();
  // The order matters: what stands above is used by what stands below, until the end.
  Published<catalog::Snapshot> snapshots;
  const auto classification = storage::read_classification(config.reference_folder);
  const auto roles = storage::read_roles(config.reference_folder);
  const auto key = crypto::Key::load(std::filesystem::path(config.data_folder) / "simpul.key");
  store.write(domain::program("setup"), [&](storage::WriteTransaction& transaction) {
    if (const auto count = service::adopt_published(transaction, classification))
      transaction.audit("adopt", "record", "*", fmt::format("{{\"records\":{}}}", count));
  });
  service::Refresher refresher(store, classification, snapshots);
  refresher.refresh();
  refresher.start();
  service::Uploads uploads(store, std::filesystem::path(config.data_folder) / "spool/uploads",
                           config.uploads);
  const service::Outbox outbox(store, key, config.mail, config.web.site_url);
  service::Imports imports(store, roles, classification, snapshots,
                           std::filesystem::path(config.data_folder) / "spool/imports");
  auto kinds = imports.job_kinds();
  kinds[service::kBackupKind] = service::backup_job(config.backup_source(), config.backup);
  kinds[service::kUploadsKind] = service::outdated_uploads_job(uploads);
  kinds[service::kMailKind] = outbox.job_kind();
  kinds[service::kReminderKind] = service::reminder_job(roles, outbox);
  service::Jobs jobs(store, std::move(kinds), job_options(config));
  service::schedule_backup(jobs, config.backup);
  service::schedule_reminders(jobs);
  service::schedule_outdated_uploads(jobs);
  service::schedule_import_cleaning(jobs);
  jobs.start();
  service::Sessions sessions(store, roles, key, system_clock(), &outbox);
  service::Accounts accounts(store, roles, key, &outbox);
  service::Potentials potentials(store, classification, snapshots, &outbox);
  service::Attachments attachments(store, potentials, uploads, config.data_folder, config.attachments);
  service::Exports exports(potentials, classification, snapshots, web.scratch_folder);
  service::RecordFacts facts(store, roles);
  service::Desk desk(store);
  service::FreshnessTerms freshness(store);
  service::AuditLog audit(store, web.scratch_folder);
  service::GeometryReadings geometry_readings(uploads,
                                              std::filesystem::absolute(config.data_folder) / "spool/shapes");
  const web::Services services{
      store,   roles,       classification, sessions, accounts,          potentials,
      uploads, attachments, jobs,           imports,  exports,           outbox,
      facts,   desk,        freshness,      audit,    geometry_readings, web::site::preview_page};
  const auto administrator = accounts.first_administrator(config.admin_password);
  // Canonical addresses, the sitemap and the feed want whole addresses: without a public one, where it
  // listens.
  if (web.site_url.empty() && config.server.port != 0)
    web.site_url = fmt::format("http://{}:{}", config.server.address, config.server.port);
  web::Dispatcher dispatcher({{web::status_routes(), nullptr, false},
                              {web::asset_routes(), nullptr, false},
                              {web::office::routes(), nullptr, false},
                              {web::office::preview_routes(), web::site::error_page},
                              {web::site::site_routes(), web::site::error_page},
                              {web::tiles::routes()},
                              {web::media::routes()},
                              {web::api::routes(), web::api::problem, true, 422}},
                             snapshots, web, &services);
  http::Server server(config.server, dispatcher);
  server.start();
  fmt::print("Simpul serves on http://{}:{}\n", config.server.address, server.port());
  if (administrator && config.admin_password.empty())
    fmt::print("Back office: http://{}:{}/kantor/ user admin, one-time password {}\n", config.server.address,
               server.port(), administrator->one_time_password);
  std::fflush(stdout);

  int signal = 0;
  sigwait(&signals, &signal);
  spdlog::info("stopping: requests in flight are finished first");
  server.stop();
  jobs.stop();
}

}  // namespace

void add_serve_command(CLI::App& app) {
  auto* command = app.add_subcommand("serve", "serve the website, the map and the data");
  const auto args = add_config_options(*command);
  command->add_option("--port", args->port, "port to listen on; 0: any free one");
  command->callback([args] { serve(load_config(*args, environment)); });
}

}  // namespace simpul::main_program
