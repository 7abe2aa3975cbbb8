// What lists of records ask, held in memory: of 100,000 records the words and filters of a list are found in
// some milliseconds, which no index of the database gives for words anywhere in a text. It follows the audit
// log, so it is right for every process that works on the register. Used by service/potentials.
#pragma once

#include <cstdint>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "storage/records.hpp"

namespace simpul::storage {

// Records that are alike in all of this.
struct RecordCell {
  std::string region;
  std::string state;
  std::string group;
  std::string sector;
  std::int64_t total = 0;
  std::int64_t published = 0;  // the public sees a version of them
  std::int64_t never = 0;      // of those: never confirmed
  std::int64_t due = 0;        // of those: confirmed, and past the term today
};

class RecordIndex {
 public:
  struct Page {
    std::int64_t total = 0;         // that the filter finds
    std::vector<std::int64_t> ids;  // of the page, in order
  };

  // Brings it to what this connection sees (or something newer): the records that the audit log names since
  // the last time, or all of them. To be called before each question, from any thread.
  void follow(db::Connection& connection);

  // At most `limit` records after (after_key, after_id), see RecordLine::sort_key; an id of 0 begins at the
  // first.
  Page find(const RecordFilter& filter, RecordOrder order, const std::string& after_key,
            std::int64_t after_id, int limit) const;
  // The filter's regions, states, groups, sectors and confirm are not asked: the cells tell them apart.
  std::vector<RecordCell> cells(const RecordFilter& filter) const;
  // Tags within the filter's scope (region and unit of the actor) and how many records bear them, by name.
  std::vector<std::pair<std::string, std::int64_t>> tags(const RecordFilter& filter) const;

 private:
  // Words that many records share, as numbers. 0 is the empty one.
  class Names {
   public:
    Names() { number(""); }
    std::uint32_t number(std::string_view name);
    // nullopt: no record has ever borne it.
    std::optional<std::uint32_t> find(std::string_view name) const;
    const std::string& operator[](std::uint32_t number) const { return *names_[number]; }
    std::size_t size() const { return names_.size(); }

   private:
    std::unordered_map<std::string, std::uint32_t> numbers_;
    std::vector<const std::string*> names_;
  };
  struct Row {
    std::int64_t id = 0;
    std::int64_t changed = 0;  // microseconds
    std::int64_t author = 0;
    std::int64_t assignee = 0;
    std::uint32_t region = 0, unit = 0, state = 0, group = 0, sector = 0, commodity = 0;
    std::int32_t due = 0;  // yyyymmdd; 0: never confirmed
    bool published = false;
    std::vector<std::uint32_t> tags;
    std::size_t text = 0;  // where its title and, behind it, its words begin in texts_
    std::uint32_t title_bytes = 0, words_bytes = 0;
  };
  struct Question;  // a filter in numbers

  void put(const db::Row& from);
  void erase(std::int64_t id);
  void compact();
  std::string_view title(const Row& row) const { return {texts_.data() + row.text, row.title_bytes}; }
  std::string_view words(const Row& row) const {
    return {texts_.data() + row.text + row.title_bytes, row.words_bytes};
  }
  void load(db::Connection& connection);

  mutable std::shared_mutex mutex_;
  std::int64_t sequence_ = -1;  // of the audit log up to which all is in
  Names regions_, units_, states_, groups_, sectors_, commodities_, tags_;
  std::vector<Row> rows_;
  // Folded, one behind the other: words are looked for in all of them, and memory is read fastest in order.
  std::string texts_;
  std::size_t unused_ = 0;                                // bytes of texts_ that no row has any more
  std::unordered_map<std::int64_t, std::size_t> places_;  // of ids in rows_
};

}  // namespace simpul::storage
