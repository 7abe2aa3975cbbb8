// Runs on SQLite and on PostgreSQL.
#include "storage/published.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/agreements.hpp"
#include "storage/boundaries.hpp"
#include "storage/commodities.hpp"
#include "storage/indicators.hpp"
#include "storage/needs.hpp"
#include "storage/potentials.hpp"
#include "storage/reference.hpp"
#include "storage/regions.hpp"
#include "storage/regulations.hpp"
#include "storage/save.hpp"
#include "support/database.hpp"

namespace simpul::storage {
namespace {

using testing::SizeIs;

const domain::Actor kActor{"test"};
const db::Statement kArchive("test.archive", "UPDATE potentials SET state = 'archived' WHERE slug = $1");

domain::Region region(std::string code, std::string bps) {
  domain::Region result;
  result.code = std::move(code);
  result.bps_code = std::move(bps);
  result.name = {{"id", "Kabupaten"}, {"en", "Regency"}};
  result.kind = "regency";
  result.capital = "Kota";
  result.capital_point = geo::Point{121.5, -4.25};
  result.area_km2 = 2958.87;
  result.population = 257733;
  result.population_year = 2025;
  result.website = "https://example.go.id";
  result.source = "Kepmendagri";
  return result;
}

domain::Potential potential(std::string slug) {
  domain::Potential result;
  result.slug = std::move(slug);
  result.region_code = "74.01";
  result.sector = "A";
  result.category = "fishery";
  result.commodity = "tuna";
  result.geometry = geo::point(121.61973, -4.20861);
  result.accuracy = domain::LocationAccuracy::Village;
  result.title = {{"id", "Teluk \"Biru\""}, {"en", "Blue Bay"}};
  result.summary = {{"id", "Ringkas"}};
  result.description = {{"en", "Long"}};
  result.figures = {{1.3e9, "t", "reserve", 2022, "Parlemen.id"}, {0.1, "ha", "area", std::nullopt, "BPS"}};
  result.forms = {"ksdpk", "investment"};
  result.status = domain::PotentialStatus::Offered;
  result.maturity = domain::Maturity::Prospektif;
  result.contact_unit = "Dinas";
  result.sources = {"Parlemen.id", "BPS"};
  result.note = "Angka pembulatan";
  result.confirmed = Date{2026, 5, 0};
  return result;
}

class PublishedTest : public testing::Test {
 protected:
  PublishedTest() : store_(database_.address()), classification_(read_classification({})) {
    store_.write(kActor, [](WriteTransaction& transaction) {
      save_all<domain::Region>(transaction, "region", {}, {region("74.02", "7403"), region("74.01", "7404")});
      save_all<domain::Commodity>(transaction, "commodity", {},
                                  {{"tuna", {{"id", "Tuna"}, {"en", "Tuna"}}, "A", "fishery", "0302", "t"}});
    });
  }
  domain::PublishedRegister published() {
    domain::PublishedRegister content;
    store_.read([&](db::Connection& connection) { content = read_published(connection, classification_); });
    return content;
  }
  void save(const std::vector<domain::Potential>& wanted) {
    store_.write(kActor, [&](WriteTransaction& transaction) {
      save_all(transaction, "potential", read_potentials(transaction.connection(), ""), wanted);
    });
  }
  test::TestDatabase database_;
  Store store_;
  domain::Classification classification_;
};

TEST_F(PublishedTest, EveryFieldComesBack) {
  save({potential("b"), potential("a")});
  const auto content = published();
  EXPECT_EQ(content.audit_sequence, 5);
  EXPECT_GT(content.last_change.microseconds, 0);
  EXPECT_THAT(content.sectors, SizeIs(17));
  EXPECT_THAT(content.groups, SizeIs(8));
  ASSERT_THAT(content.regions, SizeIs(2));
  EXPECT_EQ(content.regions[0].code, "74.01");
  EXPECT_EQ(content_of(content.regions[0]), content_of(region("74.01", "7404")));
  ASSERT_THAT(content.potentials, SizeIs(2));
  const auto& read = content.potentials[0];
  EXPECT_EQ(read.slug, "a");
  EXPECT_EQ(content_of(read), content_of(potential("a")));
  EXPECT_EQ(read.geometry, potential("a").geometry);
  EXPECT_EQ(read.group, "laut");
  EXPECT_EQ(read.id, 5);  // the audit entry that created it
  EXPECT_EQ(read.version, 1);
  EXPECT_EQ(read.changed, content.last_change);
  ASSERT_THAT(read.figures, SizeIs(2));
  EXPECT_EQ(read.figures[0].quantity, 1.3e9);
  EXPECT_FALSE(read.figures[1].year);
}

TEST_F(PublishedTest, OtherNounsComeBack) {
  const domain::IndicatorValue value{"74.01", "grdp_current", "A",  "tuna", std::nullopt,
                                     0.1,     "billion_idr",  "BPS"};
  const domain::Need need{"tuna", 77.05, "province", 2020, "household consumption", "ikan", "KKP"};
  domain::Agreement agreement;
  agreement.slug = "misi";
  agreement.title = {{"id", "Misi"}};
  agreement.parties = {"Sultra", "Jatim"};
  agreement.type = "ksdd";
  agreement.signed_on = Date{2009, 11, 0};
  agreement.region_code = "74.01";
  agreement.source = "Telisik";
  const domain::Regulation regulation{"UU-13-1964", {{"id", "Pembentukan"}}, 1964, "13", "UU",
                                      "region",     {{"id", "Dasar"}},       "BPK"};
  store_.write(kActor, [&](WriteTransaction& transaction) {
    save_all<domain::IndicatorValue>(transaction, "indicator", {}, {value});
    save_all<domain::Need>(transaction, "need", {}, {need});
    save_all<domain::Agreement>(transaction, "agreement", {}, {agreement});
    save_all<domain::Regulation>(transaction, "regulation", {}, {regulation});
  });
  const auto content = published();
  EXPECT_EQ(content_of(content.indicators.at(0)), content_of(value));
  EXPECT_EQ(content_of(content.needs.at(0)), content_of(need));
  EXPECT_EQ(content_of(content.agreements.at(0)), content_of(agreement));
  EXPECT_EQ(content_of(content.regulations.at(0)), content_of(regulation));
}

TEST_F(PublishedTest, APotentialKnownToTheRegencyOnlyHasNoPoint) {
  auto vague = potential("vague");
  vague.accuracy = domain::LocationAccuracy::Regency;
  save({vague});
  EXPECT_TRUE(published().potentials.at(0).geometry.empty());
  // The register keeps its representative point.
  store_.read([](db::Connection& connection) {
    EXPECT_FALSE(read_potentials(connection, "").at(0).geometry.empty());
  });
}

TEST_F(PublishedTest, WhatIsNotPublishedIsNotInIt) {
  save({potential("a"), potential("b")});
  store_.write(kActor, [](WriteTransaction& transaction) {
    transaction.connection().run(kArchive, {"a"});
    transaction.audit("change", "potential", "a", "{}");
  });
  const auto content = published();
  ASSERT_THAT(content.potentials, SizeIs(1));
  EXPECT_EQ(content.potentials[0].slug, "b");
  EXPECT_THAT(content.potentials[0].figures, SizeIs(2));
}

TEST_F(PublishedTest, SavingTheSameTwiceIsSavingOnce) {
  save({potential("a")});
  const auto before = store_.last_sequence();
  save({potential("a")});
  EXPECT_EQ(store_.last_sequence(), before);
  auto changed = potential("a");
  changed.figures.pop_back();
  changed.title["id"] = "Baru";
  save({changed});
  EXPECT_EQ(store_.last_sequence(), before + 1);
  const auto read = published().potentials.at(0);
  EXPECT_EQ(read.version, 2);
  EXPECT_EQ(read.id, before);
  EXPECT_EQ(content_of(read), content_of(changed));
}

TEST_F(PublishedTest, BoundariesAreReplacedWhole) {
  const geo::Geometry square{geo::GeometryKind::Polygon, {{{{121, -4}, {122, -4}, {122, -5}, {121, -4}}}}};
  const std::vector<geo::Geometry> bands(domain::kBoundaryBands, square);
  domain::BoundarySet set;
  set.source = "GADM 4.1";
  set.licence = "non-commercial";
  set.indicative = true;
  set.notice = "indicative";
  set.boundaries = {{"74.02", "B", 2, bands}, {"74.01.09", "No polygon", 3, {}}};
  const auto replace = [&] {
    bool replaced = false;
    store_.write(kActor,
                 [&](WriteTransaction& transaction) { replaced = replace_boundaries(transaction, set); });
    return replaced;
  };
  EXPECT_TRUE(replace());
  EXPECT_FALSE(replace());
  auto read = published().boundaries;
  EXPECT_EQ(read.source, "GADM 4.1");
  EXPECT_TRUE(read.indicative);
  EXPECT_EQ(read.notice, "indicative");
  EXPECT_THAT(read.without_polygon, testing::ElementsAre("74.01.09"));
  ASSERT_THAT(read.boundaries, SizeIs(2));
  EXPECT_TRUE(read.boundaries[0].bands.empty());
  ASSERT_THAT(read.boundaries[1].bands, SizeIs(4));
  EXPECT_EQ(read.boundaries[1].bands[3], square);

  set = {};
  set.source = "BIG";
  set.boundaries = {{"74.01", "A", 2, bands}};
  EXPECT_TRUE(replace());
  read = published().boundaries;
  EXPECT_FALSE(read.indicative);
  ASSERT_THAT(read.boundaries, SizeIs(1));
  EXPECT_EQ(read.boundaries[0].code, "74.01");
}

}  // namespace
}  // namespace simpul::storage
