#include "catalog/point_tiles.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "base/error.hpp"
#include "catalog/snapshot.hpp"
#include "support/small_register.hpp"
#include "support/tile_reader.hpp"

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

// Tiles of a zoom that reach into the drawn world (a degree around its corner is enough).
std::vector<TileAddress> tiles(int zoom, double degrees = 1) {
  const auto first = geo::to_world({test::kWest - 0.02, test::kNorth + 0.02});
  const auto last = geo::to_world({test::kWest + degrees, test::kNorth - degrees});
  std::vector<TileAddress> out;
  for (auto x = geo::tile_of(first.x, zoom); x <= geo::tile_of(last.x, zoom); ++x)
    for (auto y = geo::tile_of(first.y, zoom); y <= geo::tile_of(last.y, zoom); ++y)
      out.push_back({zoom, x, y});
  return out;
}

// Tiles name a potential by its number.
std::string slug_of(const Snapshot& snapshot, const test::TileFeature& feature) {
  const auto found = snapshot.find_potential(static_cast<std::int64_t>(feature.id.value()));
  return found ? snapshot.potential(*found).slug : "";
}

TileAddress tile_at(int zoom, geo::Point p) {
  const auto world = geo::to_world(p);
  return {zoom, geo::tile_of(world.x, zoom), geo::tile_of(world.y, zoom)};
}

std::string bytes(const Snapshot& snapshot, std::string_view layer, const TileAddress& tile,
                  const domain::Filter& filter = {}, std::string_view language = "id") {
  return snapshot.tile(layer, tile.z, tile.x, tile.y, filter, language);
}

std::vector<test::ReadLayer> read(const Snapshot& snapshot, std::string_view layer, const TileAddress& tile,
                                  const domain::Filter& filter = {}, std::string_view language = "id") {
  return test::read_tile(bytes(snapshot, layer, tile, filter, language));
}

std::vector<test::TileFeature> features(const std::vector<test::ReadLayer>& tile, std::string_view layer) {
  const auto* found = test::layer(tile, layer);
  return found ? found->features : std::vector<test::TileFeature>{};
}

TEST(Tile, RefusesWhatIsNoTile) {
  const auto snapshot = small();
  const auto kind = [&](std::string_view layer, int z, std::uint32_t x, std::uint32_t y) {
    try {
      snapshot->tile(layer, z, x, y, {}, "id");
    } catch (const Error& error) {
      return http_status(error.kind);
    }
    return 200;
  };
  EXPECT_EQ(kind("regions", 0, 0, 0), 200);
  EXPECT_EQ(kind("regions", 22, (1U << 22) - 1, 0), 200);
  EXPECT_EQ(kind("regions", 0, 1, 0), 400);
  EXPECT_EQ(kind("potentials", 3, 0, 8), 400);
  EXPECT_EQ(kind("potentials", -1, 0, 0), 400);
  EXPECT_EQ(kind("potentials", 23, 0, 0), 400);
  EXPECT_EQ(kind("areas", 0, 0, 0), 200);
  EXPECT_EQ(kind("areas", 25, 0, 0), 400);
  EXPECT_EQ(kind("areas", -1, 0, 0), 400);
  EXPECT_EQ(kind("cooperations", 0, 0, 0), 404);
  EXPECT_EQ(kind("", 0, 0, 0), 404);
}

TEST(Tile, IsEmptyWhereNothingIs) {
  const auto snapshot = small();
  EXPECT_EQ(bytes(*snapshot, "regions", {8, 0, 0}), "");
  EXPECT_EQ(bytes(*snapshot, "potentials", {12, 0, 0}), "");
  EXPECT_NE(bytes(*snapshot, "potentials", tile_at(0, {122.1, -4.1})), "") << "the map has badges there";
  EXPECT_NE(bytes(*snapshot, "potentials", tile_at(7, {122.1, -4.1})), "");
  EXPECT_EQ(bytes(*build_snapshot({}, kToday), "regions", {0, 0, 0}), "");
}

