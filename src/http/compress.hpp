// Compression of whole answers, on the way into a cache. Brotli for those who take it, gzip for the rest.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace simpul::http {

// Whether compression pays for such a type: text, JSON, SVG, vector tiles; not pictures, fonts, zip files.
bool compressible(std::string_view content_type);

// How much is done for a smaller answer. Little: vector tiles, which are made by the thousand and seldom
// asked for again.
enum class Effort : std::uint8_t { Usual, Little };
Effort effort_for(std::string_view content_type);

// The bytes in `encoding`. Error Internal when the library fails (memory).
std::string compress(std::string_view bytes, Encoding encoding, Effort effort = Effort::Usual);

// A file by brotli, piece by piece, into a temporary file of `folder`.
std::shared_ptr<const OpenFile> compress(const OpenFile& file, const std::filesystem::path& folder);

}  // namespace simpul::http
