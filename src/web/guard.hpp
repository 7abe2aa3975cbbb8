// The door of the routes that are not public: who asks, whether the change comes from our own pages, and
// whether something has to be done first. Used by dispatch before any such handler runs.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "service/sessions.hpp"
#include "web/route.hpp"

namespace simpul::web {

// Where the request came from, for a new session.
service::Where where_of(const http::Request& request);

// The cookie of a session: "__Host-simpul" over https, "simpul" over plain http (from this machine).
std::string session_cookie(const http::Request& request, std::string_view token);
// The same, to forget it.
std::string no_session_cookie(const http::Request& request);

// Lets the request of a route that is not public pass, with its visitor. Errors: Unauthenticated: nobody is
// signed in; Forbidden: the change comes from another site, its token is missing or wrong, or a password or
// second factor has to be set first; Invalid: a body of another kind than
// the route takes.
service::Visitor admit(const RequestContext& context, const Route& route);

// What also public routes that change something keep to: a body that a form of another site cannot send, and
// no other site as its origin.
void check_body_and_origin(const RequestContext& context, const Route& route);

}  // namespace simpul::web
