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
  void text(std::string_view key, std::string_view value);
  void number(std::string_view key, std::uint64_t value);
  void end();

  // The same in two steps, for layers of many features: a value that is known to be new, or whose number is
  // remembered, need not be looked for.
  std::uint32_t new_text(std::string_view value);
  void tag(std::string_view key, std::uint32_t value);

  std::size_t size() const { return count_; }
  // The layer as a part of a tile: tiles are their layers one after the other. Empty: no features.
  std::string bytes() const;

 private:
  enum class Kind : std::uint8_t { Unknown, Point, Line, Polygon };
  void move(const TilePath& path, std::size_t begin, std::size_t end, bool reversed);
  void step(TilePoint p);

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
  std::vector<std::uint32_t> tags_;
  std::vector<std::uint32_t> geometry_;
  std::string message_;  // of one feature or value; kept for its room
  TilePoint cursor_;
};

}  // namespace simpul::catalog
