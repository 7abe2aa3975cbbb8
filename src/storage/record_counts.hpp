// How many records there are of each kind, in one pass: what the list's facets and the dashboard show. Used
// by service/potential_counts.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "storage/records.hpp"

namespace simpul::storage {

// Records that are alike in all of this.
struct RecordCell {
  std::string region;
  std::string state;
  std::string group;
  std::string sector;
  std::int64_t total = 0;
  std::int64_t published = 0;  // the public sees a version of them
  std::int64_t never = 0;      // of those: never confirmed
  std::int64_t due = 0;        // of those: confirmed, and past the term today
};

// The filter's regions, states, groups and sectors are not asked: the cells tell them apart.
std::vector<RecordCell> count_cells(db::Connection& connection, const RecordFilter& filter);

struct TagCount {
  std::string tag;
  std::int64_t total = 0;
};
// Tags within the filter's scope (region and unit of the actor), by name.
std::vector<TagCount> count_tags(db::Connection& connection, const RecordFilter& filter);

}  // namespace simpul::storage
