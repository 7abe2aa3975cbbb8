// Tags stand in one column, as ",a,b,". Inside storage only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace simpul::storage {

// Nothing for no tag.
std::string tags_text(const std::vector<std::string>& tags);
std::vector<std::string> tags_of(std::string_view column);

}  // namespace simpul::storage
