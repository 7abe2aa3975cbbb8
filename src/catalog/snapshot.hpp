// The published register in memory, immutable: the only thing the public faces see. Built by build_snapshot()
// from one PublishedRegister; a request holds one version from start to end. Potentials are addressed by
// ordinal 0..n-1, and filter values, search words, list, map and counts are all sets of ordinals, so that
// they agree by construction.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "catalog/province_shapes.hpp"
#include "domain/filter.hpp"
#include "domain/register.hpp"

namespace simpul::catalog {

using Ordinal = std::uint32_t;

// One value of a facet with the number of results it would give: counted with all other facets and words
// applied, its own facet left out. Zero-count values stay in the list.
struct FacetValue {
  std::string code;
  std::uint32_t count = 0;
  bool selected = false;
};

enum class Sort { Relevance, Title, Region, Newest };

struct Query {
  domain::Filter filter;
  Sort sort = Sort::Relevance;  // Relevance without words: by title
  std::string language = "id";  // for the order of titles
  std::size_t offset = 0;
  std::size_t limit = 20;
};

struct Result {
  std::size_t total = 0;
  std::size_t located = 0;        // of them with a point of their own
  std::vector<Ordinal> ordinals;  // the page asked for
  std::vector<FacetValue> facets[domain::kFacetCount];
  std::vector<domain::FilterNotice> notices;  // filter values that do not exist; they were ignored
};

// A hit of the search over everything.
struct Hit {
  enum class Kind { Potential, Region, Commodity, Sector } kind = Kind::Potential;
  std::uint32_t index = 0;  // into potentials(), regions(), commodities(), sectors()
  double score = 0;
};

class Snapshot {
 public:
  virtual ~Snapshot() = default;

  // "12-2026-11-24": audit sequence and WITA day; names this version in caches and in the header
  // Simpul-Version.
  virtual std::string_view version() const = 0;
  virtual Date today() const = 0;

  // The records, sorted as PublishedRegister says; potentials by slug. Spans live as long as the snapshot.
  virtual const domain::PublishedRegister& data() const = 0;
  std::span<const domain::Potential> potentials() const { return data().potentials; }
  std::span<const domain::Region> regions() const { return data().regions; }

  virtual const domain::Potential* potential(std::string_view slug, Ordinal* ordinal = nullptr) const = 0;
  virtual const domain::Region* region(std::string_view code) const = 0;
  virtual const domain::Sector* sector(std::string_view code) const = 0;
  virtual const domain::Group* group(std::string_view code) const = 0;
  virtual const domain::Commodity* commodity(std::string_view slug) const = 0;

  // The outlines of the kabupaten/kota, ready for the pictures of pages.
  virtual const ProvinceShapes& shapes() const = 0;

  // The one finder. Unknown values come back as notices; strict callers refuse when there are any.
  virtual Result find(const Query& query) const = 0;
  // All ordinals of a filter, in ordinal order (downloads, map list).
  virtual std::vector<Ordinal> all(const domain::Filter& filter) const = 0;
  // How many potentials of each region (order of regions()) satisfy the filter: badges, choropleth.
  virtual std::vector<std::uint32_t> count_by_region(const domain::Filter& filter) const = 0;
  // Words over potentials, regions, commodities and sectors; best first.
  virtual std::vector<Hit> search(std::string_view words, std::string_view language,
                                  std::size_t limit) const = 0;
  // Up to `limit` potentials with a point of their own, the nearest to the place first, with distance in km;
  // `except` is left out.
  virtual std::vector<std::pair<Ordinal, double>> nearest(geo::Point place, std::size_t limit,
                                                          std::optional<Ordinal> except = {}) const = 0;

  // Vector tiles: Mapbox Vector Tile 2.1 bytes, not compressed; empty string: nothing there. layer: "regions"
  // or "potentials" (others: Error NotFound). Coordinates outside the grid: Error Invalid.
  virtual std::string tile(std::string_view layer, int z, std::uint32_t x, std::uint32_t y,
                           const domain::Filter& filter, std::string_view language) const = 0;
};

// Throws Error Internal when the register contradicts itself (a potential of an unknown region).
std::shared_ptr<const Snapshot> build_snapshot(domain::PublishedRegister content, Date today);

}  // namespace simpul::catalog
