#include "storage/record_index.hpp"

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <set>

#include "storage/audit.hpp"
#include "storage/hidden.hpp"
#include "storage/tags.hpp"

namespace simpul::storage {
namespace {

#define SIMPUL_INDEX_COLUMNS                                                                           \
  "SELECT id, changed_at, author, assignee, region_code, unit, state, group_code, sector, commodity, " \
  "confirm_due, published, tags, title_folded, words_folded FROM records WHERE "

const db::Statement kAll("record_index.all", SIMPUL_INDEX_COLUMNS SIMPUL_NOT_HIDDEN("records.id"));
const db::Statement kOne("record_index.one",
                         SIMPUL_INDEX_COLUMNS "id = $1 AND " SIMPUL_NOT_HIDDEN("records.id"));

// What else changes records than the entries about records themselves: an import as a whole, and the terms of
// confirmation.
const db::Statement kChanges("record_index.changes", R"sql(
SELECT noun, action, key FROM audit WHERE noun IN ('record', 'import', 'freshness') AND sequence > $1
ORDER BY sequence)sql");
const db::Statement kHidden("record_index.hidden",
                            "SELECT first_id, last_id FROM hidden_ranges ORDER BY first_id");

// Beyond so many it is faster to read all of them.
constexpr std::size_t kMostByOne = 2000;

// 20260131 of "2026-01-31"; 0 of nothing.
std::int32_t number_of(std::string_view date) {
  std::int32_t number = 0;
  for (const char c : date)
    if (c >= '0' && c <= '9') number = number * 10 + (c - '0');
  return number;
}

}  // namespace

std::uint32_t RecordIndex::Names::number(std::string_view name) {
  const auto [found, fresh] =
      numbers_.try_emplace(std::string(name), static_cast<std::uint32_t>(names_.size()));
  if (fresh) names_.push_back(&found->first);
  return found->second;
}

std::optional<std::uint32_t> RecordIndex::Names::find(std::string_view name) const {
  const auto found = numbers_.find(std::string(name));
  return found == numbers_.end() ? std::nullopt : std::optional(found->second);
}

// --- following the register --------------------------------------------------------------------------------

void RecordIndex::put(const db::Row& from) {
  Row row;
  row.id = from.integer(0);
  row.changed = from.integer(1);
  row.author = from.integer(2);
  row.assignee = from.integer(3);
  row.region = regions_.number(from.text(4));
  row.unit = units_.number(from.text(5));
  row.state = states_.number(from.text(6));
  row.group = groups_.number(from.text(7));
  row.sector = sectors_.number(from.text(8));
  row.commodity = commodities_.number(from.text(9));
  row.due = number_of(from.text(10));
  row.published = from.boolean(11);
  for (const auto& tag : tags_of(from.text(12))) row.tags.push_back(tags_.number(tag));
  const auto title = from.text(13), words = from.text(14);
  row.text = texts_.size();
  row.title_bytes = static_cast<std::uint32_t>(title.size());
  row.words_bytes = static_cast<std::uint32_t>(words.size());
  texts_.append(title).append(words);
  const auto [place, fresh] = places_.try_emplace(row.id, rows_.size());
  if (fresh) {
    rows_.push_back(std::move(row));
  } else {
    auto& old = rows_[place->second];
    unused_ += old.title_bytes + old.words_bytes;
    old = std::move(row);
  }
}

void RecordIndex::erase(std::int64_t id) {
  const auto found = places_.find(id);
  if (found == places_.end()) return;
  const auto place = found->second;
  places_.erase(found);
  unused_ += rows_[place].title_bytes + rows_[place].words_bytes;
  if (place + 1 < rows_.size()) {
    rows_[place] = std::move(rows_.back());
    places_[rows_[place].id] = place;
  }
  rows_.pop_back();
}

// The texts anew, in the order of the rows, when half of them is of nobody.
void RecordIndex::compact() {
  if (unused_ <= texts_.size() / 2) return;
  std::string texts;
  texts.reserve(texts_.size() - unused_);
  for (auto& row : rows_) {
    const auto begin = texts.size();
    texts.append(texts_, row.text, row.title_bytes + row.words_bytes);
    row.text = begin;
  }
  texts_ = std::move(texts);
  unused_ = 0;
}

void RecordIndex::load(db::Connection& connection) {
  rows_.clear();
  places_.clear();
  texts_.clear();
  unused_ = 0;
  connection.each(kAll, {}, [&](const db::Row& row) { put(row); });
  texts_.shrink_to_fit();
}

void RecordIndex::follow(db::Connection& connection) {
  const auto newest = last_audit_entry(connection);
  const auto sequence = newest ? newest->sequence : 0;
  {
    std::shared_lock lock(mutex_);
    if (sequence <= sequence_) return;
  }
  std::unique_lock lock(mutex_);
  if (sequence <= sequence_) return;

  bool all = sequence_ < 0;
  std::set<std::int64_t> changed;
  if (!all) {
    std::map<std::int64_t, std::int64_t> hidden;  // first -> last
    connection.each(kHidden, {}, [&](const db::Row& row) { hidden.emplace(row.integer(0), row.integer(1)); });
    const auto is_hidden = [&](std::int64_t id) {
      const auto after = hidden.upper_bound(id);
      return after != hidden.begin() && std::prev(after)->second >= id;
    };
    connection.each(kChanges, {sequence_}, [&](const db::Row& row) {
      const auto noun = row.text(0), action = row.text(1), key = row.text(2);
      if (noun == "record" && key != "*") {
        // An import at work names thousands that nobody is to see yet.
        const auto id = std::strtoll(key.c_str(), nullptr, 10);
        if (is_hidden(id))
          erase(id);
        else
          changed.insert(id);
      } else if (noun != "import" || action == "apply" || action == "undo") {
        all = true;
      }
    });
    all = all || changed.size() > kMostByOne;
  }
  // A fault on the way leaves the sequence where it was: the next question begins anew.
  if (all) {
    load(connection);
  } else {
    for (const auto id : changed) {
      bool there = false;
      connection.each(kOne, {id}, [&](const db::Row& from) {
        put(from);
        there = true;
      });
      if (!there) erase(id);
    }
    compact();
  }
  sequence_ = sequence;
}

// --- asking ------------------------------------------------------------------------------------------------

struct RecordIndex::Question {
  // A set of numbers: empty and not asked, or asked and perhaps nothing.
  struct Choice {
    bool asked = false;
    std::vector<bool> in;
    bool takes(std::uint32_t number) const { return !asked || (number < in.size() && in[number]); }
  };

