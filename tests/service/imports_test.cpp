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
#include "service/imports_kit.hpp"
#include "service/potentials.hpp"
#include "service/refresher.hpp"
#include "storage/accounts.hpp"
#include "storage/jobs.hpp"
#include "storage/records.hpp"
#include "storage/reference.hpp"
#include "support/database.hpp"

namespace simpul::service {
namespace {

using test::ImportOffice;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

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

}  // namespace
}  // namespace simpul::service
