// The course that a type of cooperation takes by law (tahapan kerja sama daerah), as data:
// reference/workflows/*.toml. What a stage asks for, who may complete it and where it leads is read here; a
// rule that a decree may change is never code. Used by cases of cooperation.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/legal_basis.hpp"
#include "domain/permission.hpp"
#include "domain/register.hpp"

namespace simpul::domain {

// What a case may be asked, where the law makes a stage or a proof depend on it.
enum class Condition : std::uint8_t {
  Always,
  DprdRequired,     // it burdens the community and the region, or is not in the budget; abroad always
  DprdNotRequired,  // both were answered with no
  Mandatory         // kerja sama wajib
};
std::string_view word(Condition condition);

// A document that a stage leaves, or a fact that is recorded as proof.
struct Requirement {
  std::string key;
  LocalText name;
  Condition when = Condition::Always;
};

struct Stage {
  struct Next {
    std::string to;
    Condition when = Condition::Always;
  };
  std::string key;
  LocalText name;
  LocalText guide;                     // what happens here, in plain words
  std::optional<int> step;             // number of the step in the regulation
  bool end = false;                    // the course is over
  std::string beside;                  // a duty that stays open beside this stage; empty: a stage of its own
  std::vector<std::string> actors;     // codes of roles that may complete it
  std::vector<std::string> documents;  // keys of what must be there before it is complete
  std::vector<std::string> evidence;
  std::vector<Next> next;
  std::vector<std::string> back;  // to be corrected
  std::string refuse;             // where a refusal leads; empty: nobody refuses here
  LegalBasis basis;
  std::int64_t line = 0;  // in the file
};

// Where a course begins: with the region or with its partner.
struct Door {
  std::string key;
  LocalText name;
  std::string stage;
  std::int64_t line = 0;
};

struct Workflow {
  std::string type;  // ksdd ksdpk sinergi ksdpl ksdll
  int edition = 0;   // a case keeps the edition it was opened under
  LocalText name;
  std::vector<std::string> kinds;  // voluntary, mandatory
  LegalBasis basis;
  std::vector<Door> doors;
  std::vector<Requirement> documents, evidence;
  std::vector<Stage> stages;

  const Stage* stage(std::string_view key) const;  // nullptr: there is none
  const Requirement* document(std::string_view key) const;
  const Requirement* proof(std::string_view key) const;
};

struct WorkflowFault {
  std::int64_t line;
  std::string reason;
};

// What keeps a workflow from being used, none when it is sound: every stage is reached from a door, an end is
// reached from every stage, each stage leads on whatever the conditions are, and stages, roles, documents and
// proofs that are named exist.
std::vector<WorkflowFault> check_workflow(const Workflow& workflow, const Roles& roles);

// The text of a file. `file`: its name for messages. Error Invalid with file, line and reason: not TOML, an
// unknown key or word, or the first fault that check_workflow() finds.
Workflow parse_workflow(std::string_view file, std::string_view text, const Roles& roles);

}  // namespace simpul::domain
