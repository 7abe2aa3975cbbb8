#include "service/audit_log.hpp"

#include "base/error.hpp"
#include "web/api/api.hpp"
#include "web/api/handlers.hpp"

namespace simpul::web::api {
namespace {

constexpr std::size_t kWord = 60;  // bytes of a filter

service::AuditFilter filter_of(const http::Request& request) {
  return {parameter(request, "actor", kWord), parameter(request, "noun", kWord),
          parameter(request, "action", kWord)};
}

}  // namespace

http::Response list_audit(const RequestContext& context) {
  const auto& request = context.request;
  only_parameters(request, {"limit", "cursor", "actor", "noun", "action"});
  if (!context.visitor->actor.rights.has(domain::Right::ViewAudit))
    throw Error(ErrorKind::NotFound, "There is no such page");
  const int limit = limit_of(request);
  const auto filter = filter_of(request);
  std::vector<storage::AuditEntry> entries;
  context.services->store.read([&](db::Connection& connection) {
    entries = storage::audit_entries(connection, filter.actor, filter.noun, filter.action,
                                     cursor_of(request).id, limit + 1);
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
                                        {"content", boost::json::parse(entry.content)},
                                        {"hash", entry.hash}});
  boost::json::value next(nullptr);
  if (more) next = cursor(entries.back().sequence, "");
  return json(200, boost::json::object{{"items", std::move(items)}, {"next", next}});
}

http::Response export_audit(const RequestContext& context) {
  only_parameters(context.request, {"actor", "noun", "action"});
  auto file =
      context.services->audit.csv(context.visitor->actor, filter_of(context.request), language_of(context));
  auto response = http::Response::of_file("text/csv; charset=utf-8", std::move(file.csv));
  response.set("Content-Disposition", "attachment; filename=\"audit.csv\"");
  if (file.cut) response.set("Simpul-Newest-Only", std::to_string(file.entries));
  return response;
}

http::Response verify_audit(const RequestContext& context) {
  const auto verdict = context.services->audit.verify(context.visitor->actor);
  boost::json::value broken_at(nullptr);
  if (verdict.broken_at) broken_at = *verdict.broken_at;
  return json(200, boost::json::object{{"whole", !verdict.broken_at},
                                       {"entries", verdict.entries},
                                       {"broken_at", broken_at},
                                       {"last_hash", verdict.last_hash}});
}

}  // namespace simpul::web::api
