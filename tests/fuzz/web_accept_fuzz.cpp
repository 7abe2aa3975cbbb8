// The headers that choose: Accept-Encoding, Accept-Language, Cookie, If-None-Match, X-Forwarded-For.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "http/forwarded.hpp"
#include "http/message.hpp"
#include "i18n/translator.hpp"
#include "web/canonical.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  simpul::http::best_encoding(text, true, true);
  simpul::i18n::best_language(text);
  simpul::web::names_etag(text, "\"0123-b\"");
  simpul::http::Request request;
  request.headers = {{"cookie", text}, {"save-data", text}, {"x-forwarded-for", text}};
  simpul::web::view_of(request);
  simpul::http::know_client(request, "127.0.0.1", {"127.0.0.1"});
  return 0;
}
