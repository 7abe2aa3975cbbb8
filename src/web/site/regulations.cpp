// /{lang}/regulasi: the rules on cooperation, investment, data and planning, by topic, narrowed by kind,
// topic and year. A rule that nobody opened while the list was made is marked.
#include <algorithm>

#include "web/site/choices.hpp"
#include "web/site/figures.hpp"
#include "web/site/pages.hpp"
#include "web/site/site.hpp"
#include "web/site/terms.hpp"
#include "web/site/words.hpp"

namespace simpul::web::site {
namespace {

using domain::Regulation;

enum Field { kKind, kTopic, kYear };

const std::vector<std::string> kTopics = {"cooperation", "investment", "data",    "spatial", "industry",
                                          "mining",      "tourism",    "finance", "region"};
const std::vector<std::string> kKinds = {"UU", "PP", "Perpres", "Permendagri", "Permenlu", "Perda"};

std::string parameter(const RequestContext& context, std::string_view name) {
  const auto* value = context.request.parameter(name);
  return value ? *value : "";
}

Choices choices_of(const RequestContext& context, std::span<const Regulation> all) {
  const auto& language = *context.language;
  std::vector<ChoiceField> fields(3);
  fields[kKind] = {"kind", parameter(context, "kind"), [all](std::size_t row) { return all[row].kind; },
                   [&](std::string_view value) { return regulation_kind_name(language, value); }};
  fields[kTopic] = {"topic", parameter(context, "topic"), [all](std::size_t row) { return all[row].topic; },
                    [&](std::string_view value) { return regulation_topic_name(language, value); }};
  fields[kYear] = {"year", parameter(context, "year"),
                   [all](std::size_t row) { return std::to_string(all[row].year); },
                   [](std::string_view value) { return std::string(value); }};
  return Choices(all.size(), std::move(fields));
}

// The source of the starting data says "belum dibaca" of a rule that was listed from general knowledge only.
bool was_opened(const Regulation& regulation) {
  return regulation.source.find("belum dibaca") == std::string::npos;
}

void fill_regulation(html::Page& item, const RequestContext& context, const Regulation& regulation) {
  const auto& language = *context.language;
  const auto title = text_of(regulation.title, language);
  const auto summary = text_of(regulation.summary, language);
  item.set("CODE", regulation.code);
  item.set("NUMBER", regulation.kind + " " + regulation.number + "/" + std::to_string(regulation.year));
  item.set("TITLE", title.text);
  item.set("TITLE_LANG", title.language);
  item.set("SUMMARY", summary.text);
  item.set("SUMMARY_LANG", summary.language);
  item.set("KIND_NAME", regulation_kind_name(language, regulation.kind));
  item.show("NOT_OPENED", !was_opened(regulation));
  if (was_opened(regulation)) fill_sources(item.section("OPENED"), {regulation.source});
}

}  // namespace

http::Response regulations_page(const RequestContext& context) {
  const auto& language = *context.language;
  const std::span<const Regulation> all = context.snapshot->data().regulations;
  const auto choices = choices_of(context, all);

  auto page = page_of(context, "site/regulations.html");
  for (const auto& [name, value] : choices.unknown())
    page.section("IGNORED").set(
        "IGNORED_TEXT",
        language.tr("There is no “{value}” here; that filter was left out.", {{"value", value}}));
  choices.fill(page, "KIND_OPTION", kKind, kKinds);
  choices.fill(page, "TOPIC_OPTION", kTopic, kTopics);
  choices.fill(page, "YEAR_OPTION", kYear, choices.values(kYear, true));
  page.show("NARROWED", choices.narrowed());
  page.set("COUNT_TEXT",
           language.trn("{n} regulation", "{n} regulations", static_cast<long long>(choices.rows().size())));
  page.set("ALL_TEXT",
           language.tr("of {all}", {{"all", language.integer(static_cast<long long>(all.size()))}}));
  page.show("EMPTY", choices.rows().empty());

  for (const auto& topic : kTopics) {
    std::vector<const Regulation*> of;
    for (const auto row : choices.rows())
      if (all[row].topic == topic) of.push_back(&all[row]);
    if (of.empty()) continue;
    std::stable_sort(of.begin(), of.end(), [](const auto* a, const auto* b) { return a->year > b->year; });
    auto& part = page.section("TOPIC");
    part.set("TOPIC_ID", topic);
    part.set("TOPIC_NAME", regulation_topic_name(language, topic));
    for (const auto* regulation : of) fill_regulation(part.section("REGULATION"), context, *regulation);
  }

  PageInfo info;
  info.title = language.tr("Regulations");
  info.description = language.tr(
      "Rules on regional cooperation, investment, data and planning that matter for the "
      "potentials of Southeast Sulawesi.");
  info.path = "regulasi";
  info.query = choices.query();
  info.nav = Nav::Cooperation;
  info.kind = "regulations";
  return render_page(context, info, page.render_fragment());
}

}  // namespace simpul::web::site
