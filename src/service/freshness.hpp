// How long each region lets a confirmation count, and reminders to those who have to confirm again. Used by
// web/api; the reminders are a daily job.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/actor.hpp"
#include "domain/freshness.hpp"
#include "service/jobs.hpp"
#include "storage/store.hpp"

namespace simpul::service {

class Outbox;

struct Term {
  std::string region;  // "74": the province, for regions that say nothing
  int months = 0;
  bool own = false;      // said by the region itself
  bool may_set = false;  // by the actor
};

class FreshnessTerms {
 public:
  explicit FreshnessTerms(storage::Store& store) : store_(store) {}  // must outlive it

  // Of the province and the regions that the actor sees, by code. Error NotFound: the actor sees no records.
  std::vector<Term> list(const domain::Actor& actor);
  // nullopt: the region goes by the province. A region is set by who may confirm its records, every region
  // and the province by who may change settings. Errors: NotFound: not for this actor, no such region;
  // Invalid: too few or too many months.
  std::vector<Term> set(const domain::Actor& actor, const std::string& region, std::optional<int> months);

 private:
  storage::Store& store_;
};

inline constexpr const char* kReminderKind = "confirm_reminders";

// Tells each officer once, in one mail, which of their published records are past their term since the last
// time: those assigned to them, else those they submitted, else all of their region if they edit and confirm
// there.
JobKind reminder_job(const domain::Roles& roles, const Outbox& outbox, const Clock& clock = system_clock());
// Every morning at seven in Makassar.
void schedule_reminders(Jobs& jobs);

}  // namespace simpul::service
