// The handlers of the REST interface, by noun; the contract is openapi/rest.yaml. Used by the route table.
#pragma once

#include "web/route.hpp"

namespace simpul::web::api {

http::Response get_session(const RequestContext& context);
http::Response create_session(const RequestContext& context);
http::Response delete_session(const RequestContext& context);
http::Response list_sessions(const RequestContext& context);
http::Response end_session(const RequestContext& context);
http::Response change_password(const RequestContext& context);
http::Response begin_totp(const RequestContext& context);
http::Response confirm_totp(const RequestContext& context);
http::Response use_password_reset(const RequestContext& context);

http::Response list_users(const RequestContext& context);
http::Response create_user(const RequestContext& context);
http::Response get_user(const RequestContext& context);
http::Response change_user(const RequestContext& context);
http::Response reset_user(const RequestContext& context);

http::Response list_roles(const RequestContext& context);
http::Response list_regions(const RequestContext& context);
http::Response list_sectors(const RequestContext& context);
http::Response list_commodities(const RequestContext& context);

http::Response get_openapi(const RequestContext& context);

http::Response list_potentials(const RequestContext& context);
http::Response create_potential(const RequestContext& context);
http::Response get_potential(const RequestContext& context);
http::Response change_potential(const RequestContext& context);
http::Response discard_potential(const RequestContext& context);
http::Response step_potential(const RequestContext& context);
http::Response potential_history(const RequestContext& context);

http::Response attach_file(const RequestContext& context);
http::Response get_file(const RequestContext& context);

http::Response begin_upload(const RequestContext& context);
http::Response get_upload(const RequestContext& context);
http::Response append_upload(const RequestContext& context);
http::Response remove_upload(const RequestContext& context);

http::Response list_audit(const RequestContext& context);

}  // namespace simpul::web::api
