#include "service/boundary_build.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <sstream>

#include "base/error.hpp"
#include "domain/boundary_match.hpp"
#include "geo/geojson.hpp"
#include "service/area_build.hpp"
#include "service/boundary_compose.hpp"

namespace simpul::service {
namespace {

namespace json = boost::json;
using domain::NamedArea;

constexpr std::string_view kProvinceCode = "74";
constexpr double kGadmCells = 10'000;  // GADM 4.1 is drawn with four decimals

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(in), {});
  if (!in) throw Error(ErrorKind::Invalid, "The file {file} cannot be read.", {{"file", path.string()}});
  return text;
}

// "KABUPATEN KOLAKA TIMUR" -> "Kabupaten Kolaka Timur".
std::string title_case(std::string text) {
  bool first = true;
  for (auto& c : text) {
    if (!first && c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    first = c == ' ';
  }
  return text;
}

// The rows of the province from a file "code,parent,name" without quoted cells, by code.
std::vector<NamedArea> read_areas(const std::filesystem::path& file) {
  std::istringstream lines(read_file(file));
  std::vector<NamedArea> areas;
  std::string line;
  for (std::getline(lines, line); std::getline(lines, line);) {
    if (line.ends_with('\r')) line.pop_back();
    if (!line.starts_with(kProvinceCode) || line.size() < 3 || line[2] != '.') continue;
    const auto first = line.find(',');
    const auto second = line.find(',', first + 1);
    if (second == std::string::npos)
      throw Error(ErrorKind::Invalid, "{file} is not a list of code, parent code and name.",
                  {{"file", file.filename().string()}});
    areas.push_back(
        {line.substr(0, first), line.substr(first + 1, second - first - 1), line.substr(second + 1)});
  }
  if (areas.empty())
    throw Error(ErrorKind::Invalid, "{file} holds no region of the province {province}.",
                {{"file", file.filename().string()}, {"province", std::string(kProvinceCode)}});
  std::sort(areas.begin(), areas.end(), [](auto& l, auto& r) { return l.code < r.code; });
  return areas;
}

[[noreturn]] void refuse_gadm(const std::filesystem::path& file, std::string detail) {
  throw Error(ErrorKind::Invalid, "{file} is not a GeoJSON feature collection of GADM 4.1 level 3.",
              {{"file", file.filename().string()}}, {}, std::move(detail));
}

// The polygons of the province by kecamatan code of today.
std::vector<CodedPolygon> polygons_of(const json::value& root, const domain::KecamatanNames& names) {
  std::vector<CodedPolygon> polygons;
  for (const auto& feature : root.at("features").as_array()) {
    const auto& properties = feature.at("properties");
    if (domain::folded_name(properties.at("NAME_1").as_string()) != kProvinceInGadm) continue;
    const std::string name(properties.at("NAME_3").as_string());
    const auto code = names.code_of(name);
    if (!code)
      throw Error(ErrorKind::Invalid, "The kecamatan {name} of the map is not in the list of codes.",
                  {{"name", name}});
    if (std::ranges::find(polygons, *code, &CodedPolygon::code) != polygons.end())
      throw Error(ErrorKind::Invalid, "The kecamatan {name} has two polygons.", {{"name", name}});
    polygons.push_back({*code, geo::from_geojson(feature.at("geometry"))});
  }
  return polygons;
}

std::vector<CodedPolygon> read_gadm(const std::filesystem::path& file, const domain::KecamatanNames& names) {
  json::monotonic_resource memory;
  const auto text = read_file(file);
  try {
    return polygons_of(json::parse(text, &memory), names);
  } catch (const Error&) {
    throw;
  } catch (const std::exception& wrong_shape) {  // Boost.JSON: not JSON, a member missing or of another kind
    refuse_gadm(file, wrong_shape.what());
  }
}

}  // namespace

domain::BoundarySet build_indicative_boundaries(const std::filesystem::path& gadm_geojson,
                                                const std::filesystem::path& areas_folder) {
  auto regencies = read_areas(areas_folder / "regencies.csv");
  for (auto& regency : regencies) regency.name = title_case(regency.name);
  const auto kecamatan = read_areas(areas_folder / "districts.csv");
  const auto polygons = read_gadm(gadm_geojson, domain::KecamatanNames(kecamatan));
  domain::BoundarySet set;
  set.source = "GADM 4.1";
  set.licence = "non-commercial";
  set.indicative = true;
  set.notice = "Boundaries are indicative: GADM 4.1, for non-commercial use only.";
  std::vector<domain::Boundary> regions;
  for (const auto& area : regencies) regions.push_back({area.code, area.name, 2, {}});
  for (const auto& area : kecamatan) regions.push_back({area.code, area.name, 3, {}});
  set.boundaries = compose_boundaries(std::move(regions), polygons, kGadmCells);
  for (const auto& boundary : set.boundaries)
    if (boundary.bands.empty()) set.without_polygon.push_back(boundary.code);
  return set;
}

}  // namespace simpul::service
