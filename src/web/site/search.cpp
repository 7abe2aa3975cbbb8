// /{lang}/cari?q=: one box over potentials, regions, commodities, business fields, agreements and
// regulations. A code of a region, of a business field or of the customs tariff is recognised and goes first.
#include <algorithm>

#include "web/site/figures.hpp"
#include "web/site/highlight.hpp"
#include "web/site/pages.hpp"
#include "web/site/site.hpp"
#include "web/site/terms.hpp"
#include "web/site/words.hpp"

namespace simpul::web::site {
namespace {

using catalog::Hit;

constexpr std::size_t kPotentialsShown = 10, kOthersShown = 8, kHits = 80;

// One line of a group that is not a potential.
struct Line {
  std::string title;
  std::string title_language;
  std::string url;
  std::string meta;
};

struct Group {
  std::string id;  // "regions"
  std::string title;
  std::vector<domain::Potential> potentials;
  std::vector<Line> lines;
  std::size_t total = 0;
  std::string more_url;
};

class Search {
 public:
  Search(const RequestContext& context, std::string q)
      : context_(context),
        language_(*context.language),
        snapshot_(*context.snapshot),
        q_(std::move(q)),
        wanted_(i18n::words(q_)) {}

  std::vector<Group> run() {
    if (wanted_.empty()) return {};
    find_codes();
    for (const auto& hit : snapshot_.search(q_, language_.code(), kHits)) add(hit);
    finish_potentials();
    find_agreements();
    find_regulations();
    std::erase_if(groups_,
                  [](const Group& group) { return group.potentials.empty() && group.lines.empty(); });
    return std::move(groups_);
  }

  const std::vector<i18n::Word>& wanted() const { return wanted_; }

 private:
  // Groups stand in the order in which their first hit came.
  Group& group(std::string_view id, const std::string& title) {
    for (auto& one : groups_)
      if (one.id == id) return one;
    groups_.push_back({std::string(id), title});
    return groups_.back();
  }
  Group& potentials() { return group("potentials", language_.tr("Potentials")); }
  Group& regions() { return group("regions", language_.tr("Regions")); }
  Group& commodities() { return group("commodities", language_.tr("Commodities")); }
  Group& sectors() { return group("sectors", language_.tr("Business fields")); }

  static void add_line(Group& group, Line line) {
    for (const auto& old : group.lines)
      if (old.url == line.url) return;
    ++group.total;
    if (group.lines.size() < kOthersShown) group.lines.push_back(std::move(line));
  }

  std::string count_of(std::string_view facet, std::string_view code) const {
    return language_.trn("{n} potential", "{n} potentials",
                         static_cast<long long>(snapshot_.count(facet, code)));
  }
  void add(const domain::Region& region) {
    add_line(regions(),
             {name_of(region.name, language_), language_.code(), address(language_, "wilayah/" + region.code),
              region.code + " · " + count_of("region", region.code)});
  }
  void add(const domain::Commodity& commodity) {
    std::string meta = count_of("commodity", commodity.slug);
    if (!commodity.hs_code.empty()) meta = "HS " + commodity.hs_code + " · " + meta;
    add_line(commodities(), {name_of(commodity.name, language_), language_.code(),
                             address(language_, "komoditas/" + commodity.slug), meta});
  }
  void add(const domain::Sector& sector) {
    add_line(sectors(), {sector.code + " · " + name_of(sector.name, language_), language_.code(),
                         address(language_, "sektor/" + sector.code), count_of("sector", sector.code)});
  }
  void add(const Hit& hit) {
    switch (hit.kind) {
      case Hit::Kind::Potential:
        potentials().potentials.push_back(snapshot_.potential(hit.index));
        break;
      case Hit::Kind::Region:
        add(snapshot_.regions()[hit.index]);
        break;
      case Hit::Kind::Commodity:
        add(snapshot_.data().commodities[hit.index]);
        break;
      case Hit::Kind::Sector:
        add(snapshot_.data().sectors[hit.index]);
        break;
    }
  }

