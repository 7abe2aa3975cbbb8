// Pieces of SVG for what is drawn on paper: one user unit is a millimetre, y downwards. No style sheet and no
// class: a drawing looks the same in a browser, in a drawing program and as PDF. Used by the printed map.
#pragma once

#include <string>
#include <string_view>

#include "geo/geometry.hpp"

namespace simpul::web::site {

// The site's typeface under the name that the font file has, and what stands for it where it is missing.
inline constexpr std::string_view kPaperFonts = "Plus Jakarta Sans, Noto Sans, Arial, sans-serif";

struct TextLook {
  double size = 2.8;  // of the letters
  int weight = 400;   // 400 to 800
  std::string_view colour = "#000000";
  std::string_view anchor = "start";  // start middle end
  bool halo = false;                  // a white rim, for names on a map
};

// Text of people as XML text and attribute: escaped, without what XML cannot hold (controls, broken UTF-8).
std::string xml_text(std::string_view text);

// `at`: where the base line begins, has its middle or ends.
std::string text_at(geo::Point at, std::string_view text, const TextLook& look);

// `stroke` empty: none. `more`: further attributes, trusted.
std::string line_from(geo::Point a, geo::Point b, std::string_view stroke, double width,
                      std::string_view more = {});
std::string circle_at(geo::Point middle, double radius, std::string_view fill, std::string_view stroke,
                      double width);
std::string rect_at(double x, double y, double width, double height, std::string_view fill,
                    std::string_view stroke = {}, double stroke_width = 0);

}  // namespace simpul::web::site
