#include <array>
#include <filesystem>

#include "base/error.hpp"
#include "domain/attachment.hpp"
#include "web/canonical.hpp"
#include "web/file_answer.hpp"
#include "web/media/routes.hpp"

namespace simpul::web::media {
namespace {

// Under which name a document is saved: what the officer called it.
std::string name_of(const catalog::Snapshot& snapshot, std::string_view hash) {
  if (const auto ordinal = snapshot.potential_of_file(hash))
    for (const auto& attachment : snapshot.potential(*ordinal).attachments)
      if (attachment.file == hash) return attachment.name;
  return "document";
}

http::Response file(const RequestContext& context) {
  const auto hash = context.captures[0], variant = context.captures[1];
  const auto* file = domain::find_file(context.snapshot->files(), hash);
  const auto type = file != nullptr ? domain::variant_type(*file, variant) : std::string_view();
  if (type.empty()) throw Error(ErrorKind::NotFound, "There is no such page");
  const auto etag = '"' + file->hash.substr(0, 20) + '-' + std::string(variant) + '"';
  http::Response response;
  if (names_etag(context.request.header("if-none-match"), etag)) {
    response.status = 304;
  } else {
    response =
        file_answer(std::filesystem::path(context.files_folder) / domain::folder_of(file->hash) / variant,
                    std::string(type),
                    file->kind == domain::kDocument ? name_of(*context.snapshot, hash) : std::string());
  }
  response.set("ETag", etag);
  return response;
}

constexpr std::array kRoutes{Route{.method = "GET",
                                   .path = "/media/{hash}/{variant}",
                                   .handler = file,
                                   .operation = "media.file",
                                   .work = Work::Pool,
                                   .cache = Cache::Asset}};

}  // namespace

std::span<const Route> routes() {
  return kRoutes;
}

}  // namespace simpul::web::media
