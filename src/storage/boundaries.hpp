// Boundaries in the database: one set, replaced whole by an import. Used by import and by the reader of the
// published register.
#pragma once

#include <string>

#include "domain/boundary.hpp"
#include "storage/store.hpp"

namespace simpul::storage {

// Without boundaries: an empty set.
domain::BoundarySet read_boundaries(db::Connection& connection);

// Replaces the stored set. False, and nothing is written: the stored set is the same already.
bool replace_boundaries(WriteTransaction& transaction, const domain::BoundarySet& set);

}  // namespace simpul::storage
