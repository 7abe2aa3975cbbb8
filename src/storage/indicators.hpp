// Indicator values in the database; see regions.hpp for the calls.
#pragma once

#include <string>
#include <vector>

#include "domain/register.hpp"
#include "storage/store.hpp"

namespace simpul::storage {

std::vector<domain::IndicatorValue> read_indicators(db::Connection& connection);
// "74.01/grdp_current/A//2021": one value for each region, indicator, sector, commodity and year.
std::string key_of(const domain::IndicatorValue& value);
std::string content_of(const domain::IndicatorValue& value);
void put(WriteTransaction& transaction, const domain::IndicatorValue& value);

}  // namespace simpul::storage
