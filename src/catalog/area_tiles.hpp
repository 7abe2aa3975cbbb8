// The map's tiles of kecamatan, desa and kelurahan. Their shapes come ready for each zoom (area_shapes.hpp):
// what lies inside a tile is copied into it, only what reaches over its edge is taken apart and cut. Built
// when areas change; shared by all versions of the snapshot meanwhile.
//
// Tile layer "areas", from kAreaMinZoom: polygons of kecamatan below kVillageZoom, of desa and kelurahan from
// there: code, name, level, type, district (of level 4), regency, province; nothing where it is not known.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/area_shapes.hpp"
#include "catalog/box_index.hpp"
#include "domain/area.hpp"

namespace simpul::catalog {

class AreaTiles {
 public:
  // Collects areas one by one, so that they need not all be in memory beside what is made of them.
  class Builder {
   public:
    explicit Builder(domain::AreaSource source);
    // Its geometry is not looked at. Those that follow each other ought to lie together.
    void add(const domain::Area& area);
    std::shared_ptr<const AreaTiles> finish();

   private:
    std::uint32_t value(const std::string& encoded);
    std::shared_ptr<AreaTiles> tiles_;
    boost::unordered_flat_map<std::string, std::uint32_t> values_;
    std::vector<GridBox> boxes_[kAreaMaxZoom + 1];
  };

  const domain::AreaSource& source() const { return source_; }
  std::size_t size() const { return attributes_.size(); }
  // Around all of them, in degrees; empty: there are none.
  const geo::Box& bounds() const { return bounds_; }

  // Empty: nothing there. Above kAreaMaxZoom the shapes are enlarged.
  std::string tile(const TileAddress& address) const;

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  static constexpr std::size_t kKeys = 7;
  struct Part {
    std::uint32_t area = 0;
    std::uint32_t begin = 0;  // in `bytes`, as take_shape_part() reads it
  };
  struct Band {
    BoxIndex index;
    std::vector<Part> parts;  // one for each box
    std::string bytes;
  };
  // Numbers of values, by key.
  struct Attributes {
    std::uint32_t values[kKeys];
  };

  std::string_view value(std::uint32_t number) const {
    return std::string_view(values_).substr(value_begins_[number],
                                            value_begins_[number + 1] - value_begins_[number]);
  }

  domain::AreaSource source_;
  geo::Box bounds_;
  Band bands_[kAreaMaxZoom + 1];
  std::vector<Attributes> attributes_;  // by area
  std::string values_;                  // encoded, each once
  std::vector<std::uint32_t> value_begins_{0};
};

}  // namespace simpul::catalog
