#include "catalog/snapshot.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "support/small_register.hpp"

namespace simpul::catalog {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr Date kToday{2026, 11, 24};

std::shared_ptr<const Snapshot> small() {
  return build_snapshot(test::small_register(), kToday);
}

domain::Filter filter(std::initializer_list<std::pair<std::string, std::string>> query) {
  std::vector<domain::FilterNotice> notices;
  return domain::parse_filter({query}, notices);
}

std::vector<std::string> slugs(const Snapshot& snapshot, const std::vector<Ordinal>& ordinals) {
  std::vector<std::string> out;
  for (const auto& potential : snapshot.potentials(ordinals)) out.push_back(potential.slug);
  return out;
}

std::vector<std::string> found(const Snapshot& snapshot,
                               std::initializer_list<std::pair<std::string, std::string>> query) {
  return slugs(snapshot, snapshot.all(filter(query)));
}

std::uint32_t count(const Result& result, std::string_view facet, std::string_view code) {
  for (const auto& value : result.facets[domain::facet_index(facet)])
    if (value.code == code) return value.count;
  return 9999;
}

TEST(Snapshot, HasItsVersion) {
  const auto snapshot = small();
  EXPECT_EQ(snapshot->version(), "12-2026-11-24");
  EXPECT_EQ(snapshot->today(), kToday);
}

TEST(Snapshot, FindsRecordsByTheirKeys) {
  const auto snapshot = small();
  ASSERT_TRUE(snapshot->find_potential(std::string_view("p-3")));
  EXPECT_EQ(snapshot->potential(*snapshot->find_potential(std::string_view("p-3"))).slug, "p-3");
  EXPECT_FALSE(snapshot->find_potential(std::string_view("p-9")));
  EXPECT_FALSE(snapshot->potential("p"));
  EXPECT_EQ(snapshot->region("74.02")->name.at("id"), "Kabupaten Beta");
  EXPECT_EQ(snapshot->region("74.99"), nullptr);
  EXPECT_EQ(snapshot->sector("C")->name.at("en"), "Manufacturing");
  EXPECT_EQ(snapshot->sector("Z"), nullptr);
  EXPECT_EQ(snapshot->group("laut")->code, "laut");
  EXPECT_EQ(snapshot->group(""), nullptr);
  EXPECT_EQ(snapshot->commodity("nickel")->sector, "B");
  EXPECT_EQ(snapshot->commodity("gold"), nullptr);
}

TEST(Snapshot, PutsPotentialsInTheOrderOfTheirSlugs) {
  auto content = test::small_register();
  std::ranges::reverse(content.potentials);
  std::ranges::reverse(content.regions);
  const auto snapshot = build_snapshot(std::move(content), kToday);
  EXPECT_EQ(snapshot->size(), 7u);
  EXPECT_THAT(slugs(*snapshot, snapshot->all({})),
              ElementsAre("p-1", "p-2", "p-3", "p-4", "p-5", "p-6", "p-7"));
  EXPECT_THAT(slugs(*snapshot, snapshot->all({}, "p-3", 2)), ElementsAre("p-3", "p-4"));
  EXPECT_THAT(slugs(*snapshot, snapshot->all(filter({{"group", "laut"}}), "p-2")), ElementsAre("p-6"));
  EXPECT_EQ(snapshot->regions()[0].code, "74");
  EXPECT_EQ(snapshot->count_by_region({}), (std::vector<std::uint32_t>{7, 3, 2, 2}));
}

TEST(Snapshot, ConfirmationsEndWithTheTermOfTheirRegion) {
  auto world = test::small_register();
  for (auto& potential : world.potentials) potential.confirmed = Date{2026, 5, 24};
  world.freshness = {12, {{"74.01", 6}}};
  const auto overdue = [&](const Date& today) {
    std::set<std::string> regions;
    const auto snapshot = build_snapshot(world, today);
    for (const auto& potential : snapshot->potentials(snapshot->all({})))
      if (potential.overdue) regions.insert(potential.region_code);
    return regions;
  };
  EXPECT_THAT(overdue({2026, 11, 24}), IsEmpty());
  EXPECT_THAT(overdue({2026, 11, 25}), ElementsAre("74.01"));
  EXPECT_THAT(overdue({2027, 5, 25}), testing::Contains("74.02"));
}

TEST(Snapshot, RefusesARegisterThatContradictsItself) {
  for (const auto spoil : {+[](domain::Potential& p) { p.region_code = "74.99"; },
                           +[](domain::Potential& p) { p.group = "nobody"; },
                           +[](domain::Potential& p) { p.commodity = "gold"; }}) {
    auto content = test::small_register();
    spoil(content.potentials[2]);
    try {
      build_snapshot(std::move(content), kToday);
      ADD_FAILURE() << "accepted";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind, ErrorKind::Internal);
      EXPECT_NE(error.detail.find("p-3"), std::string::npos) << error.detail;
    }
  }
}

