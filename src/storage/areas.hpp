// The finer areas of the map in the database: one set, replaced whole by an import. Used by import and by the
// refresher.
#pragma once

#include <functional>

#include "domain/area.hpp"
#include "storage/store.hpp"

namespace simpul::storage {

// Without areas: an empty one.
domain::AreaSource read_area_source(db::Connection& connection);
// In the order of the import; without their geometry, which the map does not need beside the shapes.
void each_area(db::Connection& connection, const std::function<void(domain::Area&&)>& take);

// Replaces the stored set; an empty one takes it away. False, and nothing is written: the stored set is the
// same already.
bool replace_areas(WriteTransaction& transaction, const domain::AreaSet& set);

}  // namespace simpul::storage
