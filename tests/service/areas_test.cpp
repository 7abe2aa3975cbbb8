// Runs on SQLite and on PostgreSQL.
#include "service/area_build.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "base/error.hpp"
#include "i18n/translator.hpp"
#include "service/refresher.hpp"
#include "storage/areas.hpp"
#include "storage/potentials.hpp"
#include "storage/reference.hpp"
#include "storage/regions.hpp"
#include "support/database.hpp"
#include "support/made_country.hpp"
#include "support/tile_reader.hpp"

namespace simpul::service {
namespace {

namespace fs = std::filesystem;

const db::Statement kCount("test.areas", "SELECT COUNT(*) FROM areas");
const db::Statement kHasPostgis("test.postgis", "SELECT extname FROM pg_extension WHERE extname = 'postgis'");
const db::Statement kMvt("test.mvt", R"sql(
SELECT ST_AsMVT(t, 'areas', 4096, 'geom') FROM (
  SELECT code, name, level, type, district, regency, province,
         ST_AsMVTGeom(ST_Transform(shape, 3857), ST_TileEnvelope($1, $2, $3), 4096, 64, true) AS geom
  FROM areas
  WHERE level = CASE WHEN $1 < 8 THEN 3 ELSE 4 END
    AND ST_Transform(shape, 3857) && ST_TileEnvelope($1, $2, $3, margin => 64.0 / 4096)) t
WHERE geom IS NOT NULL)sql");

std::string village(const std::string& code, const std::string& province, const std::string& geometry) {
  return R"({"type":"Feature","properties":{"GID_4":")" + code + R"(","NAME_1":")" + province +
         R"(","NAME_2":"KotaBaru","NAME_3":"TanjungPinang","NAME_4":"AlueBagok","TYPE_4":"Desa"},"geometry":)" +
         geometry + "}";
}

constexpr const char* kSquare =
    R"({"type":"Polygon","coordinates":[[[122,-4.1],[122.1,-4.1],[122.1,-4],[122,-4],[122,-4.1]]]})";

std::string collection(const std::string& features) {
  return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}

class AreasTest : public testing::Test {
 protected:
  ~AreasTest() override { fs::remove(file_); }

  domain::AreaSet build(const std::string& text, std::string_view province = {}) {
    std::ofstream(file_) << text;
    return build_areas(std::array{file_}, province);
  }
  static domain::AreaSet made(std::uint64_t seed) {
    domain::AreaSet set;
    set.source = "Contoh";
    set.licence = "bebas";
    set.areas = test::made_country({.seed = seed, .degrees = 1, .lake = true});
    return set;
  }
  std::int64_t stored() {
    std::int64_t count = 0;
    store_.read([&](db::Connection& connection) {
      connection.each(kCount, {}, [&](const db::Row& row) { count = row.integer(0); });
    });
    return count;
  }
  void add_region(const std::string& code) {
    store_.write({"test"}, [&](storage::WriteTransaction& transaction) {
      domain::Region region;
      region.code = region.bps_code = code;
      region.name = {{"id", code}};
      region.kind = "regency";
      region.source = "test";
      transaction.audit("create", "region", code, "{}");
      storage::put(transaction, region);
    });
  }
  void add_potential() {
    store_.write({"test"}, [&](storage::WriteTransaction& transaction) {
      domain::Potential potential;
      potential.id = 1;
      potential.slug = "satu";
      potential.title = {{"id", "Satu"}};
      potential.region_code = "74.01";
      potential.sector = "A";
      potential.category = "fishery";
      potential.sources = {"test"};
      transaction.audit("create", "potential", "satu", "{}");
      storage::add(transaction, potential, storage::text_of(potential));
    });
  }

  const fs::path file_ = fs::temp_directory_path() / ("simpul-areas-" + std::to_string(::getpid()) + ".json");
  const domain::Actor actor_{"test"};
  test::TestDatabase database_;
  storage::Store store_{database_.address()};
  Published<catalog::Snapshot> published_;
  Refresher refresher_{store_, storage::read_classification({}), published_};
};

TEST_F(AreasTest, AreReadFromGadmAndDrawn) {
  const auto set = build(collection(village("IDN.1", "SulawesiTenggara", kSquare)));
  EXPECT_TRUE(set.indicative);
  EXPECT_TRUE(import_areas(store_, set, actor_));
  refresher_.refresh();
  const auto snapshot = published_.get();
  EXPECT_EQ(snapshot->area_source().source, "GADM 4.1");
  const auto tile = test::read_tile(snapshot->tile("areas", 9, 429, 261, {}, "id"));
  ASSERT_NE(test::layer(tile, "areas"), nullptr);
  ASSERT_EQ(test::layer(tile, "areas")->features.size(), 1U);
  EXPECT_EQ(test::layer(tile, "areas")->features[0].attributes,
            (std::map<std::string, std::string>{{"code", "IDN.1"},
                                                {"name", "Alue Bagok"},
                                                {"level", "4"},
                                                {"type", "Desa"},
                                                {"district", "Tanjung Pinang"},
                                                {"regency", "Kota Baru"},
                                                {"province", "Sulawesi Tenggara"}}));
}

