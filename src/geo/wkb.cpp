#include "geo/wkb.hpp"

#include <bit>
#include <cstdint>
#include <cstring>

#include "base/error.hpp"
#include "geo/check.hpp"

namespace simpul::geo {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers are copied as they lie in memory");

constexpr std::size_t kPointBytes = 16;
constexpr std::size_t kHeaderBytes = 5;  // byte order and kind
constexpr char kLittleEndian = 1;

[[noreturn]] void refuse(std::string detail) {
  throw Error(ErrorKind::Invalid, "The stored geometry cannot be read.", {}, {}, std::move(detail));
}

bool is_multi(GeometryKind kind) {
  return kind >= GeometryKind::MultiPoint;
}

GeometryKind member_kind(GeometryKind multi) {
  return static_cast<GeometryKind>(static_cast<std::uint8_t>(multi) - 3);
}

class Writer {
 public:
  void header(GeometryKind kind) {
    out_.push_back(kLittleEndian);
    put(static_cast<std::uint32_t>(kind));
  }
  void count(std::size_t n) { put(static_cast<std::uint32_t>(n)); }
  void points(const Path& path) {
    for (const auto p : path) {
      put(p.x);
      put(p.y);
    }
  }
  void part(GeometryKind kind, const Part& part) {
    header(kind);
    if (kind == GeometryKind::Polygon) {
      count(part.size());
      for (const auto& ring : part) {
        count(ring.size());
        points(ring);
      }
    } else {
      if (kind == GeometryKind::LineString) count(part.front().size());
      points(part.front());
    }
  }
  std::string take() { return std::move(out_); }

 private:
  template <typename T>
  void put(T value) {
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    out_.append(bytes, sizeof value);
  }
  std::string out_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  GeometryKind header() {
    if (rest_.empty() || rest_.front() != kLittleEndian) refuse("byte order is not little endian");
    rest_.remove_prefix(1);
    const auto kind = take<std::uint32_t>();
    if (kind < 1 || kind > 6) refuse("kind " + std::to_string(kind));
    return static_cast<GeometryKind>(kind);
  }

  // A count of things that take at least `bytes_each`: refused before memory is reserved for it.
  std::size_t count(std::size_t bytes_each) {
    const std::size_t n = take<std::uint32_t>();
    if (n > rest_.size() / bytes_each) refuse("count " + std::to_string(n));
    return n;
  }

  Path points(std::size_t n) {
    points_ += n;
    if (points_ > kMaxPoints) refuse_too_large();
    Path path(n);
    for (auto& p : path) {
      p.x = take<double>();
      p.y = take<double>();
    }
    return path;
  }

  Part part(GeometryKind kind) {
    Part part;
    if (kind == GeometryKind::Polygon) {
      const auto rings = count(sizeof(std::uint32_t));
      if (rings > kMaxRings) refuse_too_large();
      part.reserve(rings);
      for (std::size_t i = 0; i < rings; ++i) part.push_back(points(count(kPointBytes)));
    } else {
      part.push_back(points(kind == GeometryKind::Point ? 1 : count(kPointBytes)));
    }
    return part;
  }

  bool finished() const { return rest_.empty(); }

 private:
  template <typename T>
  T take() {
    if (rest_.size() < sizeof(T)) refuse("truncated");
    T value;
    std::memcpy(&value, rest_.data(), sizeof value);
    rest_.remove_prefix(sizeof value);
    return value;
  }

  std::string_view rest_;
  std::size_t points_ = 0;
};

}  // namespace

std::string to_wkb(const Geometry& geometry) {
  Writer writer;
  if (!is_multi(geometry.kind)) {
    writer.part(geometry.kind, geometry.parts.at(0));
  } else {
    writer.header(geometry.kind);
    writer.count(geometry.parts.size());
    for (const auto& part : geometry.parts) writer.part(member_kind(geometry.kind), part);
  }
  return writer.take();
}

Geometry from_wkb(std::string_view bytes) {
  Reader reader(bytes);
  Geometry geometry;
  geometry.kind = reader.header();
  if (!is_multi(geometry.kind)) {
    geometry.parts.push_back(reader.part(geometry.kind));
  } else {
    const auto kind = member_kind(geometry.kind);
    const auto parts = reader.count(kHeaderBytes + sizeof(std::uint32_t));
    geometry.parts.reserve(parts);
    for (std::size_t i = 0; i < parts; ++i) {
      if (reader.header() != kind) refuse("a part of another kind");
      geometry.parts.push_back(reader.part(kind));
    }
  }
  if (!reader.finished()) refuse("bytes left over");
  check(geometry);
  return geometry;
}

}  // namespace simpul::geo
