// Whether a geometry that somebody draws can stand: where it breaks the rules, how it would look mended, and
// how far it lies outside its region. Keeps nothing.
#include <algorithm>
#include <cmath>

#include "geo/check.hpp"
#include "geo/geojson.hpp"
#include "geo/operations.hpp"
#include "web/api/api.hpp"
#include "web/api/handlers.hpp"
#include "web/api/json_reader.hpp"

namespace simpul::web::api {

http::Response check_geometry(const RequestContext& context) {
  const auto body = parse_body(context.request.body);
  std::vector<FieldError> faults;
  JsonReader reader(body, faults);
  std::optional<geo::Geometry> geometry;
  if (const auto* member = reader.member("geometry")) {
    try {
      geometry = geo::from_geojson(*member);
    } catch (const Error& error) {
      reader.fault("geometry", error.key, error.args);
    }
  } else {
    reader.fault("geometry", "must not be empty");
  }
  const auto region = reader.text("region", 10);
  reader.done();
  refuse(std::move(faults));

  boost::json::object answer{{"valid", true},
                             {"errors", boost::json::array{}},
                             {"at", nullptr},
                             {"repaired", nullptr},
                             {"outside_km", nullptr}};
  const auto known = service::vocabulary_of(context.services->classification, context.snapshot);
  if (const auto km = domain::outside_km(geometry, region, known))
    answer["outside_km"] = std::max(std::round(*km * 10) / 10, 0.1);
  const auto found = geo::why_invalid(*geometry);
  if (!found) return json(200, answer);
  answer["valid"] = false;
  answer["at"] = boost::json::array{found->at.x, found->at.y};
  try {
    geo::check_valid(*geometry);
  } catch (const Error& error) {
    answer["errors"] = errors_json({{"geometry", error.key, error.args}}, language_of(context));
  }
  const auto mended = geo::repaired(*geometry);
  if (!mended.empty()) answer["repaired"] = boost::json::parse(geo::to_geojson(mended));
  return json(200, answer);
}

}  // namespace simpul::web::api
