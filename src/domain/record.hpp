// A record of the back office: the working copy of a potential, beside what the public sees of it. Used by
// storage and service.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "domain/record_state.hpp"
#include "domain/validate.hpp"

namespace simpul::domain {

// What a reviewer says about one field.
struct Comment {
  std::string field;
  std::string text;
};

struct Record {
  std::int64_t id = 0;
  RecordState state = RecordState::Draft;
  bool published = false;  // the public sees a version of it
  PotentialDraft draft;    // with region, unit and slug
  std::string group;       // display group; empty while category and sector are not known
  std::optional<Date> confirmed;
  std::optional<Date> confirm_due;  // the last day on which that counts
  std::vector<Comment> comments;    // of the last return
  bool checked = false;             // by the region's own verifier
  std::int64_t author = 0;          // account that changed it last
  std::string changed_by;
  std::int64_t assignee = 0;  // account that looks after it; 0: nobody
  std::vector<std::string> tags;
  std::int64_t version = 1;
  Instant changed;
};

}  // namespace simpul::domain
