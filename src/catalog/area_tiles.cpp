#include "catalog/area_tiles.hpp"

#include <algorithm>
#include <bit>

#include "base/error.hpp"

namespace simpul::catalog {

namespace {

constexpr std::string_view kKeyNames[] = {"code", "name", "level", "type", "district", "regency", "province"};

// Which number a value of the whole has in one layer. Small, so that it stays near: a tile has some hundred.
class ValueNumbers {
 public:
  explicit ValueNumbers(std::size_t most) : slots_(std::bit_ceil(most * 2 + 16)) {}

  // The number of a value, given by `make` when it is new.
  template <typename Make>
  std::uint32_t operator()(std::uint32_t value, Make make) {
    const auto mask = slots_.size() - 1;
    auto at = (value * std::size_t{0x9E3779B97F4A7C15U} >> 20) & mask;
    while (slots_[at].value != value + 1) {
      if (slots_[at].value == 0) {
        slots_[at] = {value + 1, make()};
        break;
      }
      at = (at + 1) & mask;
    }
    return slots_[at].number;
  }

 private:
  struct Slot {
    std::uint32_t value = 0;  // plus one
    std::uint32_t number = 0;
  };
  std::vector<Slot> slots_;
};

// Moves points of a band to the grid of a tile.
struct ToTile {
  int enlarge;  // zooms that the tile is above the band
  TilePoint corner;
  TilePoint operator()(const TilePoint& p) const {
    return {(p.x << enlarge) - corner.x, (p.y << enlarge) - corner.y};
  }
};

bool inside(const TilePoint& low, const TilePoint& high) {
  return low.x >= -kTileBuffer && low.y >= -kTileBuffer && high.x <= geo::kTileExtent + kTileBuffer &&
         high.y <= geo::kTileExtent + kTileBuffer;
}

void add_part(TileLayer& layer, const ShapePart& part, const ToTile& to_tile) {
  const auto first = to_tile(part.first);
  const bool whole = inside(to_tile(part.low), to_tile(part.high));
  if (whole && to_tile.enlarge == 0) {
    layer.encoded_polygon(first, part.rest, to_tile(part.last));
    return;
  }
  auto rings = decode_polygon(part.first, part.rest);
  for (auto& ring : rings)
    for (auto& p : ring) p = to_tile(p);
  if (whole) {
    layer.polygon(rings);
    return;
  }
  for (const auto& polygon : clip_polygon(rings)) layer.polygon(polygon);
}

}  // namespace

AreaTiles::Builder::Builder(domain::AreaSource source) : tiles_(std::make_shared<AreaTiles>()) {
  tiles_->source_ = std::move(source);
}

std::uint32_t AreaTiles::Builder::value(const std::string& encoded) {
  auto& tiles = *tiles_;
  const auto number = static_cast<std::uint32_t>(tiles.value_begins_.size() - 1);
  const auto [found, is_new] = values_.try_emplace(encoded, number);
  if (is_new) {
    tiles.values_ += encoded;
    tiles.value_begins_.push_back(static_cast<std::uint32_t>(tiles.values_.size()));
  }
  return found->second;
}

void AreaTiles::Builder::add(const domain::Area& area) {
  auto& tiles = *tiles_;
  const auto number = static_cast<std::uint32_t>(tiles.attributes_.size());
  const auto text = [&](const std::string& words) {
    return words.empty() ? kNone : value(text_value(words));
  };
  tiles.attributes_.push_back(
      {{text(area.code), text(area.name), value(number_value(static_cast<std::uint64_t>(area.level))),
        text(area.type), text(area.district), text(area.regency), text(area.province)}});
  for (std::string_view bytes = area.shapes; !bytes.empty();) {
    const auto* const begin = bytes.data();
    const auto part = take_shape_part(bytes);
    auto& band = tiles.bands_[part.zoom];
    if (band.bytes.size() + area.shapes.size() > UINT32_MAX)
      throw Error(ErrorKind::Internal, "The register is too large", {}, {}, "more than 4 GB of areas");
    band.parts.push_back({number, static_cast<std::uint32_t>(band.bytes.size())});
    band.bytes.append(begin, static_cast<std::size_t>(bytes.data() - begin));
    boxes_[part.zoom].push_back({static_cast<std::int32_t>(part.low.x), static_cast<std::int32_t>(part.low.y),
                                 static_cast<std::int32_t>(part.high.x),
                                 static_cast<std::int32_t>(part.high.y)});
    const auto degrees = [&](const TilePoint& p) {
      const auto units = static_cast<double>(std::int64_t{1} << (part.zoom + geo::kTileExtentBits));
      return geo::from_unit_square({static_cast<double>(p.x) / units, static_cast<double>(p.y) / units});
    };
    tiles.bounds_.add(degrees(part.low));
    tiles.bounds_.add(degrees(part.high));
  }
}

std::shared_ptr<const AreaTiles> AreaTiles::Builder::finish() {
  for (int zoom = kAreaMinZoom; zoom <= kAreaMaxZoom; ++zoom) {
    auto& band = tiles_->bands_[zoom];
    std::vector<GridBox> boxes;
    std::vector<Part> parts;
    boxes.reserve(band.parts.size());
    parts.reserve(band.parts.size());
    for (const auto i : box_order(boxes_[zoom])) {
      boxes.push_back(boxes_[zoom][i]);
      parts.push_back(band.parts[i]);
    }
    band.index = BoxIndex(std::move(boxes));
    band.parts = std::move(parts);
    band.bytes.shrink_to_fit();
    boxes_[zoom] = {};
  }
  tiles_->attributes_.shrink_to_fit();
  tiles_->values_.shrink_to_fit();
  tiles_->value_begins_.shrink_to_fit();
  return std::move(tiles_);
}

std::string AreaTiles::tile(const TileAddress& address) const {
  if (address.z < kAreaMinZoom) return {};
  const auto zoom = std::min(address.z, kAreaMaxZoom);
  const auto& band = bands_[zoom];
  const ToTile to_tile{address.z - zoom,
                       {static_cast<std::int64_t>(address.x) << geo::kTileExtentBits,
                        static_cast<std::int64_t>(address.y) << geo::kTileExtentBits}};
  // The tile with its buffer on the band's grid, rounded outwards.
  const auto low = [&](std::int64_t corner) {
    return static_cast<std::int32_t>((corner - kTileBuffer) >> to_tile.enlarge);
  };
  const auto high = [&](std::int64_t corner) {
    return static_cast<std::int32_t>((corner + geo::kTileExtent + kTileBuffer) >> to_tile.enlarge);
  };
  std::vector<Part> found;
  band.index.find(
      {low(to_tile.corner.x), low(to_tile.corner.y), high(to_tile.corner.x), high(to_tile.corner.y)},
      [&](std::uint32_t i) { found.push_back(band.parts[i]); });
  if (found.empty()) return {};
  // An area's parts stand together: they are one feature.
  std::ranges::sort(found, [](const Part& a, const Part& b) {
    return a.area != b.area ? a.area < b.area : a.begin < b.begin;
  });

  TileLayer layer("areas");
  ValueNumbers numbers(found.size() * kKeys);
  std::uint32_t keys[kKeys];
  std::ranges::fill(keys, kNone);
  for (std::size_t i = 0; i < found.size();) {
    const auto area = found[i].area;
    layer.begin();
    for (; i < found.size() && found[i].area == area; ++i) {
      auto bytes = std::string_view(band.bytes).substr(found[i].begin);
      add_part(layer, take_shape_part(bytes), to_tile);
    }
    if (layer.is_empty()) continue;
    for (std::size_t key = 0; key < kKeys; ++key) {
      const auto wanted = attributes_[area].values[key];
      if (wanted == kNone) continue;
      if (keys[key] == kNone) keys[key] = layer.key(kKeyNames[key]);
      layer.tag(keys[key], numbers(wanted, [&] { return layer.new_value(value(wanted)); }));
    }
    layer.end();
  }
  return layer.bytes();
}

}  // namespace simpul::catalog
