// Runs on SQLite and on PostgreSQL.
#include "service/imports.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>

#include "base/error.hpp"
#include "service/import.hpp"
#include "service/potentials.hpp"
#include "service/refresher.hpp"
#include "storage/accounts.hpp"
#include "storage/jobs.hpp"
#include "storage/records.hpp"
#include "storage/reference.hpp"
#include "support/database.hpp"
#include "support/import_office.hpp"

namespace simpul::service {
namespace {

using test::ImportOffice;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string kHeader = "Judul;Wilayah;Sektor;Kategori;Ringkasan;Lintang;Bujur;Luas (ha);Tahun;Sumber\n";

std::string row(const std::string& title, const std::string& region = "74.01", const std::string& tail = {}) {
  return title + ";" + region + ";A;fishery;Perairan yang cocok.;" +
         (tail.empty() ? "-4,05;121,6;1.234,5;2024;Dinas Perikanan (2026)" : tail) + "\n";
}

class ImportsTest : public testing::Test {
 protected:
  ImportOffice office_;
  domain::Actor kolaka_ = office_.account("regional_operator", "74.01");
  domain::Actor konawe_ = office_.account("regional_operator", "74.02");
  domain::Actor admin_ = office_.account("provincial_administrator", "74");
};

TEST_F(ImportsTest, AFileIsRecognised) {
  const auto view =
      office_.create(kolaka_, "Data Kolaka.csv", kHeader + row("Teripang") + row("Rumput laut"));
  EXPECT_EQ(view.state, "mapping");
  EXPECT_EQ(view.import.found.kind, "csv");
  const auto& settings = view.import.settings;
  EXPECT_EQ(settings.delimiter, ";");
  EXPECT_EQ(settings.decimal, ",");
  EXPECT_EQ(settings.encoding, "utf-8");
  EXPECT_EQ(settings.header_row, 1);
  EXPECT_EQ(settings.match, "title");
  EXPECT_EQ(settings.column_of("quantity")->unit, "ha");
  EXPECT_EQ(view.import.found.layers.at(0).rows, 2);
  EXPECT_THAT(view.import.found.layers[0].fields.at(0).samples, ElementsAre("Teripang", "Rumput laut"));
  EXPECT_EQ(view.already, std::nullopt);
}

TEST_F(ImportsTest, ADryRunCountsAndWritesNothing) {
  const auto id = office_
                      .create(kolaka_, "a.csv",
                              kHeader + row("Teripang") + row("Salah", "74.01", "-4,05;121,6;banyak;2024;x") +
                                  row("Jauh", "74.02"))
                      .import.id;
  const auto before = office_.records();
  const auto report = office_.check(kolaka_, id);
  EXPECT_EQ(report.at("counts").at("new"), 1);
  EXPECT_EQ(report.at("counts").at("error"), 2);
  EXPECT_EQ(office_.records(), before);
  std::vector<std::string> groups;
  for (const auto& error : report.at("errors").as_array())
    groups.push_back(std::string(error.at("field").as_string()) + "@" +
                     std::string(error.at("rows").as_string()));
  EXPECT_THAT(groups, testing::UnorderedElementsAre("figures@3", "region@4"));
  EXPECT_EQ(office_.imports.get(kolaka_, id).state, "checked");
}

TEST_F(ImportsTest, RowsBecomeDraftsOfTheRegion) {
  const auto id =
      office_.create(kolaka_, "a.csv", kHeader + row("Teripang kolam") + row("Rumput laut merah")).import.id;
  office_.run(kolaka_, id);
  const auto view = office_.imports.get(kolaka_, id);
  EXPECT_EQ(view.state, "applied");
  const auto result = boost::json::parse(view.import.result);
  EXPECT_EQ(result.at("created"), 2);
  EXPECT_EQ(result.at("rejected"), 0);
  const auto record = office_.record("teripang-kolam");
  ASSERT_TRUE(record);
  EXPECT_EQ(record->state, domain::RecordState::Draft);
  EXPECT_EQ(record->author, kolaka_.account);
  EXPECT_EQ(record->draft.figures.at(0).quantity, 1234.5);
  EXPECT_EQ(record->draft.figures[0].unit, "ha");
  EXPECT_EQ(record->draft.figures[0].kind, "area");
  EXPECT_EQ(record->draft.geometry->parts[0][0][0], (geo::Point{121.6, -4.05}));
  // Nothing of it is public.
  office_.refresher.refresh();
  EXPECT_FALSE(office_.snapshots.get()->find_potential("teripang-kolam"));
}

TEST_F(ImportsTest, PublishedAtOnceAsNotConfirmed) {
  const auto view = office_.create(admin_, "a.csv", kHeader + row("Teripang kolam") + row("Nikel", "74.02"));
  office_.set(admin_, view.import.id, [](SettingsChange& change) { change.action = "publish"; });
  const auto snapshot = office_.snapshots.get()->version();
  office_.run(admin_, view.import.id);
  EXPECT_EQ(office_.snapshots.get()->version(), snapshot);
  EXPECT_TRUE(office_.refresher.refresh());
  const auto potential = office_.snapshots.get()->potential("teripang-kolam");
  ASSERT_TRUE(potential.has_value());
  EXPECT_FALSE(potential->confirmed);
  EXPECT_TRUE(office_.snapshots.get()->find_potential("nikel"));
}

TEST_F(ImportsTest, OnlyWhoMayPublishPublishes) {
  const auto view = office_.create(kolaka_, "a.csv", kHeader + row("Teripang"));
  EXPECT_EQ(test::refused([&] {
              office_.set(kolaka_, view.import.id, [](SettingsChange& change) { change.action = "publish"; });
            }),
            ErrorKind::Invalid);
}

TEST_F(ImportsTest, AnotherRegionSeesGuessesRunsUndoesNothing) {
  const auto id = office_.create(kolaka_, "a.csv", kHeader + row("Teripang")).import.id;
  office_.check(kolaka_, id);
  auto& imports = office_.imports;
  for (const auto& call : std::vector<std::function<void()>>{
           [&] { imports.get(konawe_, id); }, [&] { imports.change(konawe_, id, 1, {}); },
           [&] { imports.check(konawe_, id); }, [&] { imports.run(konawe_, id); },
           [&] { imports.undo(konawe_, id); }, [&] { imports.rows(konawe_, id, {}, 0, 10); },
           [&] { imports.row(konawe_, id, 2); },
           [&] {
             imports.fix(konawe_, id, 2, {{"Judul", "x"}});
           },
           [&] { imports.remove(konawe_, id); }})
    EXPECT_EQ(test::refused(call), ErrorKind::NotFound);
  EXPECT_THAT(imports.list(konawe_, 0, 10), IsEmpty());
  EXPECT_EQ(imports.list(kolaka_, 0, 10).size(), 1u);
  EXPECT_EQ(imports.list(admin_, 0, 10).size(), 1u);
}

TEST_F(ImportsTest, ARowOfAnotherRegionIsAnErrorAndNotDropped) {
  const auto id = office_.create(kolaka_, "a.csv", kHeader + row("Teripang", "74.02")).import.id;
  office_.run(kolaka_, id);
  EXPECT_FALSE(office_.record("teripang"));
  const auto result = boost::json::parse(office_.imports.get(kolaka_, id).import.result);
  EXPECT_EQ(result.at("rejected"), 1);
  const auto lines = office_.imports.rows(kolaka_, id, RowOutcome::Error, 0, 10).lines;
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].judged.errors.at(0).field, "region");
}

