// Is it UTF-8, and if not, make it so. Used before a text file goes to a program that passes bytes through.
#pragma once

#include <string>
#include <string_view>

namespace simpul::foreign {

// Strict: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view bytes);

// Windows-1252 (a superset of Latin-1, what spreadsheets save as "ANSI") as UTF-8; the five bytes it leaves
// open become U+FFFD.
std::string utf8_from_windows_1252(std::string_view bytes);

}  // namespace simpul::foreign
