#include "service/geometry_readings.hpp"

#include "geo/geojson.hpp"
#include "web/api/api.hpp"
#include "web/api/handlers.hpp"
#include "web/api/json_reader.hpp"

namespace simpul::web::api {

http::Response read_geometries(const RequestContext& context) {
  const auto body = parse_body(context.request.body);
  std::vector<FieldError> faults;
  JsonReader reader(body, faults);
  const auto upload = reader.text("upload", 60, true);
  reader.done();
  refuse(std::move(faults));
  const auto found = context.services->geometry_readings.read(context.visitor->actor, upload);
  boost::json::array items;
  for (const auto& shape : found.shapes)
    items.push_back(boost::json::object{{"layer", shape.layer},
                                        {"name", shape.name},
                                        {"geometry", boost::json::parse(geo::to_geojson(shape.geometry))}});
  return json(200, boost::json::object{
                       {"items", std::move(items)}, {"more", found.more}, {"left_out", found.left_out}});
}

}  // namespace simpul::web::api
