// Needs per person in the database; see regions.hpp for the calls.
#pragma once

#include <string>
#include <vector>

#include "domain/register.hpp"
#include "storage/store.hpp"

namespace simpul::storage {

std::vector<domain::Need> read_needs(db::Connection& connection);
// Two publishers may give two figures for the same need: the key holds a short hash of the source.
std::string key_of(const domain::Need& need);
std::string content_of(const domain::Need& need);
void put(WriteTransaction& transaction, const domain::Need& need);

}  // namespace simpul::storage
