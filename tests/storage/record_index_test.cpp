// Runs on SQLite and on PostgreSQL.
#include "storage/record_index.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/imports.hpp"
#include "storage/record_facts.hpp"
#include "storage/regions.hpp"
#include "support/database.hpp"

namespace simpul::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

class RecordIndexTest : public testing::Test {
 protected:
  RecordIndexTest() {
    store_.write({"test"}, [](WriteTransaction& transaction) {
      for (const auto* code : {"74.01", "74.02"}) {
        domain::Region region;
        region.code = region.bps_code = code;
        region.kind = "regency";
        region.source = "test";
        storage::put(transaction, region);
        transaction.audit("create", "region", code, "{}");
      }
    });
  }
  // A record named after `title`, whose slug it becomes.
  domain::Record record(const std::string& title, const std::string& region = "74.01") {
    domain::Record record;
    record.draft.slug = title;
    record.draft.title["id"] = title;
    record.draft.region_code = region;
    record.version = 1;
    return record;
  }
  std::int64_t put(domain::Record record) {
    store_.write({"test"}, [&](WriteTransaction& transaction) {
      if (record.id == 0) record.id = transaction.next_sequence();
      record.changed = Instant{record.id};
      transaction.audit("create", "record", std::to_string(record.id), "{}");
      put_record(transaction, record);
    });
    return record.id;
  }
  // The titles of one page, by title.
  std::vector<std::string> titles(const RecordFilter& filter = {}, RecordOrder order = RecordOrder::Title) {
    std::vector<std::string> titles;
    store_.read([&](db::Connection& connection) {
      index_.follow(connection);
      for (const auto id : index_.find(filter, order, "", 0, 100).ids)
        titles.push_back(find_record(connection, id)->draft.title.at("id"));
    });
    return titles;
  }
  std::vector<std::string> with_words(const std::string& words) {
    RecordFilter filter;
    filter.words = words;
    return titles(filter);
  }

  test::TestDatabase database_;
  Store store_{database_.address()};
  RecordIndex index_;
};

TEST_F(RecordIndexTest, EveryWordIsSomewhereInAnyOrder) {
  put(record("kakao-kolaka"));
  put(record("kopi-kolaka"));
  EXPECT_THAT(with_words("kolaka"), ElementsAre("kakao-kolaka", "kopi-kolaka"));
  EXPECT_THAT(with_words("laka  aka"), ElementsAre("kakao-kolaka", "kopi-kolaka"));
  EXPECT_THAT(with_words("kolaka kop"), ElementsAre("kopi-kolaka"));
  EXPECT_THAT(with_words("kopi kakao"), IsEmpty());
  EXPECT_THAT(with_words("%"), IsEmpty());
}

TEST_F(RecordIndexTest, FollowsWhatIsWrittenMovedAndDropped) {
  const auto one = put(record("satu"));
  EXPECT_THAT(titles(), ElementsAre("satu"));
  const auto two = put(record("dua"));
  EXPECT_THAT(titles(), ElementsAre("dua", "satu"));
  auto moved = record("tiga", "74.02");
  moved.id = two;
  put(moved);
  RecordFilter filter;
  filter.scope_region = "74.02";
  EXPECT_THAT(titles(filter), ElementsAre("tiga"));
  filter.scope_region = "74.01";
  EXPECT_THAT(titles(filter), ElementsAre("satu"));
  store_.write({"test"}, [&](WriteTransaction& transaction) {
    drop_record(transaction, one);
    transaction.audit("discard", "record", std::to_string(one), "{}");
  });
  EXPECT_THAT(titles(), ElementsAre("tiga"));
  store_.write({"test"}, [&](WriteTransaction& transaction) {
    put_record_facts(transaction, two, {"74.02", "", 7, {"laut", "udang"}});
    transaction.audit("tag", "record", std::to_string(two), "{}");
  });
  filter = {};
  filter.tag = "laut";
  filter.assignee = 7;
  EXPECT_THAT(titles(filter), ElementsAre("tiga"));
  EXPECT_THAT(index_.tags({}), ElementsAre(Pair("laut", 1), Pair("udang", 1)));
  filter.tag = "lau";
  EXPECT_THAT(titles(filter), IsEmpty());
}

