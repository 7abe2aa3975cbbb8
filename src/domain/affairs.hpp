// What a cooperation may be about (urusan pemerintahan), as data: reference/affairs.toml. Used by cases of
// cooperation.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "domain/legal_basis.hpp"
#include "domain/register.hpp"

namespace simpul::domain {

enum class AffairKind : std::uint8_t { BasicService, Mandatory, Optional };  // UU 23/2014 art. 12

struct Affair {
  std::string code;
  LocalText name;
  AffairKind kind = AffairKind::Optional;
  bool limited_for_regency = false;  // most of the power is the province's or the centre's
  LegalBasis basis;
};

// What an object means for a region of that kind ("province", "regency", "city"): outside its power is
// refused where the rule is verified, else only warned of, with a reason to be given.
enum class PowerCheck : std::uint8_t { Within, Warning, Outside };
PowerCheck check_power(const Affair& affair, std::string_view region_kind);

// The text of reference/affairs.toml. Error Invalid with file and line: unknown key or word, a code twice.
std::vector<Affair> parse_affairs(std::string_view toml);

}  // namespace simpul::domain
