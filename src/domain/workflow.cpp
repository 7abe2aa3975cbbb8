#include "domain/workflow.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <set>

#include "domain/toml.hpp"

namespace simpul::domain {

namespace {

constexpr std::array<std::string_view, 4> kConditions = {"always", "dprd_required", "dprd_not_required",
                                                         "mandatory"};
constexpr std::array<std::string_view, 5> kTypes = {"ksdd", "ksdpk", "sinergi", "ksdpl", "ksdll"};
constexpr std::array<std::string_view, 2> kKinds = {"voluntary", "mandatory"};

template <typename T>
const T* find_key(const std::vector<T>& list, std::string_view key) {
  const auto found = std::ranges::find(list, key, &T::key);
  return found == list.end() ? nullptr : &*found;
}

// --- reading

class Reader {
 public:
  Reader(std::string_view name, std::string_view text) : file_(name, text) {}

  Workflow read() {
    const auto& root = file_.root();
    file_.only_keys(root, {"workflow", "doors", "documents", "evidence", "stages"});
    const auto* head = root["workflow"].as_table();
    if (!head) file_.refuse(root.source(), "no [workflow]");
    file_.only_keys(*head, {"type", "edition", "name", "kinds", "legal_basis", "verification"});
    Workflow workflow;
    workflow.type = kTypes[file_.one_of(*head, "type", kTypes)];
    workflow.edition = (*head)["edition"].value_or(0);
    if (workflow.edition < 1) file_.refuse(head->source(), "\"edition\" is a number from 1 on");
    workflow.name = file_.local(*head, "name");
    workflow.kinds = file_.texts(*head, "kinds");
    for (const auto& kind : workflow.kinds)
      if (std::ranges::find(kKinds, kind) == kKinds.end())
        file_.refuse(head->source(), "\"kinds\" holds voluntary, mandatory");
    workflow.basis = file_.basis(*head);
    file_.each(root, "doors", [&](const toml::table& table) {
      file_.only_keys(table, {"key", "name", "stage"});
      workflow.doors.push_back(
          {file_.text(table, "key"), file_.local(table, "name"), file_.text(table, "stage"), line(table)});
    });
    workflow.documents = requirements("documents");
    workflow.evidence = requirements("evidence");
    file_.each(root, "stages", [&](const toml::table& table) { workflow.stages.push_back(stage(table)); });
    return workflow;
  }

  [[noreturn]] void refuse(const WorkflowFault& fault) const {
    toml::source_region where;
    where.begin.line = static_cast<toml::source_index>(fault.line);
    file_.refuse(where, fault.reason);
  }

 private:
  static std::int64_t line(const toml::table& table) { return table.source().begin.line; }

  Condition condition(const toml::table& table) const {
    return table.contains("when") ? static_cast<Condition>(file_.one_of(table, "when", kConditions))
                                  : Condition::Always;
  }

  std::vector<Requirement> requirements(std::string_view list) const {
    std::vector<Requirement> found;
    file_.each(file_.root(), list, [&](const toml::table& table) {
      file_.only_keys(table, {"key", "name", "when"});
      found.push_back({file_.text(table, "key"), file_.local(table, "name"), condition(table)});
      if (std::ranges::count(found, found.back().key, &Requirement::key) > 1)
        file_.refuse(table.source(), "the key \"" + found.back().key + "\" stands twice");
    });
    return found;
  }

  std::vector<std::string> texts_or_none(const toml::table& table, std::string_view key) const {
    return table.contains(key) ? file_.texts(table, key) : std::vector<std::string>();
  }

  Stage stage(const toml::table& table) const {
    file_.only_keys(table, {"key", "name", "guide", "step", "end", "beside", "actors", "documents",
                            "evidence", "next", "back", "refuse", "legal_basis", "verification"});
    Stage stage;
    stage.line = line(table);
    stage.key = file_.text(table, "key");
    stage.name = file_.local(table, "name");
    stage.guide = file_.local(table, "guide");
    stage.step = table["step"].value<int>();
    stage.end = table["end"].value_or(false);
    if (table.contains("beside")) stage.beside = file_.text(table, "beside");
    stage.actors = texts_or_none(table, "actors");
    stage.documents = texts_or_none(table, "documents");
    stage.evidence = texts_or_none(table, "evidence");
    if (table.contains("next"))
      file_.each(table, "next", [&](const toml::table& next) {
        file_.only_keys(next, {"to", "when"});
        stage.next.push_back({file_.text(next, "to"), condition(next)});
      });
    stage.back = texts_or_none(table, "back");
    if (table.contains("refuse")) stage.refuse = file_.text(table, "refuse");
    stage.basis = file_.basis(table);
    return stage;
  }

  TomlFile file_;
};

// --- checking

class Checker {
 public:
  Checker(const Workflow& workflow, const Roles& roles) : workflow_(workflow), roles_(roles) {}

