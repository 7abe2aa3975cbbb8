// Leaves out points of rings that share borders, the same points on both sides. Used by the maker of area
// shapes.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "catalog/tile_geometry.hpp"

namespace simpul::catalog {

class ThinBorders {
 public:
  // Closed rings without repeated points, all that are on the map: a stretch of border ends where one of them
  // leaves the other. Coordinates of 31 bits.
  void add(const TilePath& ring);

  // The ring with the points that count: those farther than `tolerance` from the straight line between
  // others. May be left with fewer than four.
  TilePath thinned(const TilePath& ring, double tolerance) const;

  // From now on the stretches of this ring are drawn with half the tolerance, in the end with all their
  // points, on both sides. False: they have all already, or were asked for since settle().
  bool keep_more(const TilePath& ring);
  // Whether a stretch of this ring is drawn otherwise than before settle().
  bool touched(const TilePath& ring) const;
  void settle() { changed_.clear(); }

 private:
  using Key = std::uint64_t;  // a point
  struct PairHash {
    std::size_t operator()(const std::pair<Key, Key>& pair) const {
      return std::hash<Key>()(pair.first * 0x9E3779B97F4A7C15U ^ pair.second);
    }
  };
  using Stretch = std::pair<Key, Key>;  // its first two points, from the lesser end

  template <typename Each>
  void each_stretch(const TilePath& ring, Each each) const;

  struct Place {
    Key one;
    Key other;   // the points before and behind it, the lesser one first
    bool joint;  // where stretches end
  };
  boost::unordered_flat_map<Key, Place> places_;
  boost::unordered_flat_map<Stretch, int, PairHash> more_;
  boost::unordered_flat_set<Stretch, PairHash> changed_;
};

}  // namespace simpul::catalog
