#include "domain/record_state.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "base/error.hpp"

namespace simpul::domain {
namespace {

constexpr RecordState kStates[] = {RecordState::Draft, RecordState::Submitted, RecordState::Verified,
                                   RecordState::Published, RecordState::Archived};
constexpr RecordAction kActions[] = {RecordAction::Submit,  RecordAction::Withdraw, RecordAction::Check,
                                     RecordAction::Verify,  RecordAction::Return,   RecordAction::Publish,
                                     RecordAction::Archive, RecordAction::Reopen,   RecordAction::Confirm};

RecordStanding standing(RecordState state, std::int64_t author = 7) {
  return {state, {"74.01", "Bappeda"}, state == RecordState::Published, true, false, author};
}

Actor everything(std::int64_t account) {
  auto actor = program("test");
  actor.account = account;
  return actor;
}

// The whole table of the course: what leads on from where, and to what.
TEST(RecordState, TheWholeTable) {
  const std::map<std::pair<RecordState, RecordAction>, RecordState> table = {
      {{RecordState::Draft, RecordAction::Submit}, RecordState::Submitted},
      {{RecordState::Submitted, RecordAction::Withdraw}, RecordState::Draft},
      {{RecordState::Submitted, RecordAction::Check}, RecordState::Submitted},
      {{RecordState::Submitted, RecordAction::Verify}, RecordState::Verified},
      {{RecordState::Submitted, RecordAction::Return}, RecordState::Draft},
      {{RecordState::Verified, RecordAction::Return}, RecordState::Draft},
      {{RecordState::Verified, RecordAction::Publish}, RecordState::Published},
      {{RecordState::Published, RecordAction::Archive}, RecordState::Archived},
      {{RecordState::Published, RecordAction::Confirm}, RecordState::Published},
      {{RecordState::Archived, RecordAction::Reopen}, RecordState::Draft}};
  for (const auto state : kStates)
    for (const auto action : kActions) {
      const auto found = table.find({state, action});
      if (found != table.end()) {
        EXPECT_EQ(take_step(standing(state), action, everything(1)), found->second)
            << word(state) << word(action);
      } else {
        EXPECT_THROW(take_step(standing(state), action, everything(1)), Error) << word(state) << word(action);
      }
    }
}

TEST(RecordState, NobodyVerifiesTheirOwnRecord) {
  const auto mine = standing(RecordState::Submitted, 7);
  EXPECT_THROW(take_step(mine, RecordAction::Verify, everything(7)), Error);
  EXPECT_THROW(take_step(mine, RecordAction::Check, everything(7)), Error);
  EXPECT_EQ(take_step(mine, RecordAction::Verify, everything(8)), RecordState::Verified);
  const auto offered = steps(mine, everything(7));
  const auto verify = std::ranges::find(offered, RecordAction::Verify, &RecordStep::action);
  ASSERT_NE(verify, offered.end());
  EXPECT_THAT(std::string(verify->closed), testing::HasSubstr("Nobody verifies"));
}

TEST(RecordState, WhatIsIncompleteIsNotSubmitted) {
  auto draft = standing(RecordState::Draft);
  draft.complete = false;
  EXPECT_THROW(take_step(draft, RecordAction::Submit, everything(1)), Error);
  EXPECT_FALSE(steps(draft, everything(1)).front().closed.empty());
}

TEST(RecordState, AStepOfAnotherRegionDoesNotExist) {
  Actor officer;
  officer.scope = Scope::Region;
  officer.region = "74.02";
  officer.rights = {Right::View, Right::Submit, Right::Check};
  for (const auto state : kStates) EXPECT_TRUE(steps(standing(state), officer).empty());
  try {
    take_step(standing(RecordState::Draft), RecordAction::Submit, officer);
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind, ErrorKind::NotFound);
  }
  officer.region = "74.01";
  EXPECT_EQ(take_step(standing(RecordState::Draft), RecordAction::Submit, officer), RecordState::Submitted);
  EXPECT_THROW(take_step(standing(RecordState::Submitted), RecordAction::Verify, officer), Error)
      << "the province does";
}

TEST(RecordState, WordsGoThereAndBack) {
  for (const auto state : kStates) EXPECT_EQ(record_state(word(state)), state);
  for (const auto action : kActions) EXPECT_EQ(record_action(word(action)), action);
  EXPECT_THROW(record_state("gone"), Error);
  EXPECT_FALSE(record_action("jump"));
}

}  // namespace
}  // namespace simpul::domain
