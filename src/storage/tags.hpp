// Tags stand in one column, as ",a,b,"; and how such a text is taken apart. Inside storage only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace simpul::storage {

// Nothing for no tag.
std::string tags_text(const std::vector<std::string>& tags);
std::vector<std::string> tags_of(std::string_view column);

// What stands between the separators; empty pieces are left out.
std::vector<std::string> pieces_of(std::string_view text, char separator);

}  // namespace simpul::storage
