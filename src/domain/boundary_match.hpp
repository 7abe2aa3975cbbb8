// Which polygon is which region of today: names from a map source are matched to current codes inside one
// province. Pure; used by the builder of indicative boundaries.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace simpul::domain {

// Letters and digits only, lower case: "Kep. Masaloka Raya" -> "kepmasalokaraya".
std::string folded_name(std::string_view name);

struct NamedArea {
  std::string code;         // "74.01.01"
  std::string parent_code;  // "74.01"
  std::string name;
};

// Names of kecamatan of one province to codes; three spellings of GADM 4.1 that differ from Kemendagri's are
// known.
class KecamatanNames {
 public:
  // Error Invalid when two kecamatan have the same folded name: then the name alone decides nothing.
  explicit KecamatanNames(std::span<const NamedArea> kecamatan);
  std::optional<std::string> code_of(std::string_view name) const;

 private:
  std::map<std::string, std::string> code_by_name_;
};

}  // namespace simpul::domain
