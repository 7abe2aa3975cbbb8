// /{lang}/kerja-sama: the register of agreements as publicly reported, by year of signature, narrowed by
// type, region and year. Nothing is guessed: where no term was reported, the page says so.
#include <algorithm>

#include "domain/filter.hpp"
#include "web/site/cards.hpp"
#include "web/site/choices.hpp"
#include "web/site/figures.hpp"
#include "web/site/pages.hpp"
#include "web/site/site.hpp"
#include "web/site/terms.hpp"
#include "web/site/words.hpp"

namespace simpul::web::site {
namespace {

using domain::Agreement;

enum Field { kForm, kRegion, kYear };

std::string year_of(const Agreement& agreement) {
  return agreement.signed_on ? std::to_string(agreement.signed_on->year) : "";
}

// Newest first; what has no date at the end.
std::vector<const Agreement*> by_date(const catalog::Snapshot& snapshot) {
  std::vector<const Agreement*> sorted;
  for (const auto& agreement : snapshot.data().agreements) sorted.push_back(&agreement);
  std::stable_sort(sorted.begin(), sorted.end(), [](const Agreement* a, const Agreement* b) {
    return a->signed_on.value_or(Date{}) > b->signed_on.value_or(Date{});
  });
  return sorted;
}

std::string parameter(const RequestContext& context, std::string_view name) {
  const auto* value = context.request.parameter(name);
  return value ? *value : "";
}

Choices choices_of(const RequestContext& context, const std::vector<const Agreement*>& agreements) {
  const auto& language = *context.language;
  const auto& snapshot = *context.snapshot;
  std::vector<ChoiceField> fields(3);
  fields[kForm] = {"form", parameter(context, "form"), [&](std::size_t row) { return agreements[row]->type; },
                   [&](std::string_view value) { return form_name(language, value); }};
  fields[kRegion] = {"region", parameter(context, "region"),
                     [&](std::size_t row) { return agreements[row]->region_code; },
                     [&](std::string_view value) {
                       const auto* region = snapshot.region(value);
                       return region ? name_of(region->name, language) : std::string(value);
                     }};
  fields[kYear] = {"year", parameter(context, "year"),
                   [&](std::size_t row) { return year_of(*agreements[row]); },
                   [&](std::string_view value) {
                     return value.empty() ? language.tr("No date reported") : std::string(value);
                   }};
  return Choices(agreements.size(), std::move(fields));
}

// What is known about the term on this day. An end that nobody reported is not made up.
void fill_state(html::Page& item, const RequestContext& context, const Agreement& agreement) {
  const auto& language = *context.language;
  if (!agreement.ends_on) {
    item.set("STATE", "reported");
    item.set("STATE_ICON", "quote");
    item.set("STATE_TEXT", language.tr("Reported; term not stated"));
    return;
  }
  const bool ended = *agreement.ends_on < context.snapshot->today();
  const MessageArgs args = {{"date", language.date(*agreement.ends_on)}};
  item.set("STATE", ended ? "ended" : "active");
  item.set("STATE_ICON", ended ? "minus" : "check");
  item.set("STATE_TEXT",
           ended ? language.tr("Ended {date}", args) : language.tr("In force until {date}", args));
}

void fill_agreement(html::Page& item, const RequestContext& context, const Agreement& agreement) {
  const auto& language = *context.language;
  const auto title = text_of(agreement.title, language);
  item.set("SLUG", agreement.slug);
  item.set("TITLE", title.text);
  item.set("TITLE_LANG", title.language);
  item.show("UNDATED", !agreement.signed_on);
  if (agreement.signed_on) {
    auto& date = item.section("DATED");
    date.set("DATE_ISO", to_iso(*agreement.signed_on));
    date.set("DATE_TEXT", language.date(*agreement.signed_on));
  }
  std::string parties;
  for (const auto& party : agreement.parties) parties += (parties.empty() ? "" : " · ") + party;
  item.set("PARTIES", parties);
  item.set("SUBJECT", agreement.subject);
  item.show("HAS_SUBJECT", !agreement.subject.empty());
  item.set("TYPE_NAME", form_name(language, agreement.type));
  item.set("KIND_NAME", document_kind_name(language, agreement.document_kind));
  if (const auto* region = context.snapshot->region(agreement.region_code)) {
    auto& link = item.section("REGION");
    link.set("REGION_URL", address(language, "wilayah/" + region->code));
    link.set("REGION_NAME", name_of(region->name, language));
  }
  fill_state(item, context, agreement);
  fill_sources(item, {agreement.source});
}

void fill_types(html::Page& page, const RequestContext& context,
                const std::vector<const Agreement*>& agreements) {
  const auto& language = *context.language;
  for (const auto type : cooperation_types()) {
    auto& item = page.section("TYPE");
    item.set("TYPE_URL", address(language, "kerja-sama", "form=" + std::string(type)));
    item.set("TYPE_TITLE", form_name(language, type));
    item.set("TYPE_LEGAL", legal_term(type));
    item.set("TYPE_TEXT", type_explanation(language, type));
    const auto count =
        std::count_if(agreements.begin(), agreements.end(), [&](const auto* a) { return a->type == type; });
    item.set("TYPE_COUNT", language.integer(count));
  }
}

}  // namespace

http::Response agreements_page(const RequestContext& context) {
  const auto& language = *context.language;
  const auto agreements = by_date(*context.snapshot);
  const auto choices = choices_of(context, agreements);

  auto page = page_of(context, "site/agreements.html");
  for (const auto& [name, value] : choices.unknown())
    page.section("IGNORED").set(
        "IGNORED_TEXT",
        language.tr("There is no “{value}” here; that filter was left out.", {{"value", value}}));
  choices.fill(page, "FORM_OPTION", kForm, {"ksdd", "ksdpk", "sinergi", "ksdpl", "ksdll"});
  choices.fill(page, "REGION_OPTION", kRegion, choices.values(kRegion));
  choices.fill(page, "YEAR_OPTION", kYear, choices.values(kYear, true));
  page.show("NARROWED", choices.narrowed());
  page.set("COUNT_TEXT",
           language.trn("{n} agreement", "{n} agreements", static_cast<long long>(choices.rows().size())));
  page.set("ALL_TEXT",
           language.tr("of {all}", {{"all", language.integer(static_cast<long long>(agreements.size()))}}));

  html::Page* year = nullptr;
  std::string current = "-";
  for (const auto row : choices.rows()) {
    const auto& agreement = *agreements[row];
    if (const auto of = year_of(agreement); of != current) {
      current = of;
      year = &page.section("YEAR");
      year->set("YEAR_TEXT", of.empty() ? language.tr("No date reported") : of);
    }
    fill_agreement(year->section("AGREEMENT"), context, agreement);
  }
  page.show("EMPTY", choices.rows().empty());
  fill_types(page, context, agreements);

  Provenance provenance;
  for (const auto* agreement : agreements)
    if (const auto name = source_name(agreement->source);
        std::find(provenance.sources.begin(), provenance.sources.end(), name) == provenance.sources.end())
      provenance.sources.push_back(name);
  page.set("PROVENANCE", provenance_box(context, provenance));

  PageInfo info;
  info.title = language.tr("Register of agreements");
  info.description = language.tr(
      "Cooperation agreements of Southeast Sulawesi and its regions as publicly reported: "
      "parties, type, date and source.");
  info.path = "kerja-sama";
  info.query = choices.query();
  info.nav = Nav::Cooperation;
  info.kind = "agreements";
  return render_page(context, info, page.render_fragment());
}

}  // namespace simpul::web::site
