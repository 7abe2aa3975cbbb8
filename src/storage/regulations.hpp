// Regulations in the database; see regions.hpp for the calls.
#pragma once

#include <string>
#include <vector>

#include "domain/register.hpp"
#include "storage/store.hpp"

namespace simpul::storage {

std::vector<domain::Regulation> read_regulations(db::Connection& connection);
std::string key_of(const domain::Regulation& regulation);
std::string content_of(const domain::Regulation& regulation);
void put(WriteTransaction& transaction, const domain::Regulation& regulation);

}  // namespace simpul::storage
