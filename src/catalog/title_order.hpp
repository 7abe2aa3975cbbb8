// The order of titles for people, per language, worked out once when the snapshot is built: sorting a list is
// then a comparison of whole numbers.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "domain/register.hpp"

namespace simpul::catalog {

class TitleOrder {
 public:
  explicit TitleOrder(const std::vector<domain::Potential>& potentials);

  // The rank of each ordinal among all titles in the language; for one that we do not have, Indonesian.
  const std::vector<std::uint32_t>& ranks(std::string_view language) const;

 private:
  std::map<std::string, std::vector<std::uint32_t>, std::less<>> ranks_;
};

}  // namespace simpul::catalog
