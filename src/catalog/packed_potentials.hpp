// Potentials as bytes: of a register of a million, each takes a quarter of what domain::Potential does. Used
// by the segments of the catalogue.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "domain/register.hpp"

namespace simpul::catalog {

class PackedPotentials {
 public:
  // All of it but `overdue`, which depends on the day.
  void add(const domain::Potential& potential);
  // No more is added: gives back what only adding needs. The i-th is then what was added as order[i].
  void finish(const std::vector<std::uint32_t>& order);

  std::size_t size() const { return begins_.size(); }
  domain::Potential operator[](std::size_t i) const;
  std::string_view slug(std::size_t i) const;
  // Asks memory for the slug and title of the i-th, which are looked at soon.
  void fetch(std::size_t i) const { __builtin_prefetch(bytes_.data() + begins_[i]); }
  // As domain::text_in() chooses it.
  std::string_view title(std::size_t i, std::string_view language) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };

  std::string bytes_;
  std::vector<std::uint32_t> begins_;
  // Codes, units, sources: what many potentials have in common stands once.
  std::vector<std::string> shared_;
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers_;
};

}  // namespace simpul::catalog