// Texts lie one behind the other; those that nobody has any more are taken out now and then.
TEST_F(RecordIndexTest, WordsAreFoundAfterManyChanges) {
  std::vector<std::int64_t> ids;
  for (const auto* name : {"a-tetap", "b-berubah", "c-hilang", "d-tetap", "ab", "ba"})
    ids.push_back(put(record(name)));
  for (int round = 0; round < 20; ++round) {
    const auto name = "b-berubah" + std::to_string(round) + std::string(static_cast<std::size_t>(round), 'x');
    auto changed = record(name);
    changed.id = ids[1];
    put(changed);
    EXPECT_THAT(with_words("berubah"), ElementsAre(name));
    EXPECT_THAT(with_words("tetap"), ElementsAre("a-tetap", "d-tetap"));
    // By the title that lies there: a byte aside, "ab" and "ba" would change places.
    EXPECT_THAT(titles(), ElementsAre("a-tetap", "ab", name, "ba", "c-hilang", "d-tetap"));
  }
  store_.write({"test"}, [&](WriteTransaction& transaction) {
    for (const auto id : {ids[0], ids[2]}) {
      drop_record(transaction, id);
      transaction.audit("discard", "record", std::to_string(id), "{}");
    }
  });
  EXPECT_THAT(titles(), ElementsAre("ab", testing::StartsWith("b-berubah19x"), "ba", "d-tetap"));
  EXPECT_THAT(with_words("hilang"), IsEmpty());
  EXPECT_THAT(with_words("tetap"), ElementsAre("d-tetap"));
}

TEST_F(RecordIndexTest, WhatAnImportHidesIsNotThereUntilItIsPutInForce) {
  put(record("ada"));
  EXPECT_THAT(titles(), ElementsAre("ada"));
  const auto hidden = record("impor");
  std::int64_t id = 0;
  store_.write({"test"}, [&](WriteTransaction& transaction) {
    Import import;
    import.id = 99;
    put_import(transaction, import);
    auto made = hidden;
    made.id = id = transaction.next_sequence();
    transaction.audit("create", "record", std::to_string(id), "{}");
    put_record(transaction, made);
    put_hidden_range(transaction, 99, {id, id});
  });
  EXPECT_THAT(titles(), ElementsAre("ada"));
  store_.write({"test"}, [&](WriteTransaction& transaction) {
    show_import(transaction, 99);
    transaction.audit("apply", "import", "99", "{}");
  });
  EXPECT_THAT(titles(), ElementsAre("ada", "impor"));
  store_.write({"test"}, [&](WriteTransaction& transaction) {
    hide_range(transaction, 99, {id, id});
    transaction.audit("undo", "import", "99", "{}");
  });
  EXPECT_THAT(titles(), ElementsAre("ada"));
}

TEST_F(RecordIndexTest, ManyChangesAtOnceAreReadTogether) {
  EXPECT_THAT(titles(), IsEmpty());
  store_.write({"test"}, [&](WriteTransaction& transaction) {
    for (int i = 0; i < 2'500; ++i) {
      auto one = record("n-" + std::to_string(i));
      one.id = transaction.next_sequence();
      transaction.audit("create", "record", std::to_string(one.id), "{}");
      put_record(transaction, one);
    }
  });
  EXPECT_EQ(titles().size(), 100u);
  EXPECT_THAT(with_words("n-2499"), ElementsAre("n-2499"));
}

TEST_F(RecordIndexTest, OrdersBothWaysAndCountsWhatItFinds) {
  const auto b = put(record("b", "74.02")), a = put(record("a", "74.02"));
  put(record("c", "74.01"));
  using enum RecordOrder;
  EXPECT_THAT(titles({}, Title), ElementsAre("a", "b", "c"));
  EXPECT_THAT(titles({}, TitleDown), ElementsAre("c", "b", "a"));
  EXPECT_THAT(titles({}, Changed), ElementsAre("b", "a", "c"));
  EXPECT_THAT(titles({}, ChangedDown), ElementsAre("c", "a", "b"));
  EXPECT_THAT(titles({}, Region), ElementsAre("c", "b", "a"));
  EXPECT_THAT(titles({}, RegionDown), ElementsAre("a", "b", "c"));
  const auto rest = index_.find({}, Title, "a", a, 1);
  EXPECT_EQ(rest.total, 3);
  EXPECT_THAT(rest.ids, ElementsAre(b));
  RecordFilter nothing;
  nothing.commodities = {""};
  EXPECT_THAT(titles(nothing), IsEmpty());
  std::int64_t all = 0;
  for (const auto& cell : index_.cells({})) all += cell.total;
  EXPECT_EQ(all, 3);
}

}  // namespace
}  // namespace simpul::storage