  void find_codes() {
    const auto first = q_.find_first_not_of(' ');
    std::string code = q_.substr(first, q_.find_last_not_of(' ') - first + 1);
    for (const auto& region : snapshot_.regions())
      if (region.code == code || region.bps_code == code) add(region);
    for (const auto& commodity : snapshot_.data().commodities)
      if (code.size() >= 4 && !commodity.hs_code.empty() && commodity.hs_code.starts_with(code))
        add(commodity);
    std::transform(code.begin(), code.end(), code.begin(),
                   [](char c) { return 'a' <= c && c <= 'z' ? c - 32 : c; });
    if (const auto* sector = snapshot_.sector(code)) add(*sector);
  }

  // The list of potentials counts with the same finder as the list page, so that "show all" keeps its
  // promise.
  void finish_potentials() {
    catalog::Query query;
    query.filter.q = q_;
    query.language = language_.code();
    query.limit = kPotentialsShown;
    const auto result = snapshot_.find(query);
    if (result.total == 0) return;
    auto& found = potentials();
    found.total = result.total;
    found.potentials = snapshot_.potentials(result.ordinals);
    if (result.total > found.potentials.size())
      found.more_url = address(language_, "potensi", domain::to_query(query.filter));
  }

  void find_agreements() {
    auto& found = group("agreements", language_.tr("Agreements"));
    for (const auto& agreement : snapshot_.data().agreements) {
      std::string text = agreement.subject;
      for (const auto& [code, title] : agreement.title) text += " " + title;
      for (const auto& party : agreement.parties) text += " " + party;
      if (!i18n::has_words(text, wanted_)) continue;
      const auto title = text_of(agreement.title, language_);
      std::string meta = form_name(language_, agreement.type);
      if (agreement.signed_on) meta = language_.date(*agreement.signed_on) + " · " + meta;
      add_line(found, {std::string(title.text), std::string(title.language),
                       address(language_, "kerja-sama") + "#" + agreement.slug, meta});
    }
    if (found.total > found.lines.size()) found.more_url = address(language_, "kerja-sama");
  }

  void find_regulations() {
    auto& found = group("regulations", language_.tr("Regulations"));
    for (const auto& regulation : snapshot_.data().regulations) {
      const auto number = regulation.kind + " " + regulation.number + "/" + std::to_string(regulation.year);
      std::string text = number;
      for (const auto& [code, title] : regulation.title) text += " " + title;
      for (const auto& [code, summary] : regulation.summary) text += " " + summary;
      if (!i18n::has_words(text, wanted_)) continue;
      const auto title = text_of(regulation.title, language_);
      add_line(found, {std::string(title.text), std::string(title.language),
                       address(language_, "regulasi") + "#" + regulation.code,
                       number + " · " + regulation_topic_name(language_, regulation.topic)});
    }
    if (found.total > found.lines.size()) found.more_url = address(language_, "regulasi");
  }

