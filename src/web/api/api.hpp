// What the handlers of the REST interface share: JSON answers, problems (RFC 9457), versions as ETag, pages
// of lists.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/time.hpp"
#include "i18n/translator.hpp"
#include "web/route.hpp"
#include "web/services.hpp"

namespace simpul::web::api {

inline constexpr std::size_t kBody = 1 << 20;  // bytes of a JSON body

http::Response json(int status, const boost::json::value& value);
http::Response no_content();

// problem+json in the language of Accept-Language.
http::Response problem(const RequestContext& context, const Error& error);
const i18n::Language& language_of(const RequestContext& context);
boost::json::array errors_json(const std::vector<FieldError>& errors, const i18n::Language& language);

boost::json::value instant(const std::optional<Instant>& instant);  // or null
boost::json::value words(const std::vector<std::string>& words);

// "7" of the path as a number. Error NotFound: it is none.
std::int64_t id_of(std::string_view captured);
void set_version(http::Response& response, std::int64_t version);
// The version in If-Match. Error Invalid: missing or none of ours.
std::int64_t wanted_version(const http::Request& request);

// Query parameters, strictly: Error Invalid for a name that is not in `known`, or one that stands twice.
void only_parameters(const http::Request& request, std::initializer_list<std::string_view> known);
std::string parameter(const http::Request& request, std::string_view name, std::size_t most = 500);
// Parts of a text with commas between them. Lengths in bytes.
std::vector<std::string> parameter_list(const http::Request& request, std::string_view name,
                                        std::size_t most = 500);
int limit_of(const http::Request& request);  // 1 to 1000, 50 unless said

// Where the next page begins: an id and a text, in one word that clients hand back unread.
std::string cursor(std::int64_t id, std::string_view key);
struct Cursor {
  std::int64_t id = 0;
  std::string key;
};
Cursor cursor_of(const http::Request& request);  // of the query; id 0: the first page. Error Invalid.

}  // namespace simpul::web::api
