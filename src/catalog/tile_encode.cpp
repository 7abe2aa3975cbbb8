#include "catalog/tile_encode.hpp"

#include <protozero/buffer_string.hpp>
#include <protozero/pbf_writer.hpp>
#include <protozero/varint.hpp>

#include <algorithm>

#include "base/error.hpp"

namespace simpul::catalog {

namespace {

// Field numbers of vector_tile.proto.
enum : protozero::pbf_tag_type {
  kTileLayer = 3,
  kLayerName = 1,
  kLayerFeature = 2,
  kLayerKey = 3,
  kLayerValue = 4,
  kLayerExtent = 5,
  kLayerVersion = 15,
  kFeatureId = 1,
  kFeatureTags = 2,
  kFeatureKind = 3,
  kFeatureGeometry = 4,
  kValueText = 1,
  kValueUnsigned = 5
};

enum Command : std::uint32_t { kMoveTo = 1, kLineTo = 2, kClosePath = 7 };

std::uint32_t command(Command what, std::size_t count) {
  return what | static_cast<std::uint32_t>(count << 3);
}

void add(std::string& out, std::uint32_t number) {
  protozero::add_varint_to_buffer(&out, number);
}

// Of a field of so many bytes, with its tag and length.
std::size_t length_of_bytes(std::size_t bytes) {
  return 1 + static_cast<std::size_t>(protozero::length_of_varint(bytes)) + bytes;
}

// Tag and length of a message whose length is known before it is written, so that nothing is written twice.
void begin_message(std::string& out, protozero::pbf_tag_type field, std::size_t length) {
  out += static_cast<char>(field << 3 | static_cast<unsigned>(protozero::pbf_wire_type::length_delimited));
  protozero::add_varint_to_buffer(&out, length);
}

void add_step(std::string& out, TilePoint from, TilePoint to) {
  add(out, protozero::encode_zigzag32(static_cast<std::int32_t>(to.x - from.x)));
  add(out, protozero::encode_zigzag32(static_cast<std::int32_t>(to.y - from.y)));
}

// The points begin..end of the path, or the same from the end; the cursor goes along.
void add_path(std::string& out, TilePoint& cursor, const TilePath& path, std::size_t begin, std::size_t end,
              bool reversed) {
  add(out, command(kMoveTo, 1));
  for (std::size_t i = begin; i < end; ++i) {
    if (i == begin + 1) add(out, command(kLineTo, end - begin - 1));
    const auto& p = path[reversed ? end - 1 - (i - begin) : i];
    add_step(out, cursor, p);
    cursor = p;
  }
}

// Whether there was anything.
bool add_rings(std::string& out, TilePoint& cursor, const std::vector<TilePath>& rings) {
  bool any = false;
  for (std::size_t i = 0; i < rings.size(); ++i) {
    const auto& ring = rings[i];
    if (ring.size() < 4) {
      if (i == 0) return false;  // a hole without its area is nothing
      continue;
    }
    any = true;
    const bool outer = i == 0;
    add_path(out, cursor, ring, 0, ring.size() - 1, (twice_area(ring) > 0) != outer);
    add(out, command(kClosePath, 1));
  }
  return any;
}

}  // namespace

void TileLayer::begin(std::optional<std::uint64_t> id) {
  id_ = id;
  kind_ = Kind::Unknown;
  tags_.clear();
  geometry_.clear();
  cursor_ = {};
}

std::uint32_t TileLayer::key(std::string_view name) {
  const auto found = std::ranges::find(keys_, name);
  const auto number = static_cast<std::uint32_t>(found - keys_.begin());
  if (found == keys_.end()) keys_.emplace_back(name);
  return number;
}

void TileLayer::tag(std::uint32_t key, std::uint32_t value) {
  add(tags_, key);
  add(tags_, value);
}

std::uint32_t TileLayer::new_value(std::string_view encoded) {
  protozero::pbf_writer(values_).add_message(kLayerValue, encoded.data(), encoded.size());
  return value_count_++;
}

std::uint32_t TileLayer::new_text(std::string_view value) {
  begin_message(values_, kLayerValue, length_of_bytes(value.size()));
  protozero::pbf_writer(values_).add_string(kValueText, value.data(), value.size());
  return value_count_++;
}

void TileLayer::text(std::string_view key, std::string_view value) {
  if (kind_ == Kind::Unknown) return;
  auto found = texts_.find(value);
  if (found == texts_.end()) found = texts_.emplace(value, new_text(value)).first;
  tag(key, found->second);
}

void TileLayer::number(std::string_view key, std::uint64_t value) {
  if (kind_ == Kind::Unknown) return;
  auto found = numbers_.find(value);
  if (found == numbers_.end()) {
    message_.clear();
    protozero::pbf_writer(message_).add_uint64(kValueUnsigned, value);
    found = numbers_.emplace(value, new_value(message_)).first;
  }
  tag(key, found->second);
}

void TileLayer::point(TilePoint p) {
  kind_ = Kind::Point;
  add(geometry_, command(kMoveTo, 1));
  add_step(geometry_, cursor_, p);
  cursor_ = p;
}

void TileLayer::line(const TilePath& path) {
  if (path.size() < 2) return;
  kind_ = Kind::Line;
  add_path(geometry_, cursor_, path, 0, path.size(), false);
}

void TileLayer::polygon(const std::vector<TilePath>& rings) {
  if (add_rings(geometry_, cursor_, rings)) kind_ = Kind::Polygon;
}

void TileLayer::encoded_polygon(TilePoint first, std::string_view rest, TilePoint last) {
  kind_ = Kind::Polygon;
  add(geometry_, command(kMoveTo, 1));
  add_step(geometry_, cursor_, first);
  geometry_ += rest;
  cursor_ = last;
}

void TileLayer::end() {
  if (kind_ == Kind::Unknown) return;
  std::size_t length = 2 + length_of_bytes(geometry_.size());
  if (id_) length += 1 + static_cast<std::size_t>(protozero::length_of_varint(*id_));
  if (!tags_.empty()) length += length_of_bytes(tags_.size());
  begin_message(features_, kLayerFeature, length);
  protozero::pbf_writer layer(features_);
  if (id_) layer.add_uint64(kFeatureId, *id_);
  if (!tags_.empty()) layer.add_bytes(kFeatureTags, tags_);  // packed numbers are bytes to the format
  layer.add_enum(kFeatureKind, static_cast<std::int32_t>(kind_));
  layer.add_bytes(kFeatureGeometry, geometry_);
  ++count_;
}

std::string TileLayer::bytes() const {
  if (count_ == 0) return {};
  std::string head, keys, tail;
  protozero::pbf_writer writer(head);
  writer.add_uint32(kLayerVersion, 2);
  writer.add_string(kLayerName, name_);
  for (const auto& key : keys_) protozero::pbf_writer(keys).add_string(kLayerKey, key);
  protozero::pbf_writer(tail).add_uint32(kLayerExtent, geo::kTileExtent);
  const std::string_view parts[] = {head, features_, keys, values_, tail};
  std::size_t length = 0;
  for (const auto part : parts) length += part.size();
  std::string tile;
  tile.reserve(length_of_bytes(length));
  begin_message(tile, kTileLayer, length);
  for (const auto part : parts) tile += part;
  return tile;
}

std::string text_value(std::string_view text) {
  std::string out;
  protozero::pbf_writer(out).add_string(kValueText, text.data(), text.size());
  return out;
}

std::string number_value(std::uint64_t number) {
  std::string out;
  protozero::pbf_writer(out).add_uint64(kValueUnsigned, number);
  return out;
}

EncodedPolygon encode_polygon(const std::vector<TilePath>& rings) {
  EncodedPolygon polygon;
  // As if the cursor stood on the first point already: the step there is the tile's to add.
  const auto& outer = rings.front();
  polygon.first = twice_area(outer) > 0 ? outer.front() : outer[outer.size() - 2];
  polygon.last = polygon.first;
  add_rings(polygon.rest, polygon.last, rings);
  polygon.rest.erase(0, 3);  // the first command and its two steps of nothing
  return polygon;
}

std::vector<TilePath> decode_polygon(TilePoint first, std::string_view rest) {
  std::vector<TilePath> rings;
  auto cursor = first;
  const char* at = rest.data();
  const char* const end = at + rest.size();
  const auto step = [&] {
    cursor.x += protozero::decode_zigzag32(static_cast<std::uint32_t>(protozero::decode_varint(&at, end)));
    cursor.y += protozero::decode_zigzag32(static_cast<std::uint32_t>(protozero::decode_varint(&at, end)));
    return cursor;
  };
  try {
    rings.push_back({first});
    while (at != end) {
      const auto what = static_cast<std::uint32_t>(protozero::decode_varint(&at, end));
      if (what == command(kClosePath, 1)) {
        rings.back().push_back(rings.back().front());
      } else if (what == command(kMoveTo, 1)) {
        rings.push_back({step()});
      } else if ((what & 7) == kLineTo && what >> 3 <= rest.size()) {
        rings.back().reserve((what >> 3) + 2);
        for (auto n = what >> 3; n > 0; --n) rings.back().push_back(step());
      } else {
        throw Error(ErrorKind::Internal, "The register contradicts itself", {}, {},
                    "a shape holds another command");
      }
    }
  } catch (const protozero::exception& broken) {
    throw Error(ErrorKind::Internal, "The register contradicts itself", {}, {}, broken.what());
  }
  return rings;
}

}  // namespace simpul::catalog
