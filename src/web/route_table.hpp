// Finds the route of a path: by segments, literal ones before captures, no regular expression. Used by
// dispatch.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "web/route.hpp"

namespace simpul::web {

class RouteTable {
 public:
  struct Row {
    const Route* route = nullptr;
    const Face* face = nullptr;
    std::size_t number = 0;     // 0 ... size()-1, as given
    bool has_language = false;  // the first segment is {lang}
  };
  // Captures are kept as places, so that they hold for a copy of the path too.
  struct Capture {
    std::size_t at = 0;
    std::size_t size = 0;
    std::string_view in(std::string_view path) const { return path.substr(at, size); }
  };
  struct Match {
    const Row* row = nullptr;  // null: nothing there for this method
    Capture captures[4] = {};
    std::size_t captured = 0;
    std::string allow;  // "GET, HEAD": the methods of the path when only the method did not fit; else empty
  };

  // `faces` outlive the table. Error Internal: two rows that are the same, a pattern with more than four
  // captures.
  explicit RouteTable(std::span<const Face> faces);

  // HEAD finds GET.
  Match find(std::string_view method, std::string_view path) const;
  std::span<const Row> rows() const { return rows_; }

 private:
  struct Segment {
    std::string_view before;  // literal text, or what stands before the capture
    std::string_view after;   // what stands behind the capture
    bool capture = false;
    bool rest = false;  // "{file...}"
  };
  struct Pattern {
    std::vector<Segment> segments;
    Row row;
  };
  static Pattern pattern_of(const Face& face, const Route& route, std::size_t number);
  static bool fits(const Pattern& pattern, std::string_view path, std::size_t segments, Match& match);

  std::vector<Pattern> patterns_;  // most literal first
  std::vector<Row> rows_;
};

}  // namespace simpul::web
