// Who does something: named in every audit entry, asked by may() for every use case. Used by service, storage
// and web.
#pragma once

#include <cstdint>
#include <string>

#include "domain/permission.hpp"

namespace simpul::domain {

struct Actor {
  std::string name;          // "import", "system", or the user name of an account
  std::int64_t account = 0;  // 0: no account
  std::string role;
  Scope scope = Scope::Unit;
  Rights rights;
  std::string region;
  std::string unit;
};

// The program itself at work for the whole province: an import at the command line, a job.
inline Actor program(std::string name) {
  Actor actor;
  actor.name = std::move(name);
  actor.scope = Scope::Province;
  actor.region = "74";
  for (int right = 0; right < kRights; ++right) actor.rights.add(static_cast<Right>(right));
  return actor;
}

}  // namespace simpul::domain
