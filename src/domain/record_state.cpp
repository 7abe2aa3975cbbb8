#include "domain/record_state.hpp"

#include <algorithm>
#include <array>

#include "base/error.hpp"

namespace simpul::domain {
namespace {

constexpr std::array<std::string_view, 5> kStates = {"draft", "submitted", "verified", "published",
                                                     "archived"};
constexpr std::array<std::string_view, 9> kActions = {"submit",  "withdraw", "check",  "verify", "return",
                                                      "publish", "archive",  "reopen", "confirm"};

struct Rule {
  RecordAction action;
  RecordState from;
  RecordState to;
  Right right;
  bool needs_complete;
  bool not_by_author;  // nobody checks or verifies what is their own
};

using State = RecordState;
using Action = RecordAction;
constexpr Rule kRules[] = {
    {Action::Submit, State::Draft, State::Submitted, Right::Submit, true, false},
    {Action::Withdraw, State::Submitted, State::Draft, Right::Submit, false, false},
    {Action::Check, State::Submitted, State::Submitted, Right::Check, true, true},
    {Action::Verify, State::Submitted, State::Verified, Right::Verify, true, true},
    {Action::Return, State::Submitted, State::Draft, Right::Check, false, false},
    {Action::Return, State::Submitted, State::Draft, Right::Verify, false, false},
    {Action::Return, State::Verified, State::Draft, Right::Verify, false, false},
    {Action::Publish, State::Verified, State::Published, Right::Publish, true, false},
    {Action::Archive, State::Published, State::Archived, Right::Archive, false, false},
    {Action::Reopen, State::Archived, State::Draft, Right::Archive, false, false},
    {Action::Confirm, State::Published, State::Published, Right::Confirm, false, false},
};

std::string_view closed(const Rule& rule, const RecordStanding& standing, const Actor& actor) {
  if (rule.needs_complete && !standing.complete)
    return msgid("Something is still missing or wrong in the record");
  if (rule.not_by_author && standing.author != 0 && standing.author == actor.account)
    return msgid("Nobody verifies their own record: another officer has to do it");
  if (rule.action == Action::Check && standing.checked) return msgid("The region has checked it already");
  return {};
}

}  // namespace

std::string_view word(RecordState state) {
  return kStates[static_cast<std::size_t>(state)];
}

RecordState record_state(std::string_view text) {
  const auto found = std::ranges::find(kStates, text);
  if (found == kStates.end())
    throw Error(ErrorKind::Invalid, "\"{value}\" does not exist", {{"value", std::string(text)}});
  return static_cast<RecordState>(found - kStates.begin());
}

std::string_view word(RecordAction action) {
  return kActions[static_cast<std::size_t>(action)];
}

std::optional<RecordAction> record_action(std::string_view text) {
  const auto found = std::ranges::find(kActions, text);
  if (found == kActions.end()) return std::nullopt;
  return static_cast<RecordAction>(found - kActions.begin());
}

std::vector<RecordStep> steps(const RecordStanding& standing, const Actor& actor) {
  std::vector<RecordStep> steps;
  for (const auto& rule : kRules) {
    if (rule.from != standing.state || !may(actor, rule.right, standing.belongs)) continue;
    if (std::ranges::find(steps, rule.action, &RecordStep::action) != steps.end()) continue;
    steps.push_back({rule.action, rule.to, closed(rule, standing, actor)});
  }
  return steps;
}

RecordState take_step(const RecordStanding& standing, RecordAction action, const Actor& actor) {
  if (!may(actor, Right::View, standing.belongs))
    throw Error(ErrorKind::NotFound, "There is no record with this number");
  for (const auto& step : steps(standing, actor)) {
    if (step.action != action) continue;
    if (!step.closed.empty()) throw Error(ErrorKind::Conflict, std::string(step.closed));
    return step.to;
  }
  throw Error(ErrorKind::Conflict, "This step does not lead on from here, or your role does not take it");
}

bool needs_reason(RecordAction action) {
  return action == RecordAction::Return || action == RecordAction::Archive || action == RecordAction::Reopen;
}

}  // namespace simpul::domain
