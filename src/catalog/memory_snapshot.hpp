// The snapshot as it is made: the reference, the segments that count and the day. Used by the catalogue.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "catalog/area_tiles.hpp"
#include "catalog/reference.hpp"
#include "catalog/selection.hpp"
#include "catalog/snapshot.hpp"

namespace simpul::catalog {

struct SnapshotParts {
  std::int64_t sequence = 0;  // of the last audit entry that is in it
  Instant last_change;
  std::shared_ptr<const Reference> reference;
  std::vector<Part> segments;
  std::shared_ptr<const std::vector<domain::StoredFile>> files;
  std::shared_ptr<const AreaTiles> areas;
};

std::shared_ptr<const Snapshot> make_snapshot(SnapshotParts parts, Date today);

}  // namespace simpul::catalog