TEST(Tile, GoldenTilesLookAsTheyDid) {
  const auto snapshot = small();
  EXPECT_EQ(test::golden_difference("tiles/regions-6.txt",
                                    test::tile_text(bytes(*snapshot, "regions", tile_at(6, {122.1, -4.1})))),
            "");
  EXPECT_EQ(test::golden_difference("tiles/regions-9-en.txt",
                                    test::tile_text(bytes(*snapshot, "regions", tile_at(9, {122.1, -4.1}),
                                                          filter({{"group", "laut"}}), "en"))),
            "");
  EXPECT_EQ(
      test::golden_difference("tiles/potentials-7.txt",
                              test::tile_text(bytes(*snapshot, "potentials", tile_at(7, {122.1, -4.1})))),
      "");
  EXPECT_EQ(test::golden_difference(
                "tiles/potentials-11-en.txt",
                test::tile_text(bytes(*snapshot, "potentials", tile_at(11, {122.23, -4.15}), {}, "en"))),
            "");
}

TEST(Tile, BadgesCountWhatTheFilterLeaves) {
  const auto snapshot = small();
  const auto counts = [&](const domain::Filter& filter) {
    std::map<std::string, std::string> out;
    for (const auto& label :
         features(read(*snapshot, "regions", tile_at(6, {122.1, -4.1}), filter), "region_labels")) {
      if (label.attributes.at("badge") == "1")
        out[label.attributes.at("name")] = label.attributes.at("count");
    }
    return out;
  };
  // p-7, known by its region only, counts in the badge of Alfa.
  EXPECT_EQ(counts({}), (std::map<std::string, std::string>{{"Alfa", "3"}, {"Beta", "2"}, {"Gama", "2"}}));
  EXPECT_EQ(counts(filter({{"group", "tani"}})),
            (std::map<std::string, std::string>{{"Alfa", "2"}, {"Beta", "0"}, {"Gama", "0"}}));
}

TEST(Tile, BadgesEndAtSevenAndNamesDoNot) {
  const auto snapshot = small();
  const auto kinds = [&](int zoom) {
    std::multiset<std::string> out;
    for (const auto& tile : tiles(zoom))
      for (const auto& label : features(read(*snapshot, "regions", tile), "region_labels"))
        out.insert(label.attributes.at("level") +
                   (label.attributes.contains("badge")
                        ? label.attributes.at("badge") == "1" ? " badge" : " label"
                        : ""));
    return out;
  };
  EXPECT_EQ(kinds(6),
            (std::multiset<std::string>{"2 badge", "2 badge", "2 badge", "2 label", "2 label", "2 label"}));
  EXPECT_EQ(kinds(7).count("2 badge"), 3u);
  EXPECT_EQ(kinds(7).count("2 label"), 3u);
  EXPECT_EQ(kinds(7).count("3"), 0u);
  EXPECT_EQ(kinds(8).count("2 badge"), 0u);
  EXPECT_EQ(kinds(8).count("2 label"), 3u);
  EXPECT_EQ(kinds(8).count("3"), 4u) << "the kecamatan";
}

TEST(Tile, NamesAreShort) {
  domain::Region region;
  region.name = {{"id", "Kabupaten Kolaka Utara"}, {"en", "North Kolaka Regency"}};
  EXPECT_EQ(short_name(region, "id"), "Kolaka Utara");
  EXPECT_EQ(short_name(region, "en"), "North Kolaka");
  region.name = {{"id", "Kota Kendari"}, {"en", "Kendari City"}};
  EXPECT_EQ(short_name(region, "id"), "Kota Kendari");
  EXPECT_EQ(short_name(region, "en"), "Kendari City");
}

