#include "domain/affairs.hpp"

#include <algorithm>

#include "domain/toml.hpp"

namespace simpul::domain {

PowerCheck check_power(const Affair& affair, std::string_view region_kind) {
  if (region_kind == "province" || !affair.limited_for_regency) return PowerCheck::Within;
  return affair.basis.verified ? PowerCheck::Outside : PowerCheck::Warning;
}

std::vector<Affair> parse_affairs(std::string_view text) {
  constexpr std::string_view kKinds[] = {"basic_service", "mandatory", "optional"};
  constexpr std::string_view kPowers[] = {"full", "limited"};
  const TomlFile file("affairs.toml", text);
  file.only_keys(file.root(), {"affair"});
  std::vector<Affair> affairs;
  file.each(file.root(), "affair", [&](const toml::table& table) {
    file.only_keys(table, {"code", "name", "kind", "regency", "legal_basis", "verification"});
    Affair affair;
    affair.code = file.text(table, "code");
    if (std::ranges::find(affairs, affair.code, &Affair::code) != affairs.end())
      file.refuse(table.source(), "the code \"" + affair.code + "\" stands twice");
    affair.name = file.local(table, "name");
    affair.kind = static_cast<AffairKind>(file.one_of(table, "kind", kKinds));
    affair.limited_for_regency = file.one_of(table, "regency", kPowers) == 1;
    affair.basis = file.basis(table);
    affairs.push_back(std::move(affair));
  });
  return affairs;
}

}  // namespace simpul::domain
