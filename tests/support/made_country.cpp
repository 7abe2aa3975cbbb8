#include "support/made_country.hpp"

#include <algorithm>
#include <cmath>

#include "catalog/area_shapes.hpp"
#include "support/small_register.hpp"

namespace simpul::test {

namespace {

// -1..1, the same for the same place: whoever draws a border comes to the same points.
double noise(std::uint64_t seed, std::int64_t x, std::int64_t y, int axis) {
  auto h = seed * 0x9E3779B97F4A7C15U + static_cast<std::uint64_t>(x) * 0xBF58476D1CE4E5B9U +
           static_cast<std::uint64_t>(y) * 0x94D049BB133111EBU + static_cast<std::uint64_t>(axis);
  h = (h ^ h >> 30) * 0xBF58476D1CE4E5B9U;
  h = (h ^ h >> 27) * 0x94D049BB133111EBU;
  h ^= h >> 31;
  return static_cast<double>(h >> 11) / static_cast<double>(std::uint64_t{1} << 52) - 1;
}

}  // namespace

std::vector<domain::Area> made_country(const MadeCountry& country) {
  const int all = country.side * country.points;
  const double step = country.degrees / all;
  // A point of the grid of border points. Those on the rim stay, so that the square is a square; the others
  // stray across their border by less than to the next, so that no border meets itself or another.
  const auto place = [&](int x, int y) {
    const bool rim = x == 0 || y == 0 || x == all || y == all;
    const bool corner = x % country.points == 0 && y % country.points == 0;
    const auto reach =
        rim ? 0 : country.crooked * (corner ? step * 0.4 : step * std::min(2, country.points / 4));
    const auto dx = x % country.points == 0 ? reach * noise(country.seed, x, y, 0) : 0;
    const auto dy = y % country.points == 0 ? reach * noise(country.seed, x, y, 1) : 0;
    return geo::Point{kWest + x * step + dx, kNorth - y * step - dy};
  };
  std::vector<domain::Area> areas;
  const auto add = [&](geo::Part part) {
    domain::Area area;
    const auto number = std::to_string(areas.size() + 1);
    area.code = "X." + number;
    area.name = "Desa " + number;
    area.level = country.level;
    area.type = areas.size() % 3 == 0 ? "Kelurahan" : "Desa";
    if (country.level == 4) area.district = "Kecamatan " + std::to_string(areas.size() / 4);
    area.regency = "Kabupaten Contoh";
    area.province = "Provinsi Contoh";
    area.geometry = {geo::GeometryKind::Polygon, {std::move(part)}};
    areas.push_back(std::move(area));
  };
  for (int row = 0; row < country.side; ++row)
    for (int column = 0; column < country.side; ++column) {
      const int west = column * country.points, north = row * country.points;
      const int n = country.points;
      geo::Path ring;
      for (int i = 0; i < n; ++i) ring.push_back(place(west + i, north));
      for (int i = 0; i < n; ++i) ring.push_back(place(west + n, north + i));
      for (int i = 0; i < n; ++i) ring.push_back(place(west + n - i, north + n));
      for (int i = 0; i < n; ++i) ring.push_back(place(west, north + n - i));
      ring.push_back(ring.front());
      std::ranges::reverse(ring);  // as RFC 7946 has it
      add({ring});
    }
  if (country.lake) {
    const auto width = country.degrees / country.side;
    geo::Path shore;
    for (int i = 0; i < 40; ++i) {
      const auto turn = i * 2 * 3.14159265358979 / 40;
      const auto reach = width * (0.2 + 0.04 * noise(country.seed, i, 0, 2));
      shore.push_back(
          {kWest + width / 2 + reach * std::cos(turn), kNorth - width / 2 + reach * std::sin(turn)});
    }
    shore.push_back(shore.front());
    add({shore});
    std::ranges::reverse(shore);
    areas.front().geometry.parts.front().push_back(shore);
  }
  shape(areas);
  return areas;
}

void shape(std::vector<domain::Area>& areas) {
  std::vector<catalog::AreaShape> shapes;
  for (const auto& area : areas) shapes.push_back({area.level, &area.geometry});
  auto made = catalog::make_area_shapes(shapes);
  for (std::size_t i = 0; i < areas.size(); ++i) areas[i].shapes = std::move(made[i]);
}

}  // namespace simpul::test
