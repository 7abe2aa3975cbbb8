#include "domain/workflow.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "storage/reference.hpp"

namespace simpul::domain {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const Roles& roles() {
  static const auto roles = storage::read_roles({});
  return roles;
}

const std::vector<Workflow>& workflows() {
  static const auto workflows = storage::read_workflows({}, roles());
  return workflows;
}

const Workflow& of_type(std::string_view type) {
  return *std::ranges::find(workflows(), type, &Workflow::type);
}

// The stages of the shortest course that succeeds, from a door.
std::vector<std::string> course(const Workflow& workflow, std::string_view door, bool dprd) {
  std::vector<std::string> stages;
  const auto* stage = workflow.stage(std::ranges::find(workflow.doors, door, &Door::key)->stage);
  while (stages.size() < 30) {
    stages.push_back(stage->key);
    if (stage->end) break;
    const auto open = std::ranges::find_if(stage->next, [&](const Stage::Next& next) {
      return next.when == Condition::Always ||
             next.when == (dprd ? Condition::DprdRequired : Condition::DprdNotRequired);
    });
    stage = workflow.stage(open->to);
  }
  return stages;
}

TEST(Workflow, EveryTypeHasItsCourse) {
  EXPECT_THAT(course(of_type("ksdd"), "region", true),
              ElementsAre("preparation", "review", "offer", "kb_drafting", "kb_signing", "dprd_approval",
                          "pks_drafting", "pks_signing", "implementation", "ended"));
  EXPECT_THAT(course(of_type("ksdd"), "region", false), Not(Contains("dprd_approval")));
  EXPECT_THAT(course(of_type("ksdpk"), "partner", false),
              ElementsAre("partner_offer", "review", "offer", "kb_drafting", "kb_signing", "pks_drafting",
                          "pks_signing", "implementation", "ended"));
  EXPECT_THAT(course(of_type("sinergi"), "region", true),
              ElementsAre("preparation", "review", "nk_drafting", "nk_signing", "implementation", "ended"));
  const auto abroad = ElementsAre("initiative", "exploration", "letter_of_intent", "cooperation_plan",
                                  "dprd_approval", "verification", "text_drafting", "text_discussion",
                                  "minister_approval", "signing", "implementation", "ended");
  for (const bool answer : {true, false}) {
    EXPECT_THAT(course(of_type("ksdpl"), "region", answer), abroad) << "always by way of the DPRD";
    EXPECT_THAT(course(of_type("ksdll"), "region", answer), abroad);
  }
  EXPECT_EQ(course(of_type("ksdll"), "centre", true).front(), "passed_on");
}

TEST(Workflow, AsksForWhatTheLawNames) {
  EXPECT_THAT(of_type("ksdpk").stage("review")->documents, Contains("feasibility_study"));
  EXPECT_THAT(of_type("sinergi").stage("nk_drafting")->documents, Contains("work_plan"));
  for (const auto& document : of_type("sinergi").documents)
    EXPECT_FALSE(document.key.starts_with("pks_")) << "synergy knows no PKS";
  for (const auto* type : {"ksdd", "ksdpk"}) {
    EXPECT_THAT(of_type(type).stage("kb_signing")->evidence, Contains("head_signed"));
    EXPECT_THAT(of_type(type).stage("pks_signing")->evidence, Contains("pks_signatory"));
  }
  EXPECT_EQ(of_type("ksdd").proof("adjacency_checked")->when, Condition::Mandatory);
}

// Nobody has compared a stage with the official text yet: the screens must say so.
TEST(Workflow, NothingIsCalledVerifiedYet) {
  for (const auto& workflow : workflows()) {
    EXPECT_FALSE(workflow.basis.verified) << workflow.type;
    for (const auto& stage : workflow.stages) {
      EXPECT_FALSE(stage.basis.verified) << workflow.type << " " << stage.key;
      EXPECT_FALSE(stage.basis.text.empty());
    }
  }
}

TEST(Workflow, DutiesStayOpenBesideImplementation) {
  for (const auto& workflow : workflows())
    for (const auto* duty : {"administration", "reporting"}) {
      ASSERT_TRUE(workflow.stage(duty)) << workflow.type;
      EXPECT_EQ(workflow.stage(duty)->beside, "implementation") << workflow.type;
    }
}

// --- faulty files

constexpr std::string_view kSound = R"([workflow]
type = "ksdd"
edition = 1
name = { id = "Contoh", en = "Example" }
kinds = ["voluntary"]
legal_basis = "PP 0/2000"
verification = "unverified"
[[doors]]
key = "region"
name = { id = "a", en = "a" }
stage = "one"
[[documents]]
key = "paper"
name = { id = "a", en = "a" }
[[evidence]]
key = "proof"
name = { id = "a", en = "a" }
[[stages]]
key = "one"
name = { id = "a", en = "a" }
guide = { id = "a", en = "a" }
actors = ["regional_operator"]
documents = ["paper"]
evidence = ["proof"]
next = [{ to = "two", when = "dprd_required" }, { to = "done", when = "dprd_not_required" }]
refuse = "refused"
legal_basis = "PP 0/2000"
verification = "unverified"
[[stages]]
key = "two"
name = { id = "a", en = "a" }
guide = { id = "a", en = "a" }
actors = ["regional_operator"]
next = [{ to = "done" }]
back = ["one"]
legal_basis = "PP 0/2000"
verification = "verified"
[[stages]]
key = "done"
name = { id = "a", en = "a" }
guide = { id = "a", en = "a" }
end = true
legal_basis = "PP 0/2000"
verification = "unverified"
[[stages]]
key = "refused"
name = { id = "a", en = "a" }
guide = { id = "a", en = "a" }
end = true
legal_basis = "PP 0/2000"
verification = "unverified"
)";

