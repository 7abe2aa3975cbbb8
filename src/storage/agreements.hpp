// Agreements in the database; see regions.hpp for the calls.
#pragma once

#include <string>
#include <vector>

#include "domain/register.hpp"
#include "storage/store.hpp"

namespace simpul::storage {

std::vector<domain::Agreement> read_agreements(db::Connection& connection);
std::string key_of(const domain::Agreement& agreement);
std::string content_of(const domain::Agreement& agreement);
// The id must be set: the sequence of the audit entry that created the record.
void put(WriteTransaction& transaction, const domain::Agreement& agreement);

}  // namespace simpul::storage
