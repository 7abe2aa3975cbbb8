// A record as the REST interface shows it. Used by the handlers of potentials and of attachments.
#pragma once

#include "service/potentials.hpp"
#include "web/route.hpp"

namespace simpul::web::api {

// With its version as ETag.
http::Response record_answer(const RequestContext& context, int status, const service::RecordView& view);

}  // namespace simpul::web::api
