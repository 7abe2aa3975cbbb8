// How the words of a RecordFilter stand in the parameters of statements. Inside storage only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace simpul::storage {

// ",a,b,": nothing asked for gives "". Codes that cannot exist are left out; none left: a list that nothing
// is in.
std::string listed(const std::vector<std::string>& codes);
// A LIKE pattern (ESCAPE '\') that finds the words anywhere; "" finds all.
std::string contains(std::string_view words);

// Tags stand in a column as ",a,b,"; they hold neither comma nor wildcard.
std::string tags_text(const std::vector<std::string>& tags);
std::vector<std::string> tags_of(std::string_view column);
std::string tag_pattern(std::string_view tag);  // a LIKE pattern; "" for no tag

}  // namespace simpul::storage
