#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "base/error.hpp"
#include "support/made_country.hpp"
#include "support/small_register.hpp"
#include "support/tile_reader.hpp"
#include "web/dispatch.hpp"
#include "web/tiles/routes.hpp"

namespace simpul::web::tiles {
namespace {

namespace json = boost::json;

// The face behind the dispatcher, as it stands in the program, without a server.
class Tiles : public testing::Test {
 protected:
  explicit Tiles(domain::PublishedRegister content = test::small_register()) {
    snapshots_.set(catalog::build_snapshot(std::move(content), Date{2026, 11, 24}));
    DispatchOptions options;
    options.site_url = "https://simpul.example";
    dispatcher_ = std::make_unique<Dispatcher>(std::vector<Face>{{routes()}}, snapshots_, options);
  }

  http::Response get(const std::string& target,
                     std::vector<std::pair<std::string, std::string>> headers = {}) {
    http::Request request;
    request.method = "GET";
    request.target = target;
    const auto mark = target.find('?');
    request.path = target.substr(0, mark);
    if (mark != std::string::npos) request.query = http::parse_query(target.substr(mark + 1)).value();
    request.headers = std::move(headers);
    auto response =
        dispatcher_->answer(request, [](auto&&...) -> http::Reply { throw std::logic_error("inline"); });
    return response.value();
  }
  static std::string body(const http::Response& response) {
    return response.body ? response.body->bytes : "";
  }
  static std::string header(const http::Response& response, const std::string& name) {
    if (const auto plain = response.header(name); !plain.empty()) return std::string(plain);
    if (!response.ready_headers) return {};
    const auto at = response.ready_headers->find(name + ": ");
    if (at == std::string::npos) return {};
    const auto begin = at + name.size() + 2;
    return response.ready_headers->substr(begin, response.ready_headers->find("\r\n", begin) - begin);
  }
  json::value read(const std::string& target) {
    const auto response = get(target);
    EXPECT_EQ(response.status, 200) << target << ": " << body(response);
    return json::parse(body(response));
  }

