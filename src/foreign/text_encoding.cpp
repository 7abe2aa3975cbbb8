#include "foreign/text_encoding.hpp"

#include <array>
#include <cstdint>

namespace simpul::foreign {
namespace {

// 0x80 to 0x9F of Windows-1252; 0: not assigned.
constexpr std::array<std::uint16_t, 32> kUpperControls = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

void append(std::string& out, unsigned code) {
  if (code < 0x80) {
    out.push_back(static_cast<char>(code));
  } else if (code < 0x800) {
    out.push_back(static_cast<char>(0xC0 | code >> 6));
    out.push_back(static_cast<char>(0x80 | (code & 0x3F)));
  } else if (code >= 0x10000) {
    out.push_back(static_cast<char>(0xF0 | code >> 18));
    out.push_back(static_cast<char>(0x80 | (code >> 12 & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (code >> 6 & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (code & 0x3F)));
  } else {
    out.push_back(static_cast<char>(0xE0 | code >> 12));
    out.push_back(static_cast<char>(0x80 | (code >> 6 & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (code & 0x3F)));
  }
}

}  // namespace

bool is_utf8(std::string_view bytes) {
  std::size_t i = 0;
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(bytes[at]); };
  while (i < bytes.size()) {
    const unsigned lead = byte(i);
    std::size_t more = 0;
    unsigned code = 0;
    if (lead < 0x80) {
      ++i;
      continue;
    }
    if (lead >= 0xC2 && lead < 0xE0)
      more = 1, code = lead & 0x1F;
    else if (lead >= 0xE0 && lead < 0xF0)
      more = 2, code = lead & 0x0F;
    else if (lead >= 0xF0 && lead < 0xF5)
      more = 3, code = lead & 0x07;
    else
      return false;
    if (bytes.size() - i <= more) return false;
    for (std::size_t k = 1; k <= more; ++k) {
      if ((byte(i + k) & 0xC0) != 0x80) return false;
      code = code << 6 | (byte(i + k) & 0x3F);
    }
    if ((more == 2 && (code < 0x800 || (code >= 0xD800 && code < 0xE000))) ||
        (more == 3 && (code < 0x10000 || code > 0x10FFFF)))
      return false;
    i += more + 1;
  }
  return true;
}

std::string utf8_from_windows_1252(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const auto b = static_cast<unsigned char>(c);
    if (b < 0x80 || b >= 0xA0)
      append(out, b);
    else
      append(out, kUpperControls[b - 0x80U] != 0 ? kUpperControls[b - 0x80U] : 0xFFFD);
  }
  return out;
}

std::string Utf16Decoder::decode(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (half_ < 0) {
      half_ = byte;
      continue;
    }
    const auto first = static_cast<unsigned>(half_);
    half_ = -1;
    const unsigned unit = big_endian_ ? first << 8 | byte : static_cast<unsigned>(byte) << 8 | first;
    const bool is_lead = unit >= 0xD800 && unit < 0xDC00, is_trail = unit >= 0xDC00 && unit < 0xE000;
    if (lead_ != 0 && !is_trail) append(out, 0xFFFD);
    if (is_lead)
      lead_ = unit;
    else if (is_trail)
      append(out, lead_ != 0 ? 0x10000 + ((lead_ - 0xD800) << 10) + (unit - 0xDC00) : 0xFFFD);
    else if (unit != 0xFEFF || begun_)
      append(out, unit);
    if (!is_lead) lead_ = 0;
    begun_ = true;
  }
  return out;
}

}  // namespace simpul::foreign
