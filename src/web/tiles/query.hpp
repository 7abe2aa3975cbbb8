// What the handlers of this face read from a query, strictly: a tile with a fault in its address is refused,
// because nobody would see a notice on it.
#pragma once

#include "domain/filter.hpp"
#include "i18n/translator.hpp"
#include "web/route.hpp"

namespace simpul::web::tiles {

// Error Invalid: a filter value that does not exist, or that cannot be read.
domain::Filter strict_filter(const RequestContext& context);

// Of lang=; Indonesian without it. Error Invalid: not one of ours.
const i18n::Language& language_of(const RequestContext& context);

http::Response tile_json(const RequestContext& context);
http::Response style(const RequestContext& context);

}  // namespace simpul::web::tiles