 private:
  Published<catalog::Snapshot> snapshots_;
  std::unique_ptr<Dispatcher> dispatcher_;
};

TEST_F(Tiles, AnswersWithATile) {
  const auto response = get("/tiles/potentials/10/859/523.mvt?lang=en");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(header(response, "Content-Type"), "application/vnd.mapbox-vector-tile");
  EXPECT_EQ(header(response, "Access-Control-Allow-Origin"), "*");
  const auto tile = test::read_tile(body(response));
  ASSERT_NE(test::layer(tile, "potentials"), nullptr);
  EXPECT_EQ(test::layer(tile, "potentials")->features[0].attributes.at("title"), "Seaweed farming");
}

TEST_F(Tiles, HasAnEtagThatIsNotSentTwice) {
  const auto first = get("/tiles/regions/6/53/32.mvt");
  EXPECT_EQ(first.status, 200);
  const auto etag = header(first, "ETag");
  ASSERT_FALSE(etag.empty());
  const auto second = get("/tiles/regions/6/53/32.mvt", {{"if-none-match", etag}});
  EXPECT_EQ(second.status, 304);
  EXPECT_EQ(body(second), "");
  EXPECT_EQ(get("/tiles/regions/6/53/32.mvt?group=laut", {{"if-none-match", etag}}).status, 200)
      << "other counts";
}

TEST_F(Tiles, IsEmptyWhereNothingIs) {
  const auto response = get("/tiles/potentials/10/0/0.mvt");
  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(body(response), "");
  EXPECT_EQ(get("/tiles/potentials/10/859/523.mvt?group=publik").status, 204);
}

struct Case {
  const char* target;
  int status;
  const char* says;
};
class TilesRefuse : public Tiles, public testing::WithParamInterface<Case> {};

TEST_P(TilesRefuse, WithTheReason) {
  const auto response = get(GetParam().target);
  EXPECT_EQ(response.status, GetParam().status);
  EXPECT_NE(body(response).find(GetParam().says), std::string::npos) << body(response);
  EXPECT_EQ(header(response, "ETag"), "");
}

INSTANTIATE_TEST_SUITE_P(
    All, TilesRefuse,
    testing::Values(
        Case{"/tiles/cooperations/3/4/4.mvt", 404, "cooperations"},
        Case{"/tiles/nothing.json", 404, "nothing"}, Case{"/tiles/regions/3/8/0.mvt", 400, "3/8/0"},
        Case{"/tiles/regions/3/0/8.mvt", 400, "3/0/8"}, Case{"/tiles/regions/23/0/0.mvt", 400, "23/0/0"},
        Case{"/tiles/areas/25/0/0.mvt", 400, "25/0/0"}, Case{"/tiles/areas/-1/0/0.mvt", 400, "-1"},
        Case{"/tiles/areas/9/512/0.mvt", 400, "9/512/0"}, Case{"/tiles/area/9/0/0.mvt", 404, "area"},
        Case{"/tiles/regions/4294967297/0/0.mvt", 400, "4294967297"},
        Case{"/tiles/regions/3/-1/0.mvt", 400, "-1"}, Case{"/tiles/regions/3/1.5/0.mvt", 400, "1.5"},
        Case{"/tiles/regions/3/1/x.mvt", 400, "x"},
        Case{"/tiles/regions/3/1/1.mvt?group=laut,nothing", 400, "nothing"},
        Case{"/tiles/regions/3/1/1.mvt?region=74.99", 400, "74.99"},
        Case{"/tiles/regions/3/1/1.mvt?bbox=1,2,3", 400, "1,2,3"},
        Case{"/tiles/regions/3/1/1.mvt?lang=xx", 400, "xx"},
        Case{"/tiles/potentials.json?status=gone", 400, "gone"},
        Case{"/tiles/potentials.json?lang=xx", 400, "xx"}, Case{"/tiles/style.json?theme=neon", 400, "neon"},
        Case{"/tiles/style.json?lang=xx", 400, "xx"}),
    [](const auto& info) { return std::to_string(info.index); });

TEST_F(Tiles, ThousandsOfValuesAreReadAndTheFirstUnknownIsNamed) {
  std::string values;
  for (int i = 0; i < 5000; ++i) values += (i ? ",v" : "v") + std::to_string(10000 + i);
  const auto response = get("/tiles/potentials/9/430/261.mvt?commodity=" + values);
  EXPECT_EQ(response.status, 400);
  EXPECT_LT(body(response).size(), 200U);
  EXPECT_NE(body(response).find("v1"), std::string::npos) << body(response);
}

TEST_F(Tiles, TileJsonTellsWhatTheTilesHold) {
  const auto json = read("/tiles/potentials.json?group=laut&lang=en&page=7");
  EXPECT_EQ(json.at("tilejson").as_string(), "3.0.0");
  EXPECT_EQ(json.at("tiles").at(0).as_string(),
            "https://simpul.example/tiles/potentials/{z}/{x}/{y}.mvt?group=laut&lang=en");
  EXPECT_LE(json.at("minzoom").as_int64(), json.at("maxzoom").as_int64());
  const auto& bounds = json.at("bounds").as_array();
  EXPECT_NEAR(bounds[0].as_double(), 122, 1e-9);
  EXPECT_NEAR(bounds[1].as_double(), -4.3, 1e-9);
  EXPECT_NEAR(bounds[2].as_double(), 122.6, 1e-9);
  EXPECT_FALSE(json.as_object().contains("attribution")) << "no boundary is in these tiles";
}

TEST_F(Tiles, TheFieldsOfTheTileJsonAreTheOnesInTheTiles) {
  for (const std::string layer : {"regions", "potentials"}) {
    const auto described = read("/tiles/" + layer + ".json").at("vector_layers").as_array();
    std::map<std::string, std::set<std::string>> promised, found;
    for (const auto& one : described)
      for (const auto& field : one.at("fields").as_object())
        promised[std::string(one.at("id").as_string())].insert(std::string(field.key()));
    for (const auto* tile : {"/6/53/32.mvt", "/7/107/65.mvt", "/9/429/261.mvt", "/10/859/523.mvt"})
      if (const auto response = get("/tiles/" + layer + tile); response.status == 200)
        for (const auto& read : test::read_tile(body(response)))
          for (const auto& feature : read.features)
            for (const auto& attribute : feature.attributes) found[read.name].insert(attribute.first);
    EXPECT_EQ(promised, found);
  }
}

TEST_F(Tiles, IndicativeBoundariesSaySo) {
  EXPECT_EQ(read("/tiles/regions.json").at("attribution").as_string(),
            "Batas indikatif: drawn for a test, none");
  EXPECT_EQ(read("/tiles/regions.json?lang=en").at("attribution").as_string(),
            "Indicative boundaries: drawn for a test, none");
}

class OfficialTiles : public Tiles {
 protected:
  OfficialTiles()
      : Tiles([] {
          auto content = test::small_register();
          content.boundaries.indicative = false;
          return content;
        }()) {}
};

TEST_F(OfficialTiles, AreNotCalledIndicative) {
  EXPECT_EQ(read("/tiles/regions.json").at("attribution").as_string(), "Batas: drawn for a test, none");
}

TEST_F(Tiles, WithoutAreasTheLayerIsEmptyAndStillDescribed) {
  EXPECT_EQ(get("/tiles/areas/9/429/261.mvt").status, 204);
  const auto json = read("/tiles/areas.json");
  EXPECT_EQ(json.at("name").as_string(), "Kecamatan dan desa/kelurahan");
  EXPECT_FALSE(json.as_object().contains("attribution"));
}

class AreaTilesFace : public Tiles {
 protected:
  AreaTilesFace()
      : Tiles([] {
          auto content = test::small_register();
          content.areas.source = "GADM 4.1";
          content.areas.licence = "non-commercial";
          content.areas.indicative = true;
          content.areas.areas = test::made_country({});
          return content;
        }()) {}
};

TEST_F(AreaTilesFace, SaysWhereTheAreasComeFromAndWhatTheyHold) {
  const auto json = read("/tiles/areas.json?lang=en");
  EXPECT_EQ(json.at("attribution").as_string(), "Indicative boundaries: GADM 4.1, non-commercial");
  EXPECT_EQ(read("/tiles/areas.json").at("attribution").as_string(),
            "Batas indikatif: GADM 4.1, nonkomersial");
  EXPECT_EQ(json.at("tiles").at(0).as_string(), "https://simpul.example/tiles/areas/{z}/{x}/{y}.mvt?lang=en");
  EXPECT_EQ(json.at("minzoom").as_int64(), 5);
  EXPECT_EQ(json.at("maxzoom").as_int64(), 14);
  EXPECT_NEAR(json.at("bounds").at(0).as_double(), test::kWest, 0.001);
  std::set<std::string> promised, found;
  for (const auto& field : json.at("vector_layers").at(0).at("fields").as_object())
    promised.insert(std::string(field.key()));
  const auto response = get("/tiles/areas/9/429/261.mvt");
  EXPECT_EQ(response.status, 200);
  for (const auto& layer : test::read_tile(body(response)))
    for (const auto& feature : layer.features)
      for (const auto& attribute : feature.attributes) found.insert(attribute.first);
  EXPECT_EQ(promised, found);
}

TEST_F(Tiles, TheStyleHasItsColoursAndLanguage) {
  std::map<std::string, std::string> styles;
  for (const std::string theme : {"light", "dark", "print"}) {
    const auto response = get("/tiles/style.json?lang=en&theme=" + theme);
    ASSERT_EQ(response.status, 200) << body(response);
    const auto style = json::parse(body(response));
    EXPECT_EQ(style.at("version").as_int64(), 8);
    EXPECT_EQ(style.at("sources").at("regions").at("url").as_string(), "/tiles/regions.json?lang=en");
    EXPECT_EQ(body(response).find('@'), std::string::npos) << "a token that is left";
    styles[theme] = body(response);
    // Every layer of the style is in the tiles.
    for (const auto& layer : style.at("layers").as_array()) {
      const auto* source = layer.as_object().if_contains("source");
      if (!source || style.at("sources").at(source->as_string()).at("type") == "geojson") continue;
      const auto json = read("/tiles/" + std::string(source->as_string()) + ".json");
      bool described = false;
      for (const auto& one : json.at("vector_layers").as_array())
        described = described || one.at("id") == layer.at("source-layer");
      EXPECT_TRUE(described) << layer;
    }
  }
  EXPECT_NE(styles["light"], styles["dark"]);
  EXPECT_NE(styles["light"], styles["print"]);
  EXPECT_EQ(styles["light"], body(get("/tiles/style.json?lang=en")));
}

}  // namespace
}  // namespace simpul::web::tiles
