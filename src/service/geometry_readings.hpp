// A file of shapes for one record: an officer takes one of its shapes as the place. The file is read in a
// limited child, as imports do; nothing of it is kept. Used by web/api.
#pragma once

#include <string>
#include <vector>

#include <atomic>

#include "domain/actor.hpp"
#include "geo/geometry.hpp"
#include "service/uploads.hpp"

namespace simpul::service {

// More shapes than this are not offered: whoever has more imports the file.
inline constexpr std::size_t kMostShapesRead = 50;

struct ReadShape {
  std::string layer;
  std::string name;        // a text of the feature that names it; may be empty
  geo::Geometry geometry;  // in WGS 84
};

struct ReadShapes {
  std::vector<ReadShape> shapes;
  bool more = false;         // the file holds more than kMostShapesRead
  std::size_t left_out = 0;  // features without a shape that can be kept here
};

class GeometryReadings {
 public:
  // `uploads` must outlive it.
  explicit GeometryReadings(Uploads& uploads) : uploads_(uploads) {}

  // Reads a complete upload of the actor and removes it. Errors: NotFound: no right to edit, no such upload;
  // Invalid: unknown ending, damaged, hostile, no shape in it, no coordinate system; TooLarge; Conflict: the
  // upload is not complete; Unavailable: others are being read. Only after Unavailable and Conflict does the
  // upload stay.
  ReadShapes read(const domain::Actor& actor, const std::string& upload);

 private:
  Uploads& uploads_;
  std::atomic<std::size_t> reading_ = 0;
};

}  // namespace simpul::service