TEST(Tile, ABorderBetweenTwoIsDrawnOnce) {
  // Two regions of one square, drawn in one tile: six sides of coast, one border.
  const auto snapshot = build_snapshot(test::drawn_world("A B"), kToday);
  const auto tile = read(*snapshot, "regions", tile_at(7, {122.1, -4.05}));
  std::map<std::string, std::int64_t> length;
  for (const auto& border : features(tile, "region_borders"))
    for (const auto& path : border.paths)
      for (std::size_t i = 1; i < path.size(); ++i)
        length[border.attributes.at("kind")] +=
            std::abs(path[i].x - path[i - 1].x) + std::abs(path[i].y - path[i - 1].y);
  const auto side = 0.1 / 360 * 128 * 4096;
  EXPECT_NEAR(static_cast<double>(length["border"]), side, 2);
  EXPECT_NEAR(static_cast<double>(length["coast"]), 6 * side, 6);
  // One stretch each: nothing is cut where the outline happens to begin.
  EXPECT_EQ(features(tile, "region_borders").size(), 3u);
}

TEST(Tile, KecamatanHaveBordersInsideTheirRegionOnly) {
  const auto snapshot = build_snapshot(test::drawn_world("Aa Ab Ba Bb"), kToday);
  const auto segments = [&](int zoom) {
    std::multiset<std::string> out;
    for (const auto& tile : tiles(zoom))
      for (const auto& border : features(read(*snapshot, "regions", tile), "region_borders"))
        out.insert(border.attributes.at("level") + " " + border.attributes.at("kind"));
    return out;
  };
  EXPECT_EQ(segments(7).count("3 border"), 0u);
  EXPECT_GE(segments(8).count("3 border"), 2u);
  EXPECT_EQ(segments(8).count("3 coast"), 0u);
  // In one tile at zoom 8: one line between Aa and Ab, one between Ba and Bb, none where A meets B.
  const auto tile = read(*snapshot, "regions", tile_at(8, {122.2, -4.05}));
  std::size_t level_3 = 0;
  for (const auto& border : features(tile, "region_borders")) level_3 += border.attributes.at("level") == "3";
  EXPECT_EQ(level_3, 2u);
}

TEST(Tile, AHoleIsAnInnerRing) {
  const auto snapshot = build_snapshot(test::drawn_world(R"(
      A A A
      A B A
      A A A
  )"),
                                       kToday);
  const auto tile = read(*snapshot, "regions", tile_at(7, {122.15, -4.15}));
  const auto areas = features(tile, "regions");
  ASSERT_EQ(areas.size(), 2u);
  ASSERT_EQ(areas[0].attributes.at("code"), "74.01");
  ASSERT_EQ(areas[0].paths.size(), 2u);
  EXPECT_GT(test::twice_area(areas[0].paths[0]), 0);
  EXPECT_LT(test::twice_area(areas[0].paths[1]), 0);
  EXPECT_EQ(-test::twice_area(areas[0].paths[1]), test::twice_area(areas[1].paths[0])) << "B fills it";
}

TEST(Tile, NeighboursMeetAtTheEdgeOfTheTile) {
  // At zoom 12 the square of A reaches over many tiles: together they cover it without gap or overlap.
  const auto snapshot = build_snapshot(test::drawn_world("A"), kToday);
  double area = 0;
  for (const auto& address : tiles(12, 0.2)) {
    for (const auto& feature : features(read(*snapshot, "regions", address), "regions"))
      for (const auto& ring : feature.paths) {
        TilePath path;
        for (const auto& p : ring)
          path.push_back({std::clamp<std::int64_t>(p.x, 0, 4096), std::clamp<std::int64_t>(p.y, 0, 4096)});
        path.push_back(path.front());
        area += static_cast<double>(twice_area(path)) / 2;
      }
  }
  const auto a = geo::to_world({122, -4}), b = geo::to_world({122.1, -4.1});
  const double side = 256;  // world units of a tile unit at zoom 12
  EXPECT_NEAR(area, (b.x - a.x) / side * ((b.y - a.y) / side), 200000) << "a unit along its outline";
}

TEST(Tile, APotentialOfARegionOnlyIsNeverAPoint) {
  auto content = test::small_register();
  content.potentials[6].geometry = geo::point(122.15, -4.25);  // p-7, as if the register kept its point
  const auto snapshot = build_snapshot(std::move(content), kToday);
  for (const int zoom : {7, 9, 10, 13})
    for (const auto& address : tiles(zoom, 0.7))
      for (const auto& feature : features(read(*snapshot, "potentials", address), "potentials"))
        EXPECT_NE(slug_of(*snapshot, feature), "p-7");
}

