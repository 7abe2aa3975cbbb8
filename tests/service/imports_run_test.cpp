// Runs on SQLite and on PostgreSQL.
// What a run comes to when it is cancelled, broken off or taken back.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/error.hpp"
#include "service/imports_kit.hpp"

namespace simpul::service {
namespace {

using test::ImportOffice;

TEST_F(ImportsTest, AChangedRowChangesItsRecordAndUndoBringsItBack) {
  const auto first = office_.create(kolaka_, "a.csv", kHeader + row("Teripang kolam")).import.id;
  office_.run(kolaka_, first);
  const auto id =
      office_
          .create(kolaka_, "a.csv",
                  kHeader + row("Teripang kolam", "74.01", "-4,06;121,6;99;2025;Dinas (2026)") + row("Baru"))
          .import.id;
  const auto report = office_.check(kolaka_, id);
  EXPECT_EQ(report.at("counts").at("changed"), 1);
  const auto lines = office_.imports.rows(kolaka_, id, RowOutcome::Changed, 0, 10).lines;
  ASSERT_EQ(lines.size(), 1u);
  std::vector<std::string> fields;
  for (const auto& change : lines[0].judged.changes) fields.push_back(change.field);
  EXPECT_THAT(fields, testing::UnorderedElementsAre("figures", "geometry", "sources"));
  office_.run(kolaka_, id);
  EXPECT_EQ(office_.record("teripang-kolam")->draft.figures.at(0).quantity, 99);
  EXPECT_EQ(office_.record("teripang-kolam")->version, 2);

  office_.undo(kolaka_, id);
  const auto view = office_.imports.get(kolaka_, id);
  EXPECT_EQ(view.state, "undone");
  const auto undone = boost::json::parse(view.import.result).at("undone");
  EXPECT_EQ(undone.at("removed"), 1);
  EXPECT_EQ(undone.at("restored"), 1);
  EXPECT_EQ(office_.record("teripang-kolam")->draft.figures.at(0).quantity, 1234.5);
  EXPECT_EQ(office_.record("teripang-kolam")->draft.geometry->parts[0][0][0], (geo::Point{121.6, -4.05}));
  EXPECT_EQ(office_.record("teripang-kolam")->version, 3);
  EXPECT_FALSE(office_.record("baru"));
  EXPECT_EQ(office_.hidden(), 0u);
}

TEST_F(ImportsTest, UndoLeavesAndNamesWhatSomebodyChangedSince) {
  const auto id =
      office_.create(kolaka_, "a.csv", kHeader + row("Satu") + row("Dua") + row("Tiga")).import.id;
  office_.run(kolaka_, id);
  auto record = office_.record("dua").value();
  record.draft.note = "Diperiksa di lapangan";
  office_.potentials.save(kolaka_, record.id, record.version, record.draft);
  office_.undo(kolaka_, id);
  const auto undone = boost::json::parse(office_.imports.get(kolaka_, id).import.result).at("undone");
  EXPECT_EQ(undone.at("removed"), 2);
  ASSERT_EQ(undone.at("kept").as_array().size(), 1u);
  EXPECT_EQ(undone.at("kept").as_array()[0].at("slug"), "dua");
  EXPECT_TRUE(office_.record("dua"));
  EXPECT_FALSE(office_.record("satu"));
  EXPECT_FALSE(office_.record("tiga"));
}

TEST_F(ImportsTest, UndoOfAPublicationTakesItFromThePublic) {
  const auto id = office_.create(admin_, "a.csv", kHeader + row("Teripang kolam")).import.id;
  office_.set(admin_, id, [](SettingsChange& change) { change.action = "publish"; });
  office_.run(admin_, id);
  office_.refresher.refresh();
  ASSERT_TRUE(office_.snapshots.get()->find_potential("teripang-kolam"));
  office_.undo(admin_, id);
  EXPECT_TRUE(office_.refresher.refresh());
  EXPECT_FALSE(office_.snapshots.get()->find_potential("teripang-kolam"));
  office_.expect_public_as_read_anew();
}

TEST_F(ImportsTest, ManyChangesAreWrittenBitByBitAndAppearAsOne) {
  constexpr int kMany = 700;
  std::string before = kHeader, after = kHeader;
  for (int i = 0; i < kMany; ++i) {
    before += row("Banyak " + std::to_string(i));
    after += row("Banyak " + std::to_string(i), "74.01", "-4,05;121,6;7;2025;x");
  }
  const auto publish = [&](const std::string& text) {
    const auto id = office_.create(admin_, "a.csv", text).import.id;
    office_.set(admin_, id, [](SettingsChange& change) { change.action = "publish"; });
    return id;
  };
  office_.run(admin_, publish(before));
  office_.refresher.refresh();
  const auto with_seven = [&] {
    int count = 0;
    const auto snapshot = office_.snapshots.get();
    for (int i = 0; i < kMany; ++i) {
      const auto potential = snapshot->potential("banyak-" + std::to_string(i));
      count += potential && potential->figures.at(0).quantity == 7;
    }
    return count;
  };
  // Broken off in the middle of it.
  const auto id = publish(after);
  const auto in_force = [&] { return office_.imports.get(admin_, id).import.in_force_since.has_value(); };
  for (int fault = 1000; !in_force(); fault += 500) {
    ASSERT_LT(fault, 100'000);
    office_.imports.run(admin_, id);
    int call = 0;
    office_.store.set_call_hook([&] {
      if (++call == fault) throw Error(ErrorKind::Conflict, "as a test wants it");
    });
    try {
      while (office_.jobs.run_next()) {
      }
    } catch (const Error&) {
    }
    office_.store.set_call_hook({});
    if (!in_force()) office_.finish_abandoned();
    ASSERT_EQ(office_.imports.get(admin_, id).import.state, "open") << "written in one go";
  }
  EXPECT_FALSE(office_.refresher.refresh()) << "the public waits for the whole";
  EXPECT_EQ(with_seven(), 0);
  EXPECT_EQ(test::refused(
                [&] { office_.set(admin_, id, [](SettingsChange& change) { change.action = "draft"; }); }),
            ErrorKind::Conflict);
  EXPECT_EQ(test::refused([&] { office_.imports.remove(admin_, id); }), ErrorKind::Conflict);
  // It goes on where it was.
  office_.finish_abandoned();
  if (office_.imports.get(admin_, id).import.state == "open") office_.run(admin_, id);
  EXPECT_TRUE(office_.refresher.refresh());
  EXPECT_EQ(with_seven(), kMany);
  const auto result = boost::json::parse(office_.imports.get(admin_, id).import.result);
  EXPECT_EQ(result.at("changed"), kMany);
  EXPECT_TRUE(result.at("conflicts").as_array().empty());
  // What somebody works on afterwards stays; all else comes back.
  auto record = office_.record("banyak-3").value();
  record.draft.note = "Diperiksa";
  office_.potentials.save(admin_, record.id, record.version, record.draft);
  office_.undo(admin_, id);
  EXPECT_TRUE(office_.refresher.refresh());
  EXPECT_EQ(with_seven(), 1);
  const auto undone = boost::json::parse(office_.imports.get(admin_, id).import.result).at("undone");
  EXPECT_EQ(undone.at("restored"), kMany - 1);
  ASSERT_EQ(undone.at("kept").as_array().size(), 1u);
  EXPECT_EQ(undone.at("kept").as_array()[0].at("slug"), "banyak-3");
  EXPECT_FALSE(office_.imports.get(admin_, id).import.in_force_since);
  office_.expect_public_as_read_anew();
}

TEST_F(ImportsTest, UndoneBeforeThePublicSawItNothingStandsTwice) {
  const auto id = office_.create(admin_, "a.csv", kHeader + row("Satu") + row("Dua") + row("Tiga")).import.id;
  office_.set(admin_, id, [](SettingsChange& change) { change.action = "publish"; });
  office_.run(admin_, id);
  auto record = office_.record("dua").value();
  record.draft.note = "Diperiksa di lapangan";
  office_.potentials.save(admin_, record.id, record.version, record.draft);
  office_.undo(admin_, id);
  // The run and its undoing in one look at the log; one record was kept.
  office_.expect_public_as_read_anew();
  EXPECT_TRUE(office_.snapshots.get()->find_potential("dua"));
  EXPECT_FALSE(office_.snapshots.get()->find_potential("satu"));
}

TEST_F(ImportsTest, AfterThirtyDaysNothingIsUndone) {
  const auto id = office_.create(kolaka_, "a.csv", kHeader + row("Teripang")).import.id;
  office_.run(kolaka_, id);
  office_.clock.move(31 * 86'400);
  EXPECT_EQ(test::refused([&] { office_.imports.undo(kolaka_, id); }), ErrorKind::Conflict);
  EXPECT_TRUE(office_.record("teripang"));
}

TEST_F(ImportsTest, ACancelledRunLeavesTheRegisterAsItWas) {
  std::string text = kHeader;
  for (int i = 0; i < 1500; ++i) text += row("Potensi " + std::to_string(i));
  const auto id = office_.create(kolaka_, "a.csv", text).import.id;
  const auto before = office_.records();
  const auto job = office_.imports.run(kolaka_, id);
  // In the middle of the work somebody cancels: after the first rows are in.
  int writes = 0;
  bool asked = false;
  office_.store.set_call_hook([&] {
    if (++writes < 400 || asked) return;
    asked = true;
    std::thread([&] { office_.jobs.cancel(kolaka_, job); }).detach();
  });
  while (office_.jobs.run_next()) {
  }
  office_.store.set_call_hook({});
  EXPECT_EQ(office_.records(), before);
  EXPECT_EQ(office_.job(job).state, domain::JobState::Cancelled);
  EXPECT_EQ(office_.imports.get(kolaka_, id).state, "mapping");
  // And again, to its end.
  office_.run(kolaka_, id);
  EXPECT_EQ(office_.records(), before + 1500);
  EXPECT_EQ(office_.hidden(), 0u);
}

TEST_F(ImportsTest, AFaultAtAnyStatementLeavesAllOrNothing) {
  const auto first = office_.create(kolaka_, "a.csv", kHeader + row("Satu")).import.id;
  office_.run(kolaka_, first);
  const auto text = kHeader + row("Satu", "74.01", "-4,05;121,6;7;2024;x") + row("Dua") + row("Tiga");
  const auto before = office_.records();
  int calls = 1;
  bool whole = false;
  for (int fault = 1; !whole && fault < 400; fault += 3) {
    const auto id = office_.create(kolaka_, "a.csv", text).import.id;
    office_.imports.run(kolaka_, id);
    int call = 0;
    office_.store.set_call_hook([&] {
      if (++call == fault) throw Error(ErrorKind::Conflict, "as a test wants it");
    });
    try {
      office_.jobs.run_next();
    } catch (const Error&) {
      // The end of the job could not be written: it is taken over.
    }
    office_.store.set_call_hook({});
    calls = call;
    const auto now = office_.records();
    const auto changed = office_.record("satu")->draft.figures.at(0).quantity == 7;
    ASSERT_EQ(now, before + (changed ? 2 : 0)) << "fault at call " << fault;
    whole = changed;
    if (!whole) office_.finish_abandoned();
    const auto view = office_.imports.get(kolaka_, id);
    if (!whole && view.state == "applied") {
      office_.undo(kolaka_, id);
      ASSERT_EQ(office_.records(), before);
    }
  }
  EXPECT_TRUE(whole) << "more than " << calls << " calls";
}

class KilledImportTest : public testing::Test {};

TEST_F(KilledImportTest, IsRunAgainAtTheNextStartAndDoneOnce) {
  test::TestDatabase database;
  const auto folder =
      std::filesystem::temp_directory_path() / ("simpul-killed-" + std::to_string(::getpid()));
  std::string text = kHeader;
  for (int i = 0; i < 600; ++i) text += row("Potensi " + std::to_string(i));
  std::int64_t id = 0;
  std::size_t before = 0;
  {
    ImportOffice office(database.address(), folder);
    const auto kolaka = office.account("regional_operator", "74.01");
    id = office.create(kolaka, "a.csv", text).import.id;
    office.imports.run(kolaka, id);
    before = office.records();
  }
  for (const int deadly : {150, 1500}) {
    const auto child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      ImportOffice office(database.address(), folder);
      int calls = 0;
      office.store.set_call_hook([&] {
        if (++calls == deadly) ::kill(::getpid(), SIGKILL);
      });
      office.jobs.start();
      while (office.jobs.run_next()) {
      }
      ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << deadly;
    ImportOffice office(database.address(), folder);
    EXPECT_EQ(office.records(), before) << deadly;
  }
  ImportOffice office(database.address(), folder);
  office.jobs.start();
  while (office.jobs.run_next()) {
  }
  EXPECT_EQ(office.records(), before + 600);
  EXPECT_EQ(office.hidden(), 0u);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace simpul::service
