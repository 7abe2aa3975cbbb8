// The drill: a backup is made while a writer writes, and comes back whole into an empty place. Runs on SQLite
// (service_tests) and on PostgreSQL (postgres_tests).
#include "service/backup.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <thread>

#include "base/durable_file.hpp"
#include "base/error.hpp"
#include "domain/backup.hpp"
#include "service/restore.hpp"
#include "storage/jobs.hpp"
#include "storage/regions.hpp"
#include "support/database.hpp"
#include "support/office.hpp"

namespace simpul::service {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const bool kSqlite = !test::on_postgres();

const db::Statement kNewer("test.newer_schema",
                           "INSERT INTO schema_version (version, name, applied_at) VALUES ($1, 'later', 0)");
const db::Statement kForge("test.forge",
                           "UPDATE audit SET content = '{\"forged\":true}' WHERE sequence = $1");

void add_region(storage::Store& store, const std::string& code) {
  domain::Region region;
  region.code = region.bps_code = code;
  region.name = {{"id", "Kabupaten " + code}};
  region.kind = "regency";
  region.source = "test";
  store.write({"officer"}, [&](storage::WriteTransaction& transaction) {
    transaction.audit("create", "region", code, "{\"code\":\"" + code + "\"}");
    storage::put(transaction, region);
  });
}

std::vector<std::string> region_codes(storage::Store& store) {
  std::vector<std::string> codes;
  store.read([&](db::Connection& connection) {
    for (const auto& region : storage::read_regions(connection)) codes.push_back(region.code);
  });
  return codes;
}

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  return names;
}

// What was refused; Forbidden: nothing was.
struct Refusal {
  ErrorKind kind = ErrorKind::Forbidden;
  std::string said;
};
Refusal refusal(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return {error.kind, error.what()};
  }
  return {};
}

