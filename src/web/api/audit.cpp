#include "storage/audit.hpp"
#include "base/error.hpp"
#include "web/api/api.hpp"
#include "web/api/handlers.hpp"

namespace simpul::web::api {

http::Response list_audit(const RequestContext& context) {
  const auto& request = context.request;
  only_parameters(request, {"limit", "cursor", "actor", "noun", "action"});
  if (!context.visitor->actor.rights.has(domain::Right::ViewAudit))
    throw Error(ErrorKind::NotFound, "There is no such page");
  const int limit = limit_of(request);
  std::vector<storage::AuditEntry> entries;
  context.services->store.read([&](db::Connection& connection) {
    entries =
        storage::audit_entries(connection, parameter(request, "actor", 60), parameter(request, "noun", 60),
                               parameter(request, "action", 60), cursor_of(request).id, limit + 1);
  });
  const bool more = entries.size() > static_cast<std::size_t>(limit);
  if (more) entries.pop_back();
  boost::json::array items;
  for (const auto& entry : entries)
    items.push_back(boost::json::object{{"sequence", entry.sequence},
                                        {"at", to_iso(entry.at)},
                                        {"actor", entry.actor},
                                        {"action", entry.action},
                                        {"noun", entry.noun},
                                        {"key", entry.key},
                                        {"content", boost::json::parse(entry.content)}});
  boost::json::value next(nullptr);
  if (more) next = cursor(entries.back().sequence, "");
  return json(200, boost::json::object{{"items", std::move(items)}, {"next", next}});
}

}  // namespace simpul::web::api
