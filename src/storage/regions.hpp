// Regions in the database. Like every noun of this folder: all of them in no particular order, the key that
// names one, its content as the audit log keeps it, and putting one in or over the one of the same key.
#pragma once

#include <string>
#include <vector>

#include "domain/register.hpp"
#include "storage/store.hpp"

namespace simpul::storage {

std::vector<domain::Region> read_regions(db::Connection& connection);
std::string key_of(const domain::Region& region);
std::string content_of(const domain::Region& region);
void put(WriteTransaction& transaction, const domain::Region& region);

}  // namespace simpul::storage
