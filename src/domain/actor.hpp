// Who does something: named in every audit entry. Used by service and storage.
#pragma once

#include <string>

namespace simpul::domain {

struct Actor {
  std::string name;  // "import", "system"; later the account of a person
};

}  // namespace simpul::domain