TEST(Snapshot, AnEmptyRegisterIsASnapshotToo) {
  const auto snapshot = build_snapshot({}, kToday);
  EXPECT_EQ(snapshot->version(), "0-2026-11-24");
  EXPECT_EQ(snapshot->find({}).total, 0u);
  EXPECT_THAT(snapshot->search("ikan", "id", 10), IsEmpty());
  EXPECT_THAT(snapshot->nearest({122, -4}, 3), IsEmpty());
}

TEST(Snapshot, ValuesOfOneNameWidenAndNamesNarrow) {
  const auto snapshot = small();
  EXPECT_THAT(found(*snapshot, {{"group", "laut"}}), ElementsAre("p-1", "p-6"));
  EXPECT_THAT(found(*snapshot, {{"group", "laut,tambang"}}), ElementsAre("p-1", "p-2", "p-6"));
  EXPECT_THAT(found(*snapshot, {{"group", "laut,tambang"}, {"region", "74.02"}}), ElementsAre("p-2"));
  EXPECT_THAT(found(*snapshot, {{"form", "ksdpk"}, {"status", "existing"}, {"commodity", "nickel"}}),
              ElementsAre("p-2", "p-3"));
  EXPECT_THAT(found(*snapshot, {{"maturity", "prospektif"}}), ElementsAre("p-5"));
  EXPECT_THAT(found(*snapshot, {{"sector", "A"}, {"region", "74.01"}}), ElementsAre("p-1", "p-4", "p-7"));
}

TEST(Snapshot, TheProvinceHoldsItsRegions) {
  const auto snapshot = small();
  EXPECT_EQ(snapshot->all(filter({{"region", "74"}})).size(), 7u);
  EXPECT_THAT(snapshot->count_by_region(filter({{"group", "laut"}})), ElementsAre(2, 1, 0, 1));
}

TEST(Snapshot, UnknownValuesAreNoticedAndIgnored) {
  const auto snapshot = small();
  Query query;
  query.filter = filter({{"region", "74.01,74.99"}, {"group", "nothing"}, {"q", "?!"}});
  const auto result = snapshot->find(query);
  EXPECT_EQ(result.total, 3u);
  ASSERT_EQ(result.notices.size(), 3u);
  EXPECT_EQ(result.notices[0].name + "=" + result.notices[0].value, "group=nothing");
  EXPECT_EQ(result.notices[1].name + "=" + result.notices[1].value, "region=74.99");
  EXPECT_EQ(result.notices[2].name + "=" + result.notices[2].value, "q=?!");
}

TEST(Snapshot, FacetCountsLeaveTheirOwnFacetOut) {
  const auto snapshot = small();
  Query query;
  query.filter = filter({{"group", "laut"}, {"region", "74.01"}});
  query.facets.set();
  const auto result = snapshot->find(query);
  EXPECT_EQ(result.total, 1u);
  EXPECT_EQ(count(result, "group", "laut"), 1u);
  EXPECT_EQ(count(result, "group", "tani"), 2u);
  EXPECT_EQ(count(result, "region", "74.03"), 1u);
  EXPECT_EQ(count(result, "region", "74.02"), 0u) << "no result: stays in the list with 0";
  EXPECT_EQ(count(result, "status", "existing"), 0u);
  EXPECT_EQ(count(result, "group", "publik"), 9999u) << "no potential at all: not in the list";
  EXPECT_EQ(count(result, "region", "74"), 9999u) << "the province is no choice among its regions";
}

TEST(Snapshot, CountsWhatHasAPointOfItsOwn) {
  const auto snapshot = small();
  EXPECT_EQ(snapshot->find({}).total, 7u);
  EXPECT_EQ(snapshot->find({}).located, 6u);
  // In the box of everything, the one without a point does not appear.
  EXPECT_EQ(snapshot->all(filter({{"bbox", "120,-7,125,0"}})).size(), 6u);
  EXPECT_THAT(found(*snapshot, {{"bbox", "122.5,-4.3,122.6,-4.1"}}), ElementsAre("p-5", "p-6"));
  EXPECT_THAT(found(*snapshot, {{"bbox", "10,10,11,11"}}), IsEmpty());
}

TEST(Snapshot, APointThatIsOnlyTheRegionsIsNoPlace) {
  auto content = test::small_register();
  content.potentials[6].geometry = geo::point(122.15, -4.25);
  const auto snapshot = build_snapshot(std::move(content), kToday);
  EXPECT_EQ(snapshot->find({}).located, 6u);
  EXPECT_EQ(snapshot->nearest({122.15, -4.25}, 100).size(), 6u);
}

