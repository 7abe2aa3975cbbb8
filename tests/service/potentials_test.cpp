// Runs on SQLite and on PostgreSQL.
#include "service/potentials.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <set>

#include "base/error.hpp"
#include "service/import.hpp"
#include "service/refresher.hpp"
#include "storage/potentials.hpp"
#include "storage/published.hpp"
#include "storage/reference.hpp"
#include "support/database.hpp"
#include "support/office.hpp"

namespace simpul::service {
namespace {

using domain::RecordAction;
using domain::RecordState;
using test::actor;
using test::refused;
using testing::ElementsAre;
using testing::IsEmpty;

// On the real regions, commodities and potentials of data/.
class PotentialsTest : public testing::Test {
 protected:
  PotentialsTest()
      : store_(database_.address()),
        potentials_(store_, classification_, snapshots_),
        refresher_(store_, classification_, snapshots_) {
    const std::filesystem::path data = SIMPUL_SOURCE_DIR "/data";
    const auto report = import_files(
        store_, classification_, {data / "regions.csv", data / "commodities.csv", data / "potentials.csv"},
        domain::program("import"));
    EXPECT_TRUE(report.faults.empty());
    refresher_.refresh();
  }

  static domain::PotentialDraft draft(const std::string& region = "74.01") {
    auto draft = test::plain_draft(region, "Budidaya teripang");
    draft.title["en"] = "Sea cucumber farming";
    return draft;
  }

  std::vector<std::string> published_slugs() {
    std::vector<std::string> slugs;
    store_.read([&](db::Connection& connection) {
      for (const auto& potential : storage::read_potentials(connection, "published"))
        slugs.push_back(potential.slug);
    });
    return slugs;
  }

  // From a draft to the public, by two people.
  RecordView publish(RecordView view) {
    view = potentials_.step(operator_, view.record.id, view.record.version, RecordAction::Submit, "", {});
    view = potentials_.step(verifier_, view.record.id, view.record.version, RecordAction::Verify, "", {});
    return potentials_.step(verifier_, view.record.id, view.record.version, RecordAction::Publish, "", {});
  }

