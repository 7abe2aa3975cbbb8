// What potentials refer to: all of the published register but the potentials, with what is worked out from
// it. Built anew when one of those tables changes; shared by the segments of potentials and by all versions
// of the snapshot meanwhile.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "catalog/province_shapes.hpp"
#include "catalog/region_tiles.hpp"
#include "catalog/text_index.hpp"
#include "catalog/text_match.hpp"
#include "domain/filter.hpp"
#include "domain/register.hpp"

namespace simpul::catalog {

// The facets of the filter (domain::kFacets) by name, then those that only the catalogue knows.
enum Facet : int {
  kGroup,
  kSector,
  kRegion,
  kCommodity,
  kForm,
  kStatus,
  kMaturity,
  kCategory,
  kAccuracy,
  kTrait
};
inline constexpr int kAllFacets = 10;
// Values of kTrait.
enum Trait : std::uint32_t { kUnconfirmed, kWithoutYear, kWithFiles };

class Reference {
 public:
  explicit Reference(domain::PublishedTables tables);
  Reference(const Reference&) = delete;
  Reference& operator=(const Reference&) = delete;

  const domain::PublishedTables& tables() const { return tables_; }

  // The values of a facet are numbered in the order of the register's tables.
  const std::vector<std::string_view>& values(int facet) const { return values_[facet]; }
  std::optional<std::uint32_t> number(int facet, std::string_view code) const;
  // Whether all codes, and so their numbers, are the same.
  bool has_codes_of(const Reference& other) const;
  // The wider regions of one, without itself: of 74.01 it is 74, when that is in the register.
  const std::vector<std::uint32_t>& wider(std::uint32_t region) const { return wider_[region]; }

  // Where a word stands in the name of something that potentials refer to.
  struct Named {
    int facet;
    std::uint32_t value;
    float score;
  };
  std::vector<Named> names(const TextQuery::Word& word) const;

  // Documents of search(): regions, then commodities, then sectors.
  std::vector<TextHit> search(const TextQuery& query) const;

  const ProvinceShapes& shapes() const { return shapes_; }
  const RegionTiles& region_tiles() const { return region_tiles_; }

 private:
  void index_names();

  const domain::PublishedTables tables_;
  std::vector<std::string_view> values_[kAllFacets];
  std::vector<std::pair<std::string_view, std::uint32_t>> by_code_[kAllFacets];  // sorted
  std::vector<std::vector<std::uint32_t>> wider_;
  std::vector<std::pair<int, std::uint32_t>> named_;  // facet and value of each document of names_
  TextIndex names_;
  TextIndex own_;  // regions, commodities and sectors as something to be found themselves
  ProvinceShapes shapes_;
  RegionTiles region_tiles_;
};

}  // namespace simpul::catalog
