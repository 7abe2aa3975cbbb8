#include <algorithm>
#include <boost/json.hpp>

#include "base/error.hpp"
#include "catalog/area_shapes.hpp"
#include "web/tiles/query.hpp"

namespace simpul::web::tiles {

namespace {

namespace json = boost::json;

struct VectorLayer {
  std::string_view id;
  std::string_view description;  // English, for whoever loads the tiles elsewhere
  int minzoom;
  int maxzoom;
  std::initializer_list<std::pair<std::string_view, std::string_view>> fields;
};

// Above these the client enlarges: the finest boundaries have no more detail, and a point stays where it is.
constexpr int kRegionsMaxZoom = 12;
constexpr int kPotentialsMinZoom = 7;
constexpr int kPotentialsMaxZoom = 14;

const VectorLayer kRegionLayers[] = {
    {"regions",
     "Areas of kabupaten/kota (level 2) and, from zoom 8, kecamatan (level 3)",
     0,
     kRegionsMaxZoom,
     {{"code", "Kemendagri code"}, {"name", "Name"}, {"level", "2 or 3"}}},
    {"region_borders",
     "Each border once",
     0,
     kRegionsMaxZoom,
     {{"level", "2 or 3"}, {"kind", "coast or border"}}},
    {"region_labels",
     "Badges (to zoom 7) and names",
     0,
     kRegionsMaxZoom,
     {{"code", "Kemendagri code"},
      {"name", "Name"},
      {"level", "2 or 3"},
      {"count", "Number of potentials under the filter"},
      {"badge", "1: the place of the badge, 0: of the name"}}}};

const VectorLayer kAreaLayers[] = {
    {"areas",
     "Kecamatan (level 3) below zoom 8, desa and kelurahan (level 4) from there",
     catalog::kAreaMinZoom,
     catalog::kAreaMaxZoom,
     {{"code", "Code of the source"},
      {"name", "Name"},
      {"level", "3 or 4"},
      {"type", "Kecamatan, Distrik, Desa or Kelurahan"},
      {"district", "Name of the kecamatan; of level 4"},
      {"regency", "Name of the kabupaten/kota"},
      {"province", "Name of the province"}}}};

const VectorLayer kPotentialLayers[] = {
    {"potentials",
     "Potentials with a point of their own that are in no cluster. The id is that of the register: the page "
     "is "
     "/{language}/p/{id}",
     kPotentialsMinZoom,
     kPotentialsMaxZoom,
     {{"title", "Title; left out below zoom 12 where there are many"},
      {"group", "Display group"},
      {"region", "Kemendagri code of its region"},
      {"region_name", "Name of its region"},
      {"status", "existing, offered or indicative"}}},
    {"clusters",
     "Two or more in a cell of the grid: below zoom 10, and where a tile would hold too many",
     kPotentialsMinZoom,
     kPotentialsMaxZoom,
     {{"count", "Number of potentials"},
      {"group", "Display group of most of them"},
      {"bbox", "west,south,east,north"}}}};

json::array describe(std::span<const VectorLayer> layers) {
  json::array out;
  for (const auto& layer : layers) {
    json::object fields;
    for (const auto& [name, meaning] : layer.fields) fields.emplace(name, meaning);
    out.push_back({{"id", layer.id},
                   {"description", layer.description},
                   {"minzoom", layer.minzoom},
                   {"maxzoom", layer.maxzoom},
                   {"fields", std::move(fields)}});
  }
  return out;
}

geo::Box bounds(const catalog::Snapshot& snapshot) {
  geo::Box box;
  const auto add = [&box](const geo::Geometry& geometry) {
    const auto one = geo::bounds(geometry);
    if (one.empty()) return;
    box.add({one.min_x, one.min_y});
    box.add({one.max_x, one.max_y});
  };
  for (const auto& boundary : snapshot.data().boundaries.boundaries)
    if (!boundary.bands.empty()) add(boundary.bands.front());
  if (const auto points = snapshot.bounds({}); !points.empty()) {
    box.add({points.min_x, points.min_y});
    box.add({points.max_x, points.max_y});
  }
  return box.empty() ? geo::Box{-180, -85, 180, 85} : box;
}

// What is different from layer to layer.
struct Source {
  std::string_view layer;
  const char* name;
  std::span<const VectorLayer> layers;
  int minzoom;
  int maxzoom;
};

const Source kSources[] = {
    {"regions", msgid("Regions"), kRegionLayers, 0, kRegionsMaxZoom},
    {"potentials", msgid("Potentials"), kPotentialLayers, kPotentialsMinZoom, kPotentialsMaxZoom},
    {"areas", msgid("Kecamatan and villages"), kAreaLayers, catalog::kAreaMinZoom, catalog::kAreaMaxZoom}};

// The licence of the indicative boundaries, in the words of their builder; that of official ones stands as
// their office gave it.
[[maybe_unused]] constexpr auto kLicence = msgid("non-commercial");

// Of domain::BoundarySet or AreaSource: both have these members.
template <typename Set>
std::string attribution(const Set& set, const i18n::Language& language) {
  const MessageArgs args{{"source", set.source}, {"licence", language.tr(set.licence)}};
  if (set.indicative) return language.tr("Indicative boundaries: {source}, {licence}", args);
  return language.tr("Boundaries: {source}, {licence}", args);
}

}  // namespace

http::Response tile_json(const RequestContext& context) {
  const auto layer = context.captures[0];
  const auto* const source = std::ranges::find(kSources, layer, &Source::layer);
  if (source == std::end(kSources))
    throw Error(ErrorKind::NotFound, "There is no map layer “{layer}”", {{"layer", std::string(layer)}});
  const auto& language = language_of(context);
  auto query = domain::to_query(strict_filter(context));
  if (!query.empty()) query += '&';
  query += "lang=" + language.code();

  const auto& snapshot = *context.snapshot;
  const auto of_areas = source->layer == "areas" ? snapshot.area_bounds() : geo::Box();
  const auto box = of_areas.empty() ? bounds(snapshot) : of_areas;
  json::object out{
      {"tilejson", "3.0.0"},
      {"name", language.tr(source->name)},
      {"tiles",
       {std::string(context.site_url) + "/tiles/" + std::string(layer) + "/{z}/{x}/{y}.mvt?" + query}},
      {"vector_layers", describe(source->layers)},
      {"minzoom", source->minzoom},
      {"maxzoom", source->maxzoom},
      {"bounds", {box.min_x, box.min_y, box.max_x, box.max_y}},
      {"version", "1.0.0"}};
  if (source->layer == "regions" && !snapshot.data().boundaries.boundaries.empty())
    out["attribution"] = attribution(snapshot.data().boundaries, language);
  if (source->layer == "areas" && !snapshot.area_source().source.empty())
    out["attribution"] = attribution(snapshot.area_source(), language);
  return http::Response::text(200, "application/json", json::serialize(out));
}

}  // namespace simpul::web::tiles
