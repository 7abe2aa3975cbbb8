// What all files of a filter have in common: they are refused when a value of the filter does not exist, and
// their name tells filter and date. Used by the downloads of this folder.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/filter.hpp"
#include "web/site/site.hpp"

namespace simpul::web::site {

// The filter of the query, or the answer 400 that names the value: a file that silently held something else
// would mislead.
struct AskedFile {
  domain::Filter filter;
  std::optional<http::Response> refusal;
};
AskedFile asked_file(const RequestContext& context);

// The answer that is saved as "<name>-<filter>-<date>.<extension>".
http::Response file_answer(const RequestContext& context, std::string_view name, const domain::Filter& filter,
                           std::string_view extension, std::string_view type, std::string bytes);

}  // namespace simpul::web::site
