#include "domain/permission.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "domain/actor.hpp"
#include "domain/toml.hpp"

namespace simpul::domain {
namespace {

constexpr std::array<std::string_view, kRights> kWords = {
    "view",    "edit",   "submit", "check",        "verify",     "publish",    "archive",
    "confirm", "import", "export", "manage_users", "view_audit", "indicators", "settings"};

std::optional<Right> right_of(std::string_view text) {
  const auto found = std::ranges::find(kWords, text);
  if (found == kWords.end()) return std::nullopt;
  return static_cast<Right>(found - kWords.begin());
}

std::optional<Scope> scope_of(std::string_view text) {
  if (text == "province") return Scope::Province;
  if (text == "region") return Scope::Region;
  if (text == "unit") return Scope::Unit;
  return std::nullopt;
}

constexpr std::string_view kProvince = "74";

}  // namespace

std::string_view word(Right right) {
  return kWords[static_cast<std::size_t>(right)];
}

std::vector<std::string> Rights::words() const {
  std::vector<std::string> words;
  for (int right = 0; right < kRights; ++right)
    if (has(static_cast<Right>(right))) words.emplace_back(kWords[static_cast<std::size_t>(right)]);
  return words;
}

const Role* Roles::find(std::string_view code) const {
  const auto found = std::ranges::find(roles_, code, &Role::code);
  return found == roles_.end() ? nullptr : &*found;
}

Roles parse_roles(std::string_view text) {
  const TomlFile file("roles.toml", text);
  std::vector<Role> roles;
  std::set<std::string> codes;
  bool managed = false;
  file.each(file.root(), "role", [&](const toml::table& table) {
    file.only_keys(table, {"code", "name", "scope", "totp", "rights"});
    Role role;
    role.code = file.text(table, "code");
    if (!codes.insert(role.code).second)
      file.refuse(table.source(), "the code \"" + role.code + "\" stands twice");
    role.name = file.local(table, "name");
    const auto scope = scope_of(file.text(table, "scope"));
    if (!scope) file.refuse(table.source(), "\"scope\" is province, region or unit");
    role.scope = *scope;
    role.totp = table["totp"].value_or(false);
    for (const auto& name : file.texts(table, "rights")) {
      const auto right = right_of(name);
      if (!right) file.refuse(table.source(), "there is no right \"" + name + "\"");
      role.rights.add(*right);
    }
    managed = managed || (role.scope == Scope::Province && role.rights.has(Right::ManageUsers));
    roles.push_back(std::move(role));
  });
  if (!managed) file.refuse(file.root().source(), "no role of the province has the right \"manage_users\"");
  return Roles(std::move(roles));
}

bool may(const Actor& actor, Right right, const Belonging& object) {
  if (!actor.rights.has(right)) return false;
  switch (actor.scope) {
    case Scope::Province:
      return true;
    case Scope::Region:
      return !object.region.empty() && actor.region == object.region;
    case Scope::Unit:
      return !object.region.empty() && actor.region == object.region && !actor.unit.empty() &&
             actor.unit == object.unit;
  }
  return false;
}

bool fits(const Role& role, std::string_view region, std::string_view unit) {
  switch (role.scope) {
    case Scope::Province:
      return region == kProvince;
    case Scope::Region:
      return !region.empty();
    case Scope::Unit:
      return !region.empty() && !unit.empty();
  }
  return false;
}

}  // namespace simpul::domain
