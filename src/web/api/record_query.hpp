// What a query asks of the list of records: the same for the list and for its files.
#pragma once

#include "storage/records.hpp"
#include "web/route.hpp"

namespace simpul::web::api {

// region, sector, group, commodity, state, q. Error Invalid: a state that is none.
storage::RecordFilter record_filter_of(const http::Request& request);
// sort: changed, title, region, each with "-" before it for the other way. Error Invalid for another word.
storage::RecordOrder record_order_of(const http::Request& request);

}  // namespace simpul::web::api
