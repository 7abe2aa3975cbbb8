#include "domain/boundary_match.hpp"

#include <utility>

#include "base/error.hpp"

namespace simpul::domain {
namespace {

// GADM 4.1's spelling, folded, and Kemendagri's.
constexpr std::pair<std::string_view, std::string_view> kOtherSpellings[] = {
    {"kepulauanmasalokaraya", "kepmasalokaraya"},  // 74.06.17 Kep. Masaloka Raya
    {"siontapina", "siotapina"},                   // 74.04.27 Siotapina
    {"wakorumba", "wakorumbautara"},               // 74.10.06 Wakorumba Utara
};

}  // namespace

std::string folded_name(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z')
      out.push_back(static_cast<char>(c - 'A' + 'a'));
    else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
      out.push_back(c);
  }
  return out;
}

KecamatanNames::KecamatanNames(std::span<const NamedArea> kecamatan) {
  for (const auto& area : kecamatan)
    if (!code_by_name_.emplace(folded_name(area.name), area.code).second)
      throw Error(ErrorKind::Invalid, "The name {name} stands for more than one kecamatan.",
                  {{"name", area.name}});
}

std::optional<std::string> KecamatanNames::code_of(std::string_view name) const {
  auto folded = folded_name(name);
  for (const auto& [other, ours] : kOtherSpellings)
    if (folded == other) folded = ours;
  const auto found = code_by_name_.find(folded);
  if (found == code_by_name_.end()) return std::nullopt;
  return found->second;
}

}  // namespace simpul::domain
