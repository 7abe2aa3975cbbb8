// The templates, loaded once for a test program and strict about names that nobody set.
#pragma once

#include "web/site/site.hpp"

namespace simpul::web::site::test {

inline void load_once() {
  static const bool loaded = (load_site(true), true);
  (void)loaded;
}

}  // namespace simpul::web::site::test
