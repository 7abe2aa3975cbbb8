// What a rule rests on, wherever reference data states one.
#pragma once

#include <string>

namespace simpul::domain {

// Unverified: nobody has compared it with the official text; screens say so.
struct LegalBasis {
  std::string text;  // "Permendagri 22/2020 art. 7"
  bool verified = false;
};

}  // namespace simpul::domain
