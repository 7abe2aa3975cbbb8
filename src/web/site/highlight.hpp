// Marks the words that somebody searched for.
#pragma once

#include <string_view>
#include <vector>

#include "html/page.hpp"
#include "i18n/fold.hpp"

namespace simpul::web::site {

// `text` escaped, with <mark> around each word that begins with one of `wanted`.
html::Fragment highlight(std::string_view text, const std::vector<i18n::Word>& wanted);

}  // namespace simpul::web::site
