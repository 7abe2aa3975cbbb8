// Reads vector tiles back, strictly: whatever the specification (2.1) forbids is an exception. Used by the
// tests of tiles.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace simpul::test {

struct TilePosition {
  std::int64_t x = 0;
  std::int64_t y = 0;
  auto operator<=>(const TilePosition&) const = default;
};

struct TileFeature {
  std::optional<std::uint64_t> id;
  int type = 0;  // 1 point, 2 line, 3 polygon
  std::map<std::string, std::string> attributes;
  std::vector<std::vector<TilePosition>> paths;  // rings without the closing point
};

struct ReadLayer {
  std::string name;
  std::vector<TileFeature> features;
};

// Throws std::runtime_error: not a tile, an unknown field, wrong version or extent, a key or value used twice
// or never, a geometry that is not as the specification asks (counts, closed rings of three points or more
// with area, an inner ring before its outer one, points that repeat).
std::vector<ReadLayer> read_tile(std::string_view bytes);

// nullptr: no such layer.
const ReadLayer* layer(const std::vector<ReadLayer>& tile, std::string_view name);

// Twice the area by the surveyor's formula, positive for an outer ring.
std::int64_t twice_area(const std::vector<TilePosition>& ring);

// For golden files: one line a feature, in the order of the tile.
std::string tile_text(std::string_view bytes);

// Compares with tests/golden/<name>; with the environment variable SIMPUL_BLESS=1 writes it instead. Empty:
// the same.
std::string golden_difference(const std::string& name, const std::string& text);

}  // namespace simpul::test
