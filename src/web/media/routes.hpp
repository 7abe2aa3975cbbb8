// Published photos and documents: /media/{hash}/{variant}. Only what the snapshot names; what was archived is
// gone at once.
#pragma once

#include <span>

#include "web/route.hpp"

namespace simpul::web::media {

std::span<const Route> routes();

}  // namespace simpul::web::media