TEST_F(ImportsTest, TheSameFileAgainChangesNothing) {
  const auto text = kHeader + row("Teripang kolam") + row("Rumput laut merah");
  const auto first = office_.create(kolaka_, "a.csv", text).import.id;
  office_.run(kolaka_, first);
  const auto again = office_.create(kolaka_, "b.csv", text);
  ASSERT_TRUE(again.already);
  EXPECT_EQ(again.already->id, first);
  const auto report = office_.check(kolaka_, again.import.id);
  EXPECT_EQ(report.at("counts").at("same"), 2);
  office_.run(kolaka_, again.import.id);
  EXPECT_EQ(office_.record("teripang-kolam")->version, 1);
}

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

TEST_F(ImportsTest, TheListHoldsWhatAnImportMadeAndChanged) {
  const auto first = office_.create(kolaka_, "a.csv", kHeader + row("Satu") + row("Dua")).import.id;
  office_.run(kolaka_, first);
  const auto second =
      office_.create(kolaka_, "b.csv", kHeader + row("Dua", "74.01", "-4,05;121,6;99;2024;x") + row("Tiga"))
          .import.id;
  office_.run(kolaka_, second);
  const auto titles = [&](const domain::Actor& actor, std::int64_t import) {
    storage::RecordFilter filter;
    filter.import = import;
    std::vector<std::string> found;
    for (const auto& line :
         office_.potentials
             .list(actor, filter, Potentials::Task::None, storage::RecordOrder::Title, "", 0, 10)
             .lines)
      found.push_back(line.title.at("id"));
    EXPECT_EQ(office_.potentials.counts(actor, filter, Potentials::Task::None).total, std::ssize(found));
    EXPECT_EQ(office_.potentials.ids(actor, filter, storage::RecordOrder::Title).size(), found.size());
    return found;
  };
  EXPECT_THAT(titles(kolaka_, first), ElementsAre("Dua", "Satu"));
  EXPECT_THAT(titles(kolaka_, second), ElementsAre("Dua", "Tiga"));
  EXPECT_THAT(titles(konawe_, second), IsEmpty());
  EXPECT_THAT(titles(kolaka_, 999), IsEmpty());
  office_.undo(kolaka_, second);
  EXPECT_THAT(titles(kolaka_, first), ElementsAre("Dua", "Satu"));
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
}

