// A piece of the published potentials, at most 65,536, that never changes: packed records with all that is
// needed to find, count, order and draw them. A potential that changes goes into a new segment and is struck
// out in its old one; see catalogue.hpp. Features are numbered from 0 in Z order, those without a point of
// their own last.
#pragma once

#include <roaring/roaring.hh>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "catalog/packed_potentials.hpp"
#include "catalog/reference.hpp"
#include "catalog/spatial_index.hpp"
#include "catalog/text_index.hpp"
#include "i18n/translator.hpp"

namespace simpul::catalog {

class Segment {
 public:
  static constexpr std::size_t kMost = 65536;
  using Number = std::uint16_t;  // of a feature
  using Order = std::vector<Number>;
  static constexpr std::uint16_t kNone = UINT16_MAX;  // no commodity
  // What is counted for many features at a time: values of facets by number, the region its own. Small, so
  // that what is looked at stays near the processor.
  struct Row {
    std::uint16_t region, commodity;
    std::uint8_t group, sector;
    std::uint8_t forms;  // a bit for each
    std::uint8_t status : 4, maturity : 4;
  };
  static_assert(sizeof(Row) == 8);
  struct Facts {
    std::int64_t id;
    std::int64_t changed;    // microseconds
    std::int32_t confirmed;  // 0: not
    std::uint8_t missing;    // domain::missing_mask()
  };

  class Builder {
   public:
    explicit Builder(std::shared_ptr<const Reference> reference);
    ~Builder();
    Builder(Builder&&) noexcept;
    Builder& operator=(Builder&&) noexcept;
    // Error Internal: names a region, sector, group or commodity that is not in the register.
    void add(const domain::Potential& potential);
    std::size_t size() const;
    // Sorts and indexes; nothing may be added after.
    std::shared_ptr<const Segment> finish();

   private:
    friend class Segment;
    struct Entry;
    std::uint16_t number(Facet facet, std::string_view code, const domain::Potential& potential) const;

    std::shared_ptr<const Reference> reference_;
    PackedPotentials packed_;
    std::vector<Entry> entries_;
  };

  std::size_t size() const { return packed_.size(); }
  // Features 0 ... located() - 1 have a point of their own.
  std::uint32_t located() const { return space_.size(); }

  domain::Potential potential(Number feature) const { return packed_[feature]; }
  std::string_view slug(Number feature) const { return packed_.slug(feature); }
  std::string_view title(Number feature, std::string_view language) const {
    return packed_.title(feature, language);
  }
  const Row& row(Number feature) const { return rows_[feature]; }
  const Facts& facts(Number feature) const { return facts_[feature]; }
  // Asks memory for what a tile says of a feature, so that many arrive together.
  void fetch(Number feature) const {
    __builtin_prefetch(&rows_[feature]);
    __builtin_prefetch(&facts_[feature]);
    packed_.fetch(feature);
  }
  std::optional<Date> confirmed(Number feature) const;

  std::optional<Number> find_slug(std::string_view slug) const;
  std::optional<Number> find_id(std::int64_t id) const;
  Roaring with_ids(std::int64_t first, std::int64_t last) const;

  // Features that have the value. The wider region holds what its regions hold.
  const Roaring& members(int facet, std::uint32_t value) const { return members_[facet][value]; }
  // How many features it takes until cutting a set with those of all values of a facet is cheaper than
  // looking at each feature of the set.
  std::size_t cut_from(int facet) const { return cut_from_[facet]; }
  const SpatialIndex& space() const { return space_; }
  const TextIndex& text() const { return text_; }
  // Of block i of the index of places, how many features are of each group.
  std::span<const std::uint8_t> groups_of_block(std::size_t i) const {
    return std::span(block_groups_).subspan(i * groups_, groups_);
  }

  // All features by title, in the language or else in Indonesian, and the place of each in that order.
  const Order& by_title(std::string_view language) const { return titles_of(language).order; }
  const Order& title_rank(std::string_view language) const { return titles_of(language).rank; }
  const Order& by_slug() const { return by_slug_; }
  const Order& by_newest() const { return by_newest_; }

 private:
  struct Titles {
    Order order;
    Order rank;
  };
  Segment(Builder&& builder);
  void put_in_order();
  void index_texts();
  const Titles& titles_of(std::string_view language) const;

  std::shared_ptr<const Reference> reference_;
  PackedPotentials packed_;
  std::vector<Row> rows_;
  std::vector<Facts> facts_;
  SpatialIndex space_;
  std::vector<Roaring> members_[kAllFacets];
  std::size_t cut_from_[kAllFacets] = {};
  TextIndex text_;
  std::size_t groups_;
  std::vector<std::uint8_t> block_groups_;
  std::vector<Titles> titles_;  // by language, as i18n::languages()
  Order by_slug_, by_id_, by_newest_;
};

}  // namespace simpul::catalog
