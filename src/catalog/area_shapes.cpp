#include "catalog/area_shapes.hpp"

#include <protozero/buffer_string.hpp>
#include <protozero/varint.hpp>

#include <algorithm>
#include <future>
#include <thread>

#include "base/error.hpp"
#include "catalog/thin_borders.hpp"

namespace simpul::catalog {

namespace {

// Rings of a polygon of the source on the world grid.
struct SourcePart {
  std::size_t area;
  std::vector<std::vector<geo::WorldPoint>> rings;
};

// The same on the grid of a zoom: as it is, and as it is drawn.
struct GridPart {
  std::size_t area;
  std::vector<TilePath> rings;
  std::vector<TilePath> drawn;
  bool valid = true;
};

std::vector<SourcePart> on_world_grid(std::span<const AreaShape> areas) {
  std::vector<SourcePart> parts;
  for (std::size_t i = 0; i < areas.size(); ++i)
    for (const auto& polygon : areas[i].geometry->parts) {
      auto& part = parts.emplace_back(SourcePart{i, {}});
      for (const auto& path : polygon) {
        auto& ring = part.rings.emplace_back();
        ring.reserve(path.size());
        for (const auto p : path) ring.push_back(geo::to_world(p));
      }
    }
  return parts;
}

bool has_zoom(int level, int zoom) {
  return level == 3 ? zoom >= kAreaMinZoom && zoom < kVillageZoom
                    : zoom >= kVillageZoom && zoom <= kAreaMaxZoom;
}

// An outer ring without area takes its holes with it.
std::vector<TilePath> cleaned(std::vector<TilePath> rings) {
  std::vector<TilePath> out;
  for (auto& ring : rings) {
    auto clean = clean_ring(std::move(ring));
    if (clean.empty() && out.empty()) return {};
    if (!clean.empty()) out.push_back(std::move(clean));
  }
  return out;
}

void draw(GridPart& part, const ThinBorders& borders, double tolerance) {
  part.drawn.clear();
  for (const auto& ring : part.rings)
    part.drawn.push_back(tolerance > 0 ? borders.thinned(ring, tolerance) : ring);
  part.drawn = cleaned(std::move(part.drawn));
  part.valid = part.drawn.empty() || !touches_itself(part.drawn);
}

void put(std::string& out, std::int64_t number) {
  protozero::add_varint_to_buffer(&out, static_cast<std::uint64_t>(number));
}

void put_part(std::string& out, int zoom, const std::vector<TilePath>& rings) {
  TilePoint low = rings.front().front(), high = low;
  for (const auto& p : rings.front()) {
    low = {std::min(low.x, p.x), std::min(low.y, p.y)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y)};
  }
  const auto polygon = encode_polygon(rings);
  for (const auto number : {std::int64_t{zoom}, low.x, low.y, high.x - low.x, high.y - low.y,
                            polygon.first.x - low.x, polygon.first.y - low.y, polygon.last.x - low.x,
                            polygon.last.y - low.y, static_cast<std::int64_t>(polygon.rest.size())})
    put(out, number);
  out += polygon.rest;
}

// By area.
std::vector<std::string> shapes_of_zoom(std::span<const AreaShape> areas,
                                        const std::vector<SourcePart>& source, int zoom) {
  const auto tolerance = zoom < kAreaMaxZoom ? kAreaTolerance : 0;
  std::vector<GridPart> parts;
  ThinBorders borders;
  for (const auto& from : source) {
    if (!has_zoom(areas[from.area].level, zoom)) continue;
    std::vector<TilePath> rings;
    for (const auto& ring : from.rings) rings.push_back(to_tile(ring, {zoom, 0, 0}));
    rings = cleaned(std::move(rings));
    if (rings.empty()) continue;
    if (tolerance > 0)
      for (const auto& ring : rings) borders.add(ring);
    parts.push_back({from.area, std::move(rings), {}, true});
  }
  for (auto& part : parts) draw(part, borders, tolerance);
  // A polygon that touches itself for want of points gets more of them, and so do its neighbours.
  for (bool more = tolerance > 0; more;) {
    more = false;
    borders.settle();
    for (const auto& part : parts)
      if (!part.valid)
        for (const auto& ring : part.rings) more = borders.keep_more(ring) || more;
    if (more)
      for (auto& part : parts)
        if (std::ranges::any_of(part.rings, [&](const auto& ring) { return borders.touched(ring); }))
          draw(part, borders, tolerance);
  }
  std::vector<std::string> shapes(areas.size());
  for (auto& part : parts) {
    if (part.drawn.empty()) continue;
    if (part.valid)
      put_part(shapes[part.area], zoom, part.drawn);
    else  // rounding alone did it: where a river is narrower than the grid
      for (const auto& piece : mended(std::move(part.drawn))) put_part(shapes[part.area], zoom, piece);
  }
  return shapes;
}

}  // namespace

std::vector<std::string> make_area_shapes(std::span<const AreaShape> areas) {
  const auto source = on_world_grid(areas);
  std::vector<std::string> shapes(areas.size());
  // Two zooms at a time on two processors: each is worked out by itself.
  const auto together = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  for (int first = kAreaMinZoom; first <= kAreaMaxZoom; first += together) {
    std::vector<std::future<std::vector<std::string>>> making;
    for (int zoom = first; zoom <= std::min(first + together - 1, kAreaMaxZoom); ++zoom)
      making.push_back(
          std::async(std::launch::async, [&, zoom] { return shapes_of_zoom(areas, source, zoom); }));
    for (auto& one : making) {
      const auto of_zoom = one.get();
      for (std::size_t i = 0; i < shapes.size(); ++i) shapes[i] += of_zoom[i];
    }
  }
  return shapes;
}

ShapePart take_shape_part(std::string_view& bytes) {
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  try {
    const auto take = [&] { return static_cast<std::int64_t>(protozero::decode_varint(&at, end)); };
    const auto place = [&](TilePoint from) {
      const auto x = take(), y = take();
      return TilePoint{from.x + x, from.y + y};
    };
    ShapePart part;
    part.zoom = static_cast<int>(take());
    part.low = place({});
    part.high = place(part.low);
    part.first = place(part.low);
    part.last = place(part.low);
    const auto size = static_cast<std::uint64_t>(take());
    if (part.zoom < kAreaMinZoom || part.zoom > kAreaMaxZoom || size > static_cast<std::uint64_t>(end - at))
      throw Error(ErrorKind::Internal, "The register contradicts itself", {}, {}, "a shape is cut off");
    part.rest = {at, size};
    bytes.remove_prefix(static_cast<std::size_t>(at - bytes.data()) + size);
    return part;
  } catch (const protozero::exception& broken) {
    throw Error(ErrorKind::Internal, "The register contradicts itself", {}, {}, broken.what());
  }
}

}  // namespace simpul::catalog
