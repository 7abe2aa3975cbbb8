#include "support/small_register.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>

namespace simpul::test {

namespace {

using Corner = std::pair<int, int>;  // column, row of the drawing's grid, from the upper left
using Squares = std::set<Corner>;

constexpr std::string_view kNames[] = {"Alfa", "Beta", "Gama", "Delta", "Epsilon", "Zeta"};

geo::Point place(double column, double row) {
  return {kWest + column * kSquare, kNorth - row * kSquare};
}

double twice_area(const geo::Path& ring) {
  double sum = 0;
  for (std::size_t i = 1; i < ring.size(); ++i) sum += ring[i - 1].x * ring[i].y - ring[i].x * ring[i - 1].y;
  return sum;
}

bool inside(geo::Point p, const geo::Path& ring) {
  bool in = false;
  for (std::size_t i = 1; i < ring.size(); ++i) {
    const auto a = ring[i - 1], b = ring[i];
    if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) in = !in;
  }
  return in;
}

// The outline of a set of squares, with every corner of the grid on it, so that neighbours share their
// points. Squares that touch at a corner only are not drawn right: do not draw such.
geo::Geometry outline(const Squares& squares) {
  std::map<Corner, Corner> next;  // counter-clockwise seen on the map, land to the left
  for (const auto& [c, r] : squares) {
    if (!squares.contains({c, r + 1})) next[{c, r + 1}] = {c + 1, r + 1};
    if (!squares.contains({c + 1, r})) next[{c + 1, r + 1}] = {c + 1, r};
    if (!squares.contains({c, r - 1})) next[{c + 1, r}] = {c, r};
    if (!squares.contains({c - 1, r})) next[{c, r}] = {c, r + 1};
  }
  geo::Geometry shape{geo::GeometryKind::MultiPolygon, {}};
  std::vector<geo::Path> holes;
  while (!next.empty()) {
    const auto start = next.begin()->first;
    geo::Path ring;
    auto at = start;
    do {
      ring.push_back(place(at.first, at.second));
      const auto step = next.find(at);
      if (step == next.end()) throw std::logic_error("drawn world: squares touch at a corner only");
      at = step->second;
      next.erase(step);
    } while (at != start);
    ring.push_back(ring.front());
    if (twice_area(ring) > 0)
      shape.parts.push_back({std::move(ring)});
    else
      holes.push_back(std::move(ring));
  }
  for (auto& hole : holes) {
    for (auto& part : shape.parts) {
      const geo::Point middle{(hole[0].x + hole[1].x) / 2, (hole[0].y + hole[1].y) / 2};
      if (inside(middle, part[0])) {
        part.push_back(std::move(hole));
        break;
      }
    }
  }
  return shape;
}

std::string code_of(std::size_t number) {
  return "74." + std::string(number < 10 ? "0" : "") + std::to_string(number);
}

domain::Region region(char letter) {
  const auto number = static_cast<std::size_t>(letter - 'A');
  const auto name =
      number < std::size(kNames) ? std::string(kNames[number]) : std::string("Wilayah ") + letter;
  const bool city = number % 5 == 4;
  domain::Region region;
  region.code = code_of(number + 1);
  region.bps_code = "74" + region.code.substr(3);
  region.name = {{"id", (city ? "Kota " : "Kabupaten ") + name},
                 {"en", name + (city ? " City" : " Regency")}};
  region.kind = city ? "city" : "regency";
  region.capital = name;
  region.area_km2 = 100.0 * (number + 1);
  region.population = 1000 * (number + 1);
  region.population_year = 2025;
  region.source = "drawn for a test";
  return region;
}

domain::Potential potential(char mark, const std::string& region_code, geo::Point where) {
  domain::Potential potential;
  potential.slug = std::string("p-") + mark;
  potential.region_code = region_code;
  potential.sector = "A";
  potential.category = "fishery";
  potential.group = "laut";
  potential.geometry = geo::point(where.x, where.y);
  potential.accuracy = domain::LocationAccuracy::Exact;
  potential.title = {{"id", std::string("Potensi ") + mark}, {"en", std::string("Potential ") + mark}};
  potential.sources = {"drawn for a test"};
  potential.changed = Instant{1'700'000'000'000'000 + mark};
  return potential;
}

void add_vocabulary(domain::PublishedRegister& world) {
  world.sectors = {
      {"PDRB2010",
       "A",
       {{"id", "Pertanian, kehutanan dan perikanan"}, {"en", "Agriculture, forestry and fishing"}}},
      {"PDRB2010", "B", {{"id", "Pertambangan dan penggalian"}, {"en", "Mining and quarrying"}}},
      {"PDRB2010", "C", {{"id", "Industri pengolahan"}, {"en", "Manufacturing"}}},
      {"PDRB2010", "I", {{"id", "Penyediaan akomodasi dan makan minum"}, {"en", "Accommodation and food"}}}};
  const auto group = [&](std::string code, std::string id, std::string en) {
    world.groups.push_back({std::move(code), {{"id", id}, {"en", en}}, {{"id", id}, {"en", en}}});
  };
  group("tani", "Pertanian", "Agriculture");
  group("laut", "Kelautan dan perikanan", "Sea and fisheries");
  group("tambang", "Tambang dan energi", "Mining and energy");
  group("industri", "Industri", "Industry");
  group("infra", "Infrastruktur", "Infrastructure");
  group("wisata", "Pariwisata", "Tourism");
  group("dagang", "Perdagangan", "Trade");
  group("publik", "Layanan publik", "Public services");
  world.commodities = {{"cocoa", {{"id", "Kakao"}, {"en", "Cocoa"}}, "A", "plantation", "1801", "t"},
                       {"nickel", {{"id", "Bijih nikel"}, {"en", "Nickel ore"}}, "B", "mineral", "2604", "t"},
                       {"seaweed", {{"id", "Rumput laut"}, {"en", "Seaweed"}}, "A", "fishery", "1212", "t"},
                       {"tuna", {{"id", "Ikan tuna"}, {"en", "Tuna"}}, "A", "fishery", "0302", "t"}};
}

}  // namespace

domain::PublishedRegister drawn_world(std::string_view drawing,
                                      const std::function<void(domain::Potential&)>& describe) {
  domain::PublishedRegister world;
  world.audit_sequence = 12;
  world.last_change = Instant{1'795'500'000'000'000};
  add_vocabulary(world);
  std::map<char, Squares> regions;
  std::map<std::string, Squares> districts;
  int row = 0;
  std::istringstream lines{std::string(drawing)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words{line};
    int column = 0;
    for (std::string word; words >> word; ++column) {
      if (word == ".") continue;
      if (word[0] < 'A' || word[0] > 'Z') throw std::logic_error("drawn world: not a region: " + word);
      regions[word[0]].insert({column, row});
      const auto region_code = code_of(word[0] - 'A' + 1u);
      std::size_t first_mark = 1;
      if (word.size() > 1 && word[1] >= 'a' && word[1] <= 'z') {
        districts[region_code + code_of(word[1] - 'a' + 1u).substr(2)].insert({column, row});
        first_mark = 2;
      }
      const auto marks = word.size() - first_mark;
      for (std::size_t i = 0; i < marks; ++i) {
        auto one = potential(word[first_mark + i], region_code,
                             place(column + (i + 1.0) / (marks + 1.0), row + 0.5));
        one.id = static_cast<std::int64_t>(world.potentials.size()) + 1;
        if (describe) describe(one);
        if (one.accuracy == domain::LocationAccuracy::Regency) one.geometry = {};
        world.potentials.push_back(std::move(one));
      }
    }
    if (column > 0) ++row;
  }
  std::ranges::sort(world.potentials, {}, &domain::Potential::slug);

  domain::Region province;
  province.code = "74";
  province.bps_code = "74";
  province.name = {{"id", "Provinsi Contoh"}, {"en", "Example Province"}};
  province.kind = "province";
  province.source = "drawn for a test";
  world.regions.push_back(province);
  world.boundaries.source = "drawn for a test";
  world.boundaries.licence = "none";
  world.boundaries.indicative = true;
  const auto add_boundary = [&](const std::string& code, const std::string& name, int level,
                                const Squares& squares) {
    world.boundaries.boundaries.push_back(
        {code, name, level, std::vector<geo::Geometry>(domain::kBoundaryBands, outline(squares))});
  };
  for (const auto& [letter, squares] : regions) {
    world.regions.push_back(region(letter));
    add_boundary(world.regions.back().code, world.regions.back().name.at("id"), 2, squares);
  }
  for (const auto& [code, squares] : districts) add_boundary(code, "Kecamatan " + code.substr(6), 3, squares);
  return world;
}

domain::PublishedRegister small_register() {
  const auto describe = [](domain::Potential& p) {
    const auto as = [&](std::string sector, std::string category, std::string group, std::string commodity,
                        std::string title_id, std::string title_en) {
      p.sector = std::move(sector);
      p.category = std::move(category);
      p.group = std::move(group);
      p.commodity = std::move(commodity);
      p.title = {{"id", std::move(title_id)}, {"en", std::move(title_en)}};
    };
    switch (p.slug.back()) {
      case '1':
        as("A", "fishery", "laut", "seaweed", "Budidaya rumput laut", "Seaweed farming");
        break;
      case '2':
        as("B", "mineral", "tambang", "nickel", "Tambang nikel", "Nickel mine");
        break;
      case '3':
        as("C", "industry", "industri", "nickel", "Pabrik feronikel", "Ferronickel plant");
        break;
      case '4':
        as("A", "plantation", "tani", "cocoa", "Kebun kakao rakyat", "Smallholder cocoa");
        break;
      case '5':
        as("I", "tourism", "wisata", "", "Pantai pasir putih", "White sand beach");
        break;
      case '6':
        as("A", "fishery", "laut", "tuna", "Pelabuhan ikan tuna", "Tuna landing port");
        break;
      default:
        as("A", "plantation", "tani", "cocoa", "Kakao kabupaten", "Cocoa of the regency");
        break;
    }
    p.summary = {{"id", "Ringkasan " + p.title["id"]}, {"en", "Summary of " + p.title["en"]}};
    p.forms = {"investment"};
    if (p.slug == "p-2" || p.slug == "p-3") {
      p.status = domain::PotentialStatus::Existing;
      p.forms.push_back("ksdpk");
      p.figures.push_back({27000, "t/year", "capacity", 2023, "drawn for a test"});
    }
    if (p.slug == "p-5") {
      p.status = domain::PotentialStatus::Offered;
      p.maturity = domain::Maturity::Prospektif;
    }
    if (p.slug == "p-7") p.accuracy = domain::LocationAccuracy::Regency;
  };
  return drawn_world(R"(
      Aa   Aa1  Ba   Ba   .   .
      Aa   Ab   Ba23 Bb   .   C5
      Ab4  Ab7  Bb   Bb   .   C6
  )",
                     describe);
}

}  // namespace simpul::test
