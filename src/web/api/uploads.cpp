#include <charconv>

#include "web/api/api.hpp"
#include "web/api/handlers.hpp"
#include "web/api/json_reader.hpp"

namespace simpul::web::api {
namespace {

http::Response answer(int status, const service::Upload& upload) {
  return json(
      status,
      boost::json::object{
          {"id", upload.id}, {"name", upload.name}, {"bytes", upload.bytes}, {"offset", upload.offset}});
}

std::int64_t offset_of(const http::Request& request) {
  const auto text = parameter(request, "offset", 20);
  std::int64_t offset = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), offset);
  if (error != std::errc() || end != text.data() + text.size() || offset < 0)
    throw Error(ErrorKind::Invalid, "The query parameter {name} is not right", {{"name", "offset"}});
  return offset;
}

}  // namespace

http::Response begin_upload(const RequestContext& context) {
  const auto body = parse_body(context.request.body);
  std::vector<FieldError> faults;
  JsonReader reader(body, faults);
  const auto name = reader.text("name", 200, true);
  const auto bytes = reader.integer("bytes");
  if (!bytes) reader.fault("bytes", "must not be empty");
  reader.done();
  refuse(std::move(faults));
  const auto upload = context.services->uploads.begin(context.visitor->actor, name, *bytes);
  auto response = answer(201, upload);
  response.set("Location", "/api/v1/uploads/" + upload.id);
  return response;
}

http::Response get_upload(const RequestContext& context) {
  return answer(200, context.services->uploads.get(context.visitor->actor, std::string(context.captured)));
}

http::Response append_upload(const RequestContext& context) {
  only_parameters(context.request, {"offset"});
  return answer(200, context.services->uploads.append(context.visitor->actor, std::string(context.captured),
                                                      offset_of(context.request), context.request.body));
}

http::Response remove_upload(const RequestContext& context) {
  context.services->uploads.remove(context.visitor->actor, std::string(context.captured));
  return no_content();
}

}  // namespace simpul::web::api
