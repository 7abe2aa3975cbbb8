#include "base/assets.hpp"
#include "storage/json.hpp"
#include "web/api/api.hpp"
#include "web/api/handlers.hpp"

namespace simpul::web::api {
namespace {

http::Response items(boost::json::array items) {
  return json(200, boost::json::object{{"items", std::move(items)}});
}

template <typename T>
boost::json::array named(const std::vector<T>& list) {
  boost::json::array items;
  for (const auto& item : list)
    items.push_back(boost::json::object{{"code", item.code}, {"name", storage::to_json(item.name)}});
  return items;
}

std::string_view word(domain::Scope scope) {
  switch (scope) {
    case domain::Scope::Province:
      return "province";
    case domain::Scope::Region:
      return "region";
    case domain::Scope::Unit:
      break;
  }
  return "unit";
}

}  // namespace

http::Response list_roles(const RequestContext& context) {
  boost::json::array roles;
  for (const auto& role : context.services->roles.all())
    roles.push_back(boost::json::object{{"code", role.code},
                                        {"name", storage::to_json(role.name)},
                                        {"scope", word(role.scope)},
                                        {"rights", words(role.rights.words())},
                                        {"totp", role.totp}});
  return items(std::move(roles));
}

http::Response list_regions(const RequestContext& context) {
  boost::json::array regions;
  for (const auto& region : context.snapshot->regions())
    regions.push_back(boost::json::object{{"code", region.code},
                                          {"bps_code", region.bps_code},
                                          {"name", storage::to_json(region.name)},
                                          {"kind", region.kind}});
  return items(std::move(regions));
}

http::Response list_sectors(const RequestContext& context) {
  const auto& classification = context.services->classification;
  return json(200, boost::json::object{{"sectors", named(classification.sectors)},
                                       {"categories", named(classification.categories)},
                                       {"groups", named(classification.groups)}});
}

http::Response get_openapi(const RequestContext&) {
  const auto* contract = find_asset("openapi/rest.json");
  return http::Response::text(200, "application/json", contract ? std::string(contract->bytes) : "{}");
}

http::Response list_commodities(const RequestContext& context) {
  boost::json::array commodities;
  for (const auto& commodity : context.snapshot->data().commodities)
    commodities.push_back(boost::json::object{{"slug", commodity.slug},
                                              {"name", storage::to_json(commodity.name)},
                                              {"sector", commodity.sector},
                                              {"category", commodity.category},
                                              {"unit", commodity.unit}});
  return items(std::move(commodities));
}

}  // namespace simpul::web::api
