// What a file is, told by its bytes alone: never by its name or by what its sender says. Used by service
// before anything else is done with a file that somebody sent.
#pragma once

#include <cstdint>
#include <string_view>

namespace simpul::foreign {

enum class FileType : std::uint8_t { Unknown, Empty, Jpeg, Png, Webp, Heic, Pdf, Zip, Gif, Svg, Html };

// How many bytes of the beginning and of the end file_type() and pretends() look at.
inline constexpr std::size_t kTypeBytes = std::size_t{64} << 10;

// `head`: the first kTypeBytes (or all) of it.
FileType file_type(std::string_view head);

// "image/webp"; "application/octet-stream" for what we do not keep.
std::string_view media_type(FileType type);

// Whether a file of one of the types above is at the same time something else that some program would run or
// open: a ZIP archive behind it, a PDF or a page inside its beginning, a JPEG or GIF whose header is a
// comment of a script. `tail`: the last kTypeBytes (or all) of it.
bool pretends(FileType type, std::string_view head, std::string_view tail);

}  // namespace simpul::foreign