  const RequestContext& context_;
  const i18n::Language& language_;
  const catalog::Snapshot& snapshot_;
  std::string q_;
  std::vector<i18n::Word> wanted_;
  std::vector<Group> groups_;
};

void fill_potential(html::Page& item, const RequestContext& context, const domain::Potential& potential,
                    const std::vector<i18n::Word>& wanted) {
  const auto& language = *context.language;
  const auto title = text_of(potential.title, language);
  const auto summary = text_of(potential.summary, language);
  item.set("URL", address(language, "potensi/" + potential.slug));
  item.set("MARK", potential.group);
  item.set("TITLE", highlight(title.text, wanted));
  item.set("TITLE_LANG", title.language);
  item.set("SUMMARY", highlight(summary.text, wanted));
  item.set("SUMMARY_LANG", summary.language);
  const auto* region = context.snapshot->region(potential.region_code);
  const auto* group = context.snapshot->group(potential.group);
  item.set("REGION_NAME", region ? name_of(region->name, language) : potential.region_code);
  item.set("GROUP_NAME", group ? name_of(group->name, language) : potential.group);
}

void fill_groups(html::Page& page, const RequestContext& context, const std::vector<Group>& groups,
                 const std::vector<i18n::Word>& wanted) {
  const auto& language = *context.language;
  for (const auto& group : groups) {
    auto& part = page.section("GROUP");
    part.set("GROUP_ID", group.id);
    part.set("GROUP_TITLE", group.title);
    part.set("GROUP_TOTAL", language.integer(static_cast<long long>(group.total)));
    for (const auto& potential : group.potentials)
      fill_potential(part.section("POTENTIAL"), context, potential, wanted);
    for (const auto& line : group.lines) {
      auto& item = part.section("LINE");
      item.set("LINE_URL", line.url);
      item.set("LINE_TITLE", highlight(line.title, wanted));
      item.set("LINE_LANG", line.title_language);
      item.set("LINE_META", line.meta);
    }
    if (!group.more_url.empty()) {
      auto& more = part.section("MORE");
      more.set("MORE_URL", group.more_url);
      more.set("MORE_TEXT",
               language.tr("Show all {n}", {{"n", language.integer(static_cast<long long>(group.total))}}));
    }
    auto& jump = page.section("JUMP");
    jump.set("JUMP_ID", group.id);
    jump.set("JUMP_TITLE", group.title);
    jump.set("JUMP_TOTAL", language.integer(static_cast<long long>(group.total)));
  }
}

// What can be tried instead: the commodities with most potentials, by their names in this register.
void fill_suggestions(html::Page& page, const RequestContext& context) {
  const auto& snapshot = *context.snapshot;
  std::vector<std::pair<long, const domain::Commodity*>> counted;
  for (const auto& commodity : snapshot.data().commodities)
    if (const auto n = static_cast<long>(snapshot.count("commodity", commodity.slug)))
      counted.emplace_back(-n, &commodity);
  std::stable_sort(counted.begin(), counted.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  if (counted.size() > 8) counted.resize(8);
  if (counted.empty()) return;
  auto& list = page.section("SUGGESTIONS");
  for (const auto& [n, commodity] : counted) {
    const auto name = name_of(commodity->name, *context.language);
    auto& item = list.section("SUGGESTION");
    item.set("SUGGESTION_URL", address(*context.language, "cari", "q=" + http::percent_encode(name)));
    item.set("SUGGESTION_NAME", name);
  }
}

}  // namespace

http::Response search_page(const RequestContext& context) {
  const auto& language = *context.language;
  const auto* parameter = context.request.parameter("q");
  std::string q = parameter ? parameter->substr(0, 200) : "";
  while (!q.empty() && (static_cast<unsigned char>(q.back()) & 0xC0) == 0x80 && parameter->size() > 200)
    q.pop_back();

  Search search(context, q);
  const auto groups = search.run();
  std::size_t total = 0;
  for (const auto& group : groups) total += group.total;

  auto page = page_of(context, "site/search.html");
  page.set("QUERY", q);
  page.show("START", search.wanted().empty());
  page.show("EMPTY", !search.wanted().empty() && groups.empty());
  if (!groups.empty())
    page.section("FOUND").set("FOUND_TEXT", language.trn("{n} result for “{q}”", "{n} results for “{q}”",
                                                         static_cast<long long>(total), {{"q", q}}));
  fill_groups(page, context, groups, search.wanted());
  if (groups.empty()) fill_suggestions(page, context);

  PageInfo info;
  info.title = search.wanted().empty() ? language.tr("Search") : language.tr("Search: {q}", {{"q", q}});
  info.here = language.tr("Search");
  info.description =
      language.tr("Search potentials, regions, commodities, business fields, agreements and regulations.");
  info.path = "cari";
  info.query = q.empty() ? "" : "q=" + http::percent_encode(q);
  info.kind = "search";
  info.index = q.empty();
  return render_page(context, info, page.render_fragment());
}

}  // namespace simpul::web::site
