#include "catalog/area_tiles.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "base/error.hpp"
#include "geo/geos.hpp"
#include "support/made_country.hpp"
#include "support/small_register.hpp"
#include "support/tile_reader.hpp"

namespace simpul::catalog {
namespace {

using test::MadeCountry;
using test::TileFeature;
using test::TilePosition;

std::shared_ptr<const AreaTiles> tiles_of(const std::vector<domain::Area>& areas) {
  AreaTiles::Builder builder({"Contoh", "bebas", true, ""});
  for (const auto& area : areas) builder.add(area);
  return builder.finish();
}

std::vector<TileFeature> read(const AreaTiles& tiles, const TileAddress& address) {
  const auto tile = test::read_tile(tiles.tile(address));
  const auto* found = test::layer(tile, "areas");
  return found ? found->features : std::vector<TileFeature>{};
}

TileAddress tile_at(int zoom, geo::Point p) {
  const auto world = geo::to_world(p);
  return {zoom, geo::tile_of(world.x, zoom), geo::tile_of(world.y, zoom)};
}

geo::Point middle(double degrees) {
  return {test::kWest + degrees / 2, test::kNorth - degrees / 2};
}

MadeCountry some_country() {
  MadeCountry country;
  country.seed = *rc::gen::arbitrary<std::uint64_t>();
  country.side = *rc::gen::inRange(2, 7);
  country.points = *rc::gen::inRange(4, 24);
  country.crooked = *rc::gen::inRange(0, 45) / 100.0;
  country.degrees = *rc::gen::element(0.05, 0.2, 0.5, 2.0);
  country.lake = *rc::gen::arbitrary<bool>();
  return country;
}

// A tile that reaches into the country.
TileAddress some_tile(const MadeCountry& country, int low, int high) {
  const auto zoom = *rc::gen::inRange(low, high + 1);
  const auto part = [&] { return *rc::gen::inRange(0, 1001) / 1000.0 * country.degrees; };
  const auto x = part(), y = part();
  return tile_at(zoom, {test::kWest + x, test::kNorth - y});
}

// -- against a plain encoder
// ---------------------------------------------------------------------------------

// A polygon in units of the tile, not rounded.
geo::Geometry projected(const geo::Geometry& geometry, const TileAddress& tile) {
  auto out = geometry;
  const auto units = std::ldexp(geo::kTileExtent, tile.z);
  for (auto& part : out.parts)
    for (auto& path : part)
      for (auto& p : path) {
        const auto unit = geo::to_unit_square(p);
        p = {unit.x * units - tile.x * static_cast<double>(geo::kTileExtent),
             unit.y * units - tile.y * static_cast<double>(geo::kTileExtent)};
      }
  return out;
}

// The rings of a feature as polygons: a ring of positive area begins one.
geo::Geometry polygons(const TileFeature& feature) {
  geo::Geometry out{geo::GeometryKind::MultiPolygon, {}};
  for (const auto& ring : feature.paths) {
    geo::Path path;
    for (const auto& p : ring) path.push_back({static_cast<double>(p.x), static_cast<double>(p.y)});
    path.push_back(path.front());
    if (test::twice_area(ring) > 0) out.parts.emplace_back();
    out.parts.back().push_back(std::move(path));
  }
  return out;
}

double area_of(const geo::Geos& geos, const GEOSGeometry* geometry) {
  double area = 0;
  GEOSArea_r(geos.context(), geometry, &area);
  return area;
}

// Of `inner` outside of `outer`.
double outside(const geo::Geos& geos, const GEOSGeometry* inner, const GEOSGeometry* outer) {
  return area_of(geos, geos.own(GEOSDifference_r(geos.context(), inner, outer)).get());
}

geo::Geos::Owned clipped(const geo::Geos& geos, const geo::Geometry& geometry, double grown) {
  const auto whole = geos.from(geometry);
  const auto low = -kTileBuffer - grown, high = geo::kTileExtent + kTileBuffer + grown;
  return geos.own(GEOSClipByRect_r(geos.context(), whole.get(), low, low, high, high));
}

RC_GTEST_PROP(AreaTilesProperty, AgreesWithAPlainEncoder, ()) {
  auto country = some_country();
  country.level = *rc::gen::element(3, 4);
  const auto areas = test::made_country(country);
  const auto tile = country.level == 3 ? some_tile(country, kAreaMinZoom, kVillageZoom - 1)
                                       : some_tile(country, kVillageZoom, kAreaMaxZoom);
  // One step of the grid, diagonally, and what borders may be moved by.
  const auto far = 1.5 + (tile.z < kAreaMaxZoom ? kAreaTolerance : 0);
  std::map<std::string, TileFeature> found;
  for (const auto& feature : read(*tiles_of(areas), tile)) {
    RC_ASSERT(feature.type == 3);
    RC_ASSERT(found.emplace(feature.attributes.at("code"), feature).second);
  }
  const geo::Geos geos;
  for (const auto& area : areas) {
    const auto exact = projected(area.geometry, tile);
    const auto wide = clipped(geos, exact, 2 * far), narrow = clipped(geos, exact, -2 * far);
    const auto grown = geos.own(GEOSBuffer_r(geos.context(), wide.get(), far * 1.05, 8));
    const auto shrunk = geos.own(GEOSBuffer_r(geos.context(), narrow.get(), -far, 8));
    const auto at = found.find(area.code);
    if (at == found.end()) {
      RC_ASSERT(area_of(geos, shrunk.get()) < 0.01);
      continue;
    }
    const auto drawn = geos.from(polygons(at->second));
    RC_ASSERT(GEOSisValid_r(geos.context(), drawn.get()) == 1);
    RC_ASSERT(outside(geos, drawn.get(), grown.get()) < 0.01);
    RC_ASSERT(outside(geos, shrunk.get(), drawn.get()) < 0.01);
    std::map<std::string, std::string> attributes{
        {"code", area.code}, {"name", area.name},       {"level", std::to_string(area.level)},
        {"type", area.type}, {"regency", area.regency}, {"province", area.province}};
    if (area.level == 4) attributes["district"] = area.district;
    RC_ASSERT(at->second.attributes == attributes);
    found.erase(at);
  }
  RC_ASSERT(found.empty());
}

// -- borders
// -------------------------------------------------------------------------------------------------

using Edge = std::pair<TilePosition, TilePosition>;

// How often each edge is gone along, back taken from forth, in pieces between the points that lie on it.
std::map<Edge, int> one_sided_edges(const std::vector<TileFeature>& features) {
  std::set<TilePosition> points;
  for (const auto& feature : features)
    for (const auto& ring : feature.paths) points.insert(ring.begin(), ring.end());
  std::map<Edge, int> edges;
  const auto add = [&](const TilePosition& a, const TilePosition& b) {
    if (a < b)
      ++edges[{a, b}];
    else
      --edges[{b, a}];
  };
  for (const auto& feature : features)
    for (const auto& ring : feature.paths)
      for (std::size_t i = 0; i < ring.size(); ++i) {
        auto a = ring[i];
        const auto b = ring[(i + 1) % ring.size()];
        std::vector<TilePosition> on{b};
        const auto low = std::min(a, b), high = std::max(a, b);
        for (auto p = points.upper_bound(low); p != points.end() && *p < high; ++p)
          if ((b.x - a.x) * (p->y - a.y) == (b.y - a.y) * (p->x - a.x)) on.push_back(*p);
        std::ranges::sort(on, [&](const auto& p, const auto& q) { return a < b ? p < q : q < p; });
        for (const auto& p : on) {
          add(a, p);
          a = p;
        }
      }
  std::erase_if(edges, [](const auto& edge) { return edge.second == 0; });
  return edges;
}

RC_GTEST_PROP(AreaTilesProperty, BordersAreTheSameOnBothSides, ()) {
  const auto country = some_country();
  const auto areas = test::made_country(country);
  const auto tile = some_tile(country, kVillageZoom, 16);
  const auto features = read(*tiles_of(areas), tile);
  // What is left over is the rim of the country, or the edge of the tile with its buffer.
  geo::Geometry square{
      geo::GeometryKind::Polygon,
      {{{{test::kWest, test::kNorth}, {test::kWest + country.degrees, test::kNorth - country.degrees}}}}};
  const auto rim = projected(square, tile).parts[0][0];
  const auto near = [](double value, double other) { return std::abs(value - other) <= 1 << 2; };
  for (const auto& [edge, times] : one_sided_edges(features)) {
    const auto& [a, b] = edge;
    const auto along = [&](double x, double y, auto same) {
      return (same(static_cast<double>(a.x), x) && same(static_cast<double>(b.x), x)) ||
             (same(static_cast<double>(a.y), y) && same(static_cast<double>(b.y), y));
    };
    const auto exactly = [](double value, double other) { return value == other; };
    RC_ASSERT(along(-kTileBuffer, -kTileBuffer, exactly) ||
              along(geo::kTileExtent + kTileBuffer, geo::kTileExtent + kTileBuffer, exactly) ||
              along(rim[0].x, rim[0].y, near) || along(rim[1].x, rim[1].y, near));
  }
}

RC_GTEST_PROP(AreaTilesProperty, FillTheTileWithoutGapOrOverlap, ()) {
  auto country = some_country();
  country.degrees = 2;
  const auto areas = test::made_country(country);
  const auto tile = tile_at(*rc::gen::inRange(9, 17), middle(country.degrees));
  std::int64_t twice = 0;
  for (const auto& feature : read(*tiles_of(areas), tile))
    for (const auto& ring : feature.paths) twice += test::twice_area(ring);
  const std::int64_t side = geo::kTileExtent + 2 * kTileBuffer;
  RC_ASSERT(twice == 2 * side * side);
}

// -- one by one
// ----------------------------------------------------------------------------------------------

TEST(AreaTiles, ShowKecamatanToSevenAndVillagesFromEight) {
  auto areas = test::made_country({.level = 3});
  const auto villages = test::made_country({.level = 4});
  areas.insert(areas.end(), villages.begin(), villages.end());
  for (std::size_t i = 0; i < areas.size(); ++i) areas[i].code = std::to_string(i);
  const auto tiles = tiles_of(areas);
  for (int zoom = 0; zoom <= 22; ++zoom) {
    std::set<std::string> levels;
    for (const auto& feature : read(*tiles, tile_at(zoom, {122.15, -4.15})))
      levels.insert(feature.attributes.at("level"));
    const std::set<std::string> expected = zoom < kAreaMinZoom
                                               ? std::set<std::string>{}
                                               : std::set<std::string>{zoom < kVillageZoom ? "3" : "4"};
    EXPECT_EQ(levels, expected) << zoom;
  }
}

TEST(AreaTiles, WithoutAreasThereIsNothing) {
  const AreaTiles none;
  for (int zoom = 0; zoom <= 22; ++zoom) EXPECT_EQ(none.tile({zoom, 0, 0}), "");
  EXPECT_TRUE(none.bounds().empty());
}

TEST(AreaTiles, AnAreaOfSeveralPartsIsOneFeature) {
  domain::Area area;
  area.code = "1";
  area.name = "Pulau-pulau";
  const auto square = [](double x, double y) {
    return geo::Part{{{x, y}, {x + 0.01, y}, {x + 0.01, y + 0.01}, {x, y + 0.01}, {x, y}}};
  };
  area.geometry = {geo::GeometryKind::MultiPolygon,
                   {square(122.1, -4.1), square(122.12, -4.1), square(130, -4)}};
  std::vector<domain::Area> areas{area};
  test::shape(areas);
  const auto tiles = tiles_of(areas);
  const auto features = read(*tiles, tile_at(9, {122.1, -4.1}));
  ASSERT_EQ(features.size(), 1U);
  EXPECT_EQ(features[0].paths.size(), 2U);
  EXPECT_FALSE(features[0].attributes.contains("type")) << "not known";
  EXPECT_NEAR(tiles->bounds().min_x, 122.1, 0.001);
  EXPECT_NEAR(tiles->bounds().max_x, 130.01, 0.001);
  EXPECT_NEAR(tiles->bounds().min_y, -4.1, 0.001);
  EXPECT_NEAR(tiles->bounds().max_y, -3.99, 0.001);
}

TEST(AreaTiles, AHoleStaysAHoleWhereverTheTileIs) {
  const auto country = MadeCountry{.seed = 3, .side = 2, .points = 8, .degrees = 0.4, .lake = true};
  const auto areas = test::made_country(country);
  const auto tiles = tiles_of(areas);
  for (int zoom = 8; zoom <= 16; ++zoom) {
    // In the middle of the lake there is the lake only.
    std::size_t around = 0;
    const auto tile = tile_at(zoom, {test::kWest + 0.1, test::kNorth - 0.1});
    const auto world = geo::to_world({test::kWest + 0.1, test::kNorth - 0.1});
    const auto place = to_tile(world, tile);
    for (const auto& feature : read(*tiles, tile)) {
      bool inside = false;
      for (const auto& ring : feature.paths)
        for (std::size_t i = 0; i < ring.size(); ++i) {
          const auto &a = ring[i], &b = ring[(i + 1) % ring.size()];
          if ((a.y > place.y) != (b.y > place.y) &&
              ((b.x - a.x) * (place.y - a.y) - (b.y - a.y) * (place.x - a.x) > 0) == (b.y > a.y))
            inside = !inside;
        }
      if (inside) {
        ++around;
        EXPECT_EQ(feature.attributes.at("code"), "X.5") << zoom;
      }
    }
    EXPECT_EQ(around, 1U) << zoom;
  }
}

TEST(AreaTiles, BrokenShapesAreAFaultAndNoCrash) {
  const auto areas = test::made_country({.side = 2, .points = 4});
  for (std::size_t cut = 1; cut < areas[0].shapes.size(); ++cut) {
    auto broken = areas;
    broken[0].shapes.resize(cut);
    try {
      for (int zoom = 8; zoom <= 16; ++zoom) tiles_of(broken)->tile(tile_at(zoom, {122.1, -4.1}));
    } catch (const Error& error) {
      EXPECT_EQ(error.kind, ErrorKind::Internal);
    }
  }
}

}  // namespace
}  // namespace simpul::catalog
