#include "base/error.hpp"
#include "web/api/api.hpp"
#include "web/api/handlers.hpp"
#include "web/api/json_reader.hpp"

namespace simpul::web::api {
namespace {

boost::json::object user_json(const RequestContext& context, const domain::Account& account) {
  return {{"id", account.id},
          {"username", account.username},
          {"name", account.name},
          {"email", account.email},
          {"role", account.role},
          {"region", account.region},
          {"unit", account.unit},
          {"state", account.active ? "active" : "disabled"},
          {"totp", !account.totp_secret.empty()},
          {"last_sign_in", instant(account.last_sign_in)},
          {"rights", words(context.services->sessions.actor_of(account).rights.words())},
          {"version", account.version}};
}

service::AccountDraft draft_of(JsonReader& reader, bool fresh) {
  service::AccountDraft draft;
  if (fresh) draft.username = reader.text("username", 60, true);
  draft.name = reader.text("name", 200, true);
  draft.email = reader.text("email", 200);
  draft.role = reader.text("role", 40, true);
  draft.region = reader.text("region", 10, true);
  draft.unit = reader.text("unit", 200);
  if (!fresh) {
    const auto state = reader.text("state", 20, true);
    if (!state.empty() && state != "active" && state != "disabled")
      reader.fault("state", "\"{value}\" is not known here; known: {known}",
                   {{"value", state}, {"known", "active, disabled"}});
    draft.active = state != "disabled";
  }
  reader.done();
  return draft;
}

}  // namespace

http::Response list_users(const RequestContext& context) {
  only_parameters(context.request, {"limit", "cursor"});
  const int limit = limit_of(context.request);
  const auto after = parameter(context.request, "cursor");
  auto accounts = context.services->accounts.list(context.visitor->actor, after, limit + 1);
  const bool more = accounts.size() > static_cast<std::size_t>(limit);
  if (more) accounts.pop_back();
  boost::json::array items;
  for (const auto& account : accounts) items.push_back(user_json(context, account));
  return json(200, boost::json::object{{"items", std::move(items)},
                                       {"next", more ? boost::json::value(accounts.back().username)
                                                     : boost::json::value(nullptr)}});
}

http::Response create_user(const RequestContext& context) {
  const auto body = parse_body(context.request.body);
  std::vector<FieldError> faults;
  JsonReader reader(body, faults);
  const auto draft = draft_of(reader, true);
  refuse(std::move(faults));
  const auto made = context.services->accounts.create(context.visitor->actor, draft);
  auto response = json(201, boost::json::object{{"user", user_json(context, made.account)},
                                                {"one_time_password", made.one_time_password}});
  response.set("Location", "/api/v1/users/" + std::to_string(made.account.id));
  set_version(response, made.account.version);
  return response;
}

http::Response get_user(const RequestContext& context) {
  const auto account = context.services->accounts.get(context.visitor->actor, id_of(context.captured));
  auto response = json(200, user_json(context, account));
  set_version(response, account.version);
  return response;
}

http::Response change_user(const RequestContext& context) {
  const auto id = id_of(context.captured);
  const auto version = wanted_version(context.request);
  const auto body = parse_body(context.request.body);
  std::vector<FieldError> faults;
  JsonReader reader(body, faults);
  const auto draft = draft_of(reader, false);
  refuse(std::move(faults));
  const auto account = context.services->accounts.change(context.visitor->actor, id, version, draft);
  auto response = json(200, user_json(context, account));
  set_version(response, account.version);
  return response;
}

http::Response reset_user(const RequestContext& context) {
  const auto body = parse_body(context.request.body.empty() ? "{}" : context.request.body);
  std::vector<FieldError> faults;
  JsonReader reader(body, faults);
  const bool totp = reader.flag("totp", false);
  reader.done();
  refuse(std::move(faults));
  const auto token = context.services->accounts.reset(context.visitor->actor, id_of(context.captured), totp);
  // Behind the fragment mark: no server and no log sees it.
  return json(201,
              boost::json::object{{"link", std::string(context.site_url) + "/kantor/sandi#token=" + token}});
}

}  // namespace simpul::web::api
