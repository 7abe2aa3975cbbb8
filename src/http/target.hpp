// The address a client asked for, decoded once and refused rather than repaired. Used by the server, the fuzz
// targets and whoever reads text from outside.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace simpul::http {

// Fills target, path and query of `request`. False: not in origin form ("/path?query"), a bad percent escape,
// an escaped slash or backslash, a control character, an empty, "." or ".." segment, or not UTF-8. The last
// segment may be empty
// ("/id/").
bool parse_target(std::string_view target, Request& request);

// nullopt: bad escape, NUL, or the result is not UTF-8.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space);

bool valid_utf8(std::string_view text);

}  // namespace simpul::http
