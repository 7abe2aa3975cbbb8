// Photos and documents made for a test, sound ones and hostile ones. Used by the tests of foreign and
// service.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace simpul::test {

void write_file(const std::filesystem::path& file, std::string_view bytes);
std::string read_file(const std::filesystem::path& file);

// A picture of coloured stripes as `form` ("jpg", "png", "webp", "heic"), made by vips.
std::string picture(int width, int height, std::string_view form);

// The JPEG with what a camera writes into it: where it stood (degrees), how it was held (1 to 8), the owner's
// name, and the same in XMP.
std::string with_exif(const std::string& jpeg, double longitude, double latitude, int orientation = 1);

// A PNG that says it has so many pixels, in few bytes.
std::string pixel_flood(int width, int height);

// A PDF of one page; `catalog`: further entries of its catalog ("/OpenAction << ... >>"), `objects`: further
// objects
// ("5 0 obj\n...\nendobj\n").
std::string pdf(std::string_view catalog = "", std::string_view objects = "");
// Through qpdf: with a password; with its objects in compressed streams, where a search for words finds
// nothing.
std::string encrypted(const std::string& pdf);
std::string packed(const std::string& pdf);

// A ZIP archive with one file in it.
std::string zip();

}  // namespace simpul::test