TEST(Tile, LinesAndAreasHaveAMarkOnThem) {
  auto content = test::drawn_world("A12");
  content.potentials[0].geometry = {geo::GeometryKind::LineString,
                                    {{{{122.01, -4.01}, {122.03, -4.03}, {122.05, -4.03}}}}};
  content.potentials[1].geometry = {
      geo::GeometryKind::Polygon,
      {{{{122.06, -4.06}, {122.08, -4.06}, {122.08, -4.08}, {122.06, -4.08}, {122.06, -4.06}}}}};
  const auto snapshot = build_snapshot(std::move(content), kToday);
  std::set<std::string> seen;
  for (const auto& address : tiles(14, 0.1))
    for (const auto& feature : features(read(*snapshot, "potentials", address), "potentials"))
      EXPECT_TRUE(seen.insert(slug_of(*snapshot, feature)).second);
  EXPECT_EQ(seen, (std::set<std::string>{"p-1", "p-2"}));
}

TEST(Tile, ClustersSayWhatTheyHold) {
  const auto snapshot = build_snapshot(test::drawn_world("A1234567 . . . . . . B8",
                                                         [](domain::Potential& p) {
                                                           if (p.slug >= "p-4") p.group = "tani";
                                                         }),
                                       kToday);
  const auto tile = read(*snapshot, "potentials", tile_at(7, {122.05, -4.05}));
  ASSERT_EQ(features(tile, "clusters").size(), 1u);
  const auto cluster = features(tile, "clusters")[0].attributes;
  EXPECT_EQ(cluster.at("count"), "7");
  EXPECT_EQ(cluster.at("group"), "tani");
  EXPECT_EQ(cluster.at("bbox"), "122.01250,-4.05000,122.08750,-4.05000");
  ASSERT_EQ(features(tile, "potentials").size(), 1u);
  EXPECT_EQ(features(tile, "potentials")[0].id, 8u) << "that of the register";
  EXPECT_EQ(slug_of(*snapshot, features(tile, "potentials")[0]), "p-8");
}

// --- properties
// ------------------------------------------------------------------------------------------------

// Every potential that has a point and passes the filter is in exactly one tile of a zoom, on its own or in a
// cluster, and its position there is its own.
RC_GTEST_PROP(TileProperty, AFeatureIsInItsTile, ()) {
  const auto size = *rc::gen::inRange(0, 30);
  std::string marks;
  for (int i = 0; i < size; ++i) marks += static_cast<char>('!' + i);
  const auto snapshot = build_snapshot(
      test::drawn_world("A" + marks.substr(0, marks.size() / 2) + " B" + marks.substr(marks.size() / 2),
                        [](domain::Potential& p) {
                          p.geometry = geo::point(test::kWest + *rc::gen::inRange(0, 1000) / 5000.0,
                                                  test::kNorth - *rc::gen::inRange(0, 1000) / 10000.0);
                          p.group = *rc::gen::element("laut", "tani");
                          if (*rc::gen::inRange(0, 5) == 0) p.accuracy = domain::LocationAccuracy::Regency;
                        }),
      kToday);
  const auto asked = *rc::gen::arbitrary<bool>() ? filter({{"group", "laut"}}) : domain::Filter{};
  const auto zoom = *rc::gen::inRange(0, 15);
  Query query;
  query.filter = asked;
  const auto located = snapshot->find(query).located;
  std::set<std::string> alone;
  std::size_t clustered = 0;
  for (const auto& address : tiles(zoom, 0.21)) {
    const auto tile = read(*snapshot, "potentials", address, asked);
    for (const auto& feature : features(tile, "potentials")) {
      const auto slug = slug_of(*snapshot, feature);
      RC_ASSERT(alone.insert(slug).second);
      const auto potential = snapshot->potential(slug);
      RC_ASSERT(potential.has_value());
      const auto world = geo::to_world(potential->geometry.parts[0][0][0]);
      RC_ASSERT(geo::tile_of(world.x, zoom) == address.x);
      RC_ASSERT(geo::tile_of(world.y, zoom) == address.y);
      const auto p = feature.paths[0][0];
      RC_ASSERT(p.x >= 0 && p.x < 4096 && p.y >= 0 && p.y < 4096);
      RC_ASSERT(geo::to_tile_units(world.x, zoom, address.x) == p.x);
    }
    for (const auto& feature : features(tile, "clusters")) {
      RC_ASSERT(zoom < kPointZoom);
      const auto count = std::stoul(feature.attributes.at("count"));
      RC_ASSERT(count >= 2u);
      clustered += count;
      const auto p = feature.paths[0][0];
      RC_ASSERT(p.x >= 0 && p.x < 4096 && p.y >= 0 && p.y < 4096);
    }
  }
  RC_ASSERT(alone.size() + clustered == located);
}

