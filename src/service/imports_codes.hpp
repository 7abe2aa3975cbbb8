// The words that officers write for the codes of the register: names of regions, business fields,
// commodities, the closed lists in Indonesian, and what was explained once. Used by the judge of imported
// rows.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "catalog/snapshot.hpp"
#include "domain/sectors.hpp"

namespace simpul::service {

// The words that mean a code, per field.
class CodeBook {
 public:
  CodeBook(const domain::Classification& classification, const catalog::Snapshot& snapshot);
  void add(std::string_view field, std::string_view value, std::string_view code);
  const std::string* code_of(std::string_view field, std::string_view value) const;  // nullptr: unknown
  // The nearest known words, at most 3: code and name.
  std::vector<std::pair<std::string, std::string>> nearest(std::string_view field,
                                                           std::string_view value) const;
  bool has(std::string_view field) const;  // whether the field holds codes

 private:
  using Words = std::unordered_map<std::string, std::string>;  // folded -> code
  std::map<std::string, Words, std::less<>> fields_;
  std::map<std::string, std::map<std::string, std::string>, std::less<>> names_;  // field -> code -> name
};

}  // namespace simpul::service
