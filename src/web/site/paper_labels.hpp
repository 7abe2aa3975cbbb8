// Where names go on a printed map: what is drawn takes room, a name takes the first of its places that is
// free. All lengths in millimetres of the page, y downwards. Used by the printed map.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/geometry.hpp"

namespace simpul::web::site {

struct Rect {
  double x = 0, y = 0;  // upper left corner
  double width = 0, height = 0;
  double right() const { return x + width; }
  double bottom() const { return y + height; }
  geo::Point middle() const { return {x + width / 2, y + height / 2}; }
  // The area that both cover.
  double shared(const Rect& other) const;
  bool holds(const Rect& other) const;
  static Rect around(geo::Point middle, double width, double height) {
    return {middle.x - width / 2, middle.y - height / 2, width, height};
  }
};

// About how wide the site's typeface sets a text, rather too wide than too narrow.
double text_width(std::string_view utf8, double size, bool bold = false);

// Lines no wider than `width`, at most `most` of them; the last one ends with "…" when something is left out.
// A word that is too wide for a line is cut.
std::vector<std::string> wrapped(std::string_view text, double width, double size, std::size_t most,
                                 bool bold = false);

// Where a name stands towards its point.
enum class Side { Middle, Below, Above, Right, Left, BelowRight, BelowLeft, AboveRight, AboveLeft };
inline constexpr Side kAroundPoint[] = {Side::Below,      Side::Above,     Side::Right,      Side::Left,
                                        Side::BelowRight, Side::BelowLeft, Side::AboveRight, Side::AboveLeft};

struct LabelPlace {
  Rect rect;
  Side side = Side::Middle;
};

class LabelRoom {
 public:
  // Names stay inside `frame`.
  explicit LabelRoom(const Rect& frame) : frame_(frame) {}

  void take(const Rect& rect) { taken_.push_back(rect); }
  bool is_free(const Rect& rect) const;

  // Takes the first of the sides on which a box of the size is free, `away` from the point to its nearest
  // edge.
  std::optional<LabelPlace> place(geo::Point at, double width, double height, double away,
                                  std::span<const Side> sides);
  // The same for a name that must stand: where it covers least.
  LabelPlace place_anyway(geo::Point at, double width, double height, double away,
                          std::span<const Side> sides);

 private:
  double covered(const Rect& rect) const;

  Rect frame_;
  std::vector<Rect> taken_;
};

}  // namespace simpul::web::site
