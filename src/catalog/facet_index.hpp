// The set of potentials of each value of each facet. Used by the snapshot: a filter is an AND of ORs of these
// sets, a facet count the size of an AND.
#pragma once

#include <roaring/roaring.hh>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/filter.hpp"
#include "domain/register.hpp"

namespace simpul::catalog {

struct FacetSet {
  std::string code;
  Roaring members;
  bool listed = false;  // stands in the facet's list even when nobody asked for it
};

class FacetIndex {
 public:
  // Throws Error Internal when a potential names a region, sector, group or commodity that is not in the
  // register.
  explicit FacetIndex(const domain::PublishedRegister& content);

  // In the order of the vocabulary. Listed are the values that some potential has, and every region but the
  // province, which holds the potentials of all its regions.
  const std::vector<FacetSet>& values(int facet) const { return values_[facet]; }
  const FacetSet* find(int facet, std::string_view code) const;

 private:
  std::optional<std::size_t> position(int facet, std::string_view code) const;
  FacetSet& at(int facet, std::string_view code, const domain::Potential& potential);

  std::vector<FacetSet> values_[domain::kFacetCount];
  std::vector<std::pair<std::string_view, std::size_t>> by_code_[domain::kFacetCount];  // sorted
};

}  // namespace simpul::catalog