  Question(const RecordIndex& all, const RecordFilter& filter)
      : index(all),
        scope_region(one(index.regions_, filter.scope_region)),
        scope_unit(one(index.units_, filter.scope_unit)),
        regions(some(index.regions_, filter.regions)),
        sectors(some(index.sectors_, filter.sectors)),
        groups(some(index.groups_, filter.groups)),
        commodities(some(index.commodities_, filter.commodities)),
        states(some(index.states_, filter.states)),
        author(filter.author),
        assignee(filter.assignee),
        today(number_of(filter.today)),
        among(filter.among) {
    for (const auto& wish : filter.confirm) {
      due = due || wish == "due";
      never = never || wish == "never";
    }
    confirm = !filter.confirm.empty();
    if (!filter.tag.empty()) tag = index.tags_.find(filter.tag).value_or(kNone);
    for (auto& word : pieces_of(filter.words, ' ')) {
      words.push_back(std::move(word));
      searchers.emplace_back(words.back().begin(), words.back().end());
    }
  }
  Question(const Question&) = delete;
  Question& operator=(const Question&) = delete;

  bool in_scope(const Row& row) const { return scope_region.takes(row.region) && scope_unit.takes(row.unit); }
  bool is_due(const Row& row) const { return row.published && row.due != 0 && row.due < today; }
  static bool is_never(const Row& row) { return row.published && row.due == 0; }

  // All but what cells tell apart.
  bool takes_beside_cells(const Row& row) const {
    if (!in_scope(row) || !commodities.takes(row.commodity)) return false;
    if (author != 0 && row.author != author) return false;
    if (assignee != 0 && row.assignee != assignee) return false;
    if (tag && std::ranges::find(row.tags, *tag) == row.tags.end()) return false;
    if (among && !is_among(row.id)) return false;
    if (searchers.empty()) return true;
    const auto text = index.words(row);
    return std::ranges::all_of(searchers, [&](const auto& searcher) {
      return searcher(text.begin(), text.end()).first != text.end();
    });
  }
  bool takes(const Row& row) const {
    if (!regions.takes(row.region) || !states.takes(row.state) || !groups.takes(row.group) ||
        !sectors.takes(row.sector))
      return false;
    if (confirm && !((due && is_due(row)) || (never && is_never(row)))) return false;
    return takes_beside_cells(row);
  }

 private:
  static constexpr std::uint32_t kNone = ~0U;

  bool is_among(std::int64_t id) const {
    const auto after = std::ranges::upper_bound(*among, id, {}, &IdRange::first);
    return after != among->begin() && std::prev(after)->last >= id;
  }

