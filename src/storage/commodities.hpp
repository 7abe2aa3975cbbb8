// Commodities in the database; see regions.hpp for the calls.
#pragma once

#include <string>
#include <vector>

#include "domain/register.hpp"
#include "storage/store.hpp"

namespace simpul::storage {

std::vector<domain::Commodity> read_commodities(db::Connection& connection);
std::string key_of(const domain::Commodity& commodity);
std::string content_of(const domain::Commodity& commodity);
void put(WriteTransaction& transaction, const domain::Commodity& commodity);

}  // namespace simpul::storage