// Tiles of a world of chance are tiles as the specification wants them: the reader refuses all else.
RC_GTEST_PROP(TileProperty, RegionsAreWellFormed, ()) {
  std::string drawing;
  for (int row = 0; row < 4; ++row) {
    for (int column = 0; column < 5; ++column)
      drawing += *rc::gen::elementOf(std::vector<std::string>{"Aa ", "Aa ", "Ab ", "Ba "});
    drawing += "\n";
  }
  domain::PublishedRegister world;
  try {
    world = test::drawn_world(drawing);
  } catch (const std::logic_error&) {
    RC_DISCARD("squares that touch at a corner");
  }
  const auto snapshot = build_snapshot(std::move(world), kToday);
  const auto zoom = *rc::gen::inRange(0, 15);
  const auto all = tiles(zoom, 0.6);
  for (int i = 0; i < 5; ++i) {
    const auto address = *rc::gen::elementOf(all);
    for (const auto& layer : read(*snapshot, "regions", address)) RC_ASSERT(!layer.features.empty());
  }
}

// --- another reader
// ---------------------------------------------------------------------------------------------

std::string output_of(const std::string& command) {
  std::string out;
  auto* pipe = popen((command + " 2>&1").c_str(), "r");
  if (!pipe) throw std::runtime_error("cannot start " + command);
  std::array<char, 4096> buffer;
  while (const auto n = fread(buffer.data(), 1, buffer.size(), pipe)) out.append(buffer.data(), n);
  if (pclose(pipe) != 0) throw std::runtime_error(command + " failed:\n" + out);
  return out;
}

std::size_t number_after(const std::string& text, std::string_view mark) {
  const auto at = text.find(mark);
  if (at == std::string::npos) throw std::runtime_error("no '" + std::string(mark) + "' in:\n" + text);
  return std::stoul(text.substr(at + mark.size()));
}

