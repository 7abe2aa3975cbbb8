#include "domain/filter.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "http/message.hpp"

namespace simpul::domain {

namespace {

constexpr std::size_t kMaxValues = 50;  // of one name
constexpr std::size_t kMaxWords = 200;  // bytes of q

std::string_view trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

// At most `size` bytes, never half a character.
std::string_view cut(std::string_view text, std::size_t size) {
  if (text.size() <= size) return text;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return text.substr(0, size);
}

template <typename Each>
void split(std::string_view text, Each each) {
  for (std::size_t begin = 0;;) {
    const auto comma = text.find(',', begin);
    each(trim(text.substr(begin, comma - begin)));
    if (comma == std::string_view::npos) return;
    begin = comma + 1;
  }
}

std::optional<geo::Box> parse_bbox(std::string_view text) {
  double numbers[4];
  std::size_t count = 0;
  bool readable = true;
  split(text, [&](std::string_view part) {
    if (count == 4) readable = false;
    if (!readable) return;
    const auto end = part.data() + part.size();
    const auto [stop, fault] = std::from_chars(part.data(), end, numbers[count]);
    readable = fault == std::errc() && stop == end && std::isfinite(numbers[count]);
    ++count;
  });
  if (!readable || count != 4) return std::nullopt;
  const auto [west, south, east, north] = numbers;
  if (west > east || south > north || west < -180 || east > 180 || south < -90 || north > 90)
    return std::nullopt;
  // -0 and 0 are the same place and must be the same text.
  return geo::Box{west + 0.0, south + 0.0, east + 0.0, north + 0.0};
}

void append_number(std::string& out, double value) {
  char text[32];
  out.append(text, std::to_chars(text, text + sizeof text, value).ptr);
}

}  // namespace

bool Filter::empty() const {
  return q.empty() && !bbox && std::ranges::all_of(values, [](const auto& list) { return list.empty(); });
}

FacetSet facet_set(std::initializer_list<std::string_view> names) {
  FacetSet set;
  for (const auto name : names) set.set(static_cast<std::size_t>(facet_index(name)));
  return set;
}

int facet_index(std::string_view name) {
  const auto found = std::ranges::find(kFacets, name);
  return found == std::end(kFacets) ? -1 : static_cast<int>(found - std::begin(kFacets));
}

Filter parse_filter(const std::vector<std::pair<std::string, std::string>>& query,
                    std::vector<FilterNotice>& notices) {
  Filter filter;
  for (const auto& [name, value] : query) {
    if (const int facet = facet_index(name); facet >= 0) {
      split(value, [&](std::string_view one) {
        if (!one.empty()) filter.values[facet].emplace_back(one);
      });
    } else if (name == "q") {
      if (filter.q.empty()) filter.q = trim(cut(trim(value), kMaxWords));
    } else if (name == "bbox" && !filter.bbox && !trim(value).empty()) {
      filter.bbox = parse_bbox(value);
      if (!filter.bbox) notices.push_back({name, value});
    }
  }
  for (int facet = 0; facet < kFacetCount; ++facet) {
    auto& list = filter.values[facet];
    std::ranges::sort(list);
    list.erase(std::unique(list.begin(), list.end()), list.end());
    if (list.size() > kMaxValues) {
      notices.push_back({std::string(kFacets[facet]), list[kMaxValues]});
      list.resize(kMaxValues);
    }
  }
  return filter;
}

std::string to_query(const Filter& filter) {
  std::string out;
  const auto begin = [&](std::string_view name) {
    if (!out.empty()) out += '&';
    out += name;
    out += '=';
  };
  for (int facet = 0; facet < kFacetCount; ++facet) {
    const auto& list = filter.values[facet];
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (i == 0) begin(kFacets[facet]);
      if (i > 0) out += ',';
      out += http::percent_encode(list[i]);
    }
  }
  if (!filter.q.empty()) {
    begin("q");
    out += http::percent_encode(filter.q);
  }
  if (filter.bbox) {
    begin("bbox");
    const double numbers[] = {filter.bbox->min_x, filter.bbox->min_y, filter.bbox->max_x, filter.bbox->max_y};
    for (int i = 0; i < 4; ++i) {
      if (i > 0) out += ',';
      append_number(out, numbers[i]);
    }
  }
  return out;
}

}  // namespace simpul::domain
