// Runs on SQLite and on PostgreSQL.
#include "service/desk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "base/error.hpp"
#include "service/accounts.hpp"
#include "service/import.hpp"
#include "service/potentials.hpp"
#include "service/record_facts.hpp"
#include "service/refresher.hpp"
#include "storage/accounts.hpp"
#include "storage/reference.hpp"
#include "support/database.hpp"
#include "support/office.hpp"

namespace simpul::service {
namespace {

using test::refused;
using testing::ElementsAre;
using testing::IsEmpty;

using Tags = std::vector<std::string>;

// On the real regions and potentials of data/.
class DeskTest : public testing::Test {
 protected:
  DeskTest()
      : store_(database_.address(), clock_),
        potentials_(store_, classification_, snapshots_),
        refresher_(store_, classification_, snapshots_, clock_),
        facts_(store_, roles_),
        desk_(store_) {
    const std::filesystem::path data = SIMPUL_SOURCE_DIR "/data";
    import_files(store_, classification_,
                 {data / "regions.csv", data / "commodities.csv", data / "potentials.csv"},
                 domain::program("import"));
    refresher_.refresh();
    operator_ = officer("regional_operator", "74.01");
    colleague_ = officer("regional_verifier", "74.01");
    other_ = officer("regional_operator", "74.02");
    verifier_ = officer("provincial_verifier", "74");
  }

  domain::Actor officer(const char* role, const std::string& region) {
    return actor_of(roles_, test::keep_account(store_, {.username = std::string(role) + "." + region,
                                                        .name = role,
                                                        .role = role,
                                                        .region = region}));
  }

  static domain::PotentialDraft draft(const std::string& region) {
    return test::plain_draft(region, "Teripang");
  }

  RecordPage list(const domain::Actor& actor, storage::RecordFilter filter) {
    return potentials_.list(actor, std::move(filter), Potentials::Task::None, storage::RecordOrder::Title, "",
                            0, 1000);
  }