TEST_F(ImportsTest, AfterThirtyDaysNothingIsUndone) {
  const auto id = office_.create(kolaka_, "a.csv", kHeader + row("Teripang")).import.id;
  office_.run(kolaka_, id);
  office_.clock.move(31 * 86'400);
  EXPECT_EQ(test::refused([&] { office_.imports.undo(kolaka_, id); }), ErrorKind::Conflict);
  EXPECT_TRUE(office_.record("teripang"));
}

TEST_F(ImportsTest, ARowIsCorrectedInTheGrid) {
  const auto id = office_
                      .create(kolaka_, "a.csv",
                              kHeader + row("Teripang") + row("Salah", "74.01", "-4,05;121,6;banyak;2024;x"))
                      .import.id;
  office_.check(kolaka_, id);
  const auto line = office_.imports.fix(kolaka_, id, 3, {{"Luas (ha)", "12,5"}});
  EXPECT_EQ(line.judged.outcome, RowOutcome::New);
  EXPECT_TRUE(line.fixed);
  EXPECT_THAT(office_.imports.rows(kolaka_, id, RowOutcome::Error, 0, 10).lines, IsEmpty());
  EXPECT_TRUE(boost::json::parse(office_.imports.get(kolaka_, id).import.report).at("stale").as_bool());
  EXPECT_EQ(test::refused([&] {
              office_.imports.fix(kolaka_, id, 3, {{"Kolom", "x"}});
            }),
            ErrorKind::Invalid);
  office_.run(kolaka_, id);
  EXPECT_EQ(office_.record("salah")->draft.figures.at(0).quantity, 12.5);
}

TEST_F(ImportsTest, UnknownWordsAreExplainedOnceAndRemembered) {
  const auto text = kHeader + row("Teripang", "Kab. Kolacca") + row("Lain", "Kab. Kolacca");
  const auto id = office_.create(admin_, "a.csv", text).import.id;
  auto report = office_.check(admin_, id);
  ASSERT_EQ(report.at("codes").as_array().size(), 1u);
  const auto& unknown = report.at("codes").as_array()[0];
  EXPECT_EQ(unknown.at("value"), "Kab. Kolacca");
  EXPECT_EQ(unknown.at("count"), 2);
  EXPECT_EQ(unknown.at("suggestions").as_array().at(0).at("code"), "74.01");
  office_.set(admin_, id, [](SettingsChange& change) {
    change.codes = {{{"region", "Kab. Kolacca", "74.01"}}};
  });
  report = office_.check(admin_, id);
  EXPECT_THAT(report.at("codes").as_array(), IsEmpty());
  EXPECT_EQ(report.at("counts").at("new"), 2);
  // Another file, the same word.
  const auto next = office_.create(admin_, "b.csv", kHeader + row("Sagu", "Kab. Kolacca")).import.id;
  EXPECT_EQ(office_.check(admin_, next).at("counts").at("new"), 1);
}

TEST_F(ImportsTest, ARowThatTheFormRefusesIsRefusedWithTheSameKey) {
  const auto id = office_
                      .create(kolaka_, "a.csv",
                              kHeader + ";74.01;A;fishery;;-4,05;121,6;5;2024;x\n" +
                                  "Teripang;74.01;ZZ;laut;Ada.;;;-5;1800;\n")
                      .import.id;
  office_.check(kolaka_, id);
  const auto lines = office_.imports.rows(kolaka_, id, {}, 0, 10).lines;
  ASSERT_EQ(lines.size(), 2u);
  // What the form says to the same words: a draft that cannot even be kept is refused with the same faults.
  const std::vector<std::vector<std::string>> fields{{"title.id"}, {"sector", "category", "geometry"}};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    auto form = domain::validate(lines[i].judged.draft,
                                 vocabulary_of(office_.classification, office_.snapshots.get()));
    as_members(form);
    const auto said = [](const std::vector<FieldError>& errors, const std::string& field) {
      const auto found = std::ranges::find(errors, field, &FieldError::field);
      return found == errors.end() ? std::string() : found->key;
    };
    for (const auto& field : fields[i]) {
      EXPECT_NE(said(lines[i].judged.errors, field), "") << field;
      if (i == 0) {
        EXPECT_EQ(said(lines[i].judged.errors, field), said(form, field)) << field;
      }
    }
    EXPECT_FALSE(form.empty());
    for (const auto& fault : form)
      EXPECT_TRUE(std::ranges::any_of(
          lines[i].judged.errors,
          [&](const FieldError& error) { return error.field == fault.field && error.key == fault.key; }))
          << fault.field << " " << fault.key;
  }
}

