// Any text as GeoJSON: refused with Error, or read, and then what is written can be read again and has the
// same shape (numbers are rounded, and a flat ring may turn either way).
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/error.hpp"
#include "geo/geojson.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  simpul::geo::Geometry geometry;
  try {
    geometry = simpul::geo::from_geojson(text);
  } catch (const simpul::Error& error) {
    if (error.kind != simpul::ErrorKind::Invalid) std::abort();
    return 0;
  }
  const auto again = simpul::geo::from_geojson(simpul::geo::to_geojson(geometry));
  if (again.kind != geometry.kind || again.parts.size() != geometry.parts.size()) std::abort();
  for (std::size_t i = 0; i < again.parts.size(); ++i)
    if (again.parts[i].size() != geometry.parts[i].size()) std::abort();
  return 0;
}