TEST_F(AreasTest, OfOneProvinceLeaveTheOthersOut) {
  const auto text =
      collection(village("IDN.1", "SulawesiTenggara", kSquare) + " , " + village("IDN.2", "Aceh", kSquare));
  EXPECT_EQ(build(text).areas.size(), 2U);
  const auto set = build(text, kProvinceInGadm);
  ASSERT_EQ(set.areas.size(), 1U);
  EXPECT_EQ(set.areas[0].code, "IDN.1");
}

struct Broken {
  const char* name;
  std::string text;
  const char* says;  // in Indonesian
};
class BrokenAreas : public AreasTest, public testing::WithParamInterface<Broken> {};

TEST_P(BrokenAreas, AreRefusedWithTheReason) {
  try {
    build(GetParam().text, kProvinceInGadm);
    FAIL() << "was read";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind, ErrorKind::Invalid);
    EXPECT_THAT(i18n::find_language("id")->tr(error.key, error.args), testing::HasSubstr(GetParam().says));
  }
}

const std::string kOurs = village("IDN.1", "SulawesiTenggara", kSquare);
INSTANTIATE_TEST_SUITE_P(
    All, BrokenAreas,
    testing::Values(
        Broken{"Empty", "", "bukan koleksi fitur GeoJSON GADM"},
        Broken{"OtherJson", "[1,2]", "bukan koleksi fitur GeoJSON GADM"},
        Broken{"CutInAFeature", collection(kOurs).substr(0, 150), "bukan koleksi fitur GeoJSON GADM"},
        Broken{"CutBehindAFeature", collection(kOurs + ",").substr(0, collection(kOurs).size() - 2),
               "bukan koleksi fitur GeoJSON GADM"},
        Broken{"NoComma", collection(kOurs + village("IDN.2", "SulawesiTenggara", kSquare)),
               "bukan koleksi fitur GeoJSON GADM"},
        Broken{"NoName", collection(R"({"properties":{"GID_4":"IDN.1","NAME_1":"SulawesiTenggara"}})"),
               "bukan koleksi fitur GeoJSON GADM"},
        Broken{"Twice", collection(kOurs + "," + kOurs), "IDN.1 tercantum dua kali"},
        Broken{"OpenRing",
               collection(
                   village("IDN.1", "SulawesiTenggara",
                           R"({"type":"Polygon","coordinates":[[[122,-4],[123,-4],[123,-5],[122,-5]]]})")),
               "bentuk IDN.1 Alue Bagok tidak dapat dipakai"},
        Broken{"NotOnEarth",
               collection(
                   village("IDN.1", "SulawesiTenggara",
                           R"({"type":"Polygon","coordinates":[[[122,-4],[723,-4],[123,-5],[122,-4]]]})")),
               "bentuk IDN.1 Alue Bagok tidak dapat dipakai"},
        Broken{"APoint",
               collection(village("IDN.1", "SulawesiTenggara", R"({"type":"Point","coordinates":[122,-4]})")),
               "bentuk IDN.1 Alue Bagok tidak dapat dipakai"},
        Broken{"AnotherProvince", collection(village("IDN.1", "Aceh", kSquare)),
               "tidak memuat wilayah yang diminta"}),
    [](const auto& info) { return info.param.name; });

TEST_F(AreasTest, AMissingFileIsRefused) {
  EXPECT_THROW(build_areas(std::array{fs::path("/nowhere/areas.json")}, {}), Error);
}

TEST_F(AreasTest, AreReplacedWholeAndOnlyWhenTheyDiffer) {
  EXPECT_TRUE(import_areas(store_, made(1), actor_));
  EXPECT_EQ(stored(), 37);
  const auto sequence = store_.last_sequence();
  EXPECT_FALSE(import_areas(store_, made(1), actor_));
  EXPECT_EQ(store_.last_sequence(), sequence);
  EXPECT_TRUE(import_areas(store_, made(2), actor_));
  EXPECT_EQ(stored(), 37);
  EXPECT_TRUE(import_areas(store_, {}, actor_));
  EXPECT_EQ(stored(), 0);
  EXPECT_FALSE(import_areas(store_, {}, actor_));
  EXPECT_EQ(store_.last_sequence(), sequence + 2) << "an audit entry for each change";
}