// What a file says when `from` is replaced by `to`; empty: it is sound.
std::string refusal(std::string_view from, std::string_view to) {
  std::string text(kSound);
  const auto at = text.find(from);
  if (at == std::string::npos) return "the test has no such line";
  text.replace(at, from.size(), to);
  try {
    parse_workflow("example.toml", text, roles());
    return "";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind, ErrorKind::Invalid);
    return error.what();
  }
}

TEST(Workflow, ASoundFileIsRead) {
  EXPECT_EQ(refusal("PP 0/2000", "PP 1/2000"), "");
  const auto workflow = parse_workflow("example.toml", kSound, roles());
  EXPECT_TRUE(workflow.stage("two")->basis.verified);
  EXPECT_THAT(workflow.stage("one")->documents, ElementsAre("paper"));
  EXPECT_EQ(workflow.stage("one")->refuse, "refused");
  EXPECT_EQ(workflow.stage("three"), nullptr);
  EXPECT_THAT(check_workflow(workflow, roles()), IsEmpty());
}

TEST(Workflow, AFaultyFileIsRefusedWithFileLineAndReason) {
  struct {
    std::string_view from, to, says;
  } const cases[] = {
      {"stage = \"one\"", "stage = \"three\"", "line 8: the door \"region\" leads to no stage"},
      {"[{ to = \"done\" }]", "[{ to = \"one\" }]", ""},  // a circle, but "one" has a way out
      {"back = [\"one\"]", "back = [\"nine\"]", "leads to \"nine\", which is no stage"},
      {"{ to = \"done\", when = \"dprd_not_required\" }", "{ to = \"two\", when = \"dprd_not_required\" }",
       ""},
      {"actors = [\"regional_operator\"]", "actors = [\"mayor\"]",
       "names the role \"mayor\", which does not exist"},
      {"documents = [\"paper\"]", "documents = [\"stone\"]",
       "asks for the document \"stone\", which is not declared"},
      {"evidence = [\"proof\"]", "evidence = [\"hope\"]",
       "asks for the proof \"hope\", which is not declared"},
      {"refuse = \"refused\"", "refuse = \"two\"", "is refused to \"two\", which is no end"},
      {"refuse = \"refused\"\n", "", "no way leads to the stage \"refused\""},
      {", { to = \"done\", when = \"dprd_not_required\" }", "", "does not lead on in every case"},
      {"next = [{ to = \"done\" }]\n", "", "does not lead on in every case"},
      {"key = \"two\"", "key = \"one\"", "the stage \"one\" stands twice"},
      {"end = true", "end = true\nback = [\"one\"]", "is an end and still leads on"},
      {"actors = [\"regional_operator\"]\nnext", "next", "has nobody who completes it"},
      {"when = \"dprd_required\"", "when = \"sunday\"", "\"when\" is one of always, dprd_required"},
      {"type = \"ksdd\"", "type = \"khusus\"", "\"type\" is one of ksdd, ksdpk"},
      {"edition = 1", "edition = 0", "\"edition\" is a number from 1 on"},
      {"en = \"Example\"", "fr = \"Exemple\"", "line 1: \"name\" needs id and en"},
      {"verification = \"unverified\"", "verification = \"perhaps\"",
       "\"verification\" is one of unverified, verified"},
      {"legal_basis = \"PP 0/2000\"\n", "", "\"legal_basis\" is missing"},
      {"edition = 1", "edition = 1\ndeadline = 5", "line 4: unknown key \"deadline\""},
      {"edition = 1", "edition =", "line 3"},
  };
  for (const auto& one : cases) {
    const auto says = refusal(one.from, one.to);
    if (one.says.empty()) {
      EXPECT_EQ(says, "") << one.from << " -> " << one.to;
    } else {
      EXPECT_THAT(says, HasSubstr("example.toml, line ")) << one.from << " -> " << one.to;
      EXPECT_THAT(says, HasSubstr(one.says)) << one.from << " -> " << one.to;
    }
  }
}

TEST(Workflow, ACircleWithoutAWayOutIsADeadEnd) {
  std::string text(kSound);
  const auto at = text.find("next = [{ to = \"two\"");
  text.replace(at, text.find('\n', at) - at, "next = [{ to = \"two\" }]");
  const auto back = text.find("[{ to = \"done\" }]");
  text.replace(back, 17, "[{ to = \"one\" }]");
  try {
    parse_workflow("example.toml", text, roles());
    FAIL() << "a dead end was taken";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("no way leads from the stage \"one\" to an end"));
  }
}

}  // namespace
}  // namespace simpul::domain