  std::vector<WorkflowFault> faults() {
    for (const auto& door : workflow_.doors)
      if (!is_own_stage(door.stage)) note(door.line, "the door \"" + door.key + "\" leads to no stage");
    for (const auto& stage : workflow_.stages) check(stage);
    // Ways are followed only where all of them lead somewhere.
    if (!faults_.empty()) return std::move(faults_);
    const auto reached = reached_from_doors();
    const auto ending = ends_reached();
    for (const auto& stage : workflow_.stages) {
      if (!stage.beside.empty()) continue;
      if (!reached.contains(stage.key)) note(stage.line, "no way leads to the stage \"" + stage.key + "\"");
      if (!ending.contains(stage.key))
        note(stage.line, "no way leads from the stage \"" + stage.key + "\" to an end");
    }
    return std::move(faults_);
  }

 private:
  void note(std::int64_t line, std::string reason) { faults_.push_back({line, std::move(reason)}); }

  bool is_own_stage(std::string_view key) const {
    const auto* stage = workflow_.stage(key);
    return stage && stage->beside.empty();
  }

  void check(const Stage& stage) {
    const auto named = "the stage \"" + stage.key + "\" ";
    if (std::ranges::count(workflow_.stages, stage.key, &Stage::key) > 1)
      note(stage.line, named + "stands twice");
    for (const auto& role : stage.actors)
      if (!roles_.find(role))
        note(stage.line, named + "names the role \"" + role + "\", which does not exist");
    for (const auto& key : stage.documents)
      if (!workflow_.document(key))
        note(stage.line, named + "asks for the document \"" + key + "\", which is not declared");
    for (const auto& key : stage.evidence)
      if (!workflow_.proof(key))
        note(stage.line, named + "asks for the proof \"" + key + "\", which is not declared");
    const auto leads = [&](const std::string& to) {
      if (!is_own_stage(to)) note(stage.line, named + "leads to \"" + to + "\", which is no stage");
    };
    for (const auto& next : stage.next) leads(next.to);
    for (const auto& back : stage.back) leads(back);
    if (!stage.refuse.empty()) {
      leads(stage.refuse);
      if (const auto* refused = workflow_.stage(stage.refuse); refused && !refused->end)
        note(stage.line, named + "is refused to \"" + stage.refuse + "\", which is no end");
    }
    if (stage.end) {
      if (!stage.next.empty() || !stage.back.empty() || !stage.refuse.empty() || !stage.actors.empty())
        note(stage.line, named + "is an end and still leads on");
      return;
    }
    if (stage.actors.empty()) note(stage.line, named + "has nobody who completes it");
    if (!stage.beside.empty()) {
      if (!is_own_stage(stage.beside))
        note(stage.line, named + "is a duty beside \"" + stage.beside + "\", which is no stage");
      if (!stage.next.empty() || !stage.back.empty()) note(stage.line, named + "is a duty and leads nowhere");
      return;
    }
    if (!leads_on_always(stage)) note(stage.line, named + "does not lead on in every case, or in two ways");
  }

  // In each case exactly one of the ways forward is open.
  static bool leads_on_always(const Stage& stage) {
    const auto is = [&](Condition when) { return std::ranges::count(stage.next, when, &Stage::Next::when); };
    const auto always = is(Condition::Always);
    if (always == 1) return stage.next.size() == 1;
    return always == 0 && stage.next.size() == 2 && is(Condition::DprdRequired) == 1 &&
           is(Condition::DprdNotRequired) == 1;
  }

  template <typename Each>
  static void each_way(const Stage& stage, Each each) {
    for (const auto& next : stage.next) each(next.to);
    for (const auto& back : stage.back) each(back);
    if (!stage.refuse.empty()) each(stage.refuse);
  }

  std::set<std::string, std::less<>> reached_from_doors() const {
    std::set<std::string, std::less<>> reached;
    const std::function<void(const std::string&)> go = [&](const std::string& key) {
      if (reached.insert(key).second) each_way(*workflow_.stage(key), go);
    };
    for (const auto& door : workflow_.doors) go(door.stage);
    return reached;
  }

  // Stages from which an end is reached without being refused: a course must be able to succeed.
  std::set<std::string, std::less<>> ends_reached() const {
    std::set<std::string, std::less<>> reached;
    for (const auto& stage : workflow_.stages)
      if (stage.end) reached.insert(stage.key);
    for (bool more = true; more;) {
      more = false;
      for (const auto& stage : workflow_.stages)
        if (!reached.contains(stage.key) &&
            std::ranges::any_of(stage.next, [&](const auto& next) { return reached.contains(next.to); }))
          more = reached.insert(stage.key).second;
    }
    return reached;
  }

  const Workflow& workflow_;
  const Roles& roles_;
  std::vector<WorkflowFault> faults_;
};

}  // namespace

std::string_view word(Condition condition) {
  return kConditions[static_cast<std::size_t>(condition)];
}

const Stage* Workflow::stage(std::string_view key) const {
  return find_key(stages, key);
}

const Requirement* Workflow::document(std::string_view key) const {
  return find_key(documents, key);
}

const Requirement* Workflow::proof(std::string_view key) const {
  return find_key(evidence, key);
}

std::vector<WorkflowFault> check_workflow(const Workflow& workflow, const Roles& roles) {
  return Checker(workflow, roles).faults();
}

Workflow parse_workflow(std::string_view file, std::string_view text, const Roles& roles) {
  Reader reader(file, text);
  auto workflow = reader.read();
  if (const auto faults = check_workflow(workflow, roles); !faults.empty()) reader.refuse(faults.front());
  return workflow;
}

}  // namespace simpul::domain
