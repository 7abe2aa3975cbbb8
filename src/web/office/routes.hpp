// The back office as the browser gets it: one page for every address below /kantor/, which holds no data and
// so asks for no account. What it shows comes from /api/v1. Wired by main/serve_command.cpp.
#pragma once

#include <span>

#include "web/route.hpp"

namespace simpul::web::office {

// Needs loaded templates (site::load_site), no snapshot.
std::span<const Route> routes();

// The one page of the office that the server fills: needs a snapshot, and an account.
std::span<const Route> preview_routes();

}  // namespace simpul::web::office
