// The published register in memory, immutable: the only thing the public faces see. Made by the catalogue
// (catalogue.hpp) from the database; a request holds one version from start to end. Potentials are addressed
// by ordinals that belong to the version, and filter values, search words, list, map and counts are all sets
// of them, so that they agree by construction.
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

class RegionTiles;

// A potential with a point of its own, as maps need it.
struct Placed {
  geo::WorldPoint place;
  std::uint8_t group = 0;  // number in data().groups
  Ordinal ordinal = 0;
};

// One value of a facet with the number of results it would give: counted with all other facets and words
// applied, its own facet left out. Zero-count values stay in the list.
struct FacetValue {
  std::string code;
  std::uint32_t count = 0;
  bool selected = false;
};

enum class Sort { Relevance, Title, Region, Newest, Fullest };

struct Query {
  domain::Filter filter;
  Sort sort = Sort::Relevance;  // Relevance without words: by title
  std::string language = "id";  // for the order of titles
  std::size_t offset = 0;
  std::size_t limit = 20;
  domain::FacetSet facets;  // whose values are counted
};

struct Result {
  std::size_t total = 0;
  std::size_t located = 0;                              // of them with a point of their own
  std::vector<Ordinal> ordinals;                        // the page asked for
  std::vector<FacetValue> facets[domain::kFacetCount];  // of those asked for
  std::vector<domain::FilterNotice> notices;            // filter values that do not exist; they were ignored
};

// A hit of the search over everything.
struct Hit {
  enum class Kind { Potential, Region, Commodity, Sector } kind = Kind::Potential;
  std::uint32_t index = 0;  // ordinal, or place in regions, commodities, sectors
  double score = 0;
};

// How well the records of a filter are kept.
struct Quality {
  std::size_t count = 0;
  std::size_t confirmed = 0;    // and not past the term of their region
  std::size_t unconfirmed = 0;  // never
  std::uint64_t percent = 0;    // the completeness of all of them, added up
  std::size_t lacking[domain::kRecordPartCount] = {};
  std::size_t accuracy[4] = {};  // by domain::LocationAccuracy
};

class Snapshot {
 public:
  virtual ~Snapshot() = default;

  // "12-2026-11-24": audit sequence and WITA day; names this version in caches and in the header
  // Simpul-Version.
  virtual std::string_view version() const = 0;
  virtual Date today() const = 0;
  virtual Instant last_change() const = 0;  // 0: empty register

  // All that is published but potentials and files. Lives as long as the snapshot.
  virtual const domain::PublishedTables& data() const = 0;
  std::span<const domain::Region> regions() const { return data().regions; }
  // The files that potentials name, by hash.
  virtual std::span<const domain::StoredFile> files() const = 0;

  // How many potentials there are.
  virtual std::size_t size() const = 0;
  // One of them, unpacked. `ordinal` must come from this snapshot.
  virtual domain::Potential potential(Ordinal ordinal) const = 0;
  std::vector<domain::Potential> potentials(std::span<const Ordinal> ordinals) const;
  virtual std::optional<Ordinal> find_potential(std::string_view slug) const = 0;
  virtual std::optional<Ordinal> find_potential(std::int64_t id) const = 0;
  std::optional<domain::Potential> potential(std::string_view slug) const;

  virtual const domain::Region* region(std::string_view code) const = 0;
  virtual const domain::Sector* sector(std::string_view code) const = 0;
  virtual const domain::Group* group(std::string_view code) const = 0;
  virtual const domain::Commodity* commodity(std::string_view slug) const = 0;

  // The outlines of the kabupaten/kota, ready for the pictures of pages.
  virtual const ProvinceShapes& shapes() const = 0;
  // Areas, borders and names of kabupaten/kota and kecamatan, as the tiles have them.
  virtual const RegionTiles& region_tiles() const = 0;

  // Of the finer areas, map layer "areas"; its source is empty when there are none.
  virtual const domain::AreaSource& area_source() const = 0;
  virtual geo::Box area_bounds() const = 0;  // degrees

  // The one finder. Unknown values come back as notices; strict callers refuse when there are any.
  virtual Result find(const Query& query) const = 0;
  // All potentials of a filter by slug (downloads); at most `limit`, from the first whose slug is not less
  // than `from`.
  virtual std::vector<Ordinal> all(const domain::Filter& filter, std::string_view from = {},
                                   std::size_t limit = SIZE_MAX) const = 0;
  // How many potentials of each region (order of regions()) satisfy the filter: badges, choropleth.
  virtual std::vector<std::uint32_t> count_by_region(const domain::Filter& filter) const = 0;
  // How many potentials have one value of a facet; 0 for an unknown one.
  virtual std::size_t count(std::string_view facet, std::string_view code) const = 0;
  virtual Quality quality(const domain::Filter& filter) const = 0;
  // Potentials with a figure whose year is not known, by slug.
  virtual std::vector<Ordinal> without_year() const = 0;
  // A potential that has the file.
  virtual std::optional<Ordinal> potential_of_file(std::string_view hash) const = 0;
  // Those of a filter that have a point of their own, in no order that means anything.
  virtual std::vector<Placed> placed(const domain::Filter& filter) const = 0;
  // Around the points of a filter, in degrees; empty: none has one.
  virtual geo::Box bounds(const domain::Filter& filter) const = 0;
  // Values of the filter that do not exist.
  virtual std::vector<domain::FilterNotice> unknown(const domain::Filter& filter) const = 0;
  // Words over potentials, regions, commodities and sectors; best first.
  virtual std::vector<Hit> search(std::string_view words, std::string_view language,
                                  std::size_t limit) const = 0;
  // Up to `limit` potentials with a point of their own, the nearest to the place first, with distance in km;
  // `except` is left out.
  virtual std::vector<std::pair<Ordinal, double>> nearest(geo::Point place, std::size_t limit,
                                                          std::optional<Ordinal> except = {}) const = 0;

  // Vector tiles: Mapbox Vector Tile 2.1 bytes, not compressed; empty string: nothing there. layer:
  // "regions", "potentials" or "areas" (others: Error NotFound); areas know no filter and no language.
  // Coordinates outside the grid: Error Invalid.
  virtual std::string tile(std::string_view layer, int z, std::uint32_t x, std::uint32_t y,
                           const domain::Filter& filter, std::string_view language) const = 0;
};

// Of a register that is one value. Throws Error Internal when it contradicts itself (a potential of an
// unknown region).
std::shared_ptr<const Snapshot> build_snapshot(domain::PublishedRegister content, Date today);

}  // namespace simpul::catalog
