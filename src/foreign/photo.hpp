// Photos that people send: opened by vips in a limited child and written anew, so that nothing of the file
// itself is ever served. Used by service/attachments.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <span>

namespace simpul::foreign {

inline constexpr std::int64_t kMostPixels = 40'000'000;  // one of so many is refused already
// The widths of the copies; a photo that is narrower is not made wider.
inline constexpr int kPhotoWidths[] = {480, 960, 1920};
// Those that a photo whose largest copy is `width` wide has: all narrower ones, and one as wide as it is.
std::span<const int> photo_widths(int width);

struct Position {
  double longitude = 0;  // degrees, east positive
  double latitude = 0;   // degrees, north positive
};

struct Photo {
  int width = 0;  // of the largest copy, upright
  int height = 0;
  std::optional<Position> position;  // where the camera says that it stood
};

// Writes the copies of `input` into `folder`: 480.webp, 480.jpg, 960.webp, ... for each of photo_widths(),
// upright, in sRGB, without any metadata. `input` was seen to be JPEG, PNG, WebP or HEIC. `stop`: as in
// ChildCommand. Error Invalid: it cannot be read to its end, or is too large; Unavailable: broken off.
Photo make_photo(const std::filesystem::path& input, const std::filesystem::path& folder,
                 const std::function<bool()>& stop = {});

}  // namespace simpul::foreign
