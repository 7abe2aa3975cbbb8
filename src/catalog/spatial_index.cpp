#include "catalog/spatial_index.hpp"

#include <boost/geometry.hpp>
#include <boost/geometry/index/rtree.hpp>

namespace simpul::catalog {

namespace {

namespace bg = boost::geometry;
namespace bgi = boost::geometry::index;

using FlatPoint = bg::model::point<double, 2, bg::cs::cartesian>;
using FlatBox = bg::model::box<FlatPoint>;
using SpherePoint = bg::model::point<double, 2, bg::cs::spherical_equatorial<bg::degree>>;
using BoxTree = bgi::rtree<std::pair<FlatBox, std::uint32_t>, bgi::rstar<16>>;
using PointTree = bgi::rtree<std::pair<SpherePoint, std::uint32_t>, bgi::rstar<16>>;

constexpr double kEarthRadiusKm = 6371.0088;  // mean radius

}  // namespace

struct SpatialIndex::Tree {
  // Given all at once, the trees are packed.
  Tree(const std::vector<std::pair<FlatBox, std::uint32_t>>& flat,
       const std::vector<std::pair<SpherePoint, std::uint32_t>>& sphere)
      : boxes(flat), middles(sphere) {}
  BoxTree boxes;
  PointTree middles;
};

SpatialIndex::SpatialIndex(const std::vector<geo::Box>& boxes) {
  std::vector<std::pair<FlatBox, std::uint32_t>> flat;
  std::vector<std::pair<SpherePoint, std::uint32_t>> sphere;
  for (std::uint32_t i = 0; i < boxes.size(); ++i) {
    const auto& box = boxes[i];
    if (box.empty()) continue;
    flat.emplace_back(FlatBox{{box.min_x, box.min_y}, {box.max_x, box.max_y}}, i);
    sphere.emplace_back(SpherePoint{(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2}, i);
  }
  tree_ = std::make_unique<Tree>(flat, sphere);
}

SpatialIndex::~SpatialIndex() = default;
SpatialIndex::SpatialIndex(SpatialIndex&&) noexcept = default;

Roaring SpatialIndex::within(const geo::Box& box) const {
  std::vector<std::uint32_t> found;
  if (!box.empty()) {
    const FlatBox window{{box.min_x, box.min_y}, {box.max_x, box.max_y}};
    for (auto hit = tree_->boxes.qbegin(bgi::intersects(window)); hit != tree_->boxes.qend(); ++hit)
      found.push_back(hit->second);
  }
  return Roaring(found.size(), found.data());
}

std::vector<std::pair<std::uint32_t, double>> SpatialIndex::nearest(geo::Point place, std::size_t limit,
                                                                    std::uint32_t except) const {
  std::vector<std::pair<std::uint32_t, double>> found;
  if (limit == 0) return found;
  const SpherePoint from{place.x, place.y};
  const auto other = [except](const auto& value) { return value.second != except; };
  const auto wanted = static_cast<unsigned>(std::min<std::size_t>(limit, 1'000'000));
  for (auto hit = tree_->middles.qbegin(bgi::nearest(from, wanted) && bgi::satisfies(other));
       hit != tree_->middles.qend(); ++hit)
    found.emplace_back(hit->second, bg::distance(from, hit->first) * kEarthRadiusKm);
  std::ranges::sort(found, [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second < b.second : a.first < b.first;
  });
  return found;
}

}  // namespace simpul::catalog