TEST_F(ImportsTest, ARowThatMeansTheSameRecordNamesTheFirstOneAfterTheRunToo) {
  const auto id =
      office_.create(kolaka_, "a.csv", kHeader + row("Sagu uji", "74.01") + row("Sagu uji", "74.01"))
          .import.id;
  const auto said = [&] {
    const auto lines = office_.imports.rows(kolaka_, id, RowOutcome::Error, 0, 10).lines;
    EXPECT_EQ(lines.size(), 1u);
    return lines.empty() || lines[0].judged.errors.empty() ? MessageArgs()
                                                           : lines[0].judged.errors.front().args;
  };
  office_.check(kolaka_, id);
  EXPECT_EQ(said(), (MessageArgs{{"row", "2"}}));
  office_.run(kolaka_, id);
  EXPECT_EQ(said(), (MessageArgs{{"row", "2"}}));
}

TEST_F(ImportsTest, AnAddressThatIsTakenIsSaidBeforeTheRun) {
  const auto taken = office_.record("kolaka-nickel-pomalaa");
  ASSERT_TRUE(taken);
  const auto id = office_
                      .create(konawe_, "a.csv",
                              "Slug;Judul;Sektor;Kategori;Ringkasan;Ketelitian lokasi;Sumber\n"
                              "kolaka-nickel-pomalaa;Nikel uji;B;mineral;Ada.;regency;x (2026)\n")
                      .import.id;
  office_.set(konawe_, id, [](SettingsChange& wanted) { wanted.match = "none"; });
  EXPECT_EQ(office_.check(konawe_, id).at("counts").at("error"), 1);
  const auto lines = office_.imports.rows(konawe_, id, RowOutcome::Error, 0, 10).lines;
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_TRUE(std::ranges::any_of(lines[0].judged.errors, [](const FieldError& error) {
    return error.field == "slug" && error.key == "Another record has this address";
  }));
}