  test::TestDatabase database_;
  storage::Store store_;
  const domain::Classification classification_ = storage::read_classification({});
  Published<catalog::Snapshot> snapshots_;
  Potentials potentials_;
  Refresher refresher_;
  const domain::Actor operator_ = actor("regional_operator", "74.01", 11);
  const domain::Actor other_ = actor("regional_operator", "74.02", 12);
  const domain::Actor verifier_ = actor("provincial_verifier", "74", 13);
};

TEST_F(PotentialsTest, AnImportGivesEveryPotentialItsRecord) {
  const auto page =
      potentials_.list(verifier_, {}, Potentials::Task::None, storage::RecordOrder::Title, "", 0, 1000);
  EXPECT_EQ(page.total, 277);
  EXPECT_EQ(page.lines.size(), 277u);
  EXPECT_FALSE(page.more);
  EXPECT_THAT(page.lines, testing::Each(testing::Field(&storage::RecordLine::state, "published")));
}

TEST_F(PotentialsTest, ADraftGoesItsCourseToThePublic) {
  auto view = potentials_.create(operator_, draft(), "");
  EXPECT_EQ(view.record.draft.slug, "budidaya-teripang");
  EXPECT_THAT(view.errors, IsEmpty());
  const auto before = published_slugs().size();
  view = publish(std::move(view));
  EXPECT_EQ(view.record.state, RecordState::Published);
  EXPECT_EQ(published_slugs().size(), before + 1);
  ASSERT_TRUE(view.published);
  EXPECT_TRUE(potentials_.preview(operator_, view.record.id).is_public);
  EXPECT_TRUE(refresher_.refresh());
  EXPECT_TRUE(snapshots_.get()->find_potential("budidaya-teripang"));

  // An edit is a draft beside it: the public sees nothing of it until it is published in its turn.
  auto changed = view.record.draft;
  changed.title["id"] = "Budidaya teripang pasir";
  view = potentials_.save(operator_, view.record.id, view.record.version, changed);
  EXPECT_EQ(view.record.state, RecordState::Draft);
  EXPECT_TRUE(view.record.published);
  EXPECT_FALSE(potentials_.preview(operator_, view.record.id).is_public);
  EXPECT_EQ(view.published->title.at("id"), "Budidaya teripang");
  EXPECT_FALSE(refresher_.refresh()) << "work inside the offices makes no new snapshot";
  view = publish(std::move(view));
  EXPECT_EQ(view.published->title.at("id"), "Budidaya teripang pasir");
  EXPECT_TRUE(refresher_.refresh());

  view = potentials_.step(verifier_, view.record.id, view.record.version, RecordAction::Archive,
                          "sudah tutup", {});
  EXPECT_EQ(view.record.state, RecordState::Archived);
  EXPECT_EQ(published_slugs().size(), before);
  view =
      potentials_.step(verifier_, view.record.id, view.record.version, RecordAction::Reopen, "buka lagi", {});
  view = publish(std::move(view));
  EXPECT_EQ(published_slugs().size(), before + 1);
}

TEST_F(PotentialsTest, NobodyVerifiesTheirOwnAndReturnsCarryComments) {
  auto view = potentials_.create(verifier_, draft(), "");
  view = potentials_.step(verifier_, view.record.id, view.record.version, RecordAction::Submit, "", {});
  EXPECT_EQ(refused([&] {
              potentials_.step(verifier_, view.record.id, view.record.version, RecordAction::Verify, "", {});
            }),
            ErrorKind::Conflict);
  EXPECT_EQ(refused([&] {
              potentials_.step(verifier_, view.record.id, view.record.version, RecordAction::Return, "", {});
            }),
            ErrorKind::Invalid)
      << "say why";
  view = potentials_.step(verifier_, view.record.id, view.record.version, RecordAction::Return, "",
                          {{"summary.id", "Sebutkan luasnya"}});
  EXPECT_EQ(view.record.state, RecordState::Draft);
  ASSERT_EQ(view.record.comments.size(), 1u);
  EXPECT_EQ(potentials_.get(operator_, view.record.id).record.comments[0].text, "Sebutkan luasnya");
}

TEST_F(PotentialsTest, AnotherRegionsRecordDoesNotExist) {
  const auto view = potentials_.create(operator_, draft(), "");
  const auto id = view.record.id;
  const auto version = view.record.version;
  EXPECT_EQ(refused([&] { potentials_.get(other_, id); }), ErrorKind::NotFound);
  EXPECT_EQ(refused([&] { potentials_.save(other_, id, version, draft("74.02")); }), ErrorKind::NotFound);
  EXPECT_EQ(refused([&] { potentials_.save(other_, id, version, draft()); }), ErrorKind::NotFound);
  EXPECT_EQ(refused([&] { potentials_.discard(other_, id, version); }), ErrorKind::NotFound);
  EXPECT_EQ(refused([&] { potentials_.step(other_, id, version, RecordAction::Submit, "", {}); }),
            ErrorKind::NotFound);
  EXPECT_EQ(refused([&] { potentials_.history(other_, id); }), ErrorKind::NotFound);
  EXPECT_EQ(refused([&] { potentials_.create(other_, draft(), ""); }), ErrorKind::NotFound);
  // Nor can one's own be moved to where one may not write.
  EXPECT_EQ(refused([&] { potentials_.save(operator_, id, version, draft("74.02")); }), ErrorKind::NotFound);
  const auto page =
      potentials_.list(other_, {}, Potentials::Task::None, storage::RecordOrder::Changed, "", 0, 1000);
  for (const auto& line : page.lines) EXPECT_EQ(line.region, "74.02");
  EXPECT_GT(page.total, 0);
}

TEST_F(PotentialsTest, AnOfficeSeesItsOwnOnly) {
  const auto fishery = actor("opd_officer", "74.01", 21, "Dinas Perikanan");
  const auto tourism = actor("opd_officer", "74.01", 22, "Dinas Pariwisata");
  auto mine = draft();
  mine.unit = "Dinas Perikanan";
  const auto view = potentials_.create(fishery, mine, "");
  EXPECT_EQ(refused([&] { potentials_.get(tourism, view.record.id); }), ErrorKind::NotFound);
  EXPECT_EQ(refused([&] { potentials_.create(fishery, draft(), ""); }), ErrorKind::NotFound)
      << "of no office";
  EXPECT_EQ(
      potentials_.list(fishery, {}, Potentials::Task::None, storage::RecordOrder::Title, "", 0, 10).total, 1);
  EXPECT_EQ(
      potentials_.list(tourism, {}, Potentials::Task::None, storage::RecordOrder::Title, "", 0, 10).total, 0);
}

TEST_F(PotentialsTest, TheSecondToSaveIsToldAndLosesNothing) {
  auto view = potentials_.create(operator_, draft(), "");
  const auto id = view.record.id;
  const auto version = view.record.version;
  auto one = view.record.draft, two = view.record.draft;
  one.note = "satu";
  two.note = "dua";
  potentials_.save(operator_, id, version, one);
  EXPECT_EQ(refused([&] { potentials_.save(operator_, id, version, two); }), ErrorKind::Conflict);
  EXPECT_EQ(potentials_.get(operator_, id).record.draft.note, "satu");
}

TEST_F(PotentialsTest, TheSameKeyTwiceIsOneRecord) {
  const auto first = potentials_.create(operator_, draft(), "key-number-1");
  const auto again = potentials_.create(operator_, draft(), "key-number-1");
  EXPECT_EQ(first.record.id, again.record.id);
  auto different = draft();
  different.note = "lain";
  EXPECT_EQ(refused([&] { potentials_.create(operator_, different, "key-number-1"); }), ErrorKind::Conflict);
  EXPECT_NE(potentials_.create(operator_, different, "key-number-2").record.id, first.record.id);
}

TEST_F(PotentialsTest, AnUnfinishedDraftIsKeptAndSaysWhatIsMissing) {
  auto unfinished = draft();
  unfinished.summary.clear();
  unfinished.sector.clear();
  const auto view = potentials_.create(operator_, unfinished, "");
  std::vector<std::string> fields;
  for (const auto& error : view.errors) fields.push_back(error.field);
  EXPECT_THAT(fields, ElementsAre("sector", "summary.id"));
  EXPECT_EQ(refused([&] {
              potentials_.step(operator_, view.record.id, view.record.version, RecordAction::Submit, "", {});
            }),
            ErrorKind::Conflict);
  auto nameless = draft();
  nameless.title.clear();
  EXPECT_EQ(refused([&] { potentials_.create(operator_, nameless, ""); }), ErrorKind::Invalid);
}

TEST_F(PotentialsTest, DiscardingGoesBackToThePublicationOrAway) {
  auto view = potentials_.create(operator_, draft(), "");
  potentials_.discard(operator_, view.record.id, view.record.version);
  EXPECT_EQ(refused([&] { potentials_.get(operator_, view.record.id); }), ErrorKind::NotFound);

  view = publish(potentials_.create(operator_, draft(), ""));
  auto changed = view.record.draft;
  changed.note = "dicoba";
  view = potentials_.save(operator_, view.record.id, view.record.version, changed);
  potentials_.discard(operator_, view.record.id, view.record.version);
  view = potentials_.get(operator_, view.record.id);
  EXPECT_EQ(view.record.state, RecordState::Published);
  EXPECT_EQ(view.record.draft.note, "");
}

TEST_F(PotentialsTest, TheAddressOfAPublishedRecordStays) {
  const auto view = publish(potentials_.create(operator_, draft(), ""));
  auto moved = view.record.draft;
  moved.slug = "lain";
  EXPECT_EQ(refused([&] { potentials_.save(operator_, view.record.id, view.record.version, moved); }),
            ErrorKind::Invalid);
  auto taken = draft();
  taken.slug = view.record.draft.slug;
  EXPECT_EQ(refused([&] { potentials_.create(operator_, taken, ""); }), ErrorKind::Invalid);
  EXPECT_NE(potentials_.create(operator_, draft(), "").record.draft.slug, view.record.draft.slug)
      << "made another";
}

TEST_F(PotentialsTest, PagesFollowEachOtherWithoutGapOrRepeat) {
  for (const auto order :
       {storage::RecordOrder::Changed, storage::RecordOrder::ChangedDown, storage::RecordOrder::Title,
        storage::RecordOrder::TitleDown, storage::RecordOrder::Region, storage::RecordOrder::RegionDown}) {
    std::set<std::int64_t> seen;
    std::string key;
    std::int64_t id = 0;
    for (;;) {
      const auto page = potentials_.list(verifier_, {}, Potentials::Task::None, order, key, id, 50);
      for (const auto& line : page.lines) EXPECT_TRUE(seen.insert(line.id).second);
      if (!page.more) break;
      id = page.lines.back().id;
      key = page.lines.back().sort_key;
    }
    EXPECT_EQ(seen.size(), 277u);
  }
}

TEST_F(PotentialsTest, FiltersCountWhatTheyList) {
  const auto count = [&](storage::RecordFilter filter) {
    const auto page =
        potentials_.list(verifier_, filter, Potentials::Task::None, storage::RecordOrder::Title, "", 0, 1000);
    EXPECT_EQ(page.total, static_cast<std::int64_t>(page.lines.size()));
    return page.total;
  };
  storage::RecordFilter filter;
  filter.regions = {"74.01", "74.02"};
  const auto two = count(filter);
  filter.regions = {"74.01"};
  const auto one = count(filter);
  filter.regions = {"74.02"};
  EXPECT_EQ(one + count(filter), two);
  filter = {};
  filter.words = "NIKEL";
  EXPECT_GT(count(filter), 0);
  filter.words = "%";
  EXPECT_EQ(count(filter), 0) << "a sign is a sign";
  filter = {};
  filter.groups = {"%"};
  EXPECT_EQ(count(filter), 0);
  filter = {};
  filter.states = {"draft"};
  EXPECT_EQ(count(filter), 0);
}

// A database that fails at any statement leaves the register as it was.
TEST_F(PotentialsTest, NothingIsHalfWritten) {
  auto view = potentials_.create(operator_, draft(), "");
  view = potentials_.step(operator_, view.record.id, view.record.version, RecordAction::Submit, "", {});
  view = potentials_.step(verifier_, view.record.id, view.record.version, RecordAction::Verify, "", {});
  const auto before = published_slugs();
  bool done = false;
  for (int nth = 1; !done; ++nth) {
    int calls = 0;
    store_.set_call_hook([&] {
      if (++calls == nth) throw Error(ErrorKind::Unavailable, "The database does not answer");
    });
    try {
      potentials_.step(verifier_, view.record.id, view.record.version, RecordAction::Publish, "", {});
      done = true;
    } catch (const Error&) {
      store_.set_call_hook({});
      EXPECT_EQ(published_slugs(), before) << nth;
      EXPECT_EQ(potentials_.get(verifier_, view.record.id).record.state, RecordState::Verified) << nth;
    }
    ASSERT_LT(nth, 100);
  }
  store_.set_call_hook({});
  EXPECT_EQ(published_slugs().size(), before.size() + 1);
}

TEST_F(PotentialsTest, AnEarlierVersionComesBackAsADraftWithItsPlace) {
  auto first = draft();
  first.accuracy = "exact";
  first.geometry = geo::point(121.6, -4.05);
  auto view = publish(potentials_.create(operator_, first, ""));
  const auto id = view.record.id;
  auto changed = view.record.draft;
  changed.title["id"] = "Budidaya teripang pasir";
  changed.geometry = geo::point(121.7, -4.1);
  view = potentials_.save(operator_, id, view.record.version, changed);
  const auto history = potentials_.history(operator_, id);
  const auto created = history.back().sequence;

  view = potentials_.restore(operator_, id, view.record.version, created);
  EXPECT_EQ(view.record.state, RecordState::Draft);
  EXPECT_EQ(view.record.draft.title.at("id"), "Budidaya teripang");
  EXPECT_EQ(view.record.draft.geometry, first.geometry);
  EXPECT_EQ(view.record.draft.slug, "budidaya-teripang");
  EXPECT_EQ(view.record.author, 11);
  EXPECT_EQ(potentials_.history(operator_, id).front().action, "restore");
  EXPECT_THAT(potentials_.history(operator_, id).front().content,
              testing::HasSubstr("\"restored\":" + std::to_string(created)));

  // Only this record's versions, only who may edit it, only from the newest version on, not during a review.
  const auto restore = [&](const domain::Actor& actor, std::int64_t version, std::int64_t sequence) {
    return refused([&] { potentials_.restore(actor, id, version, sequence); });
  };
  const auto version = view.record.version;
  const auto foreign = potentials_.create(other_, draft("74.02"), "");
  EXPECT_EQ(restore(operator_, version, potentials_.history(other_, foreign.record.id).front().sequence),
            ErrorKind::NotFound);
  EXPECT_EQ(restore(operator_, version, 1), ErrorKind::NotFound);
  EXPECT_EQ(restore(operator_, version, 999'999), ErrorKind::NotFound);
  EXPECT_EQ(restore(other_, version, created), ErrorKind::NotFound);
  EXPECT_EQ(restore(actor("tkksd_reviewer", "74.01", 20), version, created), ErrorKind::NotFound);
  EXPECT_EQ(restore(operator_, version - 1, created), ErrorKind::Conflict);
  view = potentials_.step(operator_, id, version, RecordAction::Submit, "", {});
  EXPECT_EQ(restore(operator_, view.record.version, created), ErrorKind::Conflict);
}

TEST_F(PotentialsTest, AVersionThatBelongedToOthersIsNotBroughtBackByThem) {
  auto view = potentials_.create(verifier_, draft("74.02"), "");
  const auto created = potentials_.history(verifier_, view.record.id).front().sequence;
  view = potentials_.save(verifier_, view.record.id, view.record.version, draft("74.01"));
  EXPECT_EQ(refused([&] { potentials_.restore(operator_, view.record.id, view.record.version, created); }),
            ErrorKind::NotFound);
}

}  // namespace
}  // namespace simpul::service
