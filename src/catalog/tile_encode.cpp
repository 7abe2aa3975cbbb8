#include "catalog/tile_encode.hpp"

#include <protozero/pbf_writer.hpp>

#include <algorithm>

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

}  // namespace

void TileLayer::begin(std::optional<std::uint64_t> id) {
  id_ = id;
  kind_ = Kind::Unknown;
  tags_.clear();
  geometry_.clear();
  cursor_ = {};
}

void TileLayer::tag(std::string_view key, std::uint32_t value) {
  const auto found = std::ranges::find(keys_, key);
  tags_.push_back(static_cast<std::uint32_t>(found - keys_.begin()));
  if (found == keys_.end()) keys_.emplace_back(key);
  tags_.push_back(value);
}

std::uint32_t TileLayer::new_text(std::string_view value) {
  message_.clear();
  protozero::pbf_writer(message_).add_string(kValueText, value.data(), value.size());
  protozero::pbf_writer(values_).add_message(kLayerValue, message_);
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
    found = numbers_.emplace(value, value_count_++).first;
    message_.clear();
    protozero::pbf_writer(message_).add_uint64(kValueUnsigned, value);
    protozero::pbf_writer(values_).add_message(kLayerValue, message_);
  }
  tag(key, found->second);
}

void TileLayer::step(TilePoint p) {
  geometry_.push_back(protozero::encode_zigzag32(static_cast<std::int32_t>(p.x - cursor_.x)));
  geometry_.push_back(protozero::encode_zigzag32(static_cast<std::int32_t>(p.y - cursor_.y)));
  cursor_ = p;
}

// The points begin..end of the path, or the same from the end.
void TileLayer::move(const TilePath& path, std::size_t begin, std::size_t end, bool reversed) {
  geometry_.push_back(command(kMoveTo, 1));
  for (std::size_t i = begin; i < end; ++i) {
    if (i == begin + 1) geometry_.push_back(command(kLineTo, end - begin - 1));
    step(path[reversed ? end - 1 - (i - begin) : i]);
  }
}

void TileLayer::point(TilePoint p) {
  kind_ = Kind::Point;
  geometry_.push_back(command(kMoveTo, 1));
  step(p);
}

void TileLayer::line(const TilePath& path) {
  if (path.size() < 2) return;
  kind_ = Kind::Line;
  move(path, 0, path.size(), false);
}

void TileLayer::polygon(const std::vector<TilePath>& rings) {
  for (std::size_t i = 0; i < rings.size(); ++i) {
    const auto& ring = rings[i];
    if (ring.size() < 4) {
      if (i == 0) return;  // a hole without its area is nothing
      continue;
    }
    kind_ = Kind::Polygon;
    const bool outer = i == 0;
    move(ring, 0, ring.size() - 1, (twice_area(ring) > 0) != outer);
    geometry_.push_back(command(kClosePath, 1));
  }
}

void TileLayer::end() {
  if (kind_ == Kind::Unknown) return;
  message_.clear();
  protozero::pbf_writer feature(message_);
  if (id_) feature.add_uint64(kFeatureId, *id_);
  feature.add_packed_uint32(kFeatureTags, tags_.begin(), tags_.end());
  feature.add_enum(kFeatureKind, static_cast<std::int32_t>(kind_));
  feature.add_packed_uint32(kFeatureGeometry, geometry_.begin(), geometry_.end());
  protozero::pbf_writer(features_).add_message(kLayerFeature, message_);
  ++count_;
}

std::string TileLayer::bytes() const {
  if (count_ == 0) return {};
  std::string layer;
  layer.reserve(features_.size() + values_.size() + 256);
  protozero::pbf_writer writer(layer);
  writer.add_uint32(kLayerVersion, 2);
  writer.add_string(kLayerName, name_);
  layer += features_;
  for (const auto& key : keys_) writer.add_string(kLayerKey, key);
  layer += values_;
  writer.add_uint32(kLayerExtent, geo::kTileExtent);
  std::string tile;
  tile.reserve(layer.size() + 8);
  protozero::pbf_writer(tile).add_message(kTileLayer, layer);
  return tile;
}

}  // namespace simpul::catalog
