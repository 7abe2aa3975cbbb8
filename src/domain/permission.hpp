// Who may do what: roles are data (reference/roles.toml), the decision is one pure function on the object's
// own region. Used by service for every use case and by web to refuse early what a role can never do.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "domain/names.hpp"

namespace simpul::domain {

enum class Right : std::uint8_t {
  View,         // records and drafts in the back office
  Edit,         // drafts
  Submit,       // a draft to the review
  Check,        // as the region's own verifier, before the province
  Verify,       // as the province
  Publish,      // what is verified
  Archive,      // take from the public, and back
  Confirm,      // that a published record is still true (sign-off of the region)
  Import,       // files with many records
  Export,       // lists as files
  ManageUsers,  // accounts
  ViewAudit,    // the whole log
  Indicators,   // indicator values and studies
  Settings,     // of the installation
};
inline constexpr int kRights = 14;

// "view", "manage_users", ... as in roles.toml and in the REST interface.
std::string_view word(Right right);

class Rights {
 public:
  Rights() = default;
  Rights(std::initializer_list<Right> rights) {
    for (const auto right : rights) add(right);
  }
  void add(Right right) { bits_ |= 1u << static_cast<unsigned>(right); }
  bool has(Right right) const { return (bits_ >> static_cast<unsigned>(right) & 1u) != 0; }
  std::vector<std::string> words() const;

 private:
  std::uint32_t bits_ = 0;
};

enum class Scope { Province, Region, Unit };

struct Role {
  std::string code;
  LocalText name;
  Scope scope = Scope::Unit;
  bool totp = false;  // a second factor is required
  Rights rights;
};

class Roles {
 public:
  explicit Roles(std::vector<Role> roles) : roles_(std::move(roles)) {}
  const std::vector<Role>& all() const { return roles_; }
  const Role* find(std::string_view code) const;  // nullptr: unknown

 private:
  std::vector<Role> roles_;
};

// The text of reference/roles.toml. Error Invalid with file and line: unknown key, right or scope, a code
// twice, nobody who may manage users.
Roles parse_roles(std::string_view toml);

// Where something belongs: the region that answers for it ("74" is the province itself) and its office, empty
// when it belongs to the region as a whole.
struct Belonging {
  std::string_view region;
  std::string_view unit = {};
};

struct Actor;

// Whether the actor may do this to something that belongs there. Nothing else decides.
bool may(const Actor& actor, Right right, const Belonging& object);

// Whether an account of this role may belong there: a role of the province belongs to "74"; a role of an
// office needs an office.
bool fits(const Role& role, std::string_view region, std::string_view unit);

}  // namespace simpul::domain
