#include "service/area_build.hpp"

#include <boost/json.hpp>
#include <fstream>
#include <set>

#include "base/error.hpp"
#include "catalog/area_shapes.hpp"
#include "domain/boundary_match.hpp"
#include "geo/geojson.hpp"
#include "storage/areas.hpp"
#include "storage/potentials.hpp"

namespace simpul::service {
namespace {

namespace json = boost::json;

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(in), {});
  if (!in) throw Error(ErrorKind::Invalid, "The file {file} cannot be read.", {{"file", path.string()}});
  return text;
}

[[noreturn]] void refuse(const std::filesystem::path& file, std::string detail) {
  throw Error(ErrorKind::Invalid, "{file} is not a GeoJSON feature collection of GADM 4.1 level 3 or 4.",
              {{"file", file.filename().string()}}, {}, std::move(detail));
}

// Where the JSON object that begins at `begin` ends; npos: nowhere.
std::size_t end_of_object(std::string_view text, std::size_t begin) {
  int depth = 0;
  for (auto at = begin; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '{') ++depth;
    if (c == '}' && --depth == 0) return at + 1;
    if (c != '"') continue;
    for (++at; at < text.size() && text[at] != '"'; ++at)
      if (text[at] == '\\') ++at;
  }
  return std::string_view::npos;
}

// Each feature as text: as one value a file of 56 MB would take ten times that in memory.
template <typename Each>
void each_feature(std::string_view text, const std::filesystem::path& file, Each each) {
  constexpr std::string_view kSpace = " \t\r\n";
  auto at = text.find("\"features\"");
  if (at != std::string_view::npos) at = text.find('[', at);
  if (at == std::string_view::npos) refuse(file, "no features");
  for (bool first = true;; first = false) {
    at = text.find_first_not_of(kSpace, at + 1);
    if (at != std::string_view::npos && text[at] == ']') return;
    if (at != std::string_view::npos && !first) {
      if (text[at] != ',') refuse(file, "no comma after a feature");
      at = text.find_first_not_of(kSpace, at + 1);
    }
    if (at == std::string_view::npos || text[at] != '{') refuse(file, "ends amid its features");
    const auto end = end_of_object(text, at);
    if (end == std::string_view::npos) refuse(file, "ends amid a feature");
    each(text.substr(at, end - at));
    at = end - 1;
  }
}

// "AlueBagok" -> "Alue Bagok": the source leaves out the spaces.
std::string spaced(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto is = [&](std::size_t at, char low, char high) { return name[at] >= low && name[at] <= high; };
    if (i > 0 && is(i - 1, 'a', 'z') && is(i, 'A', 'Z')) out += ' ';
    out += name[i];
  }
  return out;
}

class Reader {
 public:
  Reader(std::string_view province, domain::AreaSet& set) : province_(province), set_(set) {}

  void read(const std::filesystem::path& file) {
    const auto text = read_file(file);
    std::vector<unsigned char> room(1 << 20);
    each_feature(text, file, [&](std::string_view feature) {
      json::monotonic_resource memory(room.data(), room.size());
      json::value value;
      try {
        value = json::parse(feature, &memory);
        take(value, file);
      } catch (const Error&) {
        throw;
      } catch (const std::exception& wrong_shape) {  // a member missing or of another kind
        refuse(file, wrong_shape.what());
      }
    });
  }

 private:
  void take(const json::value& feature, const std::filesystem::path& file) {
    const auto& properties = feature.at("properties").as_object();
    const int level = properties.contains("GID_4") ? 4 : 3;
    const auto text = [&](const char* key) {
      const auto& value = properties.at(key).as_string();
      return value == "NA" ? std::string() : std::string(value);  // GADM's word for nothing
    };
    const auto own = std::to_string(level);
    domain::Area area;
    area.province = text("NAME_1");
    if (!province_.empty() && domain::folded_name(area.province) != province_) return;
    area.code = text(("GID_" + own).c_str());
    area.level = level;
    area.name = spaced(text(("NAME_" + own).c_str()));
    area.type = spaced(text(("TYPE_" + own).c_str()));
    area.province = spaced(area.province);
    area.regency = spaced(text("NAME_2"));
    if (level == 4) area.district = spaced(text("NAME_3"));
    if (area.code.empty()) refuse(file, "an area without a code");
    if (!codes_.insert(area.code).second)
      throw Error(ErrorKind::Invalid, "{file}: the area {code} stands in it twice.",
                  {{"file", file.filename().string()}, {"code", area.code}});
    try {
      area.geometry = geo::from_geojson(feature.at("geometry"));
      if (area.geometry.kind != geo::GeometryKind::Polygon &&
          area.geometry.kind != geo::GeometryKind::MultiPolygon)
        throw Error(ErrorKind::Invalid, "This kind of geometry is not supported.");
    } catch (const Error& wrong) {
      throw Error(ErrorKind::Invalid,
                  "{file}: the shape of {code} {name} cannot be used: correct it, then import again.",
                  {{"file", file.filename().string()}, {"code", area.code}, {"name", area.name}}, {},
                  wrong.what());
    }
    set_.areas.push_back(std::move(area));
  }

  std::string_view province_;
  domain::AreaSet& set_;
  std::set<std::string> codes_;
};

}  // namespace

domain::AreaSet build_areas(std::span<const std::filesystem::path> files, std::string_view province) {
  domain::AreaSet set;
  set.source = "GADM 4.1";
  set.licence = "non-commercial";
  set.indicative = true;
  set.notice = "Boundaries are indicative: GADM 4.1, for non-commercial use only.";
  Reader reader(province, set);
  for (const auto& file : files) {
    const auto before = set.areas.size();
    reader.read(file);
    if (set.areas.size() == before)
      throw Error(ErrorKind::Invalid, "{file} holds no area that was asked for.",
                  {{"file", file.filename().string()}});
  }
  std::vector<catalog::AreaShape> shapes;
  for (const auto& area : set.areas) shapes.push_back({area.level, &area.geometry});
  auto made = catalog::make_area_shapes(shapes);
  for (std::size_t i = 0; i < made.size(); ++i) set.areas[i].shapes = std::move(made[i]);
  return set;
}

bool import_country(storage::Store& store, const domain::AreaSet& set, const domain::Actor& actor) {
  store.read([](db::Connection& connection) {
    if (storage::has_real_potentials(connection))
      throw Error(
          ErrorKind::Conflict,
          "This register holds potentials: areas of the whole country never stand beside them. Use a data "
          "folder of its own");
  });
  return import_areas(store, set, actor);
}

bool import_areas(storage::Store& store, const domain::AreaSet& set, const domain::Actor& actor) {
  return store.write(
      actor, [&](storage::WriteTransaction& transaction) { storage::replace_areas(transaction, set); });
}

}  // namespace simpul::service
