#include "foreign/photo.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "foreign/child.hpp"

namespace simpul::foreign {
namespace {

namespace fs = std::filesystem;

constexpr int kMostRatio = 8;  // of the longer side to the shorter one; WebP ends at 16,383 pixels
constexpr const char* kBroken = msgid("The photo cannot be opened: the file is damaged or incomplete");

ChildResult run(std::string program, std::vector<std::string> arguments, const fs::path& input,
                const fs::path& folder, const std::function<bool()>& stop) {
  ChildCommand command;
  command.program = std::move(program);
  command.arguments = std::move(arguments);
  command.input = input;
  command.output_folder = folder;
  command.limits.time = std::chrono::seconds(60);
  command.limits.stdout_bytes = std::size_t{1} << 20;
  command.limits.file_bytes = std::size_t{200} << 20;
  command.stop = stop;
  auto result = run_child(command);
  if (result.end == ChildEnd::Stopped)
    throw Error(ErrorKind::Unavailable, msgid("The work on the photo was broken off"));
  if (!result.ok())
    throw Error(ErrorKind::Invalid, kBroken, {}, {},
                fmt::format("{}: exit {}, {}", command.program, result.exit_code, result.stderr_text));
  return result;
}

// The value of "name: value" in what vipsheader -a says. The first line counts: what people wrote into a
// photo comes later.
std::string_view field(std::string_view lines, std::string_view name) {
  for (std::size_t at = 0; at < lines.size();) {
    const auto end = std::min(lines.find('\n', at), lines.size());
    const auto line = lines.substr(at, end - at);
    if (line.starts_with(name) && line.substr(name.size()).starts_with(": "))
      return line.substr(name.size() + 2);
    at = end + 1;
  }
  return {};
}

int whole(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() ? value : 0;
}

// "4/1 3/1 2994/100 (4, 3, 29.94, Rational, ...)" as degrees.
std::optional<double> degrees(std::string_view text) {
  double value = 0, scale = 1;
  for (int part = 0; part < 3; ++part, scale /= 60) {
    const auto slash = text.find('/');
    const auto blank = std::min(text.find(' '), text.size());
    if (slash == text.npos || slash > blank) return std::nullopt;
    const int top = whole(text.substr(0, slash)), bottom = whole(text.substr(slash + 1, blank - slash - 1));
    if (bottom <= 0 || top < 0) return std::nullopt;
    value += scale * top / bottom;
    text.remove_prefix(std::min(blank + 1, text.size()));
  }
  return value;
}

std::optional<Position> position_in(std::string_view lines) {
  const auto latitude = degrees(field(lines, "exif-ifd3-GPSLatitude"));
  const auto longitude = degrees(field(lines, "exif-ifd3-GPSLongitude"));
  if (!latitude || !longitude || *latitude > 90 || *longitude > 180) return std::nullopt;
  if (*latitude == 0 && *longitude == 0) return std::nullopt;  // a camera that did not know
  const auto negative = [&](std::string_view name, char sign) {
    return field(lines, name).starts_with(sign);
  };
  return Position{negative("exif-ifd3-GPSLongitudeRef", 'W') ? -*longitude : *longitude,
                  negative("exif-ifd3-GPSLatitudeRef", 'S') ? -*latitude : *latitude};
}

struct Size {
  int width = 0;
  int height = 0;
};

Size size_in(std::string_view lines) {
  return {whole(field(lines, "width")), whole(field(lines, "height"))};
}

void check_size(const Size& size) {
  if (size.width <= 0 || size.height <= 0) throw Error(ErrorKind::Invalid, kBroken);
  if (static_cast<std::int64_t>(size.width) * size.height >= kMostPixels)
    throw Error(ErrorKind::Invalid,
                msgid("The photo has {width} x {height} pixels; it must have fewer than {most} million"),
                {{"width", std::to_string(size.width)},
                 {"height", std::to_string(size.height)},
                 {"most", std::to_string(kMostPixels / 1'000'000)}});
  const auto [least, most] = std::minmax(size.width, size.height);
  if (most / least >= kMostRatio)
    throw Error(ErrorKind::Invalid, msgid("The photo is too narrow: one side is {most} times the other"),
                {{"most", std::to_string(most / least)}});
}

}  // namespace

std::span<const int> photo_widths(int width) {
  std::size_t count = 1;
  while (count < std::size(kPhotoWidths) && kPhotoWidths[count - 1] < width) ++count;
  return {kPhotoWidths, count};
}

Photo make_photo(const fs::path& input, const fs::path& folder, const std::function<bool()>& stop) {
  Photo photo;
  const auto told = run("/usr/bin/vipsheader", {"-a", input.string()}, input, {}, stop).stdout_text;
  check_size(size_in(told));
  photo.position = position_in(told);

  // Once from the file, upright and in sRGB, into a form that has no room for metadata; the copies are made
  // of that.
  const auto base = folder / "base.ppm";
  run("/usr/bin/vips",
      {"thumbnail", input.string(), base.string() + "[background=255]",
       std::to_string(kPhotoWidths[std::size(kPhotoWidths) - 1]), "--height", "100000", "--size", "down",
       "--export-profile", "srgb", "--fail-on", "truncated"},
      input, folder, stop);
  const auto size = size_in(run("/usr/bin/vipsheader", {"-a", base.string()}, base, {}, stop).stdout_text);
  if (size.width <= 0 || size.height <= 0) throw Error(ErrorKind::Invalid, kBroken);
  photo.width = size.width;
  photo.height = size.height;
  for (const int wanted : photo_widths(size.width)) {
    const auto width = std::to_string(std::min(wanted, size.width));
    const auto name = (folder / std::to_string(wanted)).string();
    run("/usr/bin/cwebp",
        {"-quiet", "-q", "78", "-metadata", "none", "-resize", width, "0", base.string(), "-o",
         name + ".webp"},
        base, folder, stop);
    run("/usr/bin/vipsthumbnail",
        {base.string(), "--size", width + "x>", "-o", name + ".jpg[Q=80,strip,optimize_coding,interlace]"},
        base, folder, stop);
  }
  std::error_code ignored;
  fs::remove(base, ignored);
  return photo;
}

}  // namespace simpul::foreign
