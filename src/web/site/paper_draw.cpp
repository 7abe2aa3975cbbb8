#include "web/site/paper_draw.hpp"

#include <fmt/format.h>

#include <cstdint>

#include "html/page.hpp"
#include "web/site/charts.hpp"

namespace simpul::web::site {
namespace {

// Bytes of the character that begins at `at` when it is one that XML can hold; else 0.
std::size_t character(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(at);
  if (lead < 0x80) return lead >= 0x20 && lead != 0x7F ? 1 : 0;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (length == 0 || lead > 0xF4 || at + length > text.size()) return 0;
  std::uint32_t code = lead & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return 0;
    code = code << 6 | (byte(at + i) & 0x3Fu);
  }
  constexpr std::uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  return code < kLeast[length] || code > 0x10FFFF || surrogate || (code & 0xFFFE) == 0xFFFE ? 0 : length;
}

}  // namespace

std::string xml_text(std::string_view text) {
  std::string sound;
  for (std::size_t at = 0; at < text.size();) {
    const auto length = character(text, at);
    if (length == 0 && (text[at] == '\n' || text[at] == '\t')) sound += ' ';
    sound += text.substr(at, length);
    at += length == 0 ? 1 : length;
  }
  return html::escape(sound);
}

std::string text_at(geo::Point at, std::string_view text, const TextLook& look) {
  return fmt::format("<text x=\"{}\" y=\"{}\" font-size=\"{}\"{}{} fill=\"{}\"{}>{}</text>", svg_number(at.x),
                     svg_number(at.y), svg_number(look.size),
                     look.weight == 400 ? "" : fmt::format(" font-weight=\"{}\"", look.weight),
                     look.anchor == "start" ? "" : fmt::format(" text-anchor=\"{}\"", look.anchor),
                     look.colour,
                     look.halo ? " stroke=\"#ffffff\" stroke-width=\".7\" stroke-linejoin=\"round\" "
                                 "paint-order=\"stroke\""
                               : "",
                     xml_text(text));
}

std::string line_from(geo::Point a, geo::Point b, std::string_view stroke, double width,
                      std::string_view more) {
  return fmt::format("<path d=\"M{} {}L{} {}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"{}{}/>",
                     svg_number(a.x), svg_number(a.y), svg_number(b.x), svg_number(b.y), stroke,
                     svg_number(width), more.empty() ? "" : " ", more);
}

std::string circle_at(geo::Point middle, double radius, std::string_view fill, std::string_view stroke,
                      double width) {
  return fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{}\" stroke=\"{}\" stroke-width=\"{}\"/>",
                     svg_number(middle.x), svg_number(middle.y), svg_number(radius), fill, stroke,
                     svg_number(width));
}

std::string rect_at(double x, double y, double width, double height, std::string_view fill,
                    std::string_view stroke, double stroke_width) {
  return fmt::format(
      "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\"{}/>", svg_number(x), svg_number(y),
      svg_number(width), svg_number(height), fill,
      stroke.empty() ? ""
                     : fmt::format(" stroke=\"{}\" stroke-width=\"{}\"", stroke, svg_number(stroke_width)));
}

}  // namespace simpul::web::site
