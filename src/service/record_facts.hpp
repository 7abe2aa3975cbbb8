// Who looks after a record and which tags it bears: facts beside its content that make no new version. Used
// by web/api.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/account.hpp"
#include "domain/actor.hpp"
#include "domain/permission.hpp"
#include "storage/store.hpp"

namespace simpul::service {

inline constexpr std::size_t kMostFactChanges = 1000;
inline constexpr std::size_t kMostTags = 10;  // of one record
inline constexpr std::size_t kMostTagBytes = 40;

// What is to be changed of one record; nullopt: that stays.
struct FactChange {
  std::int64_t record = 0;
  std::optional<std::int64_t> assignee;  // 0: nobody
  std::optional<std::vector<std::string>> tags;
};

struct ChangedFacts {
  std::int64_t record = 0;
  std::int64_t assignee = 0;
  std::vector<std::string> tags;
  // As they were: sent back they undo the change.
  std::int64_t assignee_before = 0;
  std::vector<std::string> tags_before;
};

struct FactsReport {
  std::vector<ChangedFacts> changed;
  std::vector<std::int64_t> refused;  // no such records for this actor, or the officer does not work there
};

class RecordFacts {
 public:
  // Both must outlive it.
  RecordFacts(storage::Store& store, const domain::Roles& roles) : store_(store), roles_(roles) {}

  // All in one transaction, each with its audit entry; what the actor may not edit is refused and the rest is
  // done. Error Invalid: too many, or a tag that is none.
  FactsReport change(const domain::Actor& actor, const std::vector<FactChange>& changes);

  // Who may look after records that the actor may edit: active accounts that edit in these regions, by name.
  std::vector<domain::Account> officers(const domain::Actor& actor);

 private:
  storage::Store& store_;
  const domain::Roles& roles_;
};

// A tag as it is kept: lower case, single blanks, 1 to 40 bytes of letters, digits, blank, hyphen, dot,
// slash. Error Invalid: it is none.
std::string tag_of(const std::string& text);

}  // namespace simpul::service
