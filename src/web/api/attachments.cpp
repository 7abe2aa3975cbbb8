#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "web/api/api.hpp"
#include "web/api/handlers.hpp"
#include "web/api/json_reader.hpp"
#include "web/api/record_json.hpp"
#include "web/file_answer.hpp"

namespace simpul::web::api {

http::Response attach_file(const RequestContext& context) {
  const auto id = id_of(context.captured);
  const auto version = wanted_version(context.request);
  const auto body = parse_body(context.request.body);
  std::vector<FieldError> faults;
  JsonReader reader(body, faults);
  const auto upload = reader.text("upload", 60, true);
  const auto kind = reader.text("kind", 20, true);
  if (!kind.empty() && kind != domain::kPhoto && kind != domain::kDocument)
    reader.fault("kind", "\"{value}\" does not exist", {{"value", kind}});
  reader.done();
  refuse(std::move(faults));
  return record_answer(
      context, 200, context.services->attachments.attach(context.visitor->actor, id, version, upload, kind));
}

http::Response get_file(const RequestContext& context) {
  const auto id = id_of(context.captures[0]);
  const auto content = context.services->attachments.content(context.visitor->actor, id, context.captures[1],
                                                             context.captures[2]);
  return file_answer(content.path, content.media_type, content.name);
}

}  // namespace simpul::web::api
