// The course of a record in the back office: draft -> submitted -> verified -> published -> archived, with
// the ways back. Pure: which steps there are, who may take them, and why not. Used by service/potentials.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/actor.hpp"

namespace simpul::domain {

enum class RecordState { Draft, Submitted, Verified, Published, Archived };
std::string_view word(RecordState state);
RecordState record_state(std::string_view word);  // Error Invalid for another word

enum class RecordAction { Submit, Withdraw, Check, Verify, Return, Publish, Archive, Reopen, Confirm };
std::string_view word(RecordAction action);
std::optional<RecordAction> record_action(std::string_view word);

// What the rules ask about a record.
struct RecordStanding {
  RecordState state = RecordState::Draft;
  Belonging belongs;
  bool published = false;   // the public sees a version of it
  bool complete = false;    // validate() finds nothing
  bool checked = false;     // by the region's own verifier
  std::int64_t author = 0;  // account that changed or submitted it last; 0: none
};

struct RecordStep {
  RecordAction action;
  RecordState to;
  std::string_view closed;  // message key: why it cannot be taken now; empty: open
};

// The steps that lead on from this state and that the actor's role has to do with. A step that nobody in this
// role could ever take is not listed.
std::vector<RecordStep> steps(const RecordStanding& standing, const Actor& actor);

// The state after the step. Error NotFound: the actor may not even see the record; Conflict: the step is
// closed or does not start here, with the reason as key.
RecordState take_step(const RecordStanding& standing, RecordAction action, const Actor& actor);

// Whether this action must say why.
bool needs_reason(RecordAction action);

}  // namespace simpul::domain
