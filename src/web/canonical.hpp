// The part of a request that an answer may depend on, in one form: equal meaning, equal text. Used by
// dispatch for the keys of the page cache.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "http/message.hpp"
#include "web/route.hpp"

namespace simpul::web {

// "group=laut&q=ikan&page=2": the filter, when the route has one, then the route's own parameters in the
// order of its declaration; everything else is left out, the first of a repeated parameter counts. nullopt:
// the query holds something that only the handler can tell the visitor about (an unreadable bbox, on a
// filtered page a name nobody knows), so the answer is made for this request alone.
std::optional<std::string> canonical_query(const Route& route, const http::Request& request);

// Cookies theme and lowdata, header Save-Data.
View view_of(const http::Request& request);

// Whether an If-None-Match header names this ETag; weak and strong compare alike, as RFC 9110 asks.
bool names_etag(std::string_view if_none_match, std::string_view etag);

}  // namespace simpul::web
