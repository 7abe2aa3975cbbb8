// The routes of no face: whether the server lives and is ready, and what it counts.
#pragma once

#include <span>

#include "web/route.hpp"

namespace simpul::web {

// /healthz, /readyz, /metrics
std::span<const Route> status_routes();

}  // namespace simpul::web
