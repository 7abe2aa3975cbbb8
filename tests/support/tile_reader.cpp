#include "support/tile_reader.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <protozero/pbf_reader.hpp>
#include <set>
#include <sstream>
#include <stdexcept>

namespace simpul::test {

namespace {

void demand(bool holds, const std::string& what) {
  if (!holds) throw std::runtime_error("tile: " + what);
}

std::string read_value(protozero::pbf_reader value) {
  std::string text;
  int fields = 0;
  while (value.next()) {
    ++fields;
    switch (value.tag()) {
      case 1:
        text = value.get_string();
        break;
      case 4:
        text = std::to_string(value.get_int64());
        break;
      case 5:
        text = std::to_string(value.get_uint64());
        break;
      case 7:
        text = value.get_bool() ? "true" : "false";
        break;
      default:
        demand(false, "a value of a kind that we do not write");
    }
  }
  demand(fields == 1, "a value must be exactly one");
  return text;
}

void read_geometry(TileFeature& feature, const std::vector<std::uint32_t>& commands) {
  TilePosition at;
  std::size_t i = 0;
  bool closed = true;
  while (i < commands.size()) {
    const auto what = commands[i] & 7;
    const auto count = commands[i] >> 3;
    ++i;
    demand(count > 0, "a command of no length");
    if (what == 7) {
      demand(feature.type == 3 && count == 1 && !closed, "a ring closed in the wrong place");
      demand(feature.paths.back().size() >= 3, "a ring of less than three points");
      closed = true;
      continue;
    }
    demand(what == 1 || what == 2, "an unknown command");
    demand(i + 2 * count <= commands.size(), "geometry ends too early");
    if (what == 1) {
      demand(feature.type == 1 || count == 1, "a line or ring begins once");
      demand(feature.type != 3 || closed, "a ring that is not closed");
      closed = false;
    } else {
      demand(feature.type != 1 && !feature.paths.empty() && feature.paths.back().size() == 1,
             "a line in the wrong place");
    }
    for (std::uint32_t n = 0; n < count; ++n, i += 2) {
      const auto dx = protozero::decode_zigzag32(commands[i]),
                 dy = protozero::decode_zigzag32(commands[i + 1]);
      at.x += dx;
      at.y += dy;
      if (what == 1)
        feature.paths.push_back({at});
      else {
        demand(dx != 0 || dy != 0, "a point that repeats");
        feature.paths.back().push_back(at);
      }
    }
  }
  demand(!feature.paths.empty(), "no geometry");
  demand(feature.type != 3 || closed, "a ring that is not closed");
  if (feature.type == 2)
    for (const auto& path : feature.paths) demand(path.size() >= 2, "a line of one point");
  if (feature.type == 3)
    for (std::size_t ring = 0; ring < feature.paths.size(); ++ring) {
      const auto area = twice_area(feature.paths[ring]);
      demand(area != 0, "a ring without area");
      demand(ring > 0 || area > 0, "the first ring is not an outer one");
      demand(feature.paths[ring].front() != feature.paths[ring].back(), "the closing point stands twice");
    }
}

ReadLayer read_layer(protozero::pbf_reader message) {
  ReadLayer layer;
  std::uint32_t version = 0, extent = 0;
  std::vector<std::string> keys, values;
  std::vector<protozero::data_view> features;
  while (message.next()) {
    switch (message.tag()) {
      case 1:
        layer.name = message.get_string();
        break;
      case 2:
        features.push_back(message.get_view());
        break;
      case 3:
        keys.push_back(message.get_string());
        break;
      case 4: {
        const auto view = message.get_view();
        values.push_back(read_value(protozero::pbf_reader(view)));
        break;
      }
      case 5:
        extent = message.get_uint32();
        break;
      case 15:
        version = message.get_uint32();
        break;
      default:
        demand(false, "an unknown field of a layer");
    }
  }
  demand(version == 2, "version");
  demand(extent == 4096, "extent");
  demand(!layer.name.empty(), "a layer without name");
  demand(!features.empty(), "a layer without features");
  demand(std::set<std::string>(keys.begin(), keys.end()).size() == keys.size(), "a key stands twice");
  std::set<std::uint32_t> used_keys, used_values;
  std::set<std::uint64_t> ids;
  for (const auto view : features) {
    auto& feature = layer.features.emplace_back();
    std::vector<std::uint32_t> tags, commands;
    protozero::pbf_reader reader(view);
    while (reader.next()) {
      switch (reader.tag()) {
        case 1:
          feature.id = reader.get_uint64();
          break;
        case 2:
          for (const auto tag : reader.get_packed_uint32()) tags.push_back(tag);
          break;
        case 3:
          feature.type = reader.get_enum();
          break;
        case 4:
          for (const auto command : reader.get_packed_uint32()) commands.push_back(command);
          break;
        default:
          demand(false, "an unknown field of a feature");
      }
    }
    demand(!feature.id || ids.insert(*feature.id).second, "an id stands twice");
    demand(feature.type >= 1 && feature.type <= 3, "type of geometry");
    demand(tags.size() % 2 == 0, "tags in pairs");
    for (std::size_t i = 0; i < tags.size(); i += 2) {
      demand(tags[i] < keys.size() && tags[i + 1] < values.size(), "a tag of nothing");
      used_keys.insert(tags[i]);
      used_values.insert(tags[i + 1]);
      demand(feature.attributes.emplace(keys[tags[i]], values[tags[i + 1]]).second,
             "an attribute stands twice");
    }
    read_geometry(feature, commands);
  }
  demand(used_keys.size() == keys.size() && used_values.size() == values.size(),
         "a key or value that nobody uses");
  return layer;
}

}  // namespace

std::vector<ReadLayer> read_tile(std::string_view bytes) {
  std::vector<ReadLayer> layers;
  std::set<std::string> names;
  protozero::pbf_reader tile(bytes.data(), bytes.size());
  while (tile.next()) {
    demand(tile.tag() == 3, "an unknown field of the tile");
    layers.push_back(read_layer(tile.get_message()));
    demand(names.insert(layers.back().name).second, "a layer stands twice");
  }
  return layers;
}

const ReadLayer* layer(const std::vector<ReadLayer>& tile, std::string_view name) {
  for (const auto& one : tile)
    if (one.name == name) return &one;
  return nullptr;
}

std::int64_t twice_area(const std::vector<TilePosition>& ring) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const auto &a = ring[i], &b = ring[(i + 1) % ring.size()];
    sum += a.x * b.y - b.x * a.y;
  }
  return sum;
}