TEST(Snapshot, SortsAndPages) {
  const auto snapshot = small();
  Query query;
  query.limit = 3;
  query.sort = Sort::Title;
  EXPECT_THAT(slugs(*snapshot, snapshot->find(query).ordinals), ElementsAre("p-1", "p-7", "p-4"));
  query.language = "en";  // Cocoa of the regency, Ferronickel plant, Nickel mine
  EXPECT_THAT(slugs(*snapshot, snapshot->find(query).ordinals), ElementsAre("p-7", "p-3", "p-2"));
  query.offset = 6;
  EXPECT_THAT(slugs(*snapshot, snapshot->find(query).ordinals), ElementsAre("p-5"));
  query.offset = 7;
  EXPECT_THAT(snapshot->find(query).ordinals, IsEmpty());
  query.offset = 0;
  query.sort = Sort::Newest;
  EXPECT_THAT(slugs(*snapshot, snapshot->find(query).ordinals), ElementsAre("p-7", "p-6", "p-5"));
  query.sort = Sort::Region;
  query.limit = 100;
  EXPECT_THAT(slugs(*snapshot, snapshot->find(query).ordinals),
              ElementsAre("p-7", "p-1", "p-4", "p-3", "p-2", "p-6", "p-5"));
}

TEST(Snapshot, NearestAreInOrderOfDistance) {
  const auto snapshot = small();
  const auto p2 = *snapshot->find_potential(std::string_view("p-2"));
  const auto box = geo::bounds(snapshot->potential(p2).geometry);
  const geo::Point place{(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2};
  const auto near = snapshot->nearest(place, 3, p2);
  ASSERT_EQ(near.size(), 3u);
  EXPECT_EQ(snapshot->potential(near[0].first).slug, "p-3");
  EXPECT_NEAR(near[0].second, 0.1 / 3 * 111.19 * 0.9973, 0.02);  // a third of a square, at 4 degrees south
  EXPECT_LE(near[0].second, near[1].second);
  EXPECT_LE(near[1].second, near[2].second);
  EXPECT_EQ(snapshot->nearest(place, 100, p2).size(), 5u) << "all others that have a point";
  EXPECT_EQ(snapshot->nearest(place, 1).front().first, p2) << "it is nearest to itself";
}

// --- properties
// ------------------------------------------------------------------------------------------------

// Many potentials with values of chance, in three regions.
std::shared_ptr<const Snapshot> chance_world() {
  const auto size = *rc::gen::inRange(0, 40);
  std::string marks;
  for (int i = 0; i < size; ++i) marks += static_cast<char>('!' + i);
  const auto pick = [](auto... choices) {
    return *rc::gen::elementOf(std::vector<std::string>{std::string(choices)...});
  };
  return build_snapshot(
      test::drawn_world(
          "A" + marks.substr(0, marks.size() / 2) + " B" + marks.substr(marks.size() / 2) + " C",
          [&](domain::Potential& p) {
            p.group = pick("laut", "tani", "wisata");
            p.sector = pick("A", "B", "C");
            p.commodity = pick("", "seaweed", "nickel");
            p.forms = {};
            for (const std::string form : {"ksdd", "investment"})
              if (*rc::gen::arbitrary<bool>()) p.forms.push_back(form);
            p.status = *rc::gen::element(domain::PotentialStatus::Existing, domain::PotentialStatus::Offered);
            if (*rc::gen::inRange(0, 4) == 0) p.accuracy = domain::LocationAccuracy::Regency;
            p.title["id"] =
                pick("ikan", "ikan tuna", "rumput laut", "kebun kakao") + " " + pick("besar", "kecil");
          }),
      kToday);
}

domain::Filter chance_filter() {
  domain::Filter filter;
  const auto some = [&](std::string_view facet, std::vector<std::string> codes) {
    for (auto& code : codes)
      if (*rc::gen::inRange(0, 4) == 0) filter.values[domain::facet_index(facet)].push_back(code);
  };
  some("group", {"laut", "tani", "wisata"});
  some("sector", {"A", "B", "C"});
  some("region", {"74", "74.01", "74.02"});
  some("commodity", {"nickel", "seaweed"});
  some("form", {"investment", "ksdd"});
  some("status", {"existing", "offered"});
  filter.q = *rc::gen::element<std::string>("", "", "ikan", "tuna besar", "rum");
  if (*rc::gen::inRange(0, 3) == 0) filter.bbox = geo::Box{122, -4.1, 122.15, -4.0};
  return filter;
}

// The filter as the domain page tells it, one potential at a time; words through a search of their own.
std::set<std::string> by_hand(const Snapshot& snapshot, const domain::Filter& filter, int left_out = -1) {
  std::set<std::string> with_words;
  if (!filter.q.empty()) {
    domain::Filter words;
    words.q = filter.q;
    for (const auto& slug : slugs(snapshot, snapshot.all(words))) with_words.insert(slug);
  }
  std::set<std::string> out;
  for (const auto& p : snapshot.potentials(snapshot.all({}))) {
    const std::vector<std::string> has[domain::kFacetCount] = {{p.group},
                                                               {p.sector},
                                                               {p.region_code, "74"},
                                                               {p.commodity},
                                                               p.forms,
                                                               {std::string(domain::word(p.status))},
                                                               {std::string(domain::word(p.maturity))}};
    bool fits = filter.q.empty() || with_words.contains(p.slug);
    for (int f = 0; f < domain::kFacetCount; ++f) {
      if (f == left_out || filter.values[f].empty()) continue;
      fits = fits && std::ranges::any_of(filter.values[f], [&](const auto& value) {
               return std::ranges::find(has[f], value) != has[f].end();
             });
    }
    if (filter.bbox) {
      const auto place = geo::bounds(p.geometry);
      fits = fits && !place.empty() && place.min_x >= filter.bbox->min_x &&
             place.max_x <= filter.bbox->max_x && place.min_y >= filter.bbox->min_y &&
             place.max_y <= filter.bbox->max_y;
    }
    if (fits) out.insert(p.slug);
  }
  return out;
}

RC_GTEST_PROP(SnapshotProperty, ListTotalMapAndRegionsAgree, ()) {
  const auto snapshot = chance_world();
  Query query;
  query.filter = chance_filter();
  query.limit = 1000;
  query.sort = *rc::gen::element(Sort::Relevance, Sort::Title, Sort::Region, Sort::Newest);
  const auto result = snapshot->find(query);
  const auto list = slugs(*snapshot, result.ordinals);
  const auto expected = by_hand(*snapshot, query.filter);
  RC_ASSERT(std::set<std::string>(list.begin(), list.end()) == expected);
  RC_ASSERT(list.size() == expected.size());
  RC_ASSERT(result.total == expected.size());
  RC_ASSERT(snapshot->all(query.filter).size() == expected.size());
  const auto regions = snapshot->count_by_region(query.filter);
  RC_ASSERT(regions[0] == expected.size());
  RC_ASSERT(regions[1] + regions[2] + regions[3] == expected.size());
  const auto located = std::ranges::count_if(
      result.ordinals, [&](Ordinal i) { return !snapshot->potential(i).geometry.empty(); });
  RC_ASSERT(result.located == static_cast<std::size_t>(located));
  RC_ASSERT(result.notices.empty());
}

RC_GTEST_PROP(SnapshotProperty, AFacetCountIsTheNumberOneWouldGet, ()) {
  const auto snapshot = chance_world();
  Query query;
  query.filter = chance_filter();
  query.facets = *rc::gen::arbitrary<unsigned>();
  const auto result = snapshot->find(query);
  for (int facet = 0; facet < domain::kFacetCount; ++facet) {
    if (!query.facets[static_cast<std::size_t>(facet)]) RC_ASSERT(result.facets[facet].empty());
    const auto others = by_hand(*snapshot, query.filter, facet);
    for (const auto& value : result.facets[facet]) {
      auto alone = query.filter;
      alone.values[facet] = {value.code};
      RC_ASSERT(value.count == by_hand(*snapshot, alone).size());
      RC_ASSERT(value.count <= others.size());
      RC_ASSERT(value.selected == (std::ranges::count(query.filter.values[facet], value.code) > 0));
    }
  }
}

RC_GTEST_PROP(SnapshotProperty, PagesAreTheListInPieces, ()) {
  const auto snapshot = chance_world();
  Query query;
  query.filter = chance_filter();
  query.limit = 1000;
  query.sort = *rc::gen::element(Sort::Relevance, Sort::Title, Sort::Region, Sort::Newest);
  const auto whole = snapshot->find(query).ordinals;
  query.limit = static_cast<std::size_t>(*rc::gen::inRange(1, 9));
  std::vector<Ordinal> pieces;
  for (query.offset = 0; query.offset <= whole.size(); query.offset += query.limit) {
    const auto page = snapshot->find(query).ordinals;
    RC_ASSERT(page.size() <= query.limit);
    pieces.insert(pieces.end(), page.begin(), page.end());
  }
  RC_ASSERT(pieces == whole);
}

}  // namespace
}  // namespace simpul::catalog
