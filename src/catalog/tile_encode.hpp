// Writes Mapbox Vector Tiles 2.1 (the format, nothing of what is in them). Used by the tile maker.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/tile_geometry.hpp"

namespace simpul::catalog {

// One layer. A feature is begun, given its geometry, then its attributes, and ended. One that came to no
// geometry (cut away, too small for the grid) is left out, with its attributes.
class TileLayer {
 public:
  explicit TileLayer(std::string name) : name_(std::move(name)) {}

  void begin(std::optional<std::uint64_t> id = std::nullopt);
  void point(TilePoint p);
  void line(const TilePath& path);
  // Closed rings, the outer one first; turned as the format wants them.
  void polygon(const std::vector<TilePath>& rings);
  // A polygon that was encoded before, by encode_polygon(): copied, whatever tile it is in. Places of its
  // first and last point on this tile's grid.
  void encoded_polygon(TilePoint first, std::string_view rest, TilePoint last);
  void text(std::string_view key, std::string_view value);
  void number(std::string_view key, std::uint64_t value);
  void end();
  // Whether the feature has come to no geometry so far.
  bool is_empty() const { return kind_ == Kind::Unknown; }

  // The same in two steps, for layers of many features: a value that is known to be new, or whose number is
  // remembered, need not be looked for.
  std::uint32_t new_text(std::string_view value);
  // As text_value() made it.
  std::uint32_t new_value(std::string_view encoded);
  std::uint32_t key(std::string_view name);
  void tag(std::string_view key, std::uint32_t value) { tag(this->key(key), value); }
  void tag(std::uint32_t key, std::uint32_t value);

  std::size_t size() const { return count_; }
  // The layer as a part of a tile: tiles are their layers one after the other. Empty: no features.
  std::string bytes() const;

 private:
  enum class Kind : std::uint8_t { Unknown, Point, Line, Polygon };

  std::string name_;
  std::vector<std::string> keys_;                            // few: looked for one after the other
  std::map<std::string, std::uint32_t, std::less<>> texts_;  // value -> its number
  std::map<std::uint64_t, std::uint32_t> numbers_;
  std::string values_;  // encoded, in the order of their numbers
  std::uint32_t value_count_ = 0;
  std::string features_;  // encoded
  std::size_t count_ = 0;

  Kind kind_ = Kind::Unknown;
  std::optional<std::uint64_t> id_;
  std::string tags_;      // encoded
  std::string geometry_;  // encoded
  std::string message_;   // of one value; kept for its room
  TilePoint cursor_;
};

// A value of a layer, encoded: what many tiles have in common is made once.
std::string text_value(std::string_view text);
std::string number_value(std::uint64_t number);

// A polygon as commands that hold whatever tile it is in, but for the place of its first point: rings closed,
// the outer one first, turned as the format wants them. `last` is where the cursor is left.
struct EncodedPolygon {
  TilePoint first;
  TilePoint last;
  std::string rest;
};
EncodedPolygon encode_polygon(const std::vector<TilePath>& rings);
// The rings again, the first point at `first`. Throws Error Internal when it is not what encode_polygon()
// made.
std::vector<TilePath> decode_polygon(TilePoint first, std::string_view rest);

}  // namespace simpul::catalog
