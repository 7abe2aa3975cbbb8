#include "service/boundary_compose.hpp"

#include <algorithm>
#include <map>

#include "base/error.hpp"
#include "geo/check.hpp"
#include "geo/coverage.hpp"

namespace simpul::service {
namespace {

constexpr double kSmallestTolerance = 0.00003;  // 3 m: below a pixel at zoom 14

bool within_limits(const geo::Geometry& geometry) {
  std::size_t points = 0;
  for (const auto& part : geometry.parts)
    for (const auto& ring : part) points += ring.size();
  return points <= geo::kMaxPoints;
}

class Composer {
 public:
  Composer(std::vector<domain::Boundary> regions, const std::vector<CodedPolygon>& polygons)
      : regions_(std::move(regions)) {
    for (std::size_t i = 0; i < regions_.size(); ++i) place_[regions_[i].code] = static_cast<int>(i);
    for (const auto& polygon : polygons) {
      areas_.push_back(polygon.polygon);
      own_.push_back(place_.at(polygon.code));
      regency_.push_back(place_.at(polygon.code.substr(0, domain::kRegencyCodeLength)));
    }
  }

  std::vector<domain::Boundary> run(double cells) {
    check_regencies();
    const auto coverage = geo::make_coverage(areas_, cells);
    for (const auto tolerance : domain::kBoundaryBandTolerance) add_band(coverage, tolerance);
    return std::move(regions_);
  }

 private:
  [[noreturn]] void refuse(const char* key, const domain::Boundary& region) const {
    throw Error(ErrorKind::Invalid, key, {{"code", region.code}, {"name", region.name}});
  }

  void check_regencies() const {
    for (std::size_t i = 0; i < regions_.size(); ++i)
      if (regions_[i].level == 2 && std::ranges::find(regency_, static_cast<int>(i)) == regency_.end())
        refuse("The file has no polygon for {code} {name}.", regions_[i]);
  }

  std::vector<geo::Geometry> draw(const geo::Coverage& coverage) const {
    const auto groups = static_cast<int>(regions_.size());
    auto drawn = geo::polygons(coverage, own_, groups);
    auto regencies = geo::polygons(coverage, regency_, groups);
    for (std::size_t i = 0; i < drawn.size(); ++i)
      if (!regencies[i].empty()) drawn[i] = std::move(regencies[i]);
    return drawn;
  }

  void add_band(const geo::Coverage& coverage, double tolerance) {
    auto drawn = draw(geo::simplified(coverage, tolerance));
    while (!std::ranges::all_of(drawn, within_limits)) {
      tolerance = std::max(tolerance * 2, kSmallestTolerance);
      drawn = draw(geo::simplified(coverage, tolerance));
    }
    for (const auto i : own_)
      if (drawn[static_cast<std::size_t>(i)].empty())
        refuse("The polygon of {code} {name} lies wholly under others.",
               regions_[static_cast<std::size_t>(i)]);
    for (std::size_t i = 0; i < drawn.size(); ++i) {
      if (drawn[i].empty()) continue;
      geo::check(drawn[i]);
      regions_[i].bands.push_back(std::move(drawn[i]));
    }
  }

  std::vector<domain::Boundary> regions_;
  std::map<std::string, int> place_;
  std::vector<geo::Geometry> areas_;
  std::vector<int> own_;      // of area i: the place of the region it is coded as
  std::vector<int> regency_;  // and of its kabupaten/kota
};

}  // namespace

std::vector<domain::Boundary> compose_boundaries(std::vector<domain::Boundary> regions,
                                                 const std::vector<CodedPolygon>& polygons, double cells) {
  std::ranges::sort(regions, {}, &domain::Boundary::code);
  return Composer(std::move(regions), polygons).run(cells);
}

}  // namespace simpul::service
