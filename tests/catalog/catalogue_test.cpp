#include "catalog/catalogue.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <numbers>
#include <thread>

#include "base/published.hpp"
#include "support/small_register.hpp"
#include "support/tile_reader.hpp"

namespace simpul::catalog {
namespace {

constexpr Date kToday{2026, 11, 24};

domain::PublishedTables tables() {
  return test::drawn_world("A B C");
}

domain::Potential potential(int number, std::string title, double x, double y) {
  static const auto model = test::drawn_world("A1").potentials.front();
  auto one = model;
  one.id = number;
  one.slug = "p-" + std::to_string(number);
  one.title = {{"id", std::move(title)}};
  one.geometry = geo::point(122 + x, -4 - y);
  one.changed = Instant{number * std::int64_t{1'000'000}};
  return one;
}

domain::Potential chance_potential(int number) {
  auto one = potential(
      number,
      *rc::gen::element<std::string>("Ikan", "Ikan tuna", "Kakao Kolaka", "Rumput laut", "Tuna besar"),
      *rc::gen::inRange(0, 300) / 1000.0, *rc::gen::inRange(0, 100) / 1000.0);
  one.region_code = *rc::gen::element<std::string>("74.01", "74.02", "74.03");
  one.group = *rc::gen::element<std::string>("laut", "tani");
  one.commodity = *rc::gen::element<std::string>("", "nickel", "seaweed");
  one.changed = Instant{*rc::gen::inRange(1, 9) * std::int64_t{1'000'000}};
  if (*rc::gen::inRange(0, 5) == 0) one.accuracy = domain::LocationAccuracy::Regency;
  if (*rc::gen::inRange(0, 4) == 0) one.confirmed = Date{2026, 1, 1};
  return one;
}

using Register = std::map<int, domain::Potential>;

std::shared_ptr<const Snapshot> rebuilt(const Register& now) {
  domain::PublishedRegister content;
  static_cast<domain::PublishedTables&>(content) = tables();
  for (const auto& [number, one] : now) content.potentials.push_back(one);
  return build_snapshot(std::move(content), kToday);
}

std::vector<std::string> slugs(const Snapshot& snapshot, const std::vector<Ordinal>& ordinals) {
  std::vector<std::string> out;
  for (const auto& one : snapshot.potentials(ordinals)) out.push_back(one.slug);
  return out;
}

// What a tile says, whatever the order of its features.
std::multiset<std::string> told(const std::string& tile) {
  std::multiset<std::string> out;
  for (const auto& layer : test::read_tile(tile))
    for (const auto& feature : layer.features) {
      auto text = layer.name + " " + std::to_string(feature.id.value_or(0));
      for (const auto& [key, value] : feature.attributes) text += " " + key + "=" + value;
      for (const auto& path : feature.paths)
        for (const auto p : path) text += " " + std::to_string(p.x) + "," + std::to_string(p.y);
      out.insert(text);
    }
  return out;
}

void same(const Snapshot& a, const Snapshot& b) {
  RC_ASSERT(a.size() == b.size());
  RC_ASSERT(slugs(a, a.all({})) == slugs(b, b.all({})));
  const auto filters = [] {
    std::vector<domain::Filter> list(5);
    list[1].values[domain::facet_index("region")] = {"74.01"};
    list[2].q = "tuna";
    list[3].values[domain::facet_index("group")] = {"laut", "tani"};
    list[3].q = "ikan";
    list[4].bbox = geo::Box{122.05, -4.06, 122.2, -4.01};
    return list;
  }();
  for (const auto& filter : filters) {
    for (const auto sort : {Sort::Title, Sort::Region, Sort::Newest, Sort::Fullest}) {
      Query query;
      query.filter = filter;
      query.sort = sort;
      query.offset = 2;
      query.limit = 7;
      query.facets.set();
      const auto x = a.find(query), y = b.find(query);
      RC_ASSERT(x.total == y.total && x.located == y.located);
      const auto titles = [](const Snapshot& snapshot, const Result& result) {
        std::vector<std::string> out;
        for (const auto& one : snapshot.potentials(result.ordinals)) out.push_back(one.title.at("id"));
        return out;
      };
      // Records of the same title may stand in any order.
      if (sort == Sort::Title || sort == Sort::Region) RC_ASSERT(titles(a, x) == titles(b, y));
      if (sort == Sort::Newest) RC_ASSERT(slugs(a, x.ordinals) == slugs(b, y.ordinals));
      for (int facet = 0; facet < domain::kFacetCount; ++facet) {
        std::map<std::string, std::uint32_t> of_x, of_y;
        // Also which values are listed with none.
        for (const auto& value : x.facets[facet]) of_x[value.code] = value.count;
        for (const auto& value : y.facets[facet]) of_y[value.code] = value.count;
        RC_ASSERT(of_x == of_y);
      }
    }
    const auto p = a.quality(filter), q = b.quality(filter);
    RC_ASSERT(p.count == q.count && p.confirmed == q.confirmed && p.percent == q.percent &&
              p.unconfirmed == q.unconfirmed);
    RC_ASSERT(a.bounds(filter) == b.bounds(filter));
    for (const int zoom : {3, 8, 11, 14}) {
      const auto at = geo::to_world({122.08, -4.03});
      const auto x = geo::tile_of(at.x, zoom), y = geo::tile_of(at.y, zoom);
      RC_ASSERT(told(a.tile("potentials", zoom, x, y, filter, "id")) ==
                told(b.tile("potentials", zoom, x, y, filter, "id")));
    }
  }
  const auto near_a = a.nearest({122.1, -4.05}, 4), near_b = b.nearest({122.1, -4.05}, 4);
  RC_ASSERT(near_a.size() == near_b.size());
  for (std::size_t i = 0; i < near_a.size(); ++i) RC_ASSERT(near_a[i].second == near_b[i].second);
}

// Edits and merges of chance come to the same as making it all anew.
RC_GTEST_PROP(CatalogueProperty, ChangesComeToTheWhole, ()) {
  Register now;
  const auto size = *rc::gen::inRange(0, 30);
  for (int i = 1; i <= size; ++i) now.emplace(i, chance_potential(i));
  Catalogue catalogue;
  catalogue.load(tables(), [&](const Catalogue::Sink& sink) {
    for (const auto& [number, one] : now) sink(one);
  });
  std::optional<Catalogue::Merge> merge;
  for (int step = *rc::gen::inRange(1, 8); step > 0; --step) {
    const auto number = *rc::gen::inRange(1, 40);
    switch (*rc::gen::inRange(0, 4)) {
      case 0:
        now.erase(number);
        catalogue.strike_slug("p-" + std::to_string(number));
        catalogue.add([](const Catalogue::Sink&) {});
        break;
      case 1: {
        const auto last = number + 5;
        std::erase_if(now, [&](const auto& entry) { return entry.first >= number && entry.first <= last; });
        catalogue.strike_ids(number, last);
        break;
      }
      case 2:
        // Begun now, ended at some later step: what changes meanwhile must not come back.
        if (!merge && catalogue.segments() > 0) {
          merge = catalogue.merge_of_all();
          Catalogue::run(*merge);
        } else if (merge) {
          catalogue.adopt(*merge);
          merge.reset();
        }
        break;
      default: {
        const auto one = chance_potential(number);
        now.insert_or_assign(number, one);
        catalogue.strike_slug(one.slug);
        catalogue.add([&](const Catalogue::Sink& sink) { sink(one); });
      }
    }
    same(*catalogue.snapshot(1, {}, kToday), *rebuilt(now));
  }
}

TEST(Catalogue, ManySmallSegmentsAreMerged) {
  Catalogue catalogue;
  catalogue.load(tables(), [](const Catalogue::Sink&) {});
  int number = 0;
  std::size_t most = 0;
  for (int batch = 0; batch < 20; ++batch) {
    catalogue.add([&](const Catalogue::Sink& sink) {
      for (int i = 0; i < 300; ++i, ++number)
        sink(potential(number + 1, "Ikan " + std::to_string(number), number % 100 / 400.0,
                       number / 100 / 900.0));
    });
    if (auto merge = catalogue.wanted_merge()) {
      Catalogue::run(*merge);
      EXPECT_TRUE(catalogue.adopt(*merge));
    }
    most = std::max(most, catalogue.segments());
  }
  EXPECT_LE(most, 9u);
  EXPECT_EQ(catalogue.snapshot(1, {}, kToday)->size(), 6000u);
  // One that has lost many of its records is made anew.
  catalogue.strike_ids(1, 3000);
  auto merge = catalogue.wanted_merge();
  ASSERT_TRUE(merge);
  Catalogue::run(*merge);
  EXPECT_TRUE(catalogue.adopt(*merge));
  EXPECT_EQ(catalogue.snapshot(1, {}, kToday)->size(), 3000u);
  EXPECT_FALSE(catalogue.wanted_merge());
}

// Segments that fill one together leave no room for small ones: these must be merged all the same.
TEST(Catalogue, LargerSegmentsDoNotKeepSmallOnesFromMerging) {
  Catalogue catalogue;
  catalogue.load(tables(), [](const Catalogue::Sink&) {});
  int number = 0;
  const auto add = [&](int count) {
    catalogue.add([&](const Catalogue::Sink& sink) {
      for (int i = 0; i < count; ++i, ++number) sink(potential(number + 1, "Ikan", 0.01, 0.01));
    });
  };
  for (int i = 0; i < 4; ++i) add(16'300);
  for (int i = 0; i < 12; ++i) add(300);
  const auto merge = catalogue.wanted_merge();
  ASSERT_TRUE(merge);
  EXPECT_EQ(std::ranges::count(merge->parts, std::size_t{300}, &Part::live), 12);
}

TEST(Catalogue, AMergeOfARegisterThatWasLoadedAnewIsOfNoUse) {
  Catalogue catalogue;
  const auto load = [&](int count) {
    catalogue.load(tables(), [&](const Catalogue::Sink& sink) {
      for (int i = 1; i <= count; ++i) sink(potential(i, "Ikan", 0.01, 0.01));
    });
  };
  load(5);
  auto merge = catalogue.merge_of_all();
  Catalogue::run(merge);
  load(3);
  EXPECT_FALSE(catalogue.adopt(merge));
  EXPECT_EQ(catalogue.snapshot(1, {}, kToday)->size(), 3u);
}

TEST(Catalogue, NewCodesWantTheWhole) {
  Catalogue catalogue;
  catalogue.load(tables(), [](const Catalogue::Sink&) {});
  auto named = tables();
  named.regions[1].name["id"] = "Kabupaten Baru";
  EXPECT_TRUE(catalogue.set_tables(named));
  EXPECT_EQ(catalogue.snapshot(1, {}, kToday)->regions()[1].name.at("id"), "Kabupaten Baru");
  named.commodities.push_back({"gold", {{"id", "Emas"}}, "B", "mineral", "", "t"});
  EXPECT_FALSE(catalogue.set_tables(named));
}

TEST(Catalogue, DenseTilesBecomeClustersThatCountAll) {
  Catalogue catalogue;
  catalogue.load(tables(), [](const Catalogue::Sink& sink) {
    for (int i = 1; i <= 5000; ++i)
      sink(potential(i, "Ikan", 0.05 + i % 71 / 30000.0, 0.05 + i / 71 / 30000.0));
  });
  const auto snapshot = catalogue.snapshot(1, {}, kToday);
  const auto at = geo::to_world({122.051, -4.051});
  for (const int zoom : {0, 4, 9, 13}) {
    const auto tile =
        snapshot->tile("potentials", zoom, geo::tile_of(at.x, zoom), geo::tile_of(at.y, zoom), {}, "id");
    std::size_t count = 0;
    for (const auto& layer : test::read_tile(tile))
      for (const auto& feature : layer.features)
        count += layer.name == "clusters" ? std::stoul(feature.attributes.at("count")) : 1;
    EXPECT_EQ(count, 5000u) << zoom;
    EXPECT_LT(tile.size(), 200'000u);
  }
}

// The nearest by looking at all of them.
RC_GTEST_PROP(CatalogueProperty, NearestAreTheNearest, ()) {
  std::vector<domain::Potential> all;
  const auto size = *rc::gen::inRange(1, 60);
  for (int i = 1; i <= size; ++i)
    all.push_back(potential(i, "Ikan", *rc::gen::inRange(-1000000, 500000) / 10000.0,
                            *rc::gen::inRange(-600000, 600000) / 10000.0));
  Catalogue catalogue;
  catalogue.load(tables(), [&](const Catalogue::Sink& sink) {
    for (const auto& one : all) sink(one);
  });
  const auto snapshot = catalogue.snapshot(1, {}, kToday);
  const geo::Point from{*rc::gen::inRange(-180, 180) + 0.5, *rc::gen::inRange(-80, 80) + 0.5};
  const auto limit = static_cast<std::size_t>(*rc::gen::inRange(1, 8));
  const auto vector_of = [](geo::Point p) {
    const auto lon = p.x * std::numbers::pi / 180, lat = p.y * std::numbers::pi / 180;
    return std::array{std::cos(lat) * std::cos(lon), std::cos(lat) * std::sin(lon), std::sin(lat)};
  };
  const auto a = vector_of(from);
  std::vector<double> distances;
  for (const auto& one : all) {
    const auto b = vector_of(one.geometry.parts[0][0][0]);
    const auto chord = std::sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]) +
                                 (a[2] - b[2]) * (a[2] - b[2]));
    distances.push_back(2 * 6371.0088 * std::asin(std::min(1.0, chord / 2)));
  }
  std::ranges::sort(distances);
  const auto near = snapshot->nearest(from, limit);
  RC_ASSERT(near.size() == std::min(limit, all.size()));
  for (std::size_t i = 0; i < near.size(); ++i) RC_ASSERT(std::abs(near[i].second - distances[i]) < 0.01);
}

using CatalogueThreads = testing::Test;

// Readers look at whatever version is published while others are made, merged and dropped.
TEST(CatalogueThreads, ReadersSeeWholeVersions) {
  Catalogue catalogue;
  catalogue.load(tables(), [](const Catalogue::Sink& sink) {
    for (int i = 1; i <= 400; ++i) sink(potential(i, "Ikan tuna", i / 2000.0, 0.05));
  });
  Published<Snapshot> published;
  published.set(catalogue.snapshot(1, {}, kToday));
  std::atomic<bool> done = false;
  std::atomic<int> wrong = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i)
    readers.emplace_back([&] {
      Query query;
      query.filter.q = "tuna";
      while (!done) {
        const auto snapshot = published.get();
        const auto result = snapshot->find(query);
        if (result.total != 400 || snapshot->all({}).size() != 400) ++wrong;
        snapshot->tile("potentials", 7, 107, 65, query.filter, "id");
      }
    });
  for (int round = 1; round <= 30; ++round) {
    catalogue.strike_ids(round, round);
    catalogue.add([&](const Catalogue::Sink& sink) { sink(potential(round, "Tuna", 0.2, 0.05)); });
    published.set(catalogue.snapshot(round, {}, kToday));
    if (round % 10 == 0) {
      auto merge = catalogue.merge_of_all();
      Catalogue::run(merge);
      catalogue.adopt(merge);
      published.set(catalogue.snapshot(round, {}, kToday));
    }
  }
  done = true;
  for (auto& reader : readers) reader.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace simpul::catalog
