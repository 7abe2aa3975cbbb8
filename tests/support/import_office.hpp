// An office that imports, on the real regions, commodities and potentials of data/: accounts, files, jobs run
// in this thread. Used by the tests of imports.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <thread>

#include "base/error.hpp"
#include "service/import.hpp"
#include "service/imports.hpp"
#include "service/potentials.hpp"
#include "service/refresher.hpp"
#include "service/sessions.hpp"
#include "storage/accounts.hpp"
#include "storage/jobs.hpp"
#include "storage/record_index.hpp"
#include "storage/reference.hpp"
#include "support/database.hpp"
#include "support/office.hpp"

namespace simpul::test {

class ImportOffice {
 public:
  ImportOffice() : ImportOffice("", {}) {}
  ImportOffice(const std::string& address, const std::filesystem::path& folder)
      : database(address.empty() ? std::make_unique<TestDatabase>() : nullptr),
        own_folder(folder.empty()),
        folder_(folder.empty()
                    ? std::filesystem::temp_directory_path() /
                          ("simpul-imports-" + std::to_string(::getpid()) + "-" + std::to_string(++made))
                    : folder),
        store(address.empty() ? database->address() : address, clock),
        refresher(store, classification, snapshots, clock),
        potentials(store, classification, snapshots),
        imports(store, roles, classification, snapshots, folder_, clock),
        jobs(store, imports.job_kinds(), {.workers = 0, .alone = true}, clock) {
    const std::filesystem::path data = SIMPUL_SOURCE_DIR "/data";
    const auto report = service::import_files(
        store, classification, {data / "regions.csv", data / "commodities.csv", data / "potentials.csv"},
        domain::program("import"));
    EXPECT_TRUE(report.faults.empty());
    refresher.refresh();
  }
  ~ImportOffice() {
    if (own_folder) std::filesystem::remove_all(folder_);
  }

  domain::Actor account(const std::string& role, const std::string& region, const std::string& unit = {}) {
    const auto account = keep_account(store, {.username = role + "." + region,
                                              .name = "Untuk pengujian",
                                              .role = role,
                                              .region = region,
                                              .unit = unit});
    return service::actor_of(roles, account);
  }

  service::ImportView create(const domain::Actor& actor, const std::string& name, const std::string& bytes) {
    return imports.create(
        actor, name, [&](const std::filesystem::path& to) { std::ofstream(to, std::ios::binary) << bytes; });
  }
  service::ImportView create_from(const domain::Actor& actor, const std::filesystem::path& file) {
    return imports.create(actor, file.filename().string(),
                          [&](const std::filesystem::path& to) { std::filesystem::copy_file(file, to); });
  }
  service::ImportView set(const domain::Actor& actor, std::int64_t id,
                          const std::function<void(service::SettingsChange&)>& change) {
    service::SettingsChange wanted;
    change(wanted);
    return imports.change(actor, id, imports.get(actor, id).import.version, wanted);
  }

  // Each runs its job to the end, which must be well, and gives what came of it.
  boost::json::object check(const domain::Actor& actor, std::int64_t id) {
    work(imports.check(actor, id));
    return boost::json::parse(imports.get(actor, id).import.report).as_object();
  }
  void run(const domain::Actor& actor, std::int64_t id) { work(imports.run(actor, id)); }
  void undo(const domain::Actor& actor, std::int64_t id) { work(imports.undo(actor, id)); }
  void work(std::int64_t id) {
    while (jobs.run_next()) {
    }
    const auto done = job(id);
    EXPECT_EQ(domain::to_text(done.state), "done") << (done.fault ? done.fault->key : "");
  }
  // What a broken-off job left is taken over and run again until it is over.
  void finish_abandoned() {
    clock.move(3600);
    jobs.keep();
    while (jobs.run_next()) {
    }
  }

  domain::Job job(std::int64_t id) {
    std::optional<domain::Job> found;
    store.read([&](db::Connection& connection) { found = storage::find_job(connection, id); });
    return found.value();
  }
  // How many an officer of the province sees.
  std::size_t records() {
    constexpr int kAll = 1'000'000;
    storage::RecordIndex fresh;
    storage::RecordIndex::Page now, followed;
    store.read([&](db::Connection& connection) {
      fresh.follow(connection);
      now = fresh.find({}, storage::RecordOrder::Title, "", 0, kAll);
      index.follow(connection);
      followed = index.find({}, storage::RecordOrder::Title, "", 0, kAll);
    });
    EXPECT_EQ(followed.ids, now.ids) << "what followed the audit log is what stands in the database";
    return static_cast<std::size_t>(now.total);
  }
  // What the public sees, by following the log, is what a server that starts now would show.
  void expect_public_as_read_anew() {
    refresher.refresh();
    Published<catalog::Snapshot> anew;
    service::Refresher fresh(store, classification, anew, clock);
    fresh.refresh();
    const auto told = [](const catalog::Snapshot& snapshot) {
      std::vector<std::string> lines;
      for (const auto& one : snapshot.potentials(snapshot.all({})))
        lines.push_back(one.slug + " " + std::to_string(one.version) + " " + one.title.at("id"));
      return lines;
    };
    EXPECT_EQ(told(*snapshots.get()), told(*anew.get()));
    EXPECT_EQ(snapshots.get()->size(), anew.get()->size());
    EXPECT_EQ(snapshots.get()->version(), anew.get()->version());
  }
  std::size_t hidden() {
    std::size_t count = 0;
    store.read([&](db::Connection& connection) { count = storage::hiding_imports(connection).size(); });
    return count;
  }
  std::optional<domain::Record> record(const std::string& slug) {
    std::optional<domain::Record> record;
    store.read([&](db::Connection& connection) {
      if (const auto id = storage::record_of_slug(connection, slug))
        record = storage::find_record(connection, *id);
    });
    return record;
  }

  static inline int made = 0;
  MovedClock clock{1'795'500'000'000'000};  // 2026-11-24
  std::unique_ptr<TestDatabase> database;
  bool own_folder;
  std::filesystem::path folder_;
  storage::Store store;
  storage::RecordIndex index;  // that lives as long as the office
  domain::Classification classification = storage::read_classification({});
  domain::Roles roles = storage::read_roles({});
  Published<catalog::Snapshot> snapshots;
  service::Refresher refresher;
  service::Potentials potentials;
  service::Imports imports;
  service::Jobs jobs;
};

}  // namespace simpul::test
