// A file of shapes for one record: an officer takes one of its shapes as the place. The file is read in a
// limited child, as imports do; nothing of it is kept. Used by web/api.
#pragma once

#include <atomic>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

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
  // `uploads` must outlive it. `folder`: where files lie while they are read, in the file system of the
  // uploads; emptied and made here. Error Unavailable: it cannot be made.
  GeometryReadings(Uploads& uploads, std::filesystem::path folder);

  // Reads a complete upload of the actor and removes it. Errors: NotFound: no right to edit, no such upload;
  // Invalid: unknown ending, damaged, hostile, no shape in it, no coordinate system; TooLarge; Conflict: the
  // upload is not complete; Unavailable: others are being read. Only after Unavailable and Conflict does the
  // upload stay.
  ReadShapes read(const domain::Actor& actor, const std::string& upload);

 private:
  Uploads& uploads_;
  const std::filesystem::path folder_;
  std::atomic<std::size_t> reading_ = 0;
};

}  // namespace simpul::service
