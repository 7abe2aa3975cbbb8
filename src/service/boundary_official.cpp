// Official boundaries: any vector file whose features carry Kemendagri codes.
#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <optional>
#include <set>

#include "base/error.hpp"
#include "domain/region_places.hpp"
#include "foreign/vector_file.hpp"
#include "geo/check.hpp"
#include "geo/geojson.hpp"
#include "service/boundary_build.hpp"
#include "service/boundary_compose.hpp"

namespace simpul::service {
namespace {

namespace json = boost::json;

constexpr double kCells = 100'000;  // 1.1 m: official maps are drawn to the metre
// Before simplification a coast may have far more points than a geometry of the register.
constexpr geo::SizeLimits kInput{2'000'000, 20'000};
constexpr std::string_view kProvince = "74.";

std::string lower(std::string_view text) {
  std::string out(text);
  for (auto& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

bool digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// "74.01", "74.01.02" or "74.01.02.2003" as it is; a number 74.1 as "74.10"; nothing for anything else.
std::optional<std::string> code_in(const json::value& value) {
  std::string text;
  if (value.is_string())
    text = std::string(value.get_string());
  else if (value.is_double())
    text = std::to_string(value.get_double()).substr(0, domain::kRegencyCodeLength);
  const auto size = text.size();
  if (size != 5 && size != 8 && size != 13) return std::nullopt;
  for (std::size_t i = 0; i < size; ++i)
    if ((text[i] == '.') != (i == 2 || i == 5 || i == 8)) return std::nullopt;
  for (const auto part : {0, 3, 6, 9})
    if (static_cast<std::size_t>(part) < size && !digits(text.substr(static_cast<std::size_t>(part), 2)))
      return std::nullopt;
  return text;
}

struct Column {
  std::size_t codes = 0;   // how many features have a code in it
  std::size_t others = 0;  // how many have something else
  std::size_t shortest = 99;
};

// The column of codes: every value in it is one, and it goes deepest (kecamatan before kabupaten).
std::string code_column(const std::vector<json::object>& features) {
  std::map<std::string, Column> columns;
  for (const auto& feature : features)
    for (const auto& [name, value] : feature.at("properties").as_object()) {
      auto& column = columns[std::string(name)];
      if (value.is_null()) continue;
      const auto code = code_in(value);
      code ? ++column.codes : ++column.others;
      if (code) column.shortest = std::min(column.shortest, code->size());
    }
  std::string best;
  std::string all;
  for (const auto& [name, column] : columns) {
    if (all.size() < 300) all += (all.empty() ? "" : ", ") + name;
    // Codes of BPS look the same and mean other regions.
    if (column.codes != features.size() || lower(name).find("bps") != std::string::npos) continue;
    if (best.empty() || column.shortest > columns[best].shortest) best = name;
  }
  if (best.empty())
    throw Error(ErrorKind::Invalid,
                "No column holds the Kemendagri code of every feature, such as 74.01 or 74.01.01. Columns: "
                "{columns}.",
                {{"columns", all}});
  return best;
}

// The name of a region: BIG's columns, or what offices call theirs. Empty: none of them.
std::string name_in(const json::object& properties, int level) {
  static const std::vector<std::string> kKecamatan{"wadmkc", "kecamatan", "nama_kecamatan",
                                                   "namobj", "nama",      "name"};
  static const std::vector<std::string> kRegency{"wadmkk", "kabupaten", "nama_kabupaten",
                                                 "namobj", "nama",      "name"};
  for (const auto& wanted : level == 3 ? kKecamatan : kRegency)
    for (const auto& [name, value] : properties)
      if (lower(name) == wanted && value.is_string()) return std::string(value.get_string());
  return {};
}

// Polygons of the province, and the regions they belong to.
struct Found {
  std::vector<CodedPolygon> polygons;
  std::map<std::string, domain::Boundary> regions;

  void add_region(const std::string& code, std::string name) {
    const int level = code.size() == domain::kRegencyCodeLength ? 2 : 3;
    auto& region = regions[code];
    region.code = code;
    region.level = level;
    if (region.name.empty()) region.name = std::move(name);
  }
};

bool is_known_regency(std::string_view code) {
  return std::ranges::find(domain::region_places(), code, &domain::RegionPlace::code) !=
         domain::region_places().end();
}

Found find_regions(const std::vector<json::object>& features) {
  const auto column = code_column(features);
  std::size_t shortest = 99;
  std::size_t longest = 0;
  for (const auto& feature : features) {
    const auto size = code_in(feature.at("properties").at(column))->size();
    shortest = std::min(shortest, size);
    longest = std::max(longest, size);
  }
  if (shortest < domain::kKecamatanCodeLength && longest > domain::kRegencyCodeLength)
    throw Error(ErrorKind::Invalid, "The column {column} mixes codes of kabupaten/kota and of kecamatan.",
                {{"column", column}});
  Found found;
  for (const auto& feature : features) {
    const auto& properties = feature.at("properties").as_object();
    const auto code = code_in(properties.at(column))->substr(0, domain::kKecamatanCodeLength);
    if (!code.starts_with(kProvince)) continue;  // a file of the whole country serves as well
    const auto regency = code.substr(0, domain::kRegencyCodeLength);
    if (!is_known_regency(regency))
      throw Error(ErrorKind::Invalid, "{code} is not the code of a kabupaten/kota of the province.",
                  {{"code", regency}});
    auto polygon = geo::from_geojson(feature.at("geometry"), kInput);
    if (polygon.kind != geo::GeometryKind::Polygon && polygon.kind != geo::GeometryKind::MultiPolygon)
      throw Error(ErrorKind::Invalid, "The feature with the code {code} is not a polygon.", {{"code", code}});
    found.polygons.push_back({code, std::move(polygon)});
    found.add_region(regency, name_in(properties, 2));
    if (code != regency) found.add_region(code, name_in(properties, 3));
  }
  // Every kabupaten/kota must be there; the composer says which one is not.
  for (const auto& place : domain::region_places()) found.add_region(place.code, {});
  return found;
}

}  // namespace

domain::BoundarySet boundaries_from_file(const std::filesystem::path& file) {
  std::vector<json::object> features;
  foreign::read_vector_file(file, [&](std::string_view text) {
    boost::system::error_code error;
    auto value = json::parse(text, error);
    const auto* object = error ? nullptr : value.if_object();
    const auto* geometry = object == nullptr ? nullptr : object->if_contains("geometry");
    const auto* properties = object == nullptr ? nullptr : object->if_contains("properties");
    if (geometry == nullptr || properties == nullptr || !properties->is_object())
      throw Error(ErrorKind::Internal, "The reader of vector files gave something else than a feature.", {},
                  {}, std::string(text.substr(0, 200)));
    if (!geometry->is_null()) features.push_back(std::move(value.get_object()));
  });
  auto found = find_regions(features);
  std::vector<domain::Boundary> regions;
  for (auto& [code, region] : found.regions) regions.push_back(std::move(region));
  domain::BoundarySet set;
  set.source = file.filename().string();
  set.boundaries = compose_boundaries(std::move(regions), found.polygons, kCells);
  return set;
}

}  // namespace simpul::service