class BackupTest : public testing::Test {
 protected:
  BackupTest() {
    fs::create_directories(data());
    fs::create_directories(source_.backup_folder);
    write_file(data() / "files/2026/a1.pdf", std::string(700'000, 'p'));
    write_file(data() / "files/2026/empty", "");
    write_file(data() / "simpul.key", "secret of this installation");
    write_file(data() / "simpul.lock", "");
    write_file(data() / "spool/half.upload", "half");
    write_file(data() / "backups/simpul-20200101T000000Z.tar", "old");
    fs::create_symlink("/etc/passwd", data() / "files/link");
  }
  fs::path data() const { return folder_.path() / "data"; }
  fs::path new_data() const { return folder_.path() / "new"; }
  std::string new_address() {
    if (!kSqlite) return other_database_.address();
    return "sqlite:" + (new_data() / "simpul.db").string();
  }
  fs::path made() { return make_backup(source_, folder_.path() / "made.tar", {}, clock_).file; }
  RestoreReport restore(const fs::path& file) { return restore_backup(file, new_address(), new_data()); }
  // The place of a restore is as empty as it was.
  void expect_nothing_restored() {
    if (fs::exists(new_data())) {
      EXPECT_THAT(names_in(new_data()), IsEmpty());
    }
    if (!kSqlite) {
      EXPECT_THAT(refusal([&] { restore(folder_.path() / "none.tar"); }).said, Not(HasSubstr("not empty")));
    }
  }

  ScratchFolder folder_{fs::temp_directory_path(), "simpul-backup-test-"};
  test::TestDatabase database_, other_database_;
  test::MovedClock clock_{test::kLastSecondOfADay};
  std::string address_ = kSqlite ? "sqlite:" + (data() / "simpul.db").string() : database_.address();
  BackupSource source_{address_, data(), data() / "backups"};
};

TEST_F(BackupTest, HoldsTheDatabaseAndTheFilesAndComesBackEqual) {
  storage::Store store(address_);
  add_region(store, "74.01");
  add_region(store, "74.02");
  const auto report = make_backup(source_, source_.backup_folder, {}, clock_);
  EXPECT_EQ(report.file.filename(), "simpul-20261124T155959Z.tar");
  EXPECT_EQ(report.audit_entries, 2);
  EXPECT_EQ(report.files, 3u);
  EXPECT_TRUE(report.chain_is_whole);
  struct stat status {};
  ASSERT_EQ(::stat(report.file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  EXPECT_THAT(names_in(source_.backup_folder), SizeIs(2));  // nothing half made is left

  const auto restored = restore(report.file);
  EXPECT_EQ(restored.files, 3u);
  EXPECT_EQ(restored.manifest.created_at, "2026-11-24T15:59:59Z");
  EXPECT_EQ(restored.manifest.audit_last_hash, report.audit_last_hash);
  EXPECT_EQ(text_of(new_data() / "files/2026/a1.pdf"), std::string(700'000, 'p'));
  EXPECT_EQ(text_of(new_data() / "simpul.key"), "secret of this installation");
  EXPECT_TRUE(fs::exists(new_data() / "files/2026/empty"));
  for (const auto* left_out : {"simpul.lock", "spool", "backups", "files/link", ".restoring"})
    EXPECT_FALSE(fs::exists(fs::symlink_status(new_data() / left_out))) << left_out;
  EXPECT_NO_THROW(refuse_half_restored(new_data()));

  storage::Store again(new_address());
  EXPECT_EQ(region_codes(again), region_codes(store));
  EXPECT_EQ(again.schema_version(), store.schema_version());
  add_region(again, "74.03");  // and it goes on
  EXPECT_EQ(again.last_sequence(), 3);
}

using BackupThreads = BackupTest;

// While an officer writes without a pause: what comes back is the register as it was at one moment.
TEST_F(BackupThreads, IsOneMomentWhileAWriterWrites) {
  storage::Store store(address_);
  std::atomic<bool> enough = false;
  std::atomic<int> written = 0;
  std::thread officer([&] {
    for (int i = 0; !enough; ++i) {
      add_region(store, "r" + std::to_string(100'000 + i));
      ++written;
    }
  });
  while (written < 20) std::this_thread::yield();
  const int before = written;
  const auto report = make_backup(source_, folder_.path() / "made.tar", {}, clock_);
  const int after = written;
  while (written < after + 5) std::this_thread::yield();  // nobody was locked out
  enough = true;
  officer.join();
  EXPECT_GE(report.audit_entries, before);
  EXPECT_LE(report.audit_entries, after + 1);

  restore(report.file);
  storage::Store again(new_address());
  EXPECT_EQ(again.last_sequence(), report.audit_entries);
  auto expected = region_codes(store);
  std::ranges::sort(expected);
  expected.resize(static_cast<std::size_t>(report.audit_entries));
  auto found = region_codes(again);
  std::ranges::sort(found);
  EXPECT_EQ(found, expected);
}

TEST_F(BackupTest, IsNotRestoredOverAnything) {
  storage::Store store(address_);
  add_region(store, "74.01");
  const auto file = made();
  write_file(new_data() / "letter.txt", "mine");
  const auto folder = refusal([&] { restore(file); });
  EXPECT_EQ(folder.kind, ErrorKind::Conflict);
  EXPECT_THAT(folder.said, HasSubstr("letter.txt"));
  EXPECT_THAT(names_in(new_data()), ElementsAre("letter.txt"));
  const auto database = refusal([&] { restore_backup(file, address_, folder_.path() / "third"); });
  EXPECT_EQ(database.kind, ErrorKind::Conflict);
  EXPECT_THAT(database.said, HasSubstr("not empty"));
  EXPECT_EQ(region_codes(store), std::vector<std::string>{"74.01"});
  EXPECT_EQ(refusal([&] { make_backup(source_, file, {}, clock_); }).kind, ErrorKind::Conflict);
}

TEST_F(BackupTest, EveryCutAndEveryChangedByteIsSeenAndNothingIsRestored) {
  storage::Store store(address_);
  add_region(store, "74.01");
  write_file(data() / "files/2026/a1.pdf", "short");
  const auto file = made();
  const auto whole = text_of(file);
  const auto damaged = folder_.path() / "damaged.tar";
  const auto list = whole.find("\"audit_entries\"");
  for (const auto length : {std::size_t{0}, std::size_t{100}, whole.size() / 2, whole.find("short"), list}) {
    write_file(damaged, whole.substr(0, length));
    EXPECT_EQ(refusal([&] { restore(damaged); }).kind, ErrorKind::Invalid) << length;
  }
  // One byte of the contents of each file: in the middle of the database, in an attachment, in the list.
  for (const auto place :
       {whole.size() / 2, whole.find("short"), list + 17, whole.find("\"blake2b\"") + 15}) {
    auto changed = whole;
    changed[place] = static_cast<char>(changed[place] ^ 1);
    write_file(damaged, changed);
    EXPECT_EQ(refusal([&] { restore(damaged); }).kind, ErrorKind::Invalid) << place;
  }
  EXPECT_EQ(refusal([&] { restore(folder_.path() / "none.tar"); }).kind, ErrorKind::Unavailable);
  expect_nothing_restored();
  EXPECT_EQ(restore(file).manifest.audit_entries, 1);
}

// Somebody who can write the database forges the log, and a backup is made of it.
TEST_F(BackupTest, AForgedRegisterIsBackedUpButSaidAndNotRestored) {
  storage::Store store(address_);
  add_region(store, "74.01");
  add_region(store, "74.02");
  db::open(address_, db::Mode::Write)->run(kForge, {1});
  const auto report = make_backup(source_, folder_.path() / "made.tar", {}, clock_);
  EXPECT_FALSE(report.chain_is_whole);
  const auto refused = refusal([&] { restore(report.file); });
  EXPECT_EQ(refused.kind, ErrorKind::Invalid);
  EXPECT_THAT(refused.said, HasSubstr("audit chain"));
  expect_nothing_restored();
}

TEST_F(BackupTest, OfANewerProgramIsRefused) {
  { storage::Store store(address_); }
  db::open(address_, db::Mode::Write)->run(kNewer, {9999});
  const auto file = made();  // an older program can still save it
  const auto refused = refusal([&] { restore(file); });
  EXPECT_EQ(refused.kind, ErrorKind::Conflict);
  EXPECT_THAT(refused.said, HasSubstr("newer Simpul"));
  expect_nothing_restored();
}

TEST_F(BackupTest, OfTheOtherKindOfDatabaseIsRefused) {
  if (kSqlite) GTEST_SKIP() << "the other direction needs no second server";
  { storage::Store store(address_); }
  const auto file = made();
  const auto other = "sqlite:" + (new_data() / "simpul.db").string();
  const auto refused = refusal([&] { restore_backup(file, other, new_data()); });
  EXPECT_EQ(refused.kind, ErrorKind::Conflict);
}

TEST_F(BackupTest, AFullDiskIsSaidAndLeavesNoFile) {
  storage::Store store(address_);
  add_region(store, "74.01");
  const auto file = made();
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const auto signal_before = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit full{100'000, before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &full);
  const auto backup = refusal([&] { make_backup(source_, folder_.path() / "full.tar", {}, clock_); });
  const auto restored = refusal([&] { restore(file); });
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, signal_before);
  EXPECT_EQ(backup.kind, ErrorKind::Unavailable);
  EXPECT_EQ(restored.kind, ErrorKind::Unavailable);
  EXPECT_THAT(names_in(folder_.path()), Not(testing::Contains(testing::HasSubstr("full.tar"))));
  EXPECT_THAT(names_in(folder_.path()), Not(testing::Contains(testing::StartsWith(".simpul-backup-"))));
  expect_nothing_restored();
  EXPECT_EQ(restore(file).manifest.audit_entries, 1);
}

TEST_F(BackupTest, ARestoreThatWasBrokenOffIsNotTakenForARegister) {
  { storage::Store store(address_); }
  const auto file = made();
  fs::create_directories(new_data() / ".restoring/data/files");  // killed while it unpacked
  EXPECT_EQ(refusal([&] { refuse_half_restored(new_data()); }).kind, ErrorKind::Conflict);
  restore(file);
  EXPECT_NO_THROW(refuse_half_restored(new_data()));
}

TEST_F(BackupTest, TheJobWritesIntoItsFolderAndRemovesWhatIsOutdated) {
  storage::Store store(address_, clock_);
  add_region(store, "74.01");
  write_file(source_.backup_folder / "simpul-20261120T180000Z.tar", "older");
  write_file(source_.backup_folder / "simpul-20261121T180000Z.tar", "old");
  write_file(source_.backup_folder / "by-hand.tar", "mine");
  const auto left = source_.backup_folder / ".simpul-backup-killed";
  write_file(left / "backup.tar", "half");
  fs::last_write_time(left, fs::file_time_type::clock::now() - std::chrono::hours(30));
  BackupSettings settings;
  settings.keep_days = 2;
  settings.keep_months = 1;
  Jobs jobs(store, {{kBackupKind, backup_job(source_, settings, clock_)}}, {}, clock_);
  schedule_backup(jobs, settings);
  clock_.move(2 * 3600 + 1);
  jobs.keep();
  EXPECT_TRUE(jobs.run_next());
  EXPECT_THAT(names_in(source_.backup_folder),
              ElementsAre("by-hand.tar", "simpul-20261121T180000Z.tar", "simpul-20261124T180000Z.tar"));
  std::vector<domain::Job> all;
  store.read([&](db::Connection& connection) { all = storage::list_jobs(connection, {}); });
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].state, domain::JobState::Done);
  EXPECT_THAT(all[0].result, HasSubstr("simpul-20261124T180000Z.tar"));
  // The job is queued again while it runs when the program is killed: it can be run twice.
  clock_.move(1);
  jobs.enqueue({"officer"}, {kBackupKind, "{}", {}, {}});
  EXPECT_TRUE(jobs.run_next());
  EXPECT_THAT(names_in(source_.backup_folder), SizeIs(3));

  settings.time = "2 o'clock";
  EXPECT_THROW(schedule_backup(jobs, settings), Error);
  settings.time = "";
  schedule_backup(jobs, settings);
  clock_.move(86'400);
  jobs.keep();
  EXPECT_FALSE(jobs.run_next());
}

TEST_F(BackupTest, IsBrokenOffByWhoFollowsIt) {
  storage::Store store(address_, clock_);
  Jobs* all = nullptr;
  auto kind = backup_job(source_, {}, clock_);
  const auto whole = kind.function;
  kind.function = [&](JobContext& context) {
    all->cancel({"officer"}, context.id());
    return whole(context);
  };
  Jobs jobs(store, {{kBackupKind, kind}}, {}, clock_);
  all = &jobs;
  const auto id = jobs.enqueue({"officer"}, {kBackupKind, "{}", {}, {}});
  EXPECT_TRUE(jobs.run_next());
  std::optional<domain::Job> job;
  store.read([&](db::Connection& connection) { job = storage::find_job(connection, id); });
  EXPECT_EQ(job->state, domain::JobState::Cancelled);
  EXPECT_THAT(names_in(source_.backup_folder), ElementsAre("simpul-20200101T000000Z.tar"));
}

TEST(BackupManifest, IsReadStrictly) {
  const BackupManifest manifest{"0.1.0", "2026-11-24T15:59:59Z", 5, 2, "abc", {{"data/a", 7, "ff"}}};
  const auto text = to_json(manifest);
  const auto read = parse_manifest(text);
  EXPECT_EQ(read.files, manifest.files);
  EXPECT_EQ(read.audit_last_hash, "abc");
  EXPECT_EQ(refusal([] { parse_manifest("{}"); }).kind, ErrorKind::Invalid);
  EXPECT_EQ(refusal([] { parse_manifest("not json"); }).kind, ErrorKind::Invalid);
  EXPECT_EQ(refusal([] { parse_manifest(R"({"format":2})"); }).kind, ErrorKind::Conflict);
}

}  // namespace
}  // namespace simpul::service