  static Choice some(const Names& names, const std::vector<std::string>& asked) {
    Choice choice{!asked.empty(), std::vector<bool>(names.size())};
    // A record without a commodity is none that somebody asks for by its commodity.
    for (const auto& name : asked)
      if (const auto number = names.find(name); number && !name.empty()) choice.in[*number] = true;
    return choice;
  }
  static Choice one(const Names& names, const std::string& asked) {
    return some(names, asked.empty() ? std::vector<std::string>{} : std::vector<std::string>{asked});
  }

  using Searcher = std::boyer_moore_horspool_searcher<std::string::const_iterator>;
  const RecordIndex& index;
  Choice scope_region, scope_unit, regions, sectors, groups, commodities, states;
  std::int64_t author, assignee;
  std::int32_t today;
  const std::optional<std::vector<IdRange>>& among;
  bool confirm = false, due = false, never = false;
  std::optional<std::uint32_t> tag;
  std::deque<std::string> words;  // stay where they are: the searchers look at them
  std::vector<Searcher> searchers;
};

RecordIndex::Page RecordIndex::find(const RecordFilter& filter, RecordOrder order,
                                    const std::string& after_key, std::int64_t after_id, int limit) const {
  std::shared_lock lock(mutex_);
  const Question question(*this, filter);
  const auto after_changed = std::strtoll(after_key.c_str(), nullptr, 10);
  // Like <=> of (key, id) of two rows, or of a row and where the page before ended.
  const auto sign = [](const auto& a, const auto& b) { return a < b ? -1 : b < a ? 1 : 0; };
  const auto compare = [&](const Row& a, std::int64_t changed, std::string_view text, std::int64_t id) {
    int way = 0;
    if (order == RecordOrder::Changed || order == RecordOrder::ChangedDown)
      way = sign(a.changed, changed);
    else if (order == RecordOrder::Title || order == RecordOrder::TitleDown)
      way = title(a).compare(text);
    else
      way = regions_[a.region].compare(text);
    return way != 0 ? way : sign(a.id, id);
  };
  const bool down = order == RecordOrder::ChangedDown || order == RecordOrder::TitleDown ||
                    order == RecordOrder::RegionDown;
  const bool by_title = order == RecordOrder::Title || order == RecordOrder::TitleDown;
  const auto before = [&](const Row* a, const Row* b) {
    const auto way =
        compare(*a, b->changed, by_title ? title(*b) : std::string_view(regions_[b->region]), b->id);
    return down ? way > 0 : way < 0;
  };

  Page page;
  std::vector<const Row*> rows;
  // New records stand behind old ones: whoever wants the newest first finds them without moving the rest.
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const auto& row = rows_[down ? rows_.size() - 1 - i : i];
    if (!question.takes(row)) continue;
    ++page.total;
    if (after_id != 0) {
      const auto way = compare(row, after_changed, after_key, after_id);
      if (down ? way >= 0 : way <= 0) continue;
    }
    rows.push_back(&row);
  }
  const auto end = rows.begin() + std::min<std::ptrdiff_t>(limit, std::ssize(rows));
  std::partial_sort(rows.begin(), end, rows.end(), before);
  for (auto at = rows.begin(); at != end; ++at) page.ids.push_back((*at)->id);
  return page;
}

std::vector<RecordCell> RecordIndex::cells(const RecordFilter& filter) const {
  std::shared_lock lock(mutex_);
  const Question question(*this, filter);
  std::unordered_map<std::uint64_t, RecordCell> cells;
  for (const auto& row : rows_) {
    if (!question.takes_beside_cells(row)) continue;
    const auto key = ((std::uint64_t{row.region} * states_.size() + row.state) * groups_.size() + row.group) *
                         sectors_.size() +
                     row.sector;
    auto& cell = cells[key];
    if (cell.total++ == 0) {
      cell.region = regions_[row.region];
      cell.state = states_[row.state];
      cell.group = groups_[row.group];
      cell.sector = sectors_[row.sector];
    }
    cell.published += row.published ? 1 : 0;
    cell.never += Question::is_never(row) ? 1 : 0;
    cell.due += question.is_due(row) ? 1 : 0;
  }
  std::vector<RecordCell> list;
  for (auto& [key, cell] : cells) list.push_back(std::move(cell));
  return list;
}

std::vector<std::pair<std::string, std::int64_t>> RecordIndex::tags(const RecordFilter& filter) const {
  std::shared_lock lock(mutex_);
  const Question question(*this, filter);
  std::map<std::string, std::int64_t> counts;
  for (const auto& row : rows_)
    if (!row.tags.empty() && question.in_scope(row))
      for (const auto tag : row.tags) ++counts[tags_[tag]];
  return {counts.begin(), counts.end()};
}

}  // namespace simpul::storage
