// A query string from its bytes to the key of the page cache.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "http/target.hpp"
#include "web/canonical.hpp"

namespace {

simpul::http::Response nothing(const simpul::web::RequestContext&) {
  return {};
}
constexpr simpul::web::Route kList{.method = "GET",
                                   .path = "/{lang}/potensi",
                                   .handler = nothing,
                                   .operation = "list",
                                   .parameters = "sort,page",
                                   .filtered = true};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto query = simpul::http::parse_query({reinterpret_cast<const char*>(data), size});
  if (!query) return 0;
  simpul::http::Request request;
  request.query = *query;
  const auto canonical = simpul::web::canonical_query(kList, request);
  if (!canonical) return 0;
  // The canonical form is readable and its own canonical form.
  const auto again = simpul::http::parse_query(*canonical);
  if (!again) std::abort();
  request.query = *again;
  if (simpul::web::canonical_query(kList, request) != canonical) std::abort();
  return 0;
}
