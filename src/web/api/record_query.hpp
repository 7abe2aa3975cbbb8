// What a query asks of the list of records: the same for the list, its counts and its files.
#pragma once

#include <boost/json.hpp>

#include "service/potentials.hpp"
#include "storage/records.hpp"
#include "web/route.hpp"

namespace simpul::web::api {

// region, sector, group, commodity, state, q, confirm, assignee, tag. Error Invalid: a value that is none.
storage::RecordFilter record_filter_of(const http::Request& request);
// sort: changed, title, region, each with "-" before it for the other way. Error Invalid for another word.
storage::RecordOrder record_order_of(const http::Request& request);
// task. Error Invalid for another word.
service::Potentials::Task task_of(const http::Request& request);

boost::json::value text_or_null(const std::string& text);  // null: empty
boost::json::value number_or_null(std::int64_t number);    // null: 0

}  // namespace simpul::web::api
