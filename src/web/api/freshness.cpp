#include "base/error.hpp"
#include "web/api/api.hpp"
#include "web/api/handlers.hpp"
#include "web/api/json_reader.hpp"

namespace simpul::web::api {
namespace {

http::Response terms(const std::vector<service::Term>& terms) {
  boost::json::array items;
  for (const auto& term : terms)
    items.push_back(boost::json::object{
        {"region", term.region}, {"months", term.months}, {"own", term.own}, {"may_set", term.may_set}});
  return json(200, boost::json::object{{"items", std::move(items)}});
}

}  // namespace

http::Response list_freshness(const RequestContext& context) {
  only_parameters(context.request, {});
  return terms(context.services->freshness.list(context.visitor->actor));
}

http::Response set_freshness(const RequestContext& context) {
  const auto body = parse_body(context.request.body);
  std::vector<FieldError> faults;
  JsonReader reader(body, faults);
  const auto months = reader.integer("months");
  reader.done();
  refuse(std::move(faults));
  return terms(
      context.services->freshness.set(context.visitor->actor, std::string(context.captured), months));
}

}  // namespace simpul::web::api
