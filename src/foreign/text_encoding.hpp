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

// UTF-16 piece by piece as UTF-8; a byte order mark is left out, half a pair becomes U+FFFD.
class Utf16Decoder {
 public:
  explicit Utf16Decoder(bool big_endian) : big_endian_(big_endian) {}
  std::string decode(std::string_view bytes);

 private:
  const bool big_endian_;
  int half_ = -1;      // the first byte of a unit whose second is in the next piece
  unsigned lead_ = 0;  // the first unit of a pair
  bool begun_ = false;
};

}  // namespace simpul::foreign
