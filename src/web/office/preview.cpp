// /kantor/pratinjau/{id}/{language}: the saved draft as the public would see it.
#include "web/preview.hpp"

#include <charconv>

#include "base/error.hpp"
#include "i18n/translator.hpp"
#include "service/sessions.hpp"
#include "web/office/routes.hpp"
#include "web/services.hpp"

namespace simpul::web::office {
namespace {

http::Response preview(const RequestContext& context) {
  const auto number = context.captures[0];
  std::int64_t id = 0;
  const auto [end, fault] = std::from_chars(number.data(), number.data() + number.size(), id);
  const auto* language = i18n::find_language(context.captures[1]);
  if (fault != std::errc() || end != number.data() + number.size() || language == nullptr)
    throw Error(ErrorKind::NotFound, "There is no such page");
  const auto draft = context.services->potentials.preview(context.visitor->actor, id);
  RequestContext here = context;
  here.language = language;
  const auto text = std::to_string(id);
  auto response = context.services->preview_page(
      here, {draft.potential, draft.files, "/api/v1/potentials/" + text + "/files",
             "/kantor/pratinjau/" + text, "/kantor/potensi/" + text, draft.is_public});
  response.set("X-Robots-Tag", "noindex");
  response.set("Referrer-Policy", "same-origin");
  return response;
}

constexpr Route kRoutes[] = {
    {.method = "GET",
     .path = "/kantor/pratinjau/{id}/{language}",
     .handler = preview,
     .operation = "office.preview",
     .access = Access::Account,
     .work = Work::Pool,
     .cache = Cache::None},
};

}  // namespace

std::span<const Route> preview_routes() {
  return kRoutes;
}

}  // namespace simpul::web::office
