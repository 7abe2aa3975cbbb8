#include "base/error.hpp"
#include "web/api/api.hpp"
#include "web/api/handlers.hpp"
#include "web/api/json_reader.hpp"
#include "web/api/record_query.hpp"

namespace simpul::web::api {
namespace {

boost::json::object numbers(const std::map<std::string, std::int64_t>& counts) {
  boost::json::object object;
  for (const auto& [name, count] : counts) object[name] = count;
  return object;
}

}  // namespace

http::Response count_potentials(const RequestContext& context) {
  only_parameters(context.request, {"q", "region", "sector", "group", "commodity", "state", "task", "confirm",
                                    "assignee", "tag", "import"});
  const auto counts = context.services->potentials.counts(
      context.visitor->actor, record_filter_of(context.request), task_of(context.request));
  boost::json::array regions;
  for (const auto& [code, standing] : counts.standings)
    regions.push_back(boost::json::object{{"region", code},
                                          {"total", standing.total},
                                          {"published", standing.published},
                                          {"current", standing.published - standing.due - standing.never},
                                          {"due", standing.due},
                                          {"never", standing.never}});
  return json(200,
              boost::json::object{
                  {"total", counts.total},
                  {"facets", boost::json::object{{"state", numbers(counts.states)},
                                                 {"region", numbers(counts.regions)},
                                                 {"group", numbers(counts.groups)},
                                                 {"sector", numbers(counts.sectors)},
                                                 {"tag", numbers(counts.tags)},
                                                 {"confirm", boost::json::object{{"due", counts.due},
                                                                                 {"never", counts.never}}}}},
                  {"regions", std::move(regions)}});
}

http::Response change_facts(const RequestContext& context) {
  const auto body = parse_body(context.request.body);
  std::vector<FieldError> faults;
  JsonReader reader(body, faults);
  std::vector<service::FactChange> changes;
  if (const auto* items = reader.array("items", service::kMostFactChanges))
    for (std::size_t i = 0; i < items->size(); ++i) {
      JsonReader one((*items)[i], faults, "items." + std::to_string(i));
      service::FactChange change;
      change.record = one.integer("id").value_or(0);
      if (change.record < 1) one.fault("id", "must not be empty");
      // null is nobody; a member that is not there leaves it as it is.
      const auto& members = (*items)[i].as_object();
      if (members.contains("assignee")) change.assignee = one.integer("assignee").value_or(0);
      if (members.contains("tags")) change.tags = one.texts("tags", service::kMostTags, 60);
      one.done();
      changes.push_back(std::move(change));
    }
  reader.done();
  refuse(std::move(faults));
  const auto report = context.services->facts.change(context.visitor->actor, changes);
  boost::json::array changed, refused;
  for (const auto& one : report.changed)
    changed.push_back(
        boost::json::object{{"id", one.record},
                            {"assignee", number_or_null(one.assignee)},
                            {"tags", words(one.tags)},
                            {"before", boost::json::object{{"assignee", number_or_null(one.assignee_before)},
                                                           {"tags", words(one.tags_before)}}}});
  for (const auto id : report.refused) refused.push_back(id);
  return json(200, boost::json::object{{"items", std::move(changed)}, {"refused", std::move(refused)}});
}

http::Response list_officers(const RequestContext& context) {
  only_parameters(context.request, {});
  boost::json::array items;
  for (const auto& officer : context.services->facts.officers(context.visitor->actor))
    items.push_back(boost::json::object{{"id", officer.id},
                                        {"username", officer.username},
                                        {"name", officer.name},
                                        {"region", officer.region},
                                        {"unit", officer.unit}});
  return json(200, boost::json::object{{"items", std::move(items)}});
}

}  // namespace simpul::web::api