TEST_F(AreasTest, AreReadAgainOnlyWhenTheyChange) {
  add_region("74.01");
  import_areas(store_, made(1), actor_);
  refresher_.refresh();
  const auto* const before = &published_.get()->area_source();
  add_potential();
  EXPECT_TRUE(refresher_.refresh());
  EXPECT_EQ(&published_.get()->area_source(), before) << "a potential";
  add_region("74.02");
  EXPECT_TRUE(refresher_.refresh());
  EXPECT_EQ(&published_.get()->area_source(), before) << "another table";
  const auto held = published_.get();
  import_areas(store_, made(2), actor_);
  EXPECT_TRUE(refresher_.refresh());
  EXPECT_NE(&published_.get()->area_source(), before);
  EXPECT_NE(published_.get()->tile("areas", 9, 429, 261, {}, "id"),
            held->tile("areas", 9, 429, 261, {}, "id"));
}

TEST_F(AreasTest, OfTheCountryNeverStandBesideRealPotentials) {
  add_region("74.01");
  EXPECT_TRUE(import_country(store_, made(1), actor_));
  add_potential();
  try {
    import_country(store_, made(2), actor_);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind, ErrorKind::Conflict);
  }
}

double perimeter(const test::TileFeature& feature) {
  double length = 0;
  for (const auto& ring : feature.paths)
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const auto &a = ring[i], &b = ring[(i + 1) % ring.size()];
      length += std::hypot(a.x - b.x, a.y - b.y);
    }
  return length;
}

double area(const test::TileFeature& feature) {
  double twice = 0;
  for (const auto& ring : feature.paths) twice += static_cast<double>(test::twice_area(ring));
  return std::abs(twice) / 2;
}

std::map<std::string, test::TileFeature> by_code(const std::string& bytes) {
  std::map<std::string, test::TileFeature> features;
  const auto tile = test::read_tile(bytes);
  if (const auto* layer = test::layer(tile, "areas"))
    for (const auto& feature : layer->features) features.emplace(feature.attributes.at("code"), feature);
  return features;
}

TEST_F(AreasTest, TilesAreThoseOfPostgis) {
  if (!test::on_postgres()) GTEST_SKIP() << "runs with PostgreSQL";
  const auto connection = db::open(database_.address(), db::Mode::Write);
  ASSERT_TRUE(connection->first(kHasPostgis, {}, [](const db::Row&) { return true; })) << "no PostGIS";
  auto set = made(7);
  auto kecamatan = test::made_country({.seed = 8, .side = 3, .degrees = 1, .level = 3});
  for (auto& one : kecamatan) {
    one.code += ".K";
    set.areas.push_back(std::move(one));
  }
  import_areas(store_, set, actor_);
  refresher_.refresh();
  std::size_t compared = 0;
  for (int zoom = catalog::kAreaMinZoom; zoom <= catalog::kAreaMaxZoom; ++zoom)
    for (const auto& [lon, lat] : {std::pair{122.1, -4.1}, {122.52, -4.47}, {122.9, -4.33}}) {
      const auto world = geo::to_world({lon, lat});
      const auto x = geo::tile_of(world.x, zoom), y = geo::tile_of(world.y, zoom);
      auto ours = by_code(published_.get()->tile("areas", zoom, x, y, {}, "id"));
      const auto theirs =
          by_code(*connection->first(kMvt, {zoom, static_cast<std::int64_t>(x), static_cast<std::int64_t>(y)},
                                     [](const db::Row& row) { return row.blob(0); }));
      // A step of rounding on either side, and what a border may be moved by.
      const auto far = 2 + (zoom < catalog::kAreaMaxZoom ? catalog::kAreaTolerance : 0);
      for (const auto& [code, feature] : theirs) {
        const auto found = ours.find(code);
        const auto may_differ = perimeter(feature) * far;
        if (found == ours.end()) {
          EXPECT_LT(area(feature), may_differ) << code << " at " << zoom;
          continue;
        }
        // PostGIS keeps an empty text; here it is left out.
        auto attributes = feature.attributes;
        std::erase_if(attributes, [](const auto& one) { return one.second.empty(); });
        EXPECT_EQ(found->second.attributes, attributes);
        EXPECT_NEAR(area(found->second), area(feature), may_differ) << code << " at " << zoom;
        ours.erase(found);
        ++compared;
      }
      for (const auto& [code, feature] : ours) EXPECT_LT(area(feature), perimeter(feature) * far) << code;
    }
  EXPECT_GT(compared, 60U);
}

}  // namespace
}  // namespace simpul::service
