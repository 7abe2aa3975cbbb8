// Fills a register with made potentials, to measure what a large one does: `simpul demo --scale`, `make
// bench`. They are marked as made in their sources and notes, have ids of their own and no record in the
// office.
#pragma once

#include <cstdint>
#include <filesystem>

#include "domain/actor.hpp"
#include "storage/store.hpp"

namespace simpul::service {

// From a CSV as bench/workloads/make_points.mjs writes it: id, region_code, sector, commodity, status, title,
// value, year, lon, lat. The regions are spread over those of the register. Gives how many there are. Error
// Invalid: another file; Conflict: the register holds potentials or has no regions, because made data never
// stands beside real data.
std::int64_t make_potentials(storage::Store& store, const std::filesystem::path& points,
                             const domain::Actor& actor);

}  // namespace simpul::service
