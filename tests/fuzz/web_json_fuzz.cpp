// A body of the REST interface from its bytes to the members of a record.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "geo/geojson.hpp"
#include "web/api/json_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using simpul::web::api::JsonReader;
  std::vector<simpul::FieldError> faults;
  try {
    const auto body = simpul::web::api::parse_body({reinterpret_cast<const char*>(data), size});
    JsonReader reader(body, faults);
    const auto region = reader.text("region", 10, true);
    const auto title = reader.local_text("title", 300);
    const auto forms = reader.texts("forms", 6, 20);
    if (const auto* geometry = reader.member("geometry")) simpul::geo::from_geojson(*geometry);
    if (const auto* figures = reader.array("figures", 50))
      for (const auto& figure : *figures) {
        JsonReader one(figure, faults, "figures");
        one.number("quantity", true);
        one.integer("year");
        one.done();
      }
    reader.done();
    // What was accepted keeps to its limits.
    if (faults.empty() && (region.empty() || region.size() > 10 || forms.size() > 6)) std::abort();
    for (const auto& [language, text] : title)
      if (language.size() != 2 || text.size() > 300) std::abort();
  } catch (const simpul::Error&) {
  }
  return 0;
}
