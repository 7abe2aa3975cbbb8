// The routes of the REST interface: the same as openapi/rest.yaml, which a test compares both ways.
#pragma once

#include <span>

#include "web/api/api.hpp"
#include "web/route.hpp"

namespace simpul::web::api {

std::span<const Route> routes();

}  // namespace simpul::web::api