TEST(Tile, GdalFindsTheSame) {
  const auto snapshot = small();
  const auto folder = std::filesystem::temp_directory_path() / ("simpul-tiles-" + std::to_string(getpid()));
  std::map<std::string, std::size_t> written;
  for (const std::string layer : {"regions", "potentials"}) {
    for (const int zoom : {7, 9, 11}) {
      std::map<std::string, std::size_t> ours;
      const auto zoom_folder = folder / layer / std::to_string(zoom);
      for (const auto& address : tiles(zoom, 0.7)) {
        const auto tile = bytes(*snapshot, layer, address);
        if (tile.empty()) continue;
        const auto file = zoom_folder / std::to_string(address.x) / (std::to_string(address.y) + ".pbf");
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << tile;
        for (const auto& read : test::read_tile(tile)) {
          ours[read.name] += read.features.size();
          if (zoom != 9) continue;  // one tile at a time takes a while
          const auto text = output_of("ogrinfo -ro -so -oo CLIP=NO 'MVT:" + file.string() + "' " + read.name);
          EXPECT_EQ(number_after(text, "Feature Count: "), read.features.size()) << file << " " << read.name;
        }
      }
      if (ours.empty()) continue;
      const auto text = output_of("ogrinfo -ro -so -al 'MVT:" + zoom_folder.string() + "'");
      std::map<std::string, std::size_t> gdal;
      constexpr std::string_view kName = "Layer name: ";
      for (auto at = text.find(kName); at != std::string::npos; at = text.find(kName, at + 1)) {
        const auto name = at + kName.size();
        gdal[text.substr(name, text.find('\n', name) - name)] =
            number_after(text.substr(at), "Feature Count: ");
      }
      EXPECT_EQ(gdal, ours) << layer << " " << zoom << "\n" << text;
      if (layer == "potentials") written[std::to_string(zoom)] = ours["potentials"];
    }
  }
  EXPECT_EQ(written.at("11"), 6u) << "every located potential";
  // Positions come back as they went in.
  const auto text = output_of("ogr2ogr -f CSV /vsistdout/ 'MVT:" + (folder / "potentials/11").string() +
                              "' potentials -t_srs EPSG:4326 -lco GEOMETRY=AS_WKT");
  const auto potential = snapshot->potential("p-1").value();
  const auto mark = text.find(",\"" + std::to_string(potential.id) + "\",");
  ASSERT_NE(mark, std::string::npos) << text;
  const auto place = potential.geometry.parts[0][0][0];
  const auto coordinates = text.substr(text.rfind('(', mark) + 1);
  EXPECT_NEAR(std::stod(coordinates), place.x, 1e-4) << text;
  EXPECT_NEAR(std::stod(coordinates.substr(coordinates.find(' ') + 1)), place.y, 1e-4) << text;
  std::filesystem::remove_all(folder);
}

// Points written plainly: each potential of its own in the tile that holds it.
RC_GTEST_PROP(TileProperty, PointsAgreeWithAPlainEncoder, ()) {
  const auto seed = *rc::gen::inRange(1U, 1U << 30);
  std::uint32_t random = seed;
  const auto next = [&] { return (random = random * 1664525 + 1013904223) / 4294967296.0; };
  auto content = test::drawn_world("A123 A45\nB678 B9", [&](domain::Potential& potential) {
    potential.geometry = geo::point(test::kWest + next() * 0.2, test::kNorth - next() * 0.2);
  });
  const auto expected = content.potentials;
  const auto snapshot = build_snapshot(std::move(content), kToday);
  const auto zoom = *rc::gen::inRange(kPointZoom, 15);
  const auto tile = tile_at(zoom, {test::kWest + *rc::gen::inRange(0, 200) / 1000.0,
                                   test::kNorth - *rc::gen::inRange(0, 200) / 1000.0});
  std::map<std::string, test::TileFeature> found;
  for (const auto& feature : features(read(*snapshot, "potentials", tile), "potentials"))
    RC_ASSERT(found.emplace(slug_of(*snapshot, feature), feature).second);
  for (const auto& potential : expected) {
    if (potential.geometry.empty()) continue;
    const auto unit = geo::to_unit_square(potential.geometry.parts[0][0][0]);
    const auto units = std::ldexp(geo::kTileExtent, zoom);
    const auto x = unit.x * units - tile.x * static_cast<double>(geo::kTileExtent);
    const auto y = unit.y * units - tile.y * static_cast<double>(geo::kTileExtent);
    const bool here = x >= 0 && y >= 0 && x < geo::kTileExtent && y < geo::kTileExtent;
    const auto at = found.find(potential.slug);
    RC_ASSERT((at != found.end()) == here);
    if (!here) continue;
    const auto& point = at->second.paths.at(0).at(0);
    RC_ASSERT(std::abs(static_cast<double>(point.x) - x) <= 1);
    RC_ASSERT(std::abs(static_cast<double>(point.y) - y) <= 1);
    RC_ASSERT(at->second.attributes.at("title") == potential.title.at("id"));
    RC_ASSERT(at->second.attributes.at("group") == potential.group);
    RC_ASSERT(at->second.attributes.at("region") == potential.region_code);
    RC_ASSERT(at->second.attributes.at("status") == domain::word(potential.status));
    found.erase(at);
  }
  RC_ASSERT(found.empty());
}

}  // namespace
}  // namespace simpul::catalog
