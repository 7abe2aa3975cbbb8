// The published register as one value: what the refresher hands to the catalogue.
#pragma once

#include "db/connection.hpp"
#include "domain/register.hpp"
#include "domain/sectors.hpp"

namespace simpul::storage {

// Reads all that is published, in the order that domain::PublishedRegister says; call it inside Store::read,
// so that it is one state. Potentials whose source names only the regency come without a point: it must not
// leave the register.
domain::PublishedRegister read_published(db::Connection& connection,
                                         const domain::Classification& classification);

}  // namespace simpul::storage
