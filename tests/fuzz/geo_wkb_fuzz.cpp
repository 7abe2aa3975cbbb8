// Any bytes as WKB: refused with Error, or read, and then written back to the same bytes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/error.hpp"
#include "geo/wkb.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  try {
    if (simpul::geo::to_wkb(simpul::geo::from_wkb(bytes)) != bytes) std::abort();
  } catch (const simpul::Error& error) {
    if (error.kind != simpul::ErrorKind::Invalid) std::abort();
  }
  return 0;
}
