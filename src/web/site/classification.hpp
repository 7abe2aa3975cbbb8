// The classification that travels inside the program (reference/sectors), for what a snapshot does not hold:
// names of categories, letters of the business classifications, what a business field covers.
#pragma once

#include <string>
#include <string_view>

#include "domain/sectors.hpp"
#include "i18n/translator.hpp"

namespace simpul::web::site {

const domain::Classification& classification();
std::string category_name(const i18n::Language& language,
                          std::string_view category);  // unknown: the word itself
// What a business field covers, in a sentence or two. Empty: not described.
domain::LocalText sector_description(std::string_view code);

}  // namespace simpul::web::site