std::string tile_text(std::string_view bytes) {
  std::ostringstream out;
  for (const auto& layer : read_tile(bytes)) {
    out << "layer " << layer.name << "\n";
    for (const auto& feature : layer.features) {
      constexpr const char* kTypes[] = {"", "point", "line", "polygon"};
      out << "  " << kTypes[feature.type];
      if (feature.id) out << " #" << *feature.id;
      for (const auto& [key, value] : feature.attributes) out << " " << key << "=\"" << value << "\"";
      for (const auto& path : feature.paths) {
        out << " |";
        for (const auto& p : path) out << " " << p.x << "," << p.y;
      }
      out << "\n";
    }
  }
  return out.str();
}

std::string golden_difference(const std::string& name, const std::string& text) {
  const auto path = std::filesystem::path(SIMPUL_SOURCE_DIR) / "tests/golden" / name;
  if (const char* bless = std::getenv("SIMPUL_BLESS"); bless && std::string_view(bless) == "1") {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return {};
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) return "no golden file " + name + " (make bless writes it)";
  std::stringstream wanted;
  wanted << file.rdbuf();
  if (wanted.str() == text) return {};
  std::istringstream left(wanted.str()), right(text);
  std::string a, b;
  for (int line = 1;; ++line) {
    const bool more_a = static_cast<bool>(std::getline(left, a)),
               more_b = static_cast<bool>(std::getline(right, b));
    if (!more_a && !more_b) return name + ": line ends differ";
    if (a != b || more_a != more_b)
      return name + " line " + std::to_string(line) + "\n  golden: " + (more_a ? a : "(end)") +
             "\n  now:    " + (more_b ? b : "(end)") + "\n(make bless accepts what is now)";
  }
}

}  // namespace simpul::test
