// The routes of no face: whether the server lives and is ready, what it counts, and the way from "/" to a
// language.
#pragma once

#include <span>

#include "web/route.hpp"

namespace simpul::web {

// /healthz, /readyz, /metrics
std::span<const Route> status_routes();

}  // namespace simpul::web
