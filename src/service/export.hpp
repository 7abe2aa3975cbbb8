// The register's potentials as the CSV file that import reads: an office can take its data elsewhere, and
// back.
#pragma once

#include <string>

#include "storage/store.hpp"

namespace simpul::service {

// Published potentials, by slug, with the columns of an import. Only for the keeper of the register: the
// representative points of potentials known to the regency only stand in it, marked as such.
std::string potentials_csv(storage::Store& store);

}  // namespace simpul::service
