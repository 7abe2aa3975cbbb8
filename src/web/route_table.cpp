#include "web/route_table.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace simpul::web {

namespace {

[[noreturn]] void refuse(const Route& route, const char* why) {
  throw Error(ErrorKind::Internal, "Something went wrong on our side", {}, {},
              "route " + std::string(route.operation) + ": " + why);
}

// Takes the next segment off a path that has lost its first '/'.
std::string_view next_segment(std::string_view& rest) {
  const auto slash = rest.find('/');
  const auto segment = rest.substr(0, slash);
  rest = slash == std::string_view::npos ? std::string_view{} : rest.substr(slash + 1);
  return segment;
}

}  // namespace

RouteTable::Pattern RouteTable::pattern_of(const Face& face, const Route& route, std::size_t number) {
  Pattern pattern{{}, {&route, &face, number, route.path.starts_with("/{lang}")}};
  if (!route.path.starts_with('/')) refuse(route, "its path does not start with '/'");
  auto rest = route.path.substr(1);
  const auto count = std::ranges::count(route.path, '/');
  std::size_t captures = 0;
  for (std::ptrdiff_t i = 0; i < count; ++i) {
    const auto text = next_segment(rest);
    const auto open = text.find('{');
    const auto close = text.find('}');
    if (open == std::string_view::npos) {
      pattern.segments.push_back({text, {}});
      continue;
    }
    if (close == std::string_view::npos || ++captures > 4)
      refuse(route, "more than four captures, or one without end");
    const auto name = text.substr(open + 1, close - open - 1);
    pattern.segments.push_back({text.substr(0, open), text.substr(close + 1), true, name.ends_with("...")});
  }
  return pattern;
}

RouteTable::RouteTable(std::span<const Face> faces) {
  for (const auto& face : faces) {
    for (const auto& route : face.routes) {
      patterns_.push_back(pattern_of(face, route, rows_.size()));
      rows_.push_back(patterns_.back().row);
    }
  }
  // Where two patterns differ first, the more literal one is tried first: a plain segment, then a capture
  // with text around it, then a bare capture, then "all that is left".
  const auto weight = [](const Segment& s) {
    return s.rest ? 3 : !s.capture ? 0 : s.before.empty() && s.after.empty() ? 2 : 1;
  };
  std::ranges::stable_sort(patterns_, [&](const Pattern& a, const Pattern& b) {
    return std::ranges::lexicographical_compare(a.segments, b.segments, {}, weight, weight);
  });
  for (const auto& a : rows_)
    for (const auto& b : rows_)
      if (&a != &b && a.route->path == b.route->path && a.route->method == b.route->method)
        refuse(*a.route, "there are two of it");
}

bool RouteTable::fits(const Pattern& pattern, std::string_view path, std::size_t segments, Match& match) {
  const bool rest_taken = pattern.segments.back().rest;
  if (rest_taken ? segments < pattern.segments.size() : segments != pattern.segments.size()) return false;
  auto rest = path.substr(1);
  std::size_t captured = 0;
  for (const auto& segment : pattern.segments) {
    const auto text = segment.rest ? rest : next_segment(rest);
    if (!segment.capture) {
      if (text != segment.before) return false;
      continue;
    }
    if (text.size() <= segment.before.size() + segment.after.size() || !text.starts_with(segment.before) ||
        !text.ends_with(segment.after))
      return false;
    match.captures[captured++] = {static_cast<std::size_t>(text.data() - path.data()) + segment.before.size(),
                                  text.size() - segment.before.size() - segment.after.size()};
  }
  match.captured = captured;
  return true;
}

RouteTable::Match RouteTable::find(std::string_view method, std::string_view path) const {
  Match match;
  const auto wanted = method == "HEAD" ? std::string_view("GET") : method;
  const auto segments = static_cast<std::size_t>(std::ranges::count(path, '/'));
  std::string allow;
  for (const auto& pattern : patterns_) {
    if (!fits(pattern, path, segments, match)) continue;
    if (pattern.row.route->method == wanted) {
      match.row = &pattern.row;
      return match;
    }
    if (allow.find(pattern.row.route->method) != std::string::npos) continue;
    if (!allow.empty()) allow += ", ";
    allow += pattern.row.route->method == "GET" ? "GET, HEAD" : pattern.row.route->method;
  }
  match.captured = 0;
  match.allow = std::move(allow);
  return match;
}

}  // namespace simpul::web