  test::MovedClock clock_;
  test::TestDatabase database_;
  storage::Store store_;
  const domain::Classification classification_ = storage::read_classification({});
  const domain::Roles roles_ = storage::read_roles({});
  Published<catalog::Snapshot> snapshots_;
  Potentials potentials_;
  Refresher refresher_;
  RecordFacts facts_;
  Desk desk_;
  domain::Actor operator_, colleague_, other_, verifier_;
};

TEST_F(DeskTest, UnsavedTextIsOnesOwnUntilItIsSaved) {
  const auto record = potentials_.create(operator_, draft("74.01"), "").record;
  EXPECT_FALSE(desk_.unsaved(operator_, record.id));
  EXPECT_EQ(desk_.keep_unsaved(operator_, record.id, R"({"a":1})"), clock_.now());
  desk_.keep_unsaved(operator_, 0, R"({"b":2})");
  desk_.keep_unsaved(operator_, record.id, R"({"a":2})");
  EXPECT_EQ(desk_.unsaved(operator_, record.id)->content, R"({"a":2})");
  EXPECT_FALSE(desk_.unsaved(colleague_, record.id));
  EXPECT_FALSE(desk_.unsaved(colleague_, 0));
  EXPECT_EQ(refused([&] { desk_.unsaved(other_, record.id); }), ErrorKind::NotFound);
  EXPECT_EQ(refused([&] { desk_.keep_unsaved(other_, record.id, "{}"); }), ErrorKind::NotFound);
  EXPECT_EQ(refused([&] { desk_.keep_unsaved(operator_, 999'999, "{}"); }), ErrorKind::NotFound);
  EXPECT_EQ(refused([&] { desk_.keep_unsaved(operator_, 0, std::string(kMostUnsavedBytes + 1, 'x')); }),
            ErrorKind::TooLarge);

  potentials_.save(operator_, record.id, record.version, draft("74.01"));
  EXPECT_FALSE(desk_.unsaved(operator_, record.id));
  EXPECT_TRUE(desk_.unsaved(operator_, 0));
  potentials_.create(operator_, draft("74.01"), "");
  EXPECT_FALSE(desk_.unsaved(operator_, 0));
}

TEST_F(DeskTest, UnsavedTextGoesAfterThirtyDays) {
  desk_.keep_unsaved(operator_, 0, "{}");
  clock_.move(31 * 24 * 3600);
  desk_.keep_unsaved(colleague_, 0, "{}");
  EXPECT_FALSE(desk_.unsaved(operator_, 0));
  EXPECT_TRUE(desk_.unsaved(colleague_, 0));
  desk_.forget_unsaved(colleague_, 0);
  EXPECT_FALSE(desk_.unsaved(colleague_, 0));
}

TEST_F(DeskTest, ViewsAreOnesOwnOrSharedWithTheRegion) {
  desk_.keep_view(operator_, "Draf saya", "state=draft", false);
  desk_.keep_view(operator_, "Kolaka", "region=74.01", true);
  desk_.keep_view(operator_, "Kolaka", "region=74.01&state=draft", true);
  EXPECT_EQ(desk_.views(operator_).size(), 2u);
  const auto shared = desk_.views(colleague_);
  ASSERT_EQ(shared.size(), 1u);
  EXPECT_EQ(shared[0].query, "region=74.01&state=draft");
  EXPECT_THAT(desk_.views(other_), IsEmpty());
  EXPECT_EQ(refused([&] { desk_.drop_view(colleague_, shared[0].id); }), ErrorKind::NotFound);
  desk_.drop_view(operator_, shared[0].id);
  EXPECT_THAT(desk_.views(colleague_), IsEmpty());
}

TEST_F(DeskTest, TagsAndAssigneesMakeNoVersionAndAreFound) {
  const auto record = potentials_.create(operator_, draft("74.01"), "").record;
  const auto foreign = potentials_.create(other_, draft("74.02"), "").record;
  auto report = facts_.change(operator_, {{record.id, colleague_.account, Tags{"Prioritas  2027", "ekspor"}},
                                          {foreign.id, std::nullopt, Tags{"x"}},
                                          {999'999, 0, std::nullopt}});
  EXPECT_THAT(report.refused, ElementsAre(foreign.id, 999'999));
  ASSERT_EQ(report.changed.size(), 1u);
  EXPECT_THAT(report.changed[0].tags, ElementsAre("ekspor", "prioritas 2027"));
  EXPECT_THAT(report.changed[0].tags_before, IsEmpty());
  const auto view = potentials_.get(operator_, record.id);
  EXPECT_EQ(view.record.version, record.version);
  EXPECT_EQ(view.record.assignee, colleague_.account);
  EXPECT_EQ(list(operator_, {.tag = "ekspor"}).total, 1);
  EXPECT_EQ(list(operator_, {.tag = "ekspo"}).total, 0);
  EXPECT_EQ(list(operator_, {.tag = "%"}).total, 0);
  EXPECT_EQ(list(verifier_, {.assignee = colleague_.account}).total, 1);
  EXPECT_EQ(potentials_.counts(operator_, {}, Potentials::Task::None).tags.at("ekspor"), 1);

  // A later save keeps them; what was before brings them back.
  potentials_.save(operator_, record.id, record.version, draft("74.01"));
  EXPECT_EQ(potentials_.get(operator_, record.id).record.tags.size(), 2u);
  facts_.change(operator_, {{record.id, report.changed[0].assignee_before, report.changed[0].tags_before}});
  EXPECT_EQ(list(operator_, {.tag = "ekspor"}).total, 0);

  // Nobody of another region, nobody who does not edit, nobody who is no officer looks after it.
  for (const auto account :
       {other_.account, officer("regional_head", "74.01").account, std::int64_t{999'999}})
    EXPECT_THAT(facts_.change(operator_, {{record.id, account, std::nullopt}}).refused,
                ElementsAre(record.id));
  EXPECT_THAT(facts_.change(officer("tkksd_reviewer", "74.01"), {{record.id, 0, std::nullopt}}).refused,
              ElementsAre(record.id));
  EXPECT_EQ(refused([&] {
              facts_.change(operator_, {{record.id, std::nullopt, Tags{"a,b"}}});
            }),
            ErrorKind::Invalid);
}

TEST_F(DeskTest, OfficersAreThoseOfOnesReach) {
  std::vector<std::int64_t> ids;
  for (const auto& account : facts_.officers(operator_)) ids.push_back(account.id);
  EXPECT_THAT(ids, testing::UnorderedElementsAre(operator_.account, colleague_.account));
  EXPECT_EQ(facts_.officers(verifier_).size(), 4u);
  EXPECT_THAT(facts_.officers(officer("regional_head", "74.01")), IsEmpty());
}

// Every count is what the list would give with one more choice.
TEST_F(DeskTest, CountsAndListAgree) {
  potentials_.create(operator_, draft("74.01"), "");
  for (const auto& actor : {verifier_, operator_}) {
    for (const auto& filter :
         std::vector<storage::RecordFilter>{{},
                                            {.regions = {"74.01", "74.03"}},
                                            {.groups = {"laut"}, .states = {"published"}},
                                            {.commodities = {"kakao"}},
                                            {.words = "kakao"},
                                            {.confirm = {"never"}},
                                            {.confirm = {"due"}}}) {
      const auto counts = potentials_.counts(actor, filter, Potentials::Task::None);
      EXPECT_EQ(counts.total, list(actor, filter).total);
      // Counted from the whole list, with the facet itself not chosen: no value may be missing.
      const auto agree = [&](const std::map<std::string, std::int64_t>& found,
                             std::vector<std::string> storage::RecordFilter::*facet,
                             std::string storage::RecordLine::*value) {
        auto open = filter;
        (open.*facet).clear();
        std::map<std::string, std::int64_t> expected;
        for (const auto& line : list(actor, open).lines)
          if (!(line.*value).empty()) ++expected[line.*value];
        auto counted = found;
        std::erase_if(counted, [](const auto& entry) { return entry.second == 0; });
        EXPECT_EQ(counted, expected);
      };
      agree(counts.states, &storage::RecordFilter::states, &storage::RecordLine::state);
      agree(counts.regions, &storage::RecordFilter::regions, &storage::RecordLine::region);
      agree(counts.groups, &storage::RecordFilter::groups, &storage::RecordLine::group);
      agree(counts.sectors, &storage::RecordFilter::sectors, &storage::RecordLine::sector);
      for (const auto& [word, count] : {std::pair{"due", counts.due}, std::pair{"never", counts.never}}) {
        auto one = filter;
        one.confirm = {word};
        EXPECT_EQ(list(actor, one).total, count) << word;
      }
    }
  }
  const auto mine = potentials_.counts(operator_, {}, Potentials::Task::None);
  EXPECT_EQ(mine.standings.size(), 1u);
  EXPECT_EQ(mine.standings.at("74.01").never, mine.standings.at("74.01").published);
  EXPECT_EQ(mine.standings.at("74.01").total, mine.standings.at("74.01").published + 1);
}

}  // namespace
}  // namespace simpul::service
