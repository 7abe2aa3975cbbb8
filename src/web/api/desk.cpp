#include "base/error.hpp"
#include "web/api/api.hpp"
#include "web/api/handlers.hpp"
#include "web/api/json_reader.hpp"

namespace simpul::web::api {
namespace {

constexpr std::size_t kViewName = 80, kViewQuery = 1000;

http::Response views(const RequestContext& context, int status, const std::vector<storage::View>& views) {
  boost::json::array items;
  for (const auto& view : views)
    items.push_back(boost::json::object{{"id", view.id},
                                        {"name", view.name},
                                        {"query", view.query},
                                        {"shared", !view.region.empty()},
                                        {"own", view.account == context.visitor->account.id}});
  return json(status, boost::json::object{{"items", std::move(items)}});
}

// "new" is a record that does not exist yet.
std::int64_t record_of(const RequestContext& context) {
  return context.captured == "new" ? 0 : id_of(context.captured);
}

}  // namespace

http::Response list_views(const RequestContext& context) {
  only_parameters(context.request, {});
  return views(context, 200, context.services->desk.views(context.visitor->actor));
}

http::Response keep_view(const RequestContext& context) {
  const auto body = parse_body(context.request.body);
  std::vector<FieldError> faults;
  JsonReader reader(body, faults);
  const auto name = reader.text("name", kViewName, true);
  const auto query = reader.text("query", kViewQuery);
  const bool shared = reader.flag("shared", false);
  reader.done();
  refuse(std::move(faults));
  return views(context, 201, context.services->desk.keep_view(context.visitor->actor, name, query, shared));
}

http::Response drop_view(const RequestContext& context) {
  context.services->desk.drop_view(context.visitor->actor, context.captured);
  return no_content();
}

http::Response get_unsaved(const RequestContext& context) {
  const auto found = context.services->desk.unsaved(context.visitor->actor, record_of(context));
  if (!found) return json(200, boost::json::object{{"kept", nullptr}});
  return json(200, boost::json::object{
                       {"kept", boost::json::object{{"at", to_iso(found->kept)},
                                                    {"content", boost::json::parse(found->content)}}}});
}

http::Response keep_unsaved(const RequestContext& context) {
  const auto body = parse_body(context.request.body);
  std::vector<FieldError> faults;
  JsonReader reader(body, faults);
  const auto* content = reader.member("content");
  if (content == nullptr || !content->is_object()) reader.fault("content", msgid("must not be empty"));
  reader.done();
  refuse(std::move(faults));
  const auto kept = context.services->desk.keep_unsaved(context.visitor->actor, record_of(context),
                                                        boost::json::serialize(*content));
  return json(200, boost::json::object{{"at", to_iso(kept)}});
}

http::Response forget_unsaved(const RequestContext& context) {
  context.services->desk.forget_unsaved(context.visitor->actor, record_of(context));
  return no_content();
}

}  // namespace simpul::web::api