TEST_F(ImportsTest, AProfileIsTakenByAFileItFits) {
  const auto first = office_.create(kolaka_, "a.csv", "X1;X2;X3\nTeripang;A;fishery\n");
  auto settings = first.import.settings;
  settings.columns = {
      {"X1", "title.id", "", false}, {"X2", "sector", "", false}, {"X3", "category", "", false}};
  settings.defaults = {{"summary.id", "Ringkas."},
                       {"accuracy", "regency"},
                       {"status", "indicative"},
                       {"source", "Dinas (2026)"}};
  settings.match = "title";
  const auto profile = office_.imports.save_profile(kolaka_, "Dinas X", settings);
  const auto second = office_.create(kolaka_, "b.csv", "X1;X2;X3\nLobster;A;fishery\n");
  EXPECT_EQ(office_.check(kolaka_, second.import.id).at("counts").at("new"), 1);
  EXPECT_THAT(office_.imports.profiles(konawe_), IsEmpty());
  EXPECT_EQ(test::refused([&] { office_.imports.remove_profile(konawe_, profile.id); }), ErrorKind::NotFound);
  office_.imports.remove_profile(kolaka_, profile.id);
  EXPECT_THAT(office_.imports.profiles(kolaka_), IsEmpty());
}

TEST_F(ImportsTest, TheOwnKeyFindsTheRecordAgain) {
  const auto header = "Kode sendiri;" + kHeader;
  const auto first = office_.create(kolaka_, "a.csv", header + "K-1;" + row("Teripang")).import.id;
  ASSERT_EQ(office_.imports.get(kolaka_, first).import.settings.match, "key");
  office_.run(kolaka_, first);
  const auto second = office_.create(kolaka_, "b.csv", header + "K-1;" + row("Teripang pasir")).import.id;
  EXPECT_EQ(office_.check(kolaka_, second).at("counts").at("changed"), 1);
  office_.run(kolaka_, second);
  EXPECT_EQ(office_.record("teripang")->draft.title.at("id"), "Teripang pasir");
}

TEST_F(ImportsTest, TwoRowsThatMeanTheSameRecord) {
  const auto id = office_.create(kolaka_, "a.csv", kHeader + row("Teripang") + row("teripang")).import.id;
  const auto report = office_.check(kolaka_, id);
  EXPECT_EQ(report.at("counts").at("new"), 1);
  EXPECT_EQ(report.at("counts").at("error"), 1);
  const auto lines = office_.imports.rows(kolaka_, id, RowOutcome::Error, 0, 10).lines;
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].judged.errors.at(0).args.at("row"), "2");
}

TEST_F(ImportsTest, ARecordUnderReviewIsLeftAlone) {
  const auto id = office_.create(kolaka_, "a.csv", kHeader + row("Teripang")).import.id;
  office_.set(kolaka_, id, [](SettingsChange& change) { change.action = "submit"; });
  office_.run(kolaka_, id);
  EXPECT_EQ(office_.record("teripang")->state, domain::RecordState::Submitted);
  const auto next =
      office_.create(kolaka_, "b.csv", kHeader + row("Teripang", "74.01", "-4,05;121,6;9;2024;x")).import.id;
  EXPECT_EQ(office_.check(kolaka_, next).at("counts").at("error"), 1);
}

// --- what breaks off
// -------------------------------------------------------------------------------------------

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
