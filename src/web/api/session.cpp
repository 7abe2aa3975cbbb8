#include "base/error.hpp"
#include "crypto/totp.hpp"
#include "web/api/api.hpp"
#include "web/api/handlers.hpp"
#include "web/api/json_reader.hpp"
#include "web/guard.hpp"

namespace simpul::web::api {
namespace {

boost::json::object session_json(const service::Visitor& visitor) {
  boost::json::array needs;
  if (visitor.needs.password) needs.emplace_back("password");
  if (visitor.needs.totp) needs.emplace_back("totp");
  const auto& account = visitor.account;
  return {{"user", boost::json::object{{"id", account.id},
                                       {"username", account.username},
                                       {"name", account.name},
                                       {"role", account.role},
                                       {"region", account.region},
                                       {"unit", account.unit},
                                       {"email", account.email},
                                       {"rights", words(visitor.actor.rights.words())},
                                       {"totp", !account.totp_secret.empty()}}},
          {"csrf", visitor.session.csrf},
          {"needs", std::move(needs)},
          {"ends_at", to_iso(visitor.session.until)},
          {"idle_seconds", service::kIdleSeconds}};
}

http::Response signed_in(const RequestContext& context, int status, const service::SignedIn& signed_in) {
  auto response = json(status, session_json(signed_in.visitor));
  response.set("Set-Cookie", session_cookie(context.request, signed_in.token));
  return response;
}

}  // namespace

http::Response get_session(const RequestContext& context) {
  return json(200, session_json(*context.visitor));
}

http::Response create_session(const RequestContext& context) {
  const auto body = parse_body(context.request.body);
  std::vector<FieldError> faults;
  JsonReader reader(body, faults);
  const auto username = reader.text("username", 60, true);
  const auto password = reader.text("password", 1000, true);
  const auto totp = reader.text("totp", 20);
  reader.done();
  refuse(std::move(faults));
  return signed_in(context, 201,
                   context.services->sessions.sign_in(username, password, totp, where_of(context.request)));
}

http::Response delete_session(const RequestContext& context) {
  context.services->sessions.sign_out(*context.visitor);
  auto response = no_content();
  response.set("Set-Cookie", no_session_cookie(context.request));
  return response;
}

http::Response list_sessions(const RequestContext& context) {
  boost::json::array items;
  for (const auto& session : context.services->sessions.sessions(*context.visitor))
    items.push_back(boost::json::object{{"id", session.id},
                                        {"begun_at", to_iso(session.begun)},
                                        {"seen_at", to_iso(session.seen)},
                                        {"address", session.address},
                                        {"agent", session.agent},
                                        {"current", session.id == context.visitor->session.id}});
  return json(200, boost::json::object{{"items", std::move(items)}});
}

http::Response end_session(const RequestContext& context) {
  context.services->sessions.end(*context.visitor, context.captured);
  return no_content();
}

http::Response change_password(const RequestContext& context) {
  const auto body = parse_body(context.request.body);
  std::vector<FieldError> faults;
  JsonReader reader(body, faults);
  const auto current = reader.text("current", 1000, true);
  const auto password = reader.text("password", 1000, true);
  reader.done();
  refuse(std::move(faults));
  return signed_in(context, 200,
                   context.services->sessions.change_password(*context.visitor, current, password,
                                                              where_of(context.request)));
}

http::Response begin_totp(const RequestContext& context) {
  const auto secret = context.services->sessions.begin_totp(*context.visitor);
  return json(200, boost::json::object{
                       {"secret", secret},
                       {"uri", crypto::totp_uri(secret, "Simpul", context.visitor->account.username)}});
}

http::Response confirm_totp(const RequestContext& context) {
  const auto body = parse_body(context.request.body);
  std::vector<FieldError> faults;
  JsonReader reader(body, faults);
  const auto code = reader.text("code", 20, true);
  reader.done();
  refuse(std::move(faults));
  return json(200, boost::json::object{{"recovery_codes", words(context.services->sessions.confirm_totp(
                                                              *context.visitor, code))}});
}

http::Response request_password_reset(const RequestContext& context) {
  const auto body = parse_body(context.request.body);
  std::vector<FieldError> faults;
  JsonReader reader(body, faults);
  const auto name = reader.text("name", 200, true);
  reader.done();
  refuse(std::move(faults));
  context.services->sessions.forgot_password(name, language_of(context).code(), where_of(context.request));
  http::Response response;
  response.status = 202;
  return response;
}

http::Response use_password_reset(const RequestContext& context) {
  const auto body = parse_body(context.request.body);
  std::vector<FieldError> faults;
  JsonReader reader(body, faults);
  const auto token = reader.text("token", 100, true);
  const auto password = reader.text("password", 1000, true);
  reader.done();
  refuse(std::move(faults));
  context.services->sessions.use_link(token, password, where_of(context.request));
  return no_content();
}

}  // namespace simpul::web::api
