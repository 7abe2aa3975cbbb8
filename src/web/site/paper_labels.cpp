#include "web/site/paper_labels.hpp"

#include <algorithm>

namespace simpul::web::site {
namespace {

// The width of a letter in the typeface as a part of its size. Few classes are enough for room on a map.
double letter_width(unsigned char c) {
  constexpr std::string_view kThin = "iljI.,:;'|!()[]ft/ ", kWide = "mwMW@%…—";
  if (c >= 0x80) return 0.64;
  if (kThin.find(static_cast<char>(c)) != kThin.npos) return 0.36;
  if (kWide.find(static_cast<char>(c)) != kWide.npos) return 0.92;
  if (c >= 'A' && c <= 'Z') return 0.72;
  if (c >= '0' && c <= '9') return 0.63;
  return 0.6;
}

bool begins_letter(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
}

Rect on_side(geo::Point at, double width, double height, double away, Side side) {
  // A corner is nearer to the point than an edge.
  const double near = away * 0.7;
  const double left = at.x - away - width, right = at.x + away, above = at.y - away - height,
               below = at.y + away;
  switch (side) {
    case Side::Below:
      return {at.x - width / 2, below, width, height};
    case Side::Above:
      return {at.x - width / 2, above, width, height};
    case Side::Right:
      return {right, at.y - height / 2, width, height};
    case Side::Left:
      return {left, at.y - height / 2, width, height};
    case Side::BelowRight:
      return {at.x + near, at.y + near, width, height};
    case Side::BelowLeft:
      return {at.x - near - width, at.y + near, width, height};
    case Side::AboveRight:
      return {at.x + near, at.y - near - height, width, height};
    case Side::AboveLeft:
      return {at.x - near - width, at.y - near - height, width, height};
    case Side::Middle:
      break;
  }
  return Rect::around(at, width, height);
}

}  // namespace

double Rect::shared(const Rect& other) const {
  const double w = std::min(right(), other.right()) - std::max(x, other.x);
  const double h = std::min(bottom(), other.bottom()) - std::max(y, other.y);
  return w > 0 && h > 0 ? w * h : 0;
}

bool Rect::holds(const Rect& other) const {
  return other.x >= x && other.y >= y && other.right() <= right() && other.bottom() <= bottom();
}

double text_width(std::string_view utf8, double size, bool bold) {
  double width = 0;
  for (const char c : utf8)
    if (begins_letter(c)) width += letter_width(static_cast<unsigned char>(c));
  return width * size * (bold ? 1.04 : 1.0);
}

std::vector<std::string> wrapped(std::string_view text, double width, double size, std::size_t most,
                                 bool bold) {
  const auto fits = [&](std::string_view line) { return text_width(line, size, bold) <= width; };
  // As much of the beginning as fits, whole letters.
  const auto cut = [&](std::string_view line) {
    std::size_t end = line.size();
    while (end > 1 && !(fits(line.substr(0, end)) && (end == line.size() || begins_letter(line[end])))) --end;
    return end;
  };
  std::vector<std::string> lines;
  while (!text.empty() && lines.size() < most) {
    std::size_t end = 0, next = 0;  // of the words that fit, and where the rest begins
    for (std::size_t at = 0; at < text.size();) {
      const auto blank = std::min(text.find(' ', at), text.size());
      if (!fits(text.substr(0, blank))) break;
      end = blank;
      at = next = std::min(blank + 1, text.size());
    }
    if (end == 0) end = next = cut(text);
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(next);
  }
  if (!text.empty() && !lines.empty()) {
    auto& last = lines.back();
    while (!last.empty() && !fits(last + "…")) {
      do last.pop_back();
      while (!last.empty() && !begins_letter(last.back()) && last.size() > 1);
    }
    // What is left of a letter that was taken apart.
    while (!last.empty() && static_cast<unsigned char>(last.back()) >= 0xC0) last.pop_back();
    last += "…";
  }
  return lines;
}

double LabelRoom::covered(const Rect& rect) const {
  double sum = 0;
  for (const auto& taken : taken_) sum += taken.shared(rect);
  return sum;
}

bool LabelRoom::is_free(const Rect& rect) const {
  return frame_.holds(rect) &&
         std::ranges::none_of(taken_, [&](const Rect& taken) { return taken.shared(rect) > 0; });
}

std::optional<LabelPlace> LabelRoom::place(geo::Point at, double width, double height, double away,
                                           std::span<const Side> sides) {
  for (const auto side : sides) {
    const auto rect = on_side(at, width, height, away, side);
    if (!is_free(rect)) continue;
    take(rect);
    return LabelPlace{rect, side};
  }
  return std::nullopt;
}

LabelPlace LabelRoom::place_anyway(geo::Point at, double width, double height, double away,
                                   std::span<const Side> sides) {
  if (const auto free = place(at, width, height, away, sides)) return *free;
  LabelPlace best;
  double least = -1;
  for (const auto side : sides) {
    auto rect = on_side(at, width, height, away, side);
    rect.x = std::clamp(rect.x, frame_.x, std::max(frame_.x, frame_.right() - width));
    rect.y = std::clamp(rect.y, frame_.y, std::max(frame_.y, frame_.bottom() - height));
    const double cost = covered(rect);
    if (least < 0 || cost < least) {
      least = cost;
      best = {rect, side};
    }
  }
  take(best.rect);
  return best;
}

}  // namespace simpul::web::site
